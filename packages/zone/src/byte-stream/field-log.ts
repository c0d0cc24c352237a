import type { ByteField, ByteFieldFormat } from "@playground/capture";
import { FIELD_LIMIT, FIELD_TEXT_LIMIT } from "../limits.ts";
import { NUMBER_FORMATS, type NumberFormatName } from "./number-format.ts";
import { decodeVariableInteger } from "./variable-integer.ts";

/** What a script reads of bytes that it has received, and who wants to know. */
export interface ReadLog {
  readonly fields: FieldLog;
  readonly onRead: (fields: readonly ByteField[]) => void;
}

interface LoggedField {
  offset: number;
  readonly size: number;
  readonly format: ByteFieldFormat;
}

/**
 * Which bytes of a stream were written, or read, by which call. The values stay in the bytes until somebody asks, so that a field never
 * says what the bytes do not. Once `FIELD_LIMIT` were noted no more are.
 */
export class FieldLog {
  /** By offset; no two have a byte in common. */
  #fields: LoggedField[] = [];
  #noted = 0;

  get isEmpty(): boolean {
    return this.#fields.length === 0;
  }

  /** A call was about these bytes. What earlier ones have said of any of them is void. */
  note(offset: number, size: number, format: ByteFieldFormat): void {
    if (size <= 0) return;
    const last = this.#fields.at(-1);
    const isBehind = last === undefined || offset >= last.offset + last.size;
    if (!isBehind) this.#forget(offset, offset + size);
    if (this.#noted >= FIELD_LIMIT) return;
    this.#noted++;
    const field = { offset, size, format };
    if (isBehind) this.#fields.push(field);
    else this.#fields.splice(this.#placeOf(offset), 0, field);
  }

  /** So many bytes were put in front of all. */
  shift(size: number): void {
    for (const field of this.#fields) field.offset += size;
  }

  /** The bytes are gone, and what was said of them. */
  clear(): void {
    this.#fields = [];
  }

  /** The fields with their values, as `bytes` have them now. */
  read(bytes: Uint8Array, isLittleEndian: boolean): readonly ByteField[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#fields.map(({ offset, size, format }) => {
      const value = valueOf(view, offset, size, format, isLittleEndian);
      return { offset, size, format, ...(value !== undefined && { value }) };
    });
  }

  #forget(start: number, end: number): void {
    this.#fields = this.#fields.filter(({ offset, size }) => offset + size <= start || offset >= end);
  }

  #placeOf(offset: number): number {
    const place = this.#fields.findIndex((field) => field.offset > offset);
    return place < 0 ? this.#fields.length : place;
  }
}

/** What stands in front of a String, bytes. */
const LENGTH_PREFIX = 4;

/** UTF-8 takes up to so many bytes for each UTF-16 unit. */
const BYTES_PER_UNIT = 3;

const decoder = new TextDecoder();

function valueOf(view: DataView, offset: number, size: number, format: ByteFieldFormat, isLittle: boolean): ByteField["value"] {
  switch (format) {
    case "bytes":
      return undefined;
    case "Bool":
      return view.getUint8(offset) !== 0;
    case "String": {
      const start = view.byteOffset + offset + LENGTH_PREFIX;
      const length = Math.min(size - LENGTH_PREFIX, FIELD_TEXT_LIMIT * BYTES_PER_UNIT);
      return decoder.decode(new Uint8Array(view.buffer, start, length)).slice(0, FIELD_TEXT_LIMIT);
    }
    case "VInt":
    case "VUInt": {
      const read = decodeVariableInteger(format, new Uint8Array(view.buffer, view.byteOffset + offset, size), 0);
      return typeof read === "string" ? undefined : read.value;
    }
    default:
      return NUMBER_FORMATS[format satisfies NumberFormatName].get(view, offset, isLittle);
  }
}
