import { randomInt } from "node:crypto";
import { READABLE_LETTERS, roomNameOf } from "@playground/network";

/** A new room's name is three groups of four letters: 59 bits, which nobody guesses. */
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** In any case: phones begin with a capital. */
const ROOM_PATH = /^\/room\/([^/]*)(?:\/(?:[^\p{L}\p{N}/]*|&.*))?$/isu;

/** What ends a sentence or closes a bracket behind a link. */
const PUNCTUATION = ")]}>.,;:!?'\"»”’…*";

/** A name for a new room: who does not have the link does not find it. */
export function randomRoomName(): string {
  return Array.from({ length: GROUPS }, randomGroup).join("-");
}

function randomGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => READABLE_LETTERS[randomInt(READABLE_LETTERS.length)]).join("");
}

/**
 * The room that a URL's path, decoded, means: `/room/<name>/`, and what people and chats make of it. Undefined when the path is
 * none of a room; `name` is undefined when it is one but gives no name. `isExact`: it stands there just as it should.
 */
export function parseRoomPath(path: string): { readonly name: string | undefined; readonly isExact: boolean } | undefined {
  const match = ROOM_PATH.exec(path);
  if (match === null) return undefined;
  const name = roomNameOf(withoutTail(match[1] ?? ""));
  return { name, isExact: path === `/room/${name}/` };
}

/** A name without what a chat takes for a part of a link: parameters that count clicks, and the sentence's punctuation. */
function withoutTail(text: string): string {
  const end = text.indexOf("&");
  let name = end === -1 ? text : text.slice(0, end);
  while (name !== "" && PUNCTUATION.includes(name.charAt(name.length - 1))) name = name.slice(0, -1);
  return name;
}
