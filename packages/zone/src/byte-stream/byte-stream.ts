import { BYTE_STREAM_LIMIT } from "../limits.ts";
import type { FieldLog, ReadLog } from "./field-log.ts";
import { NUMBER_FORMATS, type NumberFormatName } from "./number-format.ts";
import {
  decodeVariableInteger,
  encodeVariableInteger,
  VARIABLE_INTEGER_BYTES,
  VARIABLE_INTEGER_RANGES,
  type VariableIntegerFault,
  type VariableIntegerName,
} from "./variable-integer.ts";

/** Byte order of the numbers in a stream. */
export type Endian = "little" | "big";

/** Told of every change in the bytes that a stream holds; throws when there is no room for them. */
export type MemoryAccount = (deltaBytes: number) => void;

/** What every stream without bytes has: an array and a view of its own would be most of what it costs. */
const EMPTY = new Uint8Array(0);
const EMPTY_VIEW = new DataView(EMPTY.buffer);

/** Bytes that a stream's first growth asks for. */
const FIRST_CAPACITY = 64;

/** A misuse of a stream. `message` names the figures, as a script is to read it. */
export class ByteStreamError extends Error {
  override readonly name = "ByteStreamError";
}

/** A growable row of bytes with one position for reading and writing. */
export class ByteStream {
  readonly endian: Endian;
  /** Which calls have written it; kept by whoever watches the script. */
  written: FieldLog | undefined;
  /** Which calls have read it, where it came from a connection. */
  readLog: ReadLog | undefined;
  readonly #account: MemoryAccount;
  #storage = EMPTY;
  #view = EMPTY_VIEW;
  #length = 0;
  #position = 0;

  constructor(endian: Endian, account: MemoryAccount = () => {}) {
    this.endian = endian;
    this.#account = account;
  }

  /** A stream that holds `bytes` (taken over, not copied), position 0. */
  static from(bytes: Uint8Array<ArrayBuffer>, endian: Endian, account: MemoryAccount = () => {}): ByteStream {
    requireRoom(bytes.length);
    account(bytes.length);
    const stream = new ByteStream(endian, account);
    stream.#adopt(bytes);
    stream.#length = bytes.length;
    return stream;
  }

  /** Number of bytes. */
  get length(): number {
    return this.#length;
  }

  /** Where the next read or write takes place, 0 to `length`. */
  get position(): number {
    return this.#position;
  }

  /** Bytes from the position to the end. */
  get remaining(): number {
    return this.#length - this.#position;
  }

  /** Moves the position. @throws {ByteStreamError} outside 0 to `length` */
  seek(position: number): void {
    if (!Number.isInteger(position) || position < 0 || position > this.#length) {
      throw new ByteStreamError(`seek takes a whole position from 0 to ${this.#length}, got ${luauNumber(position)}`);
    }
    this.#position = position;
  }

  /** Throws all bytes away; the position becomes 0. */
  clear(): void {
    this.#account(-this.#storage.length);
    this.#storage = EMPTY;
    this.#view = EMPTY_VIEW;
    this.#length = 0;
    this.#position = 0;
  }

  /** Gives the memory back to the account; the stream is not used again. */
  release(): void {
    this.clear();
  }

  /** Writes bare bytes at the position and moves it behind them. */
  write(bytes: Uint8Array): void {
    const start = this.#claim(bytes.length);
    this.#storage.set(bytes, start);
  }

  /** Reads `count` bytes, or all that remain. @throws {ByteStreamError} when fewer remain */
  read(count: number = this.remaining): Uint8Array {
    if (!Number.isInteger(count) || count < 0) {
      throw new ByteStreamError(`read takes a whole number of bytes from 0 up, got ${luauNumber(count)}`);
    }
    const start = this.#consume("read", count);
    return this.#storage.slice(start, start + count);
  }

