import { CaptureError, type CaptureErrorCode } from "../capture-error.ts";
import { MAX_CAPTURE_FIELDS, MAX_TEXT_BYTES } from "../limits.ts";
import { TICKS_A_MS } from "./value-writer.ts";

// `fatal`: what is not UTF-8 is an error. `ignoreBOM`: U+FEFF is a character like any other.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The last moment that JavaScript's `Date` knows, milliseconds since 1970. */
const LAST_TIME = 8.64e15;

/** Reads what a `ValueWriter` wrote, or what a stranger says is that. Nothing is made that is larger than what is left. Throws `CaptureError` alone. */
export class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #texts: string[] = [];
  readonly #path: (string | number)[] = [];
  #position: number;
  #ticks = 0;
  #fields = 0;

  /** Where the bytes of the last piece lie, and the fields of the last event that had some. */
  pieceAt = 0;
  fieldsAt = 0;
  /** They were written here: no value is asked whether it may be, and bytes are views. */
  readonly isTrusted: boolean;

  constructor(bytes: Uint8Array, position: number, { isTrusted = false } = {}) {
    this.isTrusted = isTrusted;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = position;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** Reads a part, whose name errors have. */
  at<T>(name: string | number, read: () => T): T {
    if (this.isTrusted) return read();
    this.#path.push(name);
    const value = read();
    this.#path.pop();
    return value;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER || factor > Number.MAX_SAFE_INTEGER) throw this.error("invalid", "is above 2^53 - 1");
      if (byte < 0x80) return value;
    }
  }

  /** A whole number between two others. */
  within(least: number, most: number): number {
    const value = this.uint();
    if (!this.isTrusted && (value < least || value > most)) throw this.error("invalid", `is ${value}; ${least} to ${most} are allowed`);
    return value;
  }

  /** A number of parts of which each has at least a byte. */
  count(most: number): number {
    const count = this.uint();
    if (count > most) throw this.error("too-large", `has ${count} parts; ${most} are allowed`);
    if (count > this.remaining) throw this.error("cut", `has ${count} parts, and ${this.remaining} bytes are left`);
    return count;
  }

  /** Typed fields, of which all pieces together have a limit too. */
  countFields(most: number): number {
    const count = this.count(most);
    this.#fields += count;
    if (!this.isTrusted && this.#fields > MAX_CAPTURE_FIELDS)
      throw this.error("too-large", `brings the capture's fields to ${this.#fields}; ${MAX_CAPTURE_FIELDS} are allowed`);
    return count;
  }

  f64(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** A copy, so that nothing else is held by it; what was written here is not copied. */
  bytes(): Uint8Array {
    const size = this.uint();
    const position = this.#advance(size);
    this.pieceAt = position;
    return this.isTrusted ? this.#bytes.subarray(position, position + size) : this.#bytes.slice(position, position + size);
  }

  get position(): number {
    return this.#position;
  }

  text(): string {
    const number = this.uint();
    if (number < this.#texts.length) return this.#texts[number] as string;
    if (number > this.#texts.length) throw this.error("invalid", `is text ${number} of ${this.#texts.length}`);
    const text = this.ownText();
    this.#texts.push(text);
    return text;
  }

  /** A text that is no other's number. */
  ownText(): string {
    const size = this.uint();
    if (size > MAX_TEXT_BYTES) throw this.error("too-large", `is a text of ${size} bytes; ${MAX_TEXT_BYTES} are allowed`);
    const position = this.#advance(size);
    try {
      return decoder.decode(this.#bytes.subarray(position, position + size));
    } catch {
      throw this.error("invalid", "is not valid UTF-8");
    }
  }

  time(): number {
    const code = this.uint();
    let at: number;
    if (code === 0) {
      at = this.f64();
      if (Number.isSafeInteger(at * TICKS_A_MS)) this.#ticks = at * TICKS_A_MS;
    } else {
      const half = Math.floor((code - 1) / 2);
      this.#ticks += code % 2 === 1 ? half : -half - 1;
      at = this.#ticks / TICKS_A_MS;
    }
    if (!(at >= 0 && at <= LAST_TIME)) throw this.error("invalid", `is ${at}; times are 0 to ${LAST_TIME}`);
    return at;
  }

  error(code: CaptureErrorCode, problem: string): CaptureError {
    const path = this.#path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text === "" ? "" : "."}${part}`), "");
    return new CaptureError(code, `${path} ${problem}`, path);
  }

  #advance(count: number): number {
    const position = this.#position;
    if (count > this.remaining) throw this.error("cut", `needs ${count} bytes, ${this.remaining} are left`);
    this.#position = position + count;
    return position;
  }
}
