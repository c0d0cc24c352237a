import { parseIpAddress, type Endpoint } from "@playground/network";
import { WireError, type WireErrorCode, type WireErrorPlace } from "./wire-error.ts";

const encoder = new TextEncoder();

/** Room a packet starts with, bytes: enough for every packet that has no text. */
const INITIAL_CAPACITY = 64;

/** Writes the fields of one packet in order. Throws `WireError` for a value that its field cannot hold. */
export class ByteWriter {
  readonly #what: string;
  readonly #place: WireErrorPlace;
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** `what` names the thing being written, for messages; `place` goes into the errors. */
  constructor(what: string, place: WireErrorPlace = {}) {
    this.#what = what;
    this.#place = place;
  }

  u8(value: number, field: string): this {
    this.#checkInteger(value, 0, 0xff, "bad-value", field);
    const position = this.#advance(1);
    this.#view.setUint8(position, value);
    return this;
  }

  u32(value: number, field: string): this {
    this.#checkInteger(value, 0, 0xffff_ffff, "bad-value", field);
    const position = this.#advance(4);
    this.#view.setUint32(position, value, true);
    return this;
  }

  /** A count in eight bytes, up to 2^53 - 1: what a number holds exactly. */
  u64(value: number, field: string): this {
    this.#checkInteger(value, 0, Number.MAX_SAFE_INTEGER, "bad-value", field);
    const position = this.#advance(8);
    this.#view.setBigUint64(position, BigInt(value), true);
    return this;
  }

  /** A number of things, `least` to `most`, in four bytes. */
  count(value: number, least: number, most: number, field: string): this {
    this.#checkInteger(value, least, most, "bad-count", field);
    return this.u32(value, field);
  }

  /** A port, `least` (0 or 1) to 65535. */
  port(value: number, least: number, field: string): this {
    this.#checkInteger(value, least, 0xffff, "bad-port", field);
    const position = this.#advance(2);
    this.#view.setUint16(position, value, true);
    return this;
  }

  /** The bytes as they are. */
  raw(bytes: Uint8Array): this {
    const position = this.#advance(bytes.length);
    this.#bytes.set(bytes, position);
    return this;
  }

  /** A text whose UTF-8 has `least` to `most` bytes. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
  text(text: string, least: number, most: number, field: string): this {
    // One UTF-16 unit is at least one byte: what has more units than `most` is too long, and is not encoded at all.
    const bytes = encoder.encode(text.slice(0, most + 1));
    if (bytes.length < least || bytes.length > most) {
      throw this.error("bad-text-length", `${field} has ${bytes.length} bytes; ${least} to ${most} are allowed`);
    }
    return this.raw(bytes);
  }

  /** A text, cut at a character so that its UTF-8 has at most `most` bytes. */
  textUpTo(text: string, most: number): this {
    const bytes = encoder.encode(text.slice(0, most));
    let end = Math.min(bytes.length, most);
    // 10xxxxxx continues a character: the cut must not fall before such a byte.
    if (end < bytes.length) while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
    return this.raw(bytes.subarray(0, end));
  }

  /** Family and address. */
  address(text: string, field: string): this {
    const bytes = parseIpAddress(text);
    if (bytes === undefined) throw this.error("bad-address", `${field} is "${text}", which is not an IP address`);
    return this.u8(bytes.length === 4 ? 4 : 6, field).raw(bytes);
  }

  /** Address and port; the port of an endpoint is never 0. */
  endpoint(endpoint: Endpoint, field: string): this {
    return this.address(endpoint.address, `the address of ${field}`).port(endpoint.port, 1, `the port of ${field}`);
  }

  /** What was written, and nothing more. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** An error about what is being written. */
  error(code: WireErrorCode, problem: string): WireError {
    return new WireError(code, `${this.#what}: ${problem}`, this.#place);
  }

  #checkInteger(value: number, least: number, most: number, code: WireErrorCode, field: string): void {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw this.error(code, `${field} is ${value}; ${least} to ${most} are allowed`);
    }
  }

  /** Makes room for so many bytes and returns where. Replaces `#bytes` and `#view` when they are full: look these up after it. */
  #advance(count: number): number {
    const start = this.#length;
    const length = start + count;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#length = length;
    return start;
  }
}
