import {
  KIND_BOOLEAN,
  KIND_BUFFER,
  KIND_BUFFER_OWNED,
  KIND_INTEGER,
  KIND_NIL,
  KIND_NUMBER,
  KIND_OBJECT,
  KIND_REFERENCE,
  KIND_REFERENCE_MOVED,
  KIND_STRING,
  KIND_STRING_OWNED,
  KIND_VECTOR,
  OUTBOX_SLOTS,
  SCRATCH_BYTES,
  SLOT_BYTES,
} from "./abi.ts";
import type { Boundary } from "./boundary.ts";
import { LuauMemoryError, LuauUsageError } from "./errors.ts";
import { LuauRef } from "./ref.ts";
import type { Pushable } from "./value.ts";
import { Wrapped } from "./wrapped.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
/** Bytes that one UTF-16 unit takes in UTF-8 at most. */
const UTF8_PER_UNIT = 3;
/** Values of one call: Luau gives a library function 8000 stack slots, and some are in use. */
const MAX_VALUES = 7000;
/** Texts up to this many units are encoded by hand when they are ASCII: calling the encoder costs more. */
const SHORT_TEXT = 48;
const utf8Encoder = new TextEncoder();

/** The state that values are for, as far as writing them needs it. */
export interface ValueOwner {
  /** Address of the state's record in the module. */
  readonly runtime: number;
  /** The id of an object that is about to be pushed. */
  idOf(wrapped: Wrapped<object>): number;
}

/**
 * Lays values into the module's outbox, where the next operation takes them from. Nothing may call into the module between
 * the laying and that operation but what is called here.
 */
export class ValueWriter {
  readonly #boundary: Boundary;
  #slots = 0;
  #scratchUsed = 0;

  constructor(boundary: Boundary) {
    this.#boundary = boundary;
  }

  /** One value. Throws LuauUsageError for what cannot cross the border, LuauMemoryError. */
  writeOne(owner: ValueOwner, value: Pushable): void {
    this.#slots = this.#boundary.outboxHome;
    this.#scratchUsed = 0;
    this.#put(owner, 0, value);
  }

  writeTwo(owner: ValueOwner, first: Pushable, second: Pushable): void {
    this.#slots = this.#boundary.outboxHome;
    this.#scratchUsed = 0;
    this.#put(owner, 0, first);
    this.#putOrDiscard(owner, 1, second);
  }

  writeAll(owner: ValueOwner, items: readonly Pushable[]): void {
    if (items.length > MAX_VALUES) throw new LuauUsageError("bad-value", `${items.length} values are more than the ${MAX_VALUES} that one call can take`);
    this.#scratchUsed = 0;
    if (items.length <= OUTBOX_SLOTS) {
      this.#slots = this.#boundary.outboxHome;
    } else {
      this.#slots = this.#allocate(items.length * SLOT_BYTES);
      this.#boundary.heap.u32[this.#boundary.outboxPointer >> 2] = this.#slots;
    }
    for (let i = 0; i < items.length; i++) this.#putOrDiscard(owner, i, items[i]);
  }

