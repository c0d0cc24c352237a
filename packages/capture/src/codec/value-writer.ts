import { CaptureError } from "../capture-error.ts";

const encoder = new TextEncoder();

/** Ticks in a millisecond: what the clock of a page can tell apart, and what a number of milliseconds since 1970 is a multiple of until 2039. */
export const TICKS_A_MS = 4_096;

/** Ticks between two times up to which the difference is written, not the time. */
export const MAX_TICKS_BETWEEN = 2 ** 50;

const NO_BYTES = new Uint8Array();

/** Bytes to begin with: enough for a short exchange. */
const INITIAL_CAPACITY = 4_096;

/** Writes values of a capture one after another. Numbers are as short as they are small; a text is written once. */
export class ValueWriter {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Where the bytes of the last piece lie, and the fields of the last event that had some. */
  pieceAt = 0;
  fieldsAt = 0;
  readonly #texts = new Map<string, number>();
  #ticks = 0;

  u8(value: number): void {
    // The view may be another one after this.
    const position = this.#advance(1);
    this.#view.setUint8(position, value);
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  uint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new CaptureError("invalid", `${value} is not a whole number from 0 to 2^53 - 1`);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.u8((rest % 0x80) | 0x80);
    this.u8(rest);
  }

  f64(value: number): void {
    const position = this.#advance(8);
    this.#view.setFloat64(position, value, true);
  }

  /** @returns where the bytes lie */
  bytes(value: Uint8Array): number {
    this.uint(value.length);
    const position = this.#advance(value.length);
    this.#bytes.set(value, position);
    return position;
  }

  /** The text, or the number of the same text before. */
  text(value: string): void {
    const known = this.#texts.get(value);
    if (known !== undefined) return this.uint(known);
    this.uint(this.#texts.size);
    this.#texts.set(value, this.#texts.size);
    this.bytes(encoder.encode(value));
  }

  /** A text that is no other's number: what it is in can be read by itself. */
  ownText(value: string): void {
    this.bytes(encoder.encode(value));
  }

  /** Milliseconds since 1970, exactly; a few bytes where it is near the last one. */
  time(at: number): void {
    const ticks = at * TICKS_A_MS;
    const difference = ticks - this.#ticks;
    const isWhole = Number.isSafeInteger(ticks) && ticks >= 0;
    if (isWhole) this.#ticks = ticks;
    if (!isWhole || Math.abs(difference) > MAX_TICKS_BETWEEN) {
      this.uint(0);
      this.f64(at);
      return;
    }
    this.uint(1 + (difference < 0 ? -2 * difference - 1 : 2 * difference));
  }

  get length(): number {
    return this.#length;
  }

  /** All memory that it has; what is written stays where it is until there is more of it. */
  get memory(): Uint8Array {
    return this.#bytes;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Lets go of its memory: nothing more is written. */
  release(): void {
    this.#bytes = NO_BYTES;
    this.#view = new DataView(NO_BYTES.buffer);
    this.#texts.clear();
  }

  #advance(count: number): number {
    const position = this.#length;
    const needed = position + count;
    if (needed > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      wider.set(this.#bytes.subarray(0, position));
      this.#bytes = wider;
      this.#view = new DataView(wider.buffer);
    }
    this.#length = needed;
    return position;
  }
}
