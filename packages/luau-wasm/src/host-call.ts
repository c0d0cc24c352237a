import type { LuauFunction } from "./function.ts";
import type { LuauClass } from "./object-class.ts";
import type { LuauTable } from "./table.ts";
import type { LuauThread } from "./thread.ts";
import type { LuauValue, MultipleValues, Pushable, SUSPEND } from "./value.ts";

/** `undefined` gives the script no result, `null` one nil. */
export type HostResult = void | Pushable | MultipleValues | typeof SUSPEND;

/**
 * A function that scripts can call. What it throws becomes a Luau error: the message of an `Error` with the script's
 * position in front, LuauRawError and LuauRuntimeError as they are, LuauMemoryError as `not enough memory`.
 */
export type HostFunction = (call: HostCall) => HostResult;

/** A line of a script. */
export interface ChunkPlace {
  readonly chunk: string;
  /** From 1. */
  readonly line: number;
}

/**
 * One call from a script. Valid only until the host function returns.
 *
 * Arguments are numbered from 1; the object that a method is called on is not counted. The checked accessors raise Luau's
 * own errors, like `invalid argument #1 to 'send' (ByteStream expected, got string)`; as the library's functions they take
 * a string that reads as a number for a number, and a number for a string.
 */
export interface HostCall {
  /** How many arguments were given. */
  readonly count: number;
  /** Whether the call may return SUSPEND: not below a metamethod, a sort comparator or the like. */
  readonly isYieldable: boolean;
  /** The object that the method is called on. Methods and metamethods only. */
  self<T extends object>(): T;
  /** `nil`, `boolean`, `number`, `integer`, `string`, `table`, `function`, `thread`, `userdata`, `buffer`, `vector`; `none` when absent. */
  type(index: number): string;
  /** What `typeof` says: the class of an object; `no value` when absent. */
  typeName(index: number): string;
  isNoneOrNil(index: number): boolean;
  boolean(index: number): boolean;
  number(index: number): number;
  /** A number without a fraction, between -(2^53 - 1) and 2^53 - 1. */
  integer(index: number): number;
  /** The bytes of a string, copied. */
  bytes(index: number): Uint8Array;
  /** A string as text; what is not UTF-8 becomes U+FFFD. */
  text(index: number): string;
  /** The bytes of a `buffer`, copied. */
  buffer(index: number): Uint8Array;
  object<T extends object>(index: number, cls: LuauClass<T>): T;
  /** Owned. */
  function(index: number): LuauFunction;
  /** Owned. */
  table(index: number): LuauTable;
  /** Any value; a table, function or thread is owned. */
  value(index: number): LuauValue;
  /** Raises `invalid argument #index to 'name' (message)`. */
  fail(index: number, message: string): never;
  /** The calling coroutine, owned. */
  thread(): LuauThread;
  /** The line that the call stands on, of the script's innermost function; undefined where the VM knows none. */
  place(): ChunkPlace | undefined;
  /** The line that a function among the arguments begins on; undefined for anything else, and for functions that are not the script's. */
  functionPlace(index: number): ChunkPlace | undefined;
}
