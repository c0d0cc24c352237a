import { type HostFunction, LuauCompileError, type LuauFunction, LuauRawError, type LuauState, values } from "@playground/luau-wasm";
import type { ConsoleLevel, ConsoleSink } from "../console.ts";
import { LOADSTRING_LIMIT, PRINT_LINE_LIMIT } from "../limits.ts";
import { resolveModule } from "./module-path.ts";
import { PRELUDE_CHUNK, PRINT_SOURCE, REQUIRE_SOURCE } from "./prelude.ts";

/** `print` and `warn`, written to the console line by line. */
export function installPrint(state: LuauState, console: ConsoleSink): void {
  for (const level of ["print", "warn"] as const) {
    using write = state.createFunction(level, (call) => writeLine(console, level, call.text(1)));
    using made = runPrelude(state, PRINT_SOURCE, [write]);
    state.setGlobal(level, made);
  }
}

function writeLine(console: ConsoleSink, level: ConsoleLevel, text: string): void {
  if (text.length <= PRINT_LINE_LIMIT) return console.write(level, text);
  const last = text.charCodeAt(PRINT_LINE_LIMIT - 1);
  // A pair of surrogates is not torn apart.
  console.write(level, text.slice(0, last >= 0xd800 && last < 0xdc00 ? PRINT_LINE_LIMIT - 1 : PRINT_LINE_LIMIT));
  console.write("notice", `the line above had ${text.length} characters and was cut to ${PRINT_LINE_LIMIT}`, {
    code: "line-cut",
    params: { length: text.length, limit: PRINT_LINE_LIMIT },
  });
}

/** `require` between the project's files. */
export function installRequire(state: LuauState, files: ReadonlyMap<string, string>, entry: string): void {
  const names = new Set(files.keys());
  using resolve = state.createFunction("require", (call) => {
    const path = call.text(1);
    return resolveModule(names, call.text(2), path);
  });
  using load = state.createFunction("require", (call) => {
    const name = call.text(1);
    try {
      return state.load(files.get(name) ?? "", name).handOver();
    } catch (error) {
      // Its position is in the module, not where it is required.
      throw error instanceof LuauCompileError ? new LuauRawError(error.text) : error;
    }
  });
  using made = runPrelude(state, REQUIRE_SOURCE, [resolve, load, entry]);
  state.setGlobal("require", made);
}

/** What Luau's own library leaves to the program that embeds it. */
export function installLoader(state: LuauState): void {
  const functions: Record<string, HostFunction> = {
    loadstring: (call) => {
      const name = call.isNoneOrNil(2) ? "loadstring" : call.text(2).replace(/^[=@]/, "").slice(0, 80) || "loadstring";
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

/** Runs a chunk of ours and gives the function that it returns. */
function runPrelude(state: LuauState, source: string, args: Parameters<ReturnType<LuauState["createThread"]>["resume"]>[0]): LuauFunction {
  using chunk = state.load(source, PRELUDE_CHUNK);
  using thread = state.createThread(chunk);
  const result = thread.resume(args);
  if (result.status === "failed") throw result.error;
  return result.values[0] as LuauFunction;
}
