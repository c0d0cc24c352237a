/** What the reader looks for: bytes as they are, or a text in whatever case. */
export type SearchPattern = { readonly kind: "bytes"; readonly needle: Needle<Uint8Array> } | { readonly kind: "text"; readonly needle: Needle<Uint16Array> };

/** Characters of a pattern that count: more than anyone types. */
export const MAX_PATTERN_CHARS = 256;

const HEX = /^0x((?:[\da-f]{2}\s*)+)$/i;
/** Escapes of a Luau string. */
const ESCAPE = /\\(?:x([\da-f]{2})|([0abfnrtv\\]))/gi;
const LETTERS: Readonly<Record<string, number>> = { 0: 0, a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, "\\": 0x5c };

/** What a search field holds: `0x0d0a` and `GET\r\n` are bytes, all else is text. Undefined where nothing is looked for. */
export function parsePattern(written: string): SearchPattern | undefined {
  const text = written.trim().slice(0, MAX_PATTERN_CHARS);
  if (text === "") return undefined;
  const hex = HEX.exec(text)?.[1]?.replace(/\s/g, "");
  if (hex !== undefined)
    return {
      kind: "bytes",
      needle: new Needle(Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))),
    };
  if (text.search(ESCAPE) >= 0) return { kind: "bytes", needle: new Needle(unescaped(text)) };
  return { kind: "text", needle: new Needle(unitsOf(text.toLowerCase())) };
}

/** Whether a text holds the pattern; bytes are never found in a text of ours. */
export function isInText(pattern: SearchPattern, text: string): boolean {
  return pattern.kind === "text" && pattern.needle.isIn(unitsOf(text.toLowerCase()));
}

const decoder = new TextDecoder();

/** Whether bytes hold the pattern: a text as UTF-8. */
export function isInBytes(pattern: SearchPattern, bytes: Uint8Array): boolean {
  return pattern.kind === "bytes" ? pattern.needle.isIn(bytes) : isInText(pattern, decoder.decode(bytes));
}

function unescaped(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  let from = 0;
  for (const { 0: escape, 1: hex, 2: letter, index } of text.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(text.slice(from, index)), hex !== undefined ? Number.parseInt(hex, 16) : (LETTERS[letter?.toLowerCase() ?? ""] ?? 0));
    from = index + escape.length;
  }
  return Uint8Array.from([...bytes, ...encoder.encode(text.slice(from))]);
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return units;
}

/** A sequence that is looked for in time in proportion to what is looked through, whatever both are (Knuth, Morris and Pratt). */
export class Needle<T extends Uint8Array | Uint16Array> {
  readonly #units: T;
  /** For each beginning of the sequence: how much of its end is a beginning as well. */
  readonly #borders: Int32Array;

  constructor(units: T) {
    this.#units = units;
    this.#borders = new Int32Array(units.length);
    for (let index = 1, length = 0; index < units.length; index++) {
      while (length > 0 && units[index] !== units[length]) length = this.#borders[length - 1] ?? 0;
      if (units[index] === units[length]) length++;
      this.#borders[index] = length;
    }
  }

  isIn(hay: T): boolean {
    const units = this.#units;
    let length = 0;
    for (let index = 0; index < hay.length; index++) {
      while (length > 0 && hay[index] !== units[length]) length = this.#borders[length - 1] ?? 0;
      if (hay[index] === units[length]) length++;
      if (length === units.length) return true;
    }
    return false;
  }
}
