import { safeText } from "@playground/safe-text";
import { type ByteUnit, byteUnits } from "./byte-units.ts";

/** A stretch of bytes as it is read: text as it is, everything else as Luau writes it in a string. */
export interface TextPart {
  readonly kind: "text" | "escape" | "cut";
  readonly text: string;
}

/** Escapes that Luau has a letter for. */
const LETTERS: Readonly<Record<number, string>> = { 0: "\\0", 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r" };

/** The beginning of bytes as text. Control characters and bytes that are no text are written as a Luau string has them; halves of a character are parts of their own. */
export function textParts(bytes: Uint8Array, limit: number): TextPart[] {
  const parts: TextPart[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ kind: "text", text: safeText(text) });
    text = "";
  };
  // What is cut off here for lack of room is no character that TCP has cut.
  const isShort = bytes.length > limit;
  for (const unit of byteUnits(bytes, 0, Math.min(limit, bytes.length))) {
    if (unit.kind === "text") {
      text += String.fromCodePoint(unit.point ?? 0);
      continue;
    }
    flush();
    const escape = escapeOf(unit, bytes);
    const isCut = unit.kind === "cut-before" || unit.kind === "cut-after";
    const before = parts.at(-1);
    if (!isCut && before?.kind === "escape") parts[parts.length - 1] = { kind: "escape", text: before.text + escape };
    else parts.push({ kind: isCut ? "cut" : "escape", text: escape });
  }
  flush();
  if (isShort) parts.push({ kind: "text", text: "…" });
  return parts;
}

/** The same in one piece, for sentences. */
export function plainBytes(bytes: Uint8Array, limit: number): string {
  return textParts(bytes, limit)
    .map(({ text }) => text)
    .join("");
}

/** A unit that is no text, as Luau writes it in a string. */
export function escapeOf({ from, size, kind, point }: ByteUnit, bytes: Uint8Array): string {
  const letter = kind === "control" && point !== undefined ? LETTERS[point] : undefined;
  return letter ?? [...bytes.subarray(from, from + size)].map((byte) => `\\x${hexOf(byte)}`).join("");
}

/** A byte as two hexadecimal digits. */
export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
