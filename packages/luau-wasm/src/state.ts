import { KIND_FUNCTION, KIND_TABLE, KIND_THREAD, STATUS_OK } from "./abi.ts";
import { loadChunk } from "./chunk.ts";
import type { ClassSpec } from "./class-spec.ts";
import { StateCore } from "./core.ts";
import { LuauMemoryError, LuauUsageError } from "./errors.ts";
import { LuauFunction } from "./function.ts";
import type { HostFunction } from "./host-call.ts";
import type { HostFunctions } from "./host-functions.ts";
import { takeFromMain } from "./value-reader.ts";
import { defineClass } from "./define-class.ts";
import type { LuauClass } from "./object-class.ts";
import { LuauRef } from "./ref.ts";
import { checkReference, checkStatus } from "./status.ts";
import { LuauTable } from "./table.ts";
import { LuauThread } from "./thread.ts";
import type { LuauValue, Pushable } from "./value.ts";
import type { Vm } from "./vm.ts";
import { withText } from "./text-argument.ts";

/** Bytes that one state may hold by default: room for any lesson, and far below what a browser gives a page. */
export const DEFAULT_MEMORY_LIMIT = 256 * 1024 * 1024;

/** What hidden chunks are called in `debug.info`; no other chunk can be. */
const HIDDEN_CHUNK = "[host]";

export interface StateOptions {
  /** Bytes that the script's values, and the external memory, may take together. Default 256 MiB. */
  readonly memoryLimit?: number;
}

/** How a function of the host is called. */
export interface FunctionOptions {
  /** Every argument comes as the string that `tostring` makes of it. An error in a `__tostring` is the caller's, and the function is not called. */
  readonly takesText?: boolean;
}

/** A Luau state: globals, a heap, and the threads that run in it. Made by `Luau.createState`. */
export class LuauState {
  readonly #core: StateCore;
  readonly #functions: HostFunctions;
  readonly #onDisposed: () => void;
  /** Globals that hold tables of the host: scripts write to them, so the compiler must not take their fields for constants. */
  readonly #tableGlobals = new Set<string>();
  #sandboxed = false;
  #hides = false;
  readonly memoryLimit: number;