  #putOrDiscard(owner: ValueOwner, index: number, value: Pushable): void {
    try {
      this.#put(owner, index, value);
    } catch (error) {
      // Frees the blocks of the values that are already there.
      this.#boundary.exports.outbox_discard(owner.runtime, index);
      throw error;
    }
  }

  #put(owner: ValueOwner, index: number, value: Pushable): void {
    const { heap } = this.#boundary;
    const slot = this.#slots + index * SLOT_BYTES;
    switch (typeof value) {
      case "number":
        heap.f64[slot >> 3] = value;
        heap.u32[(slot + 8) >> 2] = KIND_NUMBER;
        return;
      case "boolean":
        heap.u32[slot >> 2] = value ? 1 : 0;
        heap.u32[(slot + 8) >> 2] = KIND_BOOLEAN;
        return;
      case "undefined":
        heap.u32[(slot + 8) >> 2] = KIND_NIL;
        return;
      case "string":
        this.#putText(slot, value);
        return;
      case "bigint":
        if (value < INT64_MIN || value > INT64_MAX) throw new LuauUsageError("bad-value", `${value} is no 64-bit integer`);
        heap.i64[slot >> 3] = value;
        heap.u32[(slot + 8) >> 2] = KIND_INTEGER;
        return;
      case "object":
        if (value === null) heap.u32[(slot + 8) >> 2] = KIND_NIL;
        else this.#putObject(owner, slot, value);
        return;
      default:
        throw new LuauUsageError("bad-value", `a ${typeof value} cannot be handed to Luau`);
    }
  }

  #putObject(owner: ValueOwner, slot: number, value: object): void {
    const { heap } = this.#boundary;
    if (value instanceof Wrapped) {
      if (value.core !== owner) throw new LuauUsageError("wrong-state", "this object is wrapped for another Luau state");
      heap.u32[slot >> 2] = owner.idOf(value);
      heap.u32[(slot + 4) >> 2] = value.tag;
      heap.u32[(slot + 8) >> 2] = KIND_OBJECT;
    } else if (value instanceof Uint8Array) {
      this.#putBytes(slot, value, KIND_STRING);
    } else if (value instanceof LuauRef) {
      if (value.core !== owner) throw new LuauUsageError("wrong-state", "this reference belongs to another Luau state");
      heap.u32[slot >> 2] = value.reference;
      heap.u32[(slot + 8) >> 2] = value.takeHandedOver() ? KIND_REFERENCE_MOVED : KIND_REFERENCE;
    } else if (value instanceof ArrayBuffer) {
      this.#putBytes(slot, new Uint8Array(value), KIND_BUFFER);
    } else if (value instanceof Float32Array && value.length === 3) {
      heap.f32[slot >> 2] = value[0]!;
      heap.f32[(slot + 4) >> 2] = value[1]!;
      heap.u32[(slot + 8) >> 2] = KIND_VECTOR;
      heap.f32[(slot + 12) >> 2] = value[2]!;
    } else {
      const name = value.constructor?.name ?? "object";
      throw new LuauUsageError("bad-value", `a plain ${name} cannot be handed to Luau: wrap it by a LuauClass`);
    }
  }

  #putText(slot: number, text: string): void {
    const { heap, scratch } = this.#boundary;
    const free = SCRATCH_BYTES - this.#scratchUsed;
    const at = scratch + this.#scratchUsed;
    if (text.length * UTF8_PER_UNIT > free) {
      this.#putBytes(slot, utf8Encoder.encode(text), KIND_STRING);
      return;
    }
    let length = 0;
    if (text.length <= SHORT_TEXT) {
      const { u8 } = heap;
      for (; length < text.length; length++) {
        const unit = text.charCodeAt(length);
        if (unit >= 0x80) break;
        u8[at + length] = unit;
      }
    }
    if (length < text.length) length = utf8Encoder.encodeInto(text, heap.u8.subarray(at, at + free)).written;
    this.#scratchUsed += length;
    heap.u32[slot >> 2] = at;
    heap.u32[(slot + 4) >> 2] = length;
    heap.u32[(slot + 8) >> 2] = KIND_STRING;
  }

  #putBytes(slot: number, bytes: Uint8Array, kind: typeof KIND_STRING | typeof KIND_BUFFER): void {
    const { heap, scratch } = this.#boundary;
    let at = scratch + this.#scratchUsed;
    let sent: number = kind;
    if (bytes.length <= SCRATCH_BYTES - this.#scratchUsed) {
      this.#scratchUsed += bytes.length;
    } else {
      at = this.#allocate(bytes.length);
      sent = kind === KIND_STRING ? KIND_STRING_OWNED : KIND_BUFFER_OWNED;
    }
    heap.u8.set(bytes, at);
    heap.u32[slot >> 2] = at;
    heap.u32[(slot + 4) >> 2] = bytes.length;
    heap.u32[(slot + 8) >> 2] = sent;
  }

  #allocate(size: number): number {
    const block = this.#boundary.exports.block_allocate(size);
    if (block === 0) throw new LuauMemoryError(`no memory for ${size} bytes on their way to Luau`);
    return block;
  }
}
