import { STATUS_MEMORY, STATUS_OK } from "./abi.ts";
import type { StateCore } from "./core.ts";
import { LuauCompileError, LuauMemoryError, LuauUsageError } from "./errors.ts";
import { decodeUtf8 } from "./heap.ts";
import { withText } from "./text-argument.ts";

/** UTF-16 units of a chunk's name. Luau cuts names off at 256 bytes, and a cut one could not be recognised in an error. */
const MAX_CHUNK_NAME = 80;

/** Compiles and loads; gives the number of the reference to the function. */
export function loadChunk(core: StateCore, source: Uint8Array | string, chunkName: string, mutableGlobals: Iterable<string>): number {
  if (chunkName === "" || chunkName.length > MAX_CHUNK_NAME || /[\0\r\n]/.test(chunkName)) {
    throw new LuauUsageError("bad-value", `a chunk's name must be one line of 1 to ${MAX_CHUNK_NAME} characters, not ${JSON.stringify(chunkName)}`);
  }
  const zero = typeof source === "string" ? source.indexOf("\0") : source.indexOf(0);
  if (zero >= 0) throw zeroByteError(source, zero, chunkName);

  const { vm } = core;
  const names = [...mutableGlobals].map((name) => `${name}\0`).join("");
  const status = withText(vm, source, (sourceAddress, length) =>
    withText(vm, `=${chunkName}`, (nameAddress) =>
      withText(vm, names, (namesAddress) => {
        try {
          return vm.exports.chunk_load(core.runtime, sourceAddress, length, nameAddress, namesAddress);
        } catch (error) {
          vm.thrown ??= error;
          throw vm.crashed;
        }
      }),
    ),
  );
  if (status === STATUS_OK) return vm.first;
  if (status === STATUS_MEMORY) throw new LuauMemoryError(`not enough memory to load ${chunkName}`);

  const text = decodeUtf8(vm.heap.u8, vm.first, vm.first + vm.second);
  const match = /^(\d+): ([^]*)$/.exec(text.slice(chunkName.length + 1));
  throw new LuauCompileError({ chunk: chunkName, line: Number(match?.[1] ?? 1), message: match?.[2] ?? text, text });
}

/** Luau takes a zero byte for the end of the source, and would leave out the rest without a word. */
function zeroByteError(source: Uint8Array | string, at: number, chunk: string): LuauCompileError {
  let line = 1;
  for (let i = 0; i < at; i++) if (source[i] === "\n" || source[i] === 0x0a) line++;
  const message = "a zero byte in the source";
  return new LuauCompileError({ chunk, line, message, text: `${chunk}:${line}: ${message}` });
}
