/** What the binding and native/abi.h agree on. A test compares the two files. */

export const KIND_NIL = 0;
export const KIND_BOOLEAN = 1;
export const KIND_NUMBER = 2;
export const KIND_INTEGER = 3;
export const KIND_STRING = 4;
export const KIND_BUFFER = 5;
export const KIND_VECTOR = 6;
export const KIND_OBJECT = 7;
export const KIND_TABLE = 8;
export const KIND_FUNCTION = 9;
export const KIND_THREAD = 10;
export const KIND_OTHER = 11;
export const KIND_NONE = 12;
export const KIND_REFERENCE = 13;
export const KIND_REFERENCE_MOVED = 14;
export const KIND_STRING_OWNED = 15;
export const KIND_BUFFER_OWNED = 16;

export const CALL_SUSPEND = -1;
export const CALL_ERROR = -2;
export const CALL_RAW_ERROR = -3;
export const CALL_MEMORY_ERROR = -4;
export const CALL_TYPE_ERROR = -5;
export const CALL_ARGUMENT_ERROR = -6;

export const STATUS_OK = 0;
export const STATUS_SUSPENDED = 1;
export const STATUS_ERROR = 2;
export const STATUS_MEMORY = 3;
export const STATUS_INTERRUPTED = 4;
export const STATUS_NOT_SUSPENDED = 5;

export const THREAD_RUNNING = 0;
export const THREAD_SUSPENDED = 1;
export const THREAD_NORMAL = 2;
export const THREAD_FINISHED = 3;
export const THREAD_FAILED = 4;

/** Slots of the static outbox; longer lists come in a block of their own. */
export const OUTBOX_SLOTS = 64;
/** Bytes of the static area that short strings travel through. */
export const SCRATCH_BYTES = 16384;

/** Bytes of a slot: payload (8), kind (4), what does not fit into the payload (4). */
export const SLOT_BYTES = 16;

/** The functions that the module exports; native/*.cpp says what each does. Addresses are byte offsets in memory. */
export interface VmExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  boundary_layout(): number;
  block_allocate(size: number): number;
  block_free(block: number): void;
  luau_version(): number;
  state_open(id: number, limit: number): number;
  state_close(runtime: number): void;
  state_sandbox(runtime: number): number;
  memory_used(runtime: number): number;
  memory_external(runtime: number): number;
  memory_collect(runtime: number): void;
  memory_add_external(runtime: number, delta: number, isThere: number): number;
  value_read(thread: number, index: number): number;
  value_to_number(thread: number, index: number): number;
  value_to_string(thread: number, index: number): number;
  value_type_name(thread: number, index: number): number;
  value_reference(thread: number, index: number): number;
  reference_release(runtime: number, reference: number): void;
  stack_clear(thread: number): void;
  outbox_discard(runtime: number, count: number): void;
  function_new(runtime: number, id: number, name: number, length: number, takesText: number): number;
  call_is_yieldable(thread: number): number;
  call_thread(thread: number): number;
  call_place(thread: number): number;
  function_place(thread: number, index: number): number;
  class_open(runtime: number, name: number, length: number): number;
  class_add(runtime: number, tag: number, id: number, name: number, length: number, isMetamethod: number): number;
  class_close(runtime: number, tag: number): void;
  table_new(runtime: number): number;
  table_of_bytes(runtime: number, bytes: number, length: number): number;
  table_get(runtime: number, table: number): number;
  table_set(runtime: number, table: number): number;
  table_freeze(runtime: number, table: number, readonly: number): void;
  table_is_frozen(runtime: number, table: number): number;
  table_set_metatable(runtime: number, table: number, metatable: number): number;
  global_get(runtime: number): number;
  global_set(runtime: number): number;
  main_thread(runtime: number): number;
  chunk_hide(runtime: number, name: number, length: number): void;
  chunk_load(runtime: number, source: number, length: number, chunkName: number, mutableGlobals: number): number;
  syntax_errors(source: number, length: number): number;
  syntax_names(source: number, length: number): number;
  thread_new(runtime: number, fn: number): number;
  thread_status(runtime: number, thread: number): number;
  thread_resume(runtime: number, thread: number, count: number, budget: number): number;
  thread_fail(runtime: number, thread: number, budget: number): number;
}

/** The functions that the module imports under `host`. None of them may throw. */
export interface VmImports {
  /** Calls a host function; gives the number of results in the outbox, or one of the CALL_ codes. */
  call(thread: number, fn: number, count: number, self: number): number;
  /** Takes note that no userdata of an object is left. Must not call into the module. */
  collected(state: number, object: number): void;
  /** A clock that never goes back, in milliseconds. */
  now(): number;
  /** Milliseconds since 1970-01-01 UTC. */
  wall_clock(): number;
  /** Seconds that the host's zone is east of UTC, at a moment in seconds since 1970. */
  zone_offset(moment: number): number;
  /** 1 where the host's zone has daylight saving time at a moment, else 0. */
  zone_is_dst(moment: number): number;
  /** Writes the host's zone's short name at a moment; gives the number of bytes. */
  zone_name(moment: number, name: number, capacity: number): number;
}
