import { createHash } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Shortest id, characters of base62: 71 bits. Among a million projects the chance of two alike is one in five billion; the store looks all the same. */
export const ID_LENGTH = 12;

/** Longest id: all of SHA-256 that base62 holds in whole. */
const MAX_ID_LENGTH = 42;

const ID = new RegExp(`^[0-9A-Za-z]{${ID_LENGTH},${MAX_ID_LENGTH}}$`); // Pattern bound: MAX_ID_LENGTH characters

/** Whether a text can be the id of a project. */
export function isProjectId(text: string): boolean {
  return ID.test(text);
}

/** The ids that content may have, shortest first: a later one is used when those before belong to other content. */
export function* projectIds(content: Uint8Array): Generator<string> {
  let number = BigInt(`0x${createHash("sha256").update(content).digest("hex")}`);
  let id = "";
  for (let length = 1; length <= MAX_ID_LENGTH; length++) {
    id += ALPHABET.charAt(Number(number % 62n));
    number /= 62n;
    if (length >= ID_LENGTH) yield id;
  }
}
