// @ts-check
/**
 * Builds dist/luau-analysis.wasm: Luau's type checker, linter and code completion with the shim in native/.
 *
 * As a program: `node build.mjs`. As a module: `await buildAnalysis({ log })`.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// By path: the build runs where the workspace's packages may not be linked yet.
import { BARE_MODULE_FLAGS, BuildError, buildModule, runAsProgram } from "../wasm-build/index.mjs";

const PACKAGE = dirname(fileURLToPath(import.meta.url));

/** The version of Luau in the crate, which does not name it: its sources are those of luau0-src 0.20.1+luau720, compared file by file. */
const LUAU_VERSION = "0.720";

/** Bytes that the module's memory may grow to: twenty times what an ordinary project takes. Beyond, it is restarted. */
const MAXIMUM_MEMORY_BYTES = 384 * 1024 * 1024;

export { BuildError };

/**
 * Builds the checker, or takes it from the cache, and puts it at `dist/luau-analysis.wasm`. The first build takes minutes.
 *
 * @param {{ log?: (line: string) => void, isBackground?: boolean }} [options] `log` gets the progress, line by line; `isBackground`: other programs go first
 * @returns {Promise<{ path: string, bytes: number, cached: boolean }>}
 */
export function buildAnalysis(options) {
  return buildModule(
    {
      name: "luau-analysis",
      native: join(PACKAGE, "native"),
      output: join(PACKAGE, "dist", "luau-analysis.wasm"),
      crate: "luau-analyzer-sys",
      crateSha256: "2956357d0b985a6028cee6b9b8ade1ea3d200f9fb880b6b713cfd6196c9cd525",
      luauVersion: () => LUAU_VERSION,
      // The compiler and the VM are here because type functions, which are part of the language of types, run in them.
      parts: ["Common", "Ast", "Bytecode", "Compiler", "Config", "VM", "Analysis"],
      unused: new Set([
        // native/clock.cpp stands in for it.
        "Common/src/TimeTrace.cpp",
        "Ast/src/PrettyPrinter.cpp",
        "Bytecode/src/BytecodeDump.cpp",
        "Bytecode/src/BytecodeGraph.cpp",
        "VM/src/lgcdebug.cpp",
        "Analysis/src/AstJsonEncoder.cpp",
      ]),
      edits: [],
      flags: ["-std=c++17", "-fwasm-exceptions", "-fno-math-errno", "-fvisibility=hidden", "-DNDEBUG"],
      partFlags: (part) => (part === "Analysis" || part === "Ast" ? ["-O2"] : ["-Os"]),
      includes: [],
      linkFlags: [
        "-O2",
        ...BARE_MODULE_FLAGS,
        // Parser and solver recurse; their own limits are reached long before the end of this many bytes.
        "-sTOTAL_STACK=4194304",
        "-sINITIAL_MEMORY=16777216",
        `-sMAXIMUM_MEMORY=${MAXIMUM_MEMORY_BYTES}`,
      ],
    },
    options,
  );
}

await runAsProgram(import.meta.url, buildAnalysis);
