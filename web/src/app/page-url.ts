import { roomNameOf } from "@playground/network";

/** Room names as they stand in a link: `/room/<name>/`. */
const ROOM_PATH = /^\/room\/([^/]+)\//i;

/** The room of a page whose address names none: `npm run dev` serves it at "/". */
const ROOM_OF_ROOT = "lobby";

/** The room that an address leads to; undefined when it leads to none. */
export function roomOf({ pathname }: Pick<Location, "pathname">): string | undefined {
  if (pathname === "/") return ROOM_OF_ROOT;
  const name = ROOM_PATH.exec(pathname)?.[1];
  return name === undefined ? undefined : roomNameOf(decoded(name));
}

/** A part of an address as a person reads it. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
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
