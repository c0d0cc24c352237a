import { randomInt } from "node:crypto";
import { MAX_ROOM_NAME_LENGTH } from "../limits.ts";

/** Letters and digits that are not taken for one another when a teacher reads the name aloud or writes it on a board. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A new room's name is three groups of four of them: 59 bits, which nobody guesses. */
const GROUPS = 3;
const GROUP_LENGTH = 4;

const ROOM_NAME = new RegExp(`^[A-Za-z0-9_-]{1,${MAX_ROOM_NAME_LENGTH}}$`); // Pattern bound: MAX_ROOM_NAME_LENGTH characters
const ROOM_PATH = /^\/room\/([^/]*)(\/?)$/;

/** A name for a new room: who does not have the link does not find it. */
export function randomRoomName(): string {
  return Array.from({ length: GROUPS }, randomGroup).join("-");
}

function randomGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** Whether a room may have this name. */
export function isRoomName(text: string): boolean {
  return ROOM_NAME.test(text);
}

/**
 * The room that a URL's path names: `/room/<name>/`. Undefined when the path is none of a room;
 * `name` is undefined when it is one but the name is not allowed.
 */
export function parseRoomPath(path: string): { readonly name: string | undefined; readonly hasSlash: boolean } | undefined {
  const match = ROOM_PATH.exec(path);
  if (match === null) return undefined;
  const name = match[1] ?? "";
  return { name: isRoomName(name) ? name : undefined, hasSlash: match[2] === "/" };
}
