/** What one stretch of bytes is as UTF-8 text. */
export interface ByteUnit {
  /** Offset of its first byte. */
  readonly from: number;
  /** Bytes. */
  readonly size: number;
  /**
   * - `text`: one code point that can be shown
   * - `control`: a control character
   * - `cut-before`: the end of a character whose beginning came before these bytes
   * - `cut-after`: the beginning of a character that goes on behind them
   * - `invalid`: no UTF-8 at all
   */
  readonly kind: "text" | "control" | "cut-before" | "cut-after" | "invalid";
  /** The code point of `text` and `control`. */
  readonly point?: number;
}

/** Bytes that continue a character, at most. */
const MAX_CONTINUATION = 3;

/**
 * Bytes as units of UTF-8, in their order and without a gap. A character that is cut at an edge is told from bytes that are no text: TCP
 * cuts where it likes.
 *
 * @param from, to   the stretch to be read, in bytes
 */
export function byteUnits(bytes: Uint8Array, from = 0, to: number = bytes.length): ByteUnit[] {
  const units: ByteUnit[] = [];
  let index = from;
  // Only the piece's own beginning can be the middle of a character.
  if (from === 0) {
    while (index < to && index < MAX_CONTINUATION && isContinuation(bytes[index])) index++;
    // Four or more in a row are the rest of nothing.
    if (index > 0 && isContinuation(bytes[index])) index = 0;
    if (index > 0) units.push({ from: 0, size: index, kind: "cut-before" });
  }
  while (index < to) {
    const unit = unitAt(bytes, index);
    units.push(unit);
    index += unit.size;
  }
  return units;
}

function unitAt(bytes: Uint8Array, from: number): ByteUnit {
  const first = bytes[from] ?? 0;
  if (first < 0x80) return { from, size: 1, kind: isControl(first) ? "control" : "text", point: first };
  const size = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (size === 0) return { from, size: 1, kind: "invalid" };
  let point = first & (0xff >> (size + 1));
  for (let step = 1; step < size; step++) {
    const next = bytes[from + step];
    if (next === undefined) return { from, size: step, kind: "cut-after" };
    if (!isContinuation(next) || (step === 1 && !mayFollow(first, next))) return { from, size: 1, kind: "invalid" };
    point = (point << 6) | (next & 0x3f);
  }
  return { from, size, kind: isControl(point) ? "control" : "text", point };
}

/** No longer spelling than needed, no surrogates, nothing above U+10FFFF (Unicode 15, table 3-7). */
function mayFollow(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function isControl(point: number): boolean {
  return point < 0x20 || (point >= 0x7f && point < 0xa0);
}
