import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * The bytes of the built VM, for `loadLuau` in Node.
 *
 * Rejects with an error that says how to build them when they are not there.
 */
export async function readLuauWasm(): Promise<Uint8Array<ArrayBuffer>> {
  // Both src/ and dist/ lie beside each other, so the same relative path holds from the source and from the built file.
  const path = fileURLToPath(new URL("../dist/luau.wasm", import.meta.url));
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new Error("dist/luau.wasm is not there: run `node packages/luau-wasm/build.mjs` first", { cause });
  }
}
