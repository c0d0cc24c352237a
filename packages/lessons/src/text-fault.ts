import { plainText } from "@playground/safe-text";

/**
 * What is wrong with the characters of a text that a reader sees, in words that follow its name; undefined where nothing is. What is not seen but
 * acts, and marks heaped on one letter, can make a text pass for another one, or cover its neighbours.
 */
export function textFault(text: string): string | undefined {
  return plainText(text) === text ? undefined : "has characters that cannot be seen or turn the reading order, or too many marks on one letter; remove them";
}
