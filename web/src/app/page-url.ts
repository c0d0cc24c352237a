/** Room names as they stand in a link: `/room/<name>/`. */
const ROOM_PATH = /^\/room\/([^/]+)\//;

/** The room that this page belongs to, decoded; "lobby" where the address names none (`npm run dev` at "/"). */
export function roomOf(location: Pick<Location, "pathname">): string {
  const name = ROOM_PATH.exec(location.pathname)?.[1];
  if (name === undefined) return "lobby";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Letters and digits that are not taken for one another, as in the room names that the bridge makes. */
const ROOM_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A name for a new room, of three groups of four: 59 bits, which nobody guesses. */
export function randomRoomName(): string {
  const bytes = crypto.getRandomValues(new Uint32Array(12));
  const letters = Array.from(bytes, (value) => ROOM_ALPHABET[value % ROOM_ALPHABET.length]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** Where the bridge takes this room's sessions: the page's own address with a WebSocket scheme. */
export function sessionUrl(location: Pick<Location, "protocol" | "host">, room: string): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/room/${encodeURIComponent(room)}/`;
}