  /** @internal */
  constructor(vm: Vm, id: number, functions: HostFunctions, register: (core: StateCore | undefined) => void, options: StateOptions) {
    this.memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
    if (!(this.memoryLimit > 0)) throw new LuauUsageError("bad-option", `memoryLimit must be a number of bytes above 0, not ${this.memoryLimit}`);
    const runtime = vm.exports.state_open(id, this.memoryLimit);
    if (runtime === 0) throw new LuauMemoryError(`a limit of ${this.memoryLimit} bytes leaves no room for a Luau state`);
    this.#core = new StateCore(vm, id, runtime, makeRef);
    this.#functions = functions;
    this.#onDisposed = () => register(undefined);
    register(this.#core);
  }

  /** Sets a global; once there is a sandbox, among the scripts' own. */
  setGlobal(name: string, value: Pushable): void {
    const exports = this.#core.use();
    if (value instanceof LuauTable) this.#tableGlobals.add(name);
    this.#core.vm.writer.writeTwo(this.#core, name, value);
    checkStatus(exports.global_set(this.#core.runtime), "read-only", `cannot set the global ${name}`);
  }

  getGlobal(name: string): LuauValue {
    const exports = this.#core.use();
    this.#core.vm.writer.writeOne(this.#core, name);
    checkStatus(exports.global_get(this.#core.runtime), "bad-value", `cannot get the global ${name}`);
    return takeFromMain(this.#core);
  }

  createTable(): LuauTable {
    const exports = this.#core.use();
    return new LuauTable(this.#core, checkReference(exports.table_new(this.#core.runtime)));
  }

  /** A table of numbers from 0 to 255, one for each byte. Throws LuauMemoryError. */
  createByteTable(bytes: Uint8Array): LuauTable {
    const exports = this.#core.use();
    return new LuauTable(
      this.#core,
      checkReference(withText(this.#core.vm, bytes, (address, length) => exports.table_of_bytes(this.#core.runtime, address, length))),
    );
  }

  /**
   * Makes a function of the host callable by scripts; `name` is what errors and stacks call it. The host keeps `fn` for as
   * long as the state lives, so make functions once, and not for each value.
   */
  createFunction(name: string, fn: HostFunction, options: FunctionOptions = {}): LuauFunction {
    const exports = this.#core.use();
    const id = this.#functions.add(this.#core, fn);
    const reference = withText(this.#core.vm, name, (address, length) =>
      exports.function_new(this.#core.runtime, id, address, length, options.takesText === true ? 1 : 0),
    );
    return new LuauFunction(this.#core, checkReference(reference));
  }

  /** Makes a class of userdata. A state has room for 127. */
  defineClass<T extends object>(spec: ClassSpec<T>): LuauClass<T> {
    this.#core.use();
    return defineClass(this.#core, this.#functions, spec);
  }

  /**
   * Compiles a chunk and makes a function of it; a `string` goes as UTF-8. `chunkName` is what positions and stacks call it.
   *
   * Throws LuauCompileError, LuauMemoryError.
   */
  load(source: Uint8Array | string, chunkName: string): LuauFunction {
    this.#core.use();
    if (chunkName === HIDDEN_CHUNK) throw new LuauUsageError("bad-value", `${chunkName} is the name of hidden chunks`);
    return this.#load(source, chunkName);
  }

  /**
   * As `load`, for code that belongs to the host: its frames are in no stack, and an error or a spent budget in it is told with the
   * line of the script that called it.
   */
  loadHidden(source: Uint8Array | string): LuauFunction {
    const exports = this.#core.use();
    if (!this.#hides) withText(this.#core.vm, HIDDEN_CHUNK, (address, length) => exports.chunk_hide(this.#core.runtime, address, length));
    this.#hides = true;
    return this.#load(source, HIDDEN_CHUNK);
  }

  #load(source: Uint8Array | string, chunkName: string): LuauFunction {
    return new LuauFunction(this.#core, loadChunk(this.#core, source, chunkName, this.#tableGlobals));
  }

  /**
   * Makes the library and its tables read-only, and gives the scripts globals of their own on top. To be called once, after
   * the globals are set and before chunks are loaded. Tables of the host stay writable unless they are frozen.
   */
  sandbox(): void {
    const exports = this.#core.use();
    if (this.#sandboxed) throw new LuauUsageError("in-use", "this Luau state has its sandbox already");
    this.#sandboxed = true;
    // luaL_sandbox freezes every table that is a global.
    const writable = [...this.#tableGlobals].map((name) => this.getGlobal(name)).filter((value) => value instanceof LuauTable);
    const thawed = writable.filter((table) => !table.frozen);
    checkStatus(exports.state_sandbox(this.#core.runtime), "bad-value", "cannot make the sandbox");
    for (const table of thawed) exports.table_freeze(this.#core.runtime, table.reference, 0);
    for (const table of writable) table.dispose();
  }

  /** Makes a thread that will run the function, which stays yours. */
  createThread(fn: LuauFunction): LuauThread {
    const exports = this.#core.use();
    if (fn.core !== this.#core) throw new LuauUsageError("wrong-state", "this function belongs to another Luau state");
    return new LuauThread(this.#core, checkReference(exports.thread_new(this.#core.runtime, fn.reference)));
  }

  /** Bytes of the heap and of the external memory. */
  get memoryUsed(): number {
    return this.#core.use().memory_used(this.#core.runtime);
  }

  /** References that are not disposed yet. */
  get liveRefs(): number {
    return this.#core.liveRefs;
  }

  /** Objects of classes that the script may still reach. */
  get liveObjects(): number {
    return this.#core.liveObjects;
  }

  /** Runs a full collection, and tells the owners of the objects that it found. */
  collectGarbage(): void {
    this.#core.use().memory_collect(this.#core.runtime);
    this.#core.tellCollected();
  }

  /**
   * Counts bytes that the host is about to keep for objects of the script, so that the memory limit covers them and the
   * collector works for them. Negative when they are released again. Objects of classes count by themselves; this is for
   * what they hold.
   *
   * Throws LuauMemoryError, and counts nothing, when they do not fit even after a collection.
   */
  addExternalMemory(deltaBytes: number): void {
    if (this.#addExternal(deltaBytes, false) === STATUS_OK) return;
    this.collectGarbage();
    if (this.#addExternal(deltaBytes, false) !== STATUS_OK) throw new LuauMemoryError();
  }

  /** Counts bytes that came without the script's doing, and are there whatever the limit: they leave the script so much less. */
  addReceivedMemory(bytes: number): void {
    this.#addExternal(bytes, true);
  }

  #addExternal(deltaBytes: number, isThere: boolean): number {
    if (!Number.isFinite(deltaBytes)) throw new LuauUsageError("bad-value", `${deltaBytes} is no number of bytes`);
    // Owners of objects release their bytes when the state goes too.
    if (deltaBytes <= 0 && this.disposed) return STATUS_OK;
    const status = this.#core.use().memory_add_external(this.#core.runtime, deltaBytes, isThere ? 1 : 0);
    if (deltaBytes > 0 && status === STATUS_OK) this.#core.tellCollected();
    return status;
  }

  get disposed(): boolean {
    return this.#core.runtime === 0;
  }

  /**
   * Frees everything, and tells the owners of all objects. References need not be disposed first, but count as leaks. A
   * second call does nothing. Throws LuauUsageError `in-use` from inside of the state's own host calls.
   */
  dispose(): void {
    const core = this.#core;
    if (core.runtime === 0) return;
    if (core.entries > 0) throw new LuauUsageError("in-use", "a Luau state cannot be disposed while its code is running");
    const runtime = core.runtime;
    core.runtime = 0;
    if (!core.vm.crashed) core.vm.exports.state_close(runtime);
    this.#functions.removeAllOf(core);
    this.#onDisposed();
    core.tellCollected();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function makeRef(core: StateCore, kind: number, reference: number): LuauRef {
  switch (kind) {
    case KIND_TABLE:
      return new LuauTable(core, reference);
    case KIND_FUNCTION:
      return new LuauFunction(core, reference);
    case KIND_THREAD:
      return new LuauThread(core, reference);
    default:
      return new LuauRef(core, reference);
  }
}
