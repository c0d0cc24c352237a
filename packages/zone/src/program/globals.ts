import {
  type HostCall,
  type HostFunction,
  LuauCompileError,
  type LuauFunction,
  LuauRawError,
  type LuauState,
  values,
  withoutShebang,
} from "@playground/luau-wasm";
import type { ConsoleSink } from "../console.ts";
import { LOADSTRING_LIMIT } from "../limits.ts";
import { joinedTexts, writeLine } from "../print-line.ts";
import { resolveModule } from "./module-path.ts";
import { REQUIRE_SOURCE } from "./prelude.ts";

/** `print` and `warn`, written to the console line by line. */
export function installPrint(state: LuauState, console: ConsoleSink): void {
  for (const level of ["print", "warn"] as const) {
    using made = state.createFunction(level, (call) => writeLine(console, level, joinedTexts(call)), { takesText: true });
    state.setGlobal(level, made);
  }
}

/** `require` between the project's files. */
export function installRequire(state: LuauState, files: ReadonlyMap<string, string>, entry: string): void {
  // The same letter can be written as one sign or as two (й, ё, é), and keyboards and file systems differ in it.
  const names = new Map([...files.keys()].map((name) => [name.normalize(), name]));
  const composed = new Set(names.keys());
  using resolve = state.createFunction("require", (call) => {
    const path = call.text(1).normalize();
    return names.get(resolveModule(composed, call.text(2).normalize(), path));
  });
  using load = state.createFunction("require", (call) => {
    const name = call.text(1);
    try {
      return state.load(withoutShebang(files.get(name) ?? ""), name).handOver();
    } catch (error) {
      // Its position is in the module, not where it is required.
      throw error instanceof LuauCompileError ? new LuauRawError(error.text, { place: error }) : error;
    }
  });
  using made = runPrelude(state, REQUIRE_SOURCE, [resolve, load, entry]);
  state.setGlobal("require", made);
}

/** What Luau's own library leaves to the program that embeds it. */
export function installLoader(state: LuauState, files: ReadonlyMap<string, string>): void {
  const functions: Record<string, HostFunction> = {
    loadstring: (call) => {
      const name = chunkName(call, files);
      const source = call.bytes(1);
      if (source.length > LOADSTRING_LIMIT) call.fail(1, `a source of at most ${LOADSTRING_LIMIT} bytes expected, got one of ${source.length}`);
      try {
        return state.load(source, name).handOver();
      } catch (error) {
        if (error instanceof LuauCompileError) return values(null, error.text);
        throw error;
      }
    },
    collectgarbage: (call) => {
      const option = call.text(1);
      if (option !== "count") call.fail(1, `"count" is the only option here, got "${option}"`);
      return state.memoryUsed / 1024;
    },
  };
  for (const [name, run] of Object.entries(functions)) {
    using made = state.createFunction(name, run);
    state.setGlobal(name, made);
  }
}

/** Characters of the name of a chunk that a script makes. */
const CHUNK_NAME_LIMIT = 80;

/** What a script calls a chunk; in Luau's own brackets where it would pass for one of the project's files. */
function chunkName(call: HostCall, files: ReadonlyMap<string, string>): string {
  const name = call.isNoneOrNil(2) ? "" : call.text(2).replace(/^[=@]/, "");
  if (name === "") return "loadstring";
  const isTaken = files.has(name) || name.startsWith("[");
  return isTaken ? `${`[string "${name}`.slice(0, CHUNK_NAME_LIMIT - 2)}"]` : name.slice(0, CHUNK_NAME_LIMIT);
}

/** Runs a chunk of ours and gives the function that it returns. */
function runPrelude(state: LuauState, source: string, args: Parameters<ReturnType<LuauState["createThread"]>["resume"]>[0]): LuauFunction {
  using chunk = state.loadHidden(source);
  using thread = state.createThread(chunk);
  const result = thread.resume(args);
  if (result.status === "failed") throw result.error;
  return result.values[0] as LuauFunction;
}
