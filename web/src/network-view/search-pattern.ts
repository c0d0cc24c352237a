import { joined } from "./joined.ts";

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

/** Bytes with those that lie before and behind them. */
export interface SearchedBytes {
  readonly before: Uint8Array;
  readonly own: Uint8Array;
  readonly after: Uint8Array;
}

/** How many bytes before and behind the own ones belong to matches that have a part in these: at least as many. */
export interface FoundBytes {
  readonly before: number;
  readonly after: number;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes of UTF-8 that one unit of a text takes at most, in any case of its letter. */
const MAX_UNIT_BYTES = 3;

/** Bytes beside others that a match can have a part in. */
export function reachOf({ kind, needle }: SearchPattern): number {
  return (needle.length - 1) * (kind === "text" ? MAX_UNIT_BYTES : 1);
}

/** Whether bytes hold the pattern, or a part of it whose rest lies beside them: a text as UTF-8. Undefined where they do not. */
export function findInBytes(pattern: SearchPattern, { before, own, after }: SearchedBytes): FoundBytes | undefined {
  if (pattern.kind === "bytes") {
    const end = before.length + own.length;
    const found = pattern.needle.spanIn(joined([before, own, after], Uint8Array), before.length, end);
    return found && { before: Math.max(0, before.length - found.start), after: Math.max(0, found.end - end) };
  }
  const [first, middle] = [before, own].map((bytes) => decoder.decode(bytes, { stream: true })) as [string, string];
  // It begins anew after that.
  const last = decoder.decode(after);
  const [start, size] = [first, middle].map((text) => text.toLowerCase().length) as [number, number];
  const end = start + size;
  // A character that is cut behind the own bytes is theirs as well.
  const found = pattern.needle.spanIn(
    joined(
      [first, middle, last].map((text) => unitsOf(text.toLowerCase())),
      Uint16Array,
    ),
    start,
    end + (isCutAtEnd(before, own) ? 1 : 0),
  );
  if (found === undefined) return undefined;
  const isCutAtStart = ((own[0] ?? 0) & 0xc0) === 0x80;
  return {
    before: found.start > start ? 0 : sizeOf(first, found.start - start) + (isCutAtStart ? MAX_UNIT_BYTES : 0),
    after: found.end <= end ? 0 : sizeOf(last, found.end - end),
  };
}

/** Whether the last character of bytes that follow others is not all there. */
function isCutAtEnd(before: Uint8Array, own: Uint8Array): boolean {
  const tail = [...before.subarray(-MAX_UNIT_BYTES), ...own.subarray(-MAX_UNIT_BYTES)].slice(-MAX_UNIT_BYTES);
  const lead = tail.findLastIndex((byte) => byte >= 0xc0);
  if (own.length === 0 || lead < 0) return false;
  const byte = tail[lead] as number;
  return tail.length - lead < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
}

/** Bytes of so many units of a text: of its first ones, or with less than 0 of its last ones. */
function sizeOf(text: string, units: number): number {
  return units === 0 ? 0 : new TextEncoder().encode(units > 0 ? text.slice(0, units) : text.slice(units)).length;
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

  get length(): number {
    return this.#units.length;
  }

  isIn(hay: T): boolean {
    return this.spanIn(hay, 0, hay.length) !== undefined;
  }

  /** From the beginning of the first to the end of the last place that has a part between `from` and `to`. */
  spanIn(hay: T, from: number, to: number): { readonly start: number; readonly end: number } | undefined {
    const units = this.#units;
    let found: { start: number; end: number } | undefined;
    for (let index = 0, length = 0; index < hay.length; index++) {
      while (length > 0 && hay[index] !== units[length]) length = this.#borders[length - 1] ?? 0;
      if (hay[index] === units[length]) length++;
      if (length < units.length) continue;
      const [start, end] = [index + 1 - length, index + 1];
      if (start >= to) break;
      if (end > from) found = { start: found?.start ?? start, end };
      length = this.#borders[length - 1] ?? 0;
    }
    return found;
  }
}
