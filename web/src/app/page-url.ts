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

/** Where the bridge takes this room's sessions: the page's own address with a WebSocket scheme. */
export function sessionUrl(location: Pick<Location, "protocol" | "host">, room: string): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/room/${encodeURIComponent(room)}/`;
}
