// @ts-check
/**
 * Builds dist/luau.wasm: the Luau VM and compiler with the shim in native/.
 *
 * As a program: `node build.mjs`. As a module: `await buildLuau({ log })`.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// By path: the build runs where the workspace's packages may not be linked yet.
import { BARE_MODULE_FLAGS, BuildError, buildModule, runAsProgram } from "../wasm-build/index.mjs";
import { DISPATCH_EDITS } from "./dispatch-edits.mjs";
import { SAFEPOINT_EDITS } from "./safepoint-edits.mjs";

const PACKAGE = dirname(fileURLToPath(import.meta.url));

/** The VM is compiled for speed, the compiler for size: it runs once for each chunk, and is half of the download. Loops are not written out: that makes the VM larger and nothing faster. */
const SPEED_FLAGS = ["-O3", "-fno-unroll-loops"];
const SIZE_FLAGS = ["-Os"];

/** Luau as it is compiled here: the crate that holds it, and which of its files. */
export const LUAU_SOURCES = {
  native: join(PACKAGE, "native"),
  crate: "luau0-src",
  crateSha256: "44a77f4ce1adc38145ccd67a0e4b1928e642aedf906d1131d7f703e573c31162",
  parts: ["Common", "Ast", "Bytecode", "Compiler", "VM"],
  /** What nothing here reaches. */
  unused: new Set(["Ast/src/PrettyPrinter.cpp", "Bytecode/src/BytecodeDump.cpp", "VM/src/lgcdebug.cpp"]),
};

export { BuildError };

/**
 * Builds the VM, or takes it from the cache, and puts it at `dist/luau.wasm`.
 *
 * @param {{ log?: (line: string) => void }} [options] `log` gets the progress, line by line
 * @returns {Promise<{ path: string, bytes: number, cached: boolean }>}
 */
export function buildLuau(options) {
  return buildModule(
    {
      name: "luau",
      ...LUAU_SOURCES,
      output: join(PACKAGE, "dist", "luau.wasm"),
      luauVersion: (crateVersion) => `0.${crateVersion.split("+luau")[1] ?? "0"}`,
      // native/clock.cpp and native/os_library.cpp stand in for two more.
      unused: new Set([...LUAU_SOURCES.unused, "VM/src/lperf.cpp", "VM/src/loslib.cpp"]),
      edits: [...DISPATCH_EDITS, ...SAFEPOINT_EDITS],
      flags: [
        "-std=c++17",
        "-fwasm-exceptions",
        // Older than exceptions in every browser: numbers to integers, and bytes to words, by one instruction.
        "-mnontrapping-fptoint",
        "-msign-ext",
        "-fno-rtti",
        "-fno-math-errno",
        "-fvisibility=hidden",
        "-DNDEBUG",
        '-DLUA_API=extern "C"',
        '-DLUACODE_API=extern "C"',
      ],
      partFlags: (part) => (part === "VM" || part === "native" ? SPEED_FLAGS : SIZE_FLAGS),
      includes: ["VM/src"],
      linkFlags: [
        "-O3",
        ...BARE_MODULE_FLAGS,
        // The parser recurses; its own limit is reached long before the end of this many bytes.
        "-sTOTAL_STACK=1048576",
        "-sINITIAL_MEMORY=4194304",
      ],
    },
    options,
  );
}

await runAsProgram(import.meta.url, buildLuau);