  /**
   * Writes a number in the given format; errors name the script's `call`.
   *
   * @throws {ByteStreamError} for a value outside the format's range
   */
  writeNumber(name: NumberFormatName, value: number, call = `write${name}`): void {
    const format = NUMBER_FORMATS[name];
    const [least, most] = format.range;
    if (format.whole) requireWhole(call, value, format.range);
    else if (Number.isFinite(value) && (value < least || value > most)) {
      throw new ByteStreamError(`${call} takes a number from ${least} to ${most}, got ${luauNumber(value)}`);
    }
    const start = this.#claim(format.size);
    format.set(this.#view, start, value, this.endian === "little");
  }

  /** Reads a number in the given format. @throws {ByteStreamError} when too few bytes remain */
  readNumber(name: NumberFormatName, call = `read${name}`): number {
    const format = NUMBER_FORMATS[name];
    const start = this.#consume(call, format.size);
    return format.get(this.#view, start, this.endian === "little");
  }

  /** Writes a whole number in as few bytes as it needs. @throws {ByteStreamError} for one outside the kind's range */
  writeVariableInteger(name: VariableIntegerName, value: number): void {
    requireWhole(`write${name}`, value, VARIABLE_INTEGER_RANGES[name]);
    this.write(encodeVariableInteger(name, value));
  }

  /** Reads such a number. Where there is none, the position stays. @throws {ByteStreamError} */
  readVariableInteger(name: VariableIntegerName): number {
    const read = decodeVariableInteger(name, this.borrowBytes(), this.#position);
    if (typeof read === "string") throw new ByteStreamError(`read${name} at position ${this.#position} ${this.#noNumber(name, read)}`);
    this.#position += read.size;
    return read.value;
  }

  #noNumber(name: VariableIntegerName, fault: VariableIntegerFault): string {
    switch (fault) {
      case "unended":
        return `needs a byte that ends the number, ${remains(this.remaining)}, and none of them does`;
      case "too-long":
        return `finds a number of more than ${VARIABLE_INTEGER_BYTES} bytes, the most that a ${name} has`;
      case "too-great":
        return `finds a number outside of ${VARIABLE_INTEGER_RANGES[name][0]} to ${VARIABLE_INTEGER_RANGES[name][1]}`;
    }
  }

  /** Puts `size` zero bytes in front of all others; the position stays on the byte that it was on. @throws {ByteStreamError} */
  prepend(size: number): void {
    if (!Number.isInteger(size) || size < 0) {
      throw new ByteStreamError(`prepend takes a whole number of bytes from 0 up, got ${luauNumber(size)}`);
    }
    const length = this.#length + size;
    requireRoom(length);
    if (length > this.#storage.length) this.#grow(length);
    this.#storage.copyWithin(size, 0, this.#length).fill(0, 0, size);
    this.#length = length;
    this.#position += size;
  }

  /** Writes one byte, 1 or 0. */
  writeBool(value: boolean): void {
    this.writeNumber("U8", value ? 1 : 0);
  }

  /** Reads one byte; every value but 0 is true. @throws {ByteStreamError} at the end */
  readBool(): boolean {
    return this.#storage[this.#consume("readBool", 1)] !== 0;
  }

  /** Writes a u32 length, then the bytes. */
  writeString(bytes: Uint8Array): void {
    requireRoom(this.#position + LENGTH_PREFIX + bytes.length);
    this.writeNumber("U32", bytes.length);
    this.write(bytes);
  }

  /** Reads a u32 length and so many bytes. Where they are not all there, the position stays. @throws {ByteStreamError} */
  readString(): Uint8Array {
    const before = this.#position;
    const start = this.#consume("readString", LENGTH_PREFIX);
    const length = this.#view.getUint32(start, this.endian === "little");
    if (length > this.remaining) {
      const remaining = this.remaining;
      this.#position = before;
      throw new ByteStreamError(`readString at position ${before} needs ${plural(length)} after its length, ${remains(remaining)}`);
    }
    return this.read(length);
  }

  /** A copy of all bytes, whatever the position. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#storage.slice(0, this.#length);
  }

  /** All bytes without a copy; valid until the next change of the stream. */
  borrowBytes(): Uint8Array {
    return this.#storage.subarray(0, this.#length);
  }

  /** Makes room for `count` bytes at the position, moves the position behind them, and returns where they begin. */
  #claim(count: number): number {
    const start = this.#position;
    const end = start + count;
    requireRoom(end);
    if (end > this.#storage.length) this.#grow(end);
    if (end > this.#length) this.#length = end;
    this.#position = end;
    return start;
  }

  #consume(call: string, count: number): number {
    const start = this.#position;
    if (count > this.remaining) {
      throw new ByteStreamError(`${call} at position ${start} needs ${plural(count)}, ${remains(this.remaining)}`);
    }
    this.#position = start + count;
    return start;
  }

  #grow(least: number): void {
    const capacity = Math.min(BYTE_STREAM_LIMIT, Math.max(least, FIRST_CAPACITY, this.#storage.length * 2));
    this.#account(capacity - this.#storage.length);
    const larger = new Uint8Array(capacity);
    larger.set(this.borrowBytes());
    this.#adopt(larger);
  }

  #adopt(storage: Uint8Array<ArrayBuffer>): void {
    this.#storage = storage;
    this.#view = new DataView(storage.buffer, storage.byteOffset, storage.length);
  }
}

function requireWhole(call: string, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new ByteStreamError(`${call} takes a whole number from ${least} to ${most}, got ${luauNumber(value)}`);
}

/** Bytes of the length in front of a string. */
const LENGTH_PREFIX = 4;

function requireRoom(length: number): void {
  if (length > BYTE_STREAM_LIMIT) {
    throw new ByteStreamError(`a ByteStream holds at most ${BYTE_STREAM_LIMIT} bytes, this would make it ${length}`);
  }
}

/** As Luau prints it. */
function luauNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return String(value);
}

function plural(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function remains(count: number): string {
  return count === 1 ? "1 remains" : `${count} remain`;
}
