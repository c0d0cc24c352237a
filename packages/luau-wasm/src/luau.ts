import type { StateCore } from "./core.ts";
import { LuauUsageError } from "./errors.ts";
import { HostFunctions } from "./host-functions.ts";
import { isDaylightSaving, zoneOffset } from "./local-time.ts";
import { LuauState } from "./state.ts";
import type { StateOptions } from "./state.ts";
import { namesOf, syntaxFaults } from "./syntax.ts";
import type { NameOccurrence, SyntaxFault } from "./syntax.ts";
import { instantiateVm } from "./vm.ts";
import type { Vm } from "./vm.ts";

/** The version of Luau that the package is built from. */
export const LUAU_VERSION = "0.745";

/** One instantiated Luau module, in which any number of states can live. */
export class Luau {
  readonly #vm: Vm;
  readonly #functions: HostFunctions;
  readonly #cores: (StateCore | undefined)[];
  readonly #states = new Set<LuauState>();
  #disposed = false;
  /** The version of Luau, as the module tells it. */
  readonly version: string;

  /** @internal */
  constructor(vm: Vm, functions: HostFunctions, cores: (StateCore | undefined)[]) {
    this.#vm = vm;
    this.#functions = functions;
    this.#cores = cores;
    this.version = vm.heap.cString(vm.exports.luau_version());
  }

  /** States that are not disposed yet. */
  get liveStates(): number {
    return this.#states.size;
  }

  /** Host functions that the states hold. */
  get liveFunctions(): number {
    return this.#functions.count;
  }

  /** Bytes of the module's memory. It grows with what the states need together, and never shrinks. */
  get memorySize(): number {
    return this.#vm.exports.memory.buffer.byteLength;
  }

  /** Throws LuauUsageError for a bad option, LuauMemoryError when the limit leaves no room for a state. */
  createState(options: StateOptions = {}): LuauState {
    const vm = this.#usable();
    let id = this.#cores.indexOf(undefined);
    if (id < 0) id = this.#cores.length;
    const state: LuauState = new LuauState(
      vm,
      id,
      this.#functions,
      (core) => {
        this.#cores[id] = core;
        if (!core) this.#states.delete(state);
      },
      options,
    );
    this.#states.add(state);
    return state;
  }

  /**
   * What is wrong with a source, without running it; empty for one that compiles. Throws LuauMemoryError.
   * Unlike a LuauCompileError it tells every fault, with its columns.
   */
  syntaxFaults(source: Uint8Array | string): SyntaxFault[] {
    return syntaxFaults(this.#usable(), source);
  }

  /** Where a source names its locals and globals; undefined when it has faults. Throws LuauMemoryError. */
  namesOf(source: Uint8Array | string): NameOccurrence[] | undefined {
    return namesOf(this.#usable(), source);
  }

  #usable(): Vm {
    if (this.#disposed) throw new LuauUsageError("disposed", "this Luau module is disposed");
    if (this.#vm.crashed) throw this.#vm.crashed;
    return this.#vm;
  }

  /** Disposes all states. */
  dispose(): void {
    for (const state of this.#states) state.dispose();
    this.#disposed = true;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/**
 * Instantiates the built VM: the bytes of `luau.wasm`, or the module compiled from them.
 *
 * Rejects with LuauUsageError `not-luau-wasm` when they are something else.
 */
export async function loadLuau(wasm: BufferSource | WebAssembly.Module): Promise<Luau> {
  const functions = new HostFunctions();
  const cores: (StateCore | undefined)[] = [];
  const vm = await instantiateVm(wasm, {
    call: functions.call,
    collected: (state, object) => cores[state]!.noteCollected(object),
    now: () => performance.now(),
    wall_clock: () => Date.now(),
    zone_offset: zoneOffset,
    zone_is_dst: (moment) => (isDaylightSaving(moment) ? 1 : 0),
  });
  return new Luau(vm, functions, cores);
}
