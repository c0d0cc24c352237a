// @ts-check
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { inProject, root } from "./paths.mjs";

/** Folders that hold results, never inputs. */
const RESULTS = new Set(["node_modules", "dist", "reports", "test-results", "playwright-report", "target", ".git"]);

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !RESULTS.has(entry.name) && !entry.name.endsWith(".tsbuildinfo"))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}

/**
 * A hash over the names and contents of files and folders of the project.
 *
 * @param {string[]} inputs paths relative to `base`; one may lie in another
 * @param {string} [base] the project's top
 */
export function fingerprint(inputs, base = root) {
  const hash = createHash("sha256");
  for (const file of new Set(inputs.flatMap((input) => filesUnder(join(base, input))))) {
    hash.update(relative(base, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * Runs `make` unless it was already run over the same inputs and its outputs are still there.
 *
 * @param {{ name: string, inputs: string[], outputs: string[], make: () => Promise<void> }} job
 * @returns {Promise<string>} a note for the progress report
 */
export async function whenChanged(job) {
  const stamp = inProject("node_modules", ".cache", "zone-playground", job.name);
  const wanted = fingerprint(job.inputs);
  const known = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (known === wanted && job.outputs.every((output) => existsSync(inProject(output)))) return "up to date";
  await job.make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return "";
}
