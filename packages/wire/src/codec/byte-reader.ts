import { formatIpAddress, type Endpoint } from "@playground/network";
import { WireError, type WireErrorCode, type WireErrorPlace } from "./wire-error.ts";

// `fatal`: a byte sequence that is not UTF-8 is an error. `ignoreBOM`: U+FEFF is a character like any other.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the fields of one packet in order. Every read is checked against what is left, and nothing is
 * allocated that is longer than the message itself. Throws `WireError` only.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  readonly #place: WireErrorPlace;
  #position: number;

  /** `what` names the thing being read, for messages; `place` goes into the errors. */
  constructor(bytes: Uint8Array, position: number, what: string, place: WireErrorPlace) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = position;
    this.#what = what;
    this.#place = place;
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  u8(field: string): number {
    return this.#view.getUint8(this.#advance(1, field));
  }

  u16(field: string): number {
    return this.#view.getUint16(this.#advance(2, field), true);
  }

  u32(field: string): number {
    return this.#view.getUint32(this.#advance(4, field), true);
  }

  /** A count in eight bytes, up to 2^53 - 1. */
  u64(field: string): number {
    const value = this.#view.getBigUint64(this.#advance(8, field), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.error("bad-value", `${field} is ${value}; at most 2^53 - 1 is allowed`);
    return Number(value);
  }

  /** A view of so many bytes; no copy. */
  bytes(count: number, field: string): Uint8Array {
    const start = this.#advance(count, field);
    return this.#bytes.subarray(start, start + count);
  }

  /** A text of so many bytes, which must lie between `least` and `most`. */
  text(count: number, least: number, most: number, field: string): string {
    if (count < least || count > most) {
      throw this.error("bad-text-length", `${field} has ${count} bytes; ${least} to ${most} are allowed`);
    }
    const bytes = this.bytes(count, field);
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.error("bad-text", `${field} is not valid UTF-8`);
    }
  }

  /** Family and address, as text. */
  address(field: string): string {
    const family = this.u8(`the family of ${field}`);
    if (family !== 4 && family !== 6) throw this.error("bad-address", `the family of ${field} is ${family}, neither 4 nor 6`);
    return formatIpAddress(this.bytes(family === 4 ? 4 : 16, field)) as string;
  }

  /** Address and port; the port of an endpoint is never 0. */
  endpoint(field: string): Endpoint {
    const address = this.address(`the address of ${field}`);
    const port = this.u16(`the port of ${field}`);
    if (port === 0) throw this.error("bad-port", `the port of ${field} is 0`);
    return { address, port };
  }

  /** Checks that nothing is left. */
  end(): void {
    if (this.remaining > 0) throw this.error("trailing-bytes", `${this.remaining} bytes are left after its last field`);
  }

  /** An error about what is being read. */
  error(code: WireErrorCode, problem: string): WireError {
    return new WireError(code, `${this.#what}: ${problem}`, this.#place);
  }

  #advance(count: number, field: string): number {
    const start = this.#position;
    if (count > this.#bytes.length - start) {
      throw this.error("truncated", `${field} needs ${count} bytes, ${this.#bytes.length - start} are left`);
    }
    this.#position = start + count;
    return start;
  }
}
