import { wasiImports } from "@playground/wasi";
import { AnalysisError } from "./errors.ts";
import type { ModuleExports } from "./exports.ts";

/** What native/exports.cpp answers when an allocation failed. */
const NO_MEMORY = "not enough memory";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** One instantiated module: calls into it with texts, answers out of it as values. */
export class AnalysisModule {
  readonly #exports: ModuleExports;
  #failure: AnalysisError | undefined;

  constructor(exports: ModuleExports) {
    this.#exports = exports;
  }

  /** Bytes of the module's memory, which never shrinks. */
  get memorySize(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  get luauVersion(): string {
    const bytes = new Uint8Array(this.#exports.memory.buffer);
    const start = this.#exports.luau_version();
    return decoder.decode(bytes.subarray(start, bytes.indexOf(0, start)));
  }

  /**
   * Calls an export with texts, then numbers, and gives the value of its answer.
   * @throws {AnalysisError} `crashed` or `memory`: from then on each call throws it
   */
  call(name: Exclude<keyof ModuleExports, "memory">, texts: readonly string[] = [], numbers: readonly number[] = []): unknown {
    if (this.#failure) throw this.#failure;
    const exports = this.#exports;
    const allocated: number[] = [];
    let answer: { readonly value?: unknown; readonly error?: string };
    try {
      const parameters: number[] = [];
      for (const text of texts) {
        const bytes = encoder.encode(text);
        const address = exports.text_allocate(bytes.length);
        if (address === 0) throw this.#fail("memory", NO_MEMORY);
        allocated.push(address);
        new Uint8Array(exports.memory.buffer).set(bytes, address);
        parameters.push(address, bytes.length);
      }
      const run: (...parameters: number[]) => unknown = exports[name];
      run(...parameters, ...numbers);
      const start = exports.answer_address();
      answer = JSON.parse(decoder.decode(new Uint8Array(exports.memory.buffer, start, exports.answer_size())));
    } catch (cause) {
      if (cause instanceof AnalysisError) throw cause;
      // No C++ exception gets out of an export: frames of the module were cut off in the middle of their work.
      throw this.#fail("crashed", `the type checker crashed: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
    }
    for (const address of allocated) exports.text_free(address);
    if (answer.error === undefined) return answer.value;
    // Luau gives up what it was doing, and what is half done stays behind.
    throw answer.error === NO_MEMORY ? this.#fail("memory", NO_MEMORY) : this.#fail("crashed", `the type checker failed: ${answer.error}`);
  }

  #fail(code: "memory" | "crashed", message: string, cause?: unknown): AnalysisError {
    return (this.#failure = new AnalysisError(code, message, cause === undefined ? undefined : { cause }));
  }
}

/** Compiles if need be, and instantiates. Rejects with AnalysisError `not-luau-analysis`. */
export async function instantiate(wasm: BufferSource | WebAssembly.Module): Promise<AnalysisModule> {
  let memory: WebAssembly.Memory | undefined;
  const composed = (start: number, length: number): string => decoder.decode(new Uint8Array(memory!.buffer, start, length)).normalize();
  const imports = {
    host: {
      now: () => performance.now(),
      same_letters: (a: number, aLength: number, b: number, bLength: number) => (composed(a, aLength) === composed(b, bLength) ? 1 : 0),
    },
    env: { emscripten_notify_memory_growth: () => {} },
    wasi_snapshot_preview1: wasiImports(() => memory!),
  };
  let instance: WebAssembly.Instance;
  try {
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    instance = await WebAssembly.instantiate(module, imports);
  } catch (cause) {
    throw new AnalysisError("not-luau-analysis", `these bytes are not the built luau-analysis.wasm: ${String(cause)}`, { cause });
  }
  const exports = instance.exports as unknown as ModuleExports;
  if (typeof exports.analyzer_start !== "function") throw new AnalysisError("not-luau-analysis", "this module is not the built luau-analysis.wasm");
  memory = exports.memory;
  exports._initialize();
  return new AnalysisModule(exports);
}
