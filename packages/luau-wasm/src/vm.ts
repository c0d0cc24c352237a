import { wasiImports } from "@playground/wasi";
import type { VmExports, VmImports } from "./abi.ts";
import { Boundary } from "./boundary.ts";
import { LuauCrashError, LuauUsageError } from "./errors.ts";
import { zoneName } from "./local-time.ts";
import { ValueWriter } from "./value-writer.ts";

const encoder = new TextEncoder();

/** One instantiated module, with what writes values into it. */
export class Vm extends Boundary {
  readonly writer = new ValueWriter(this);
  /**
   * To be set to what an export that runs deep threw. No C++ exception gets out of an export, so it is the engine's own:
   * frames of the module were cut off in the middle of their work. A field, since the stack may be at its end, where a call
   * would throw another error and the crash would be forgotten.
   */
  thrown: unknown;
  #crash: LuauCrashError | undefined;

  /** What has crashed the module; it is of no use any more then. */
  get crashed(): LuauCrashError | undefined {
    if (this.thrown === undefined) return undefined;
    this.#crash ??= this.thrown instanceof LuauCrashError ? this.thrown : new LuauCrashError(this.thrown);
    return this.#crash;
  }
}

/** Compiles if need be, and instantiates. */
export async function instantiateVm(wasm: BufferSource | WebAssembly.Module, host: Omit<VmImports, "zone_name">): Promise<Vm> {
  let vm: Vm | undefined;
  const whenThere = (): Vm => {
    if (!vm) throw new Error("the module called out before it was there");
    return vm;
  };
  const imports = {
    host: {
      ...host,
      zone_name: (moment: number, name: number, capacity: number) =>
        encoder.encodeInto(zoneName(moment), whenThere().heap.u8.subarray(name, name + capacity)).written,
    },
    env: {
      emscripten_notify_memory_growth: () => vm?.heap.refresh(),
    },
    wasi_snapshot_preview1: wasiImports(() => whenThere().exports.memory),
  };

  let instance: WebAssembly.Instance;
  try {
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    instance = await WebAssembly.instantiate(module, imports);
  } catch (cause) {
    throw new LuauUsageError("not-luau-wasm", `these bytes are not the built luau.wasm: ${String(cause)}`, { cause });
  }
  const exports = instance.exports as unknown as VmExports;
  if (typeof exports.boundary_layout !== "function") throw new LuauUsageError("not-luau-wasm", "this module is not the built luau.wasm");
  vm = new Vm(exports);
  exports._initialize();
  vm.heap.refresh();
  return vm;
}
