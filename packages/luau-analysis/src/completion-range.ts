import type { TextRange } from "./place.ts";

const WORD_LETTER = /[A-Za-z0-9_]/;
const WORD_START = /^[A-Za-z0-9_]*/;

/**
 * What a completion replaces: the word at the offset; in a string, everything between its quotes up to the offset's end of
 * it; in a directive, what stands behind `--!`.
 */
export function completionRange(text: string, offset: number, context: string): TextRange {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(start, offset);
  if (context === "string") {
    const open = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'"), before.lastIndexOf("`"));
    const rest = /^[^"'`\r\n]*/.exec(text.slice(offset))?.[0] ?? "";
    return { from: start + open + 1, to: offset + rest.length };
  }
  let from = before.length;
  while (from > 0 && WORD_LETTER.test(before[from - 1]!)) from--;
  // A name does not begin with a digit.
  while (from < before.length && before[from]! <= "9") from++;
  const word = before.slice(from);
  const rest = WORD_START.exec(text.slice(offset, offset + MAX_WORD))?.[0] ?? "";
  return { from: offset - word.length, to: offset + (word === "" ? 0 : rest.length) };
}

/** Units of a word behind the cursor that are looked at: no name is longer. */
const MAX_WORD = 256;
