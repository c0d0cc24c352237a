// @ts-check
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BuildError } from "./build-error.mjs";

/**
 * Builds with progress on stdout, when the module at `url` is the program that Node runs; otherwise does nothing.
 *
 * @param {string} url `import.meta.url` of the caller
 * @param {(options: { log: (line: string) => void }) => Promise<unknown>} build
 */
export async function runAsProgram(url, build) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
  try {
    await build({ log: (line) => console.log(line) });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
