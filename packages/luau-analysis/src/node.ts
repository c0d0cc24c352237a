import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AnalysisError } from "./errors.ts";

/**
 * The bytes of the built type checker, for `loadAnalysis` in Node.
 *
 * Rejects with AnalysisError `not-luau-analysis` that says how to build them when they are not there.
 */
export async function readAnalysisWasm(): Promise<Uint8Array<ArrayBuffer>> {
  // Both src/ and dist/ lie beside each other, so the same relative path holds from the source and from the built file.
  const path = fileURLToPath(new URL("../dist/luau-analysis.wasm", import.meta.url));
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new AnalysisError("not-luau-analysis", "dist/luau-analysis.wasm is not there: run `npm run build:analysis` first", { cause });
  }
}
