import { array, constantFrom, oneof, string } from "fast-check";

/** Pieces whose bytes, UTF-16 units, characters and columns on a screen differ in number. */
export const HARD_PIECES = ["a", "Z", " ", "\t", "я", "Ё", "😀", "👩‍👩‍👧", "e\u0301", "ﷺ", "中", "\u200D", "\u00A0", "é"] as const;

/** What a comment or a string may hold on one line, without its end and without an escape. */
export const HARD_LINE = array(constantFrom(...HARD_PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));

/** Any text, of several lines, halves of surrogate pairs included. */
export const TEXT = array(oneof(constantFrom(...HARD_PIECES, "\n", "\r\n", "\r", "\uD83D", "\uDE00"), string({ unit: "binary" })), { maxLength: 60 }).map(
  (pieces) => pieces.join(""),
);
