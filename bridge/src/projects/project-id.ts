import { createHash } from "node:crypto";
import { READABLE_LETTERS } from "@playground/network";

/** What ids were made of until 0.2.0: links that were given out then are good for as long as their project is kept. */
const FORMER_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Shortest id, characters: 59 bits, as many as a room's name has. Among a million projects the chance of two alike is one in a million; the store looks all the same. */
export const ID_LENGTH = 12;

/** Longest id: all of SHA-256 that so many of the letters hold in whole. */
const MAX_ID_LENGTH = 51;

/** The same of former ids. */
const MAX_FORMER_ID_LENGTH = 42;

const ID = new RegExp(`^[0-9A-Za-z]{${ID_LENGTH},${MAX_ID_LENGTH}}$`); // Pattern bound: MAX_ID_LENGTH characters

/** Whether a text can be the id of a project. */
export function isProjectId(text: string): boolean {
  return ID.test(text);
}

/** The ids that content may have, shortest first: a later one is used when those before belong to other content. */
export function projectIds(content: Uint8Array): Generator<string> {
  return idsOf(content, READABLE_LETTERS, MAX_ID_LENGTH);
}

/** The ids that content may have been given before 0.2.0. */
export function formerProjectIds(content: Uint8Array): Generator<string> {
  return idsOf(content, FORMER_LETTERS, MAX_FORMER_ID_LENGTH);
}

function* idsOf(content: Uint8Array, letters: string, maxLength: number): Generator<string> {
  const base = BigInt(letters.length);
  let number = BigInt(`0x${createHash("sha256").update(content).digest("hex")}`);
  let id = "";
  for (let length = 1; length <= maxLength; length++) {
    id += letters.charAt(Number(number % base));
    number /= base;
    if (length >= ID_LENGTH) yield id;
  }
}
