import { CALL_ARGUMENT_ERROR, CALL_ERROR, CALL_MEMORY_ERROR, CALL_RAW_ERROR, CALL_SUSPEND, CALL_TYPE_ERROR } from "./abi.ts";
import { CallFrame } from "./call-frame.ts";
import type { StateCore } from "./core.ts";
import { ArgumentError, LuauMemoryError, LuauRawError, LuauRuntimeError } from "./errors.ts";
import type { HostFunction, HostResult } from "./host-call.ts";
import { MultipleValues, SUSPEND } from "./value.ts";

interface HostFunctionEntry {
  readonly core: StateCore;
  readonly fn: HostFunction;
}

/** The host functions of all states of one module, by the ids under which the module calls them. */
export class HostFunctions {
  readonly #entries: (HostFunctionEntry | undefined)[] = [];
  readonly #freeIds: number[] = [];
  readonly #frames: CallFrame[] = [];
  #depth = 0;

  get count(): number {
    return this.#entries.length - this.#freeIds.length;
  }

  add(core: StateCore, fn: HostFunction): number {
    const id = this.#freeIds.pop() ?? this.#entries.length;
    this.#entries[id] = { core, fn };
    return id;
  }

  /** To be called once the state is closed. */
  removeAllOf(core: StateCore): void {
    for (let id = 0; id < this.#entries.length; id++) {
      if (this.#entries[id]?.core !== core) continue;
      this.#entries[id] = undefined;
      this.#freeIds.push(id);
    }
  }

  /** The module's import: calls the function and lays its results, or what it threw, into the outbox. */
  readonly call = (thread: number, id: number, count: number, self: number): number => {
    const { core, fn } = this.#entries[id]!;
    const frame = (this.#frames[this.#depth] ??= new CallFrame());
    this.#depth++;
    frame.open(core, thread, count, self);
    try {
      core.tellCollected();
      return writeResult(core, fn(frame));
    } catch (error) {
      // A crashed module has to be left, through whatever frames are still there.
      if (core.vm.crashed) throw core.vm.crashed;
      return writeError(core, error);
    } finally {
      frame.close();
      this.#depth--;
    }
  };
}

function writeResult(core: StateCore, result: HostResult): number {
  if (result === undefined) return 0;
  if (result === SUSPEND) return CALL_SUSPEND;
  if (result instanceof MultipleValues) {
    core.vm.writer.writeAll(core, result.items);
    return result.items.length;
  }
  core.vm.writer.writeOne(core, result);
  return 1;
}

function writeError(core: StateCore, error: unknown): number {
  const { writer } = core.vm;
  try {
    if (error instanceof ArgumentError) {
      writer.writeTwo(core, error.message, error.index);
      return error.isType ? CALL_TYPE_ERROR : CALL_ARGUMENT_ERROR;
    }
    if (error instanceof LuauMemoryError) return CALL_MEMORY_ERROR;
    if (error instanceof LuauRuntimeError) {
      if (error.code === "memory") return CALL_MEMORY_ERROR;
      writer.writeOne(core, error.text);
      return CALL_RAW_ERROR;
    }
    const message = error instanceof Error ? error.message : String(error);
    core.lastHostError = { message, error };
    if (error instanceof LuauRawError && error.place !== undefined) core.notePlace(message, error.place);
    writer.writeOne(core, message);
    return error instanceof LuauRawError ? CALL_RAW_ERROR : CALL_ERROR;
  } catch {
    // No memory for the message, or a thrown value that cannot be made a string.
    return CALL_MEMORY_ERROR;
  }
}
