import { ShareError } from "./share-error.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...ALPHABET].map((character, value) => [character.charCodeAt(0), value]));

/** Bytes as base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const characters = ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63) + ALPHABET.charAt((group >> 6) & 63) + ALPHABET.charAt(group & 63);
    parts.push(characters.slice(0, Math.min(3, bytes.length - index) + 1));
  }
  return parts.join("");
}

/** The bytes again. @throws {ShareError} `bad-character`, or `cut` when no bytes have such a length */
export function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let group = 0;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const value = VALUES.get(text.charCodeAt(index));
    if (value === undefined) {
      throw new ShareError(
        "bad-character",
        `character ${index + 1} is ${JSON.stringify(String.fromCodePoint(text.codePointAt(index) ?? 0))}, which is not base64url`,
      );
    }
    group = (group << 6) | value;
    if (index % 4 > 0) bytes[length++] = (group >> (6 - 2 * (index % 4))) & 255;
  }
  if (text.length % 4 === 1) throw new ShareError("cut", `the text ends after ${text.length} characters, in the middle of a byte`);
  return bytes;
}
