import { READABLE_LETTERS, roomNameOf } from "@playground/network";

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

/** A name for a new room, of three groups of four: 59 bits, which nobody guesses. */
export function randomRoomName(): string {
  const bytes = crypto.getRandomValues(new Uint32Array(12));
  return grouped(Array.from(bytes, (value) => READABLE_LETTERS[value % READABLE_LETTERS.length]).join(""));
}

/** Longest name that another is made of, characters: no address is read without an end. */
const MAX_NAME_LENGTH = 2_000;

/**
 * A name for the room that somebody means whose name is none, such as one in a script without letters a to z: the same for everybody who
 * follows the same link, so that a class meets. Undefined where the address names nothing.
 */
export function substituteRoomName({ pathname }: Pick<Location, "pathname">): string | undefined {
  const meant = decoded(ROOM_PATH.exec(pathname)?.[1] ?? "")
    .trim()
    .toLowerCase()
    .normalize("NFC");
  if (meant === "" || meant.length > MAX_NAME_LENGTH) return undefined;
  // FNV-1a, 64 bits: `crypto.subtle` is not there over plain HTTP, and the name is no secret.
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(meant)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return grouped(
    Array.from({ length: 12 }, () => {
      const letter = READABLE_LETTERS[Number(hash % BigInt(READABLE_LETTERS.length))];
      hash /= BigInt(READABLE_LETTERS.length);
      return letter;
    }).join(""),
  );
}

function grouped(letters: string): string {
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** Where the bridge takes this room's sessions: the page's own address with a WebSocket scheme. */
export function sessionUrl(location: Pick<Location, "protocol" | "host">, room: string): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/room/${encodeURIComponent(room)}/`;
}
