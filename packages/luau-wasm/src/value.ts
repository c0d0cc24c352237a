import type { LuauRef } from "./ref.ts";
import type { Wrapped } from "./wrapped.ts";

/**
 * What a script's value is for the host:
 *
 * | Luau | host |
 * |---|---|
 * | nil | `undefined` |
 * | boolean, number | the same |
 * | integer (64 bits) | `bigint` |
 * | string | `Uint8Array`, a copy of its bytes |
 * | buffer | `ArrayBuffer`, a copy |
 * | vector | `Float32Array` of 3 |
 * | table, function, thread | `LuauTable`, `LuauFunction`, `LuauThread`: owned, to be disposed |
 * | userdata of a class | the host's object |
 * | anything else | `LuauRef`, owned |
 */
export type LuauValue = undefined | boolean | number | bigint | Uint8Array | ArrayBuffer | Float32Array | LuauRef | object;

/**
 * What the host can hand to a script. A `string` goes as UTF-8 (a lone surrogate as U+FFFD), a `Uint8Array` as a string of
 * exactly these bytes, an `ArrayBuffer` as a new buffer, a `bigint` as a 64-bit integer, a `Float32Array` of 3 as a vector.
 */
export type Pushable = undefined | null | boolean | number | bigint | string | Uint8Array | ArrayBuffer | Float32Array | LuauRef | Wrapped<object>;

/** Several results of one host call, made by `values`. */
export class MultipleValues {
  readonly items: readonly Pushable[];

  constructor(items: readonly Pushable[]) {
    this.items = items;
  }
}

/** Returned by a host function, gives the script several results. */
export function values(...items: Pushable[]): MultipleValues {
  return new MultipleValues(items);
}

/**
 * Returned by a host function, suspends the calling coroutine until the host calls `resume` or `fail` on its thread. A
 * script that resumes such a coroutine itself does not wake it.
 */
export const SUSPEND: unique symbol = Symbol("suspend");
