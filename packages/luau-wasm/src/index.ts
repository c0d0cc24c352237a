// The signatures first; the implementation replaces these declarations file by file.

/** What a script value is for the host. A string is bytes; an integer of Luau's 64-bit type is a bigint; a vector is three floats. */
export type LuauValue = undefined | boolean | number | bigint | Uint8Array | ArrayBuffer | Float32Array | LuauRef | object;

/** What the host can hand to Luau. `string` goes as UTF-8, `Uint8Array` as a string of exactly these bytes, `ArrayBuffer` as a new buffer. */
export type Pushable = undefined | null | boolean | number | bigint | string | Uint8Array | ArrayBuffer | LuauRef | Wrapped<object>;

export declare const LUAU_VERSION: string;
export declare function loadLuau(wasm: BufferSource | WebAssembly.Module): Promise<Luau>;

export declare class Luau {
  readonly version: string;
  /** States that are not disposed yet. */
  readonly liveStates: number;
  createState(options?: StateOptions): LuauState;
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface StateOptions {
  /** Bytes; default 256 MiB. */
  readonly memoryLimit?: number;
}

export declare class LuauState {
  setGlobal(name: string, value: Pushable): void;
  getGlobal(name: string): LuauValue;
  createTable(): LuauTable;
  /** `name` is used in error messages. Lives as long as the state. */
  createFunction(name: string, fn: HostFunction): LuauFunction;
  defineClass<T extends object>(spec: ClassSpec<T>): LuauClass<T>;
  /** Throws LuauCompileError, LuauMemoryError. */
  load(source: Uint8Array | string, chunkName: string): LuauFunction;
  sandbox(): void;
  createThread(fn: LuauFunction): LuauThread;
  /** Bytes of the Luau heap and of external memory. */
  readonly memoryUsed: number;
  readonly memoryLimit: number;
  /** Owned refs not disposed yet: tests assert 0. */
  readonly liveRefs: number;
  collectGarbage(): void;
  addExternalMemory(deltaBytes: number): void;
  readonly disposed: boolean;
  dispose(): void;
  [Symbol.dispose](): void;
}

/** An owned reference to a value inside a state. It must be disposed, or handed over. */
export declare class LuauRef {
  readonly state: LuauState;
  readonly disposed: boolean;
  dispose(): void;
  [Symbol.dispose](): void;
  /** Gives the reference away with the next push: `return fn.handOver()` in a host function needs no dispose afterwards. */
  handOver(): this;
}

export declare class LuauTable extends LuauRef {
  /** Raw: runs no metamethod. */
  get(key: string | number): LuauValue;
  /** Raw: runs no metamethod. */
  set(key: string | number, value: Pushable): void;
  freeze(): void;
  setMetatable(metatable: LuauTable | null): void;
}

export declare class LuauFunction extends LuauRef {
  private readonly brand: "function";
}

export type ThreadStatus = "suspended" | "running" | "normal" | "finished" | "failed";
export interface EntryOptions {
  /** Milliseconds this entry may run for; absent = no limit of its own (that of an outer entry applies). */
  readonly budgetMs?: number;
}
export type ResumeResult =
  | { readonly status: "finished"; readonly values: LuauValue[] }
  | { readonly status: "suspended"; readonly values: LuauValue[] }
  | { readonly status: "failed"; readonly error: LuauRuntimeError };

export declare class LuauThread extends LuauRef {
  /** Throws LuauUsageError when the thread is not suspended. */
  resume(args?: readonly Pushable[], options?: EntryOptions): ResumeResult;
  fail(message: string, options?: EntryOptions): ResumeResult;
  readonly status: ThreadStatus;
}

/** Base of every error of this package. */
export declare class LuauError extends Error {
  readonly code: string;
}
export interface LuauFrame {
  readonly chunk: string;
  /** 1-based; absent in host and library functions. */
  readonly line?: number;
  readonly function?: string;
}
export type RuntimeErrorCode = "runtime" | "memory" | "interrupted" | "stack-overflow";
export declare class LuauRuntimeError extends LuauError {
  override readonly code: RuntimeErrorCode;
  readonly chunk?: string;
  readonly line?: number;
  /** As Luau would print it: `server.luau:3: boom`. `message` is without the position. */
  readonly text: string;
  /** Named so because `stack` is the host's own. */
  readonly frames: readonly LuauFrame[];
  /** The error value when it is no reference: undefined, boolean, number, bytes of a string. */
  readonly value: LuauValue;
  readonly valueType: string;
}
export declare class LuauCompileError extends LuauError {
  override readonly code: "compile";
  readonly chunk: string;
  readonly line: number;
  readonly text: string;
}
export declare class LuauMemoryError extends LuauError {
  override readonly code: "memory";
}
/** The binding was used wrongly: a disposed ref, a thread that is not suspended, a ref of another state. */
export declare class LuauUsageError extends LuauError {}
/** Throw it in a host function to raise its message as it is, without a position in front. */
export declare class LuauRawError extends LuauError {
  constructor(message: string);
}

export declare class MultipleValues {
  readonly values: readonly Pushable[];
}
export declare function values(...items: Pushable[]): MultipleValues;
export declare const SUSPEND: unique symbol;
export type HostResult = void | Pushable | MultipleValues | typeof SUSPEND;
export type HostFunction = (call: HostCall) => HostResult;

export interface HostCall {
  readonly state: LuauState;
  /** Arguments given, `self` of a method not counted. */
  readonly count: number;
  readonly isYieldable: boolean;
  self<T extends object>(): T;
  /** `nil`, `boolean`, `number`, `string`, `table`, `function`, `thread`, `userdata`, `buffer`, `vector`, `integer`, or `none`. */
  type(index: number): string;
  /** As `typeof` says it; `no value` for a missing argument. */
  typeName(index: number): string;
  isNoneOrNil(index: number): boolean;
  boolean(index: number): boolean;
  number(index: number): number;
  /** A number without a fraction, else raises. */
  integer(index: number): number;
  bytes(index: number): Uint8Array;
  text(index: number): string;
  /** The bytes of a Luau `buffer`, copied. */
  buffer(index: number): Uint8Array;
  object<T extends object>(index: number, cls: LuauClass<T>): T;
  function(index: number): LuauFunction;
  table(index: number): LuauTable;
  /** Any value; a table, function or thread is an owned ref. */
  value(index: number): LuauValue;
  /** Raises `invalid argument #index to 'name' (message)`. */
  fail(index: number, message: string): never;
  /** The calling coroutine, owned. */
  thread(): LuauThread;
}

export interface ClassSpec<T extends object> {
  readonly name: string;
  readonly methods: Readonly<Record<string, HostFunction>>;
  /** `__len`, `__tostring`, `__eq`, `__index`, ...: `self()` is the first operand, argument 1 the second. */
  readonly metamethods?: Readonly<Record<string, HostFunction>>;
  /** Called once the script can no longer reach the object, soon after the collection or at `state.dispose()`. */
  onCollect?(object: T): void;
}
export declare class Wrapped<T extends object> {
  readonly object: T;
}
export declare class LuauClass<T extends object> {
  readonly name: string;
  wrap(object: T): Wrapped<T>;
  is(value: unknown): value is T;
}
