import { randomBytes } from "node:crypto";
import { MAX_ROOM_NAME_LENGTH } from "../limits.ts";

/** Random bytes in the name of a new room: 72 bits, 12 characters, which nobody guesses. */
const RANDOM_NAME_BYTES = 9;

const ROOM_NAME = new RegExp(`^[A-Za-z0-9_-]{1,${MAX_ROOM_NAME_LENGTH}}$`);
const ROOM_PATH = /^\/room\/([^/]*)(\/?)$/;

/** A name for a new room: who does not have the link does not find it. */
export function randomRoomName(): string {
  return randomBytes(RANDOM_NAME_BYTES).toString("base64url");
}

/**
 * The room that a URL's path names: `/room/<name>/`. Undefined when the path is none of a room;
 * `name` is undefined when it is one but the name is not allowed.
 */
export function parseRoomPath(path: string): { readonly name: string | undefined; readonly hasSlash: boolean } | undefined {
  const match = ROOM_PATH.exec(path);
  if (match === null) return undefined;
  const name = match[1] ?? "";
  return { name: ROOM_NAME.test(name) ? name : undefined, hasSlash: match[2] === "/" };
}
