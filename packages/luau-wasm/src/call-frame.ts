import {
  KIND_BOOLEAN,
  KIND_BUFFER,
  KIND_FUNCTION,
  KIND_INTEGER,
  KIND_NIL,
  KIND_NONE,
  KIND_NUMBER,
  KIND_OBJECT,
  KIND_OTHER,
  KIND_STRING,
  KIND_TABLE,
  KIND_THREAD,
  KIND_VECTOR,
  STATUS_OK,
} from "./abi.ts";
import type { StateCore } from "./core.ts";
import { ArgumentError, LuauMemoryError, LuauUsageError } from "./errors.ts";
import type { LuauFunction } from "./function.ts";
import { decodeUtf8 } from "./heap.ts";
import type { ChunkPlace, HostCall } from "./host-call.ts";
import { readValue } from "./value-reader.ts";
import type { LuauClass } from "./object-class.ts";
import { checkReference } from "./status.ts";
import type { LuauTable } from "./table.ts";
import type { LuauThread } from "./thread.ts";
import type { LuauValue } from "./value.ts";

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [KIND_NIL]: "nil",
  [KIND_BOOLEAN]: "boolean",
  [KIND_NUMBER]: "number",
  [KIND_INTEGER]: "integer",
  [KIND_STRING]: "string",
  [KIND_BUFFER]: "buffer",
  [KIND_VECTOR]: "vector",
  [KIND_OBJECT]: "userdata",
  [KIND_TABLE]: "table",
  [KIND_FUNCTION]: "function",
  [KIND_THREAD]: "thread",
  [KIND_OTHER]: "userdata",
  [KIND_NONE]: "none",
};

/** The call that a host function sees. There is one for each depth of nested calls, used again for every call. */
export class CallFrame implements HostCall {
  #core: StateCore | undefined;
  #thread = 0;
  #self = 0;
  /** What lies between an argument's number and its place on the stack. */
  #offset = 0;
  count = 0;

  open(core: StateCore, thread: number, count: number, self: number): void {
    this.#core = core;
    this.#thread = thread;
    this.#self = self;
    this.#offset = self === 0 ? 0 : 1;
    this.count = count;
  }

  close(): void {
    this.#core = undefined;
  }

  /** The state, while the call lasts. */
  #use(): StateCore {
    const core = this.#core;
    if (!core) throw new LuauUsageError("disposed", "this host call is over: its arguments can be read only until the function returns");
    return core;
  }

  #kind(core: StateCore, index: number): number {
    return core.vm.exports.value_read(this.#thread, index + this.#offset);
  }

  get isYieldable(): boolean {
    return this.#use().vm.exports.call_is_yieldable(this.#thread) !== 0;
  }

  self<T extends object>(): T {
    const core = this.#use();
    if (this.#self === 0) throw new LuauUsageError("bad-value", "self is there for methods only");
    return core.objectOf(this.#self) as T;
  }

  type(index: number): string {
    return TYPE_NAMES[this.#kind(this.#use(), index)]!;
  }

  typeName(index: number): string {
    const { vm } = this.#use();
    return vm.heap.cString(vm.exports.value_type_name(this.#thread, index + this.#offset));
  }

  isNoneOrNil(index: number): boolean {
    const kind = this.#kind(this.#use(), index);
    return kind === KIND_NIL || kind === KIND_NONE;
  }

  boolean(index: number): boolean {
    const core = this.#use();
    if (this.#kind(core, index) !== KIND_BOOLEAN) throw new ArgumentError(index, "boolean", true);
    return core.vm.first !== 0;
  }

  number(index: number): number {
    const { vm } = this.#use();
    const at = index + this.#offset;
    if (vm.exports.value_to_number(this.#thread, at) === 0) throw new ArgumentError(index, "number", true);
    return vm.heap.f64[vm.cell >> 3]!;
  }

  integer(index: number): number {
    const value = this.number(index);
    if (!Number.isSafeInteger(value)) throw new ArgumentError(index, `integer expected, got ${value}`, false);
    return value;
  }

  /** Leaves the place and length of a string in the cell. */
  #string(index: number): StateCore {
    const core = this.#use();
    let kind = this.#kind(core, index);
    if (kind === KIND_NUMBER) {
      if (core.vm.exports.value_to_string(this.#thread, index + this.#offset) !== STATUS_OK) throw new LuauMemoryError();
      kind = this.#kind(core, index);
    }
    if (kind !== KIND_STRING) throw new ArgumentError(index, "string", true);
    return core;
  }

  bytes(index: number): Uint8Array {
    const { vm } = this.#string(index);
    return vm.heap.u8.slice(vm.first, vm.first + vm.second);
  }

  text(index: number): string {
    const { vm } = this.#string(index);
    return decodeUtf8(vm.heap.u8, vm.first, vm.first + vm.second);
  }

  buffer(index: number): Uint8Array {
    const core = this.#use();
    if (this.#kind(core, index) !== KIND_BUFFER) throw new ArgumentError(index, "buffer", true);
    const { vm } = core;
    return vm.heap.u8.slice(vm.first, vm.first + vm.second);
  }

  object<T extends object>(index: number, cls: LuauClass<T>): T {
    const core = this.#use();
    const kind = this.#kind(core, index);
    if (kind !== KIND_OBJECT || core.vm.second !== cls.tagIn(core)) throw new ArgumentError(index, cls.name, true);
    return core.objectOf(core.vm.first) as T;
  }

  function(index: number): LuauFunction {
    return this.#reference(index, KIND_FUNCTION, "function") as LuauFunction;
  }

  table(index: number): LuauTable {
    return this.#reference(index, KIND_TABLE, "table") as LuauTable;
  }

  #reference(index: number, kind: number, name: string): LuauValue {
    const core = this.#use();
    if (this.#kind(core, index) !== kind) throw new ArgumentError(index, name, true);
    return readValue(core, this.#thread, index + this.#offset);
  }

  value(index: number): LuauValue {
    return readValue(this.#use(), this.#thread, index + this.#offset);
  }

  fail(index: number, message: string): never {
    throw new ArgumentError(index, message, false);
  }

  thread(): LuauThread {
    const core = this.#use();
    return core.makeRef(core, KIND_THREAD, checkReference(core.vm.exports.call_thread(this.#thread))) as LuauThread;
  }

  place(): ChunkPlace | undefined {
    const core = this.#use();
    return this.#placeOf(core, core.vm.exports.call_place(this.#thread));
  }

  functionPlace(index: number): ChunkPlace | undefined {
    const core = this.#use();
    return this.#placeOf(core, core.vm.exports.function_place(this.#thread, index + this.#offset));
  }

  /** The place of a line, whose chunk's name the cell leads to. */
  #placeOf({ vm }: StateCore, line: number): ChunkPlace | undefined {
    return line === 0 ? undefined : { chunk: vm.heap.cString(vm.first), line };
  }
}
