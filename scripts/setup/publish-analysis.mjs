// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "./paths.mjs";

/** What the page reads to learn whether there is a type checker, and where; web/src/analysis/manifest.ts reads it. */
export const MANIFEST = "analysis.json";

const MODULE_NAME = /^luau-analysis-[0-9a-f]{8}\.wasm$/;

/**
 * What the page is told:
 * - `missing`: nobody builds it
 * - `building`: `done` of `total` files are compiled; 0 of 0 before that is known
 * - `failed`: it could not be built
 * - `ready`: the module is at `url`
 *
 * @typedef {{ state: "missing" } | { state: "failed" } | { state: "building", done: number, total: number } | { state: "ready", url: string, bytes: number }} Manifest
 */

/**
 * Tells pages how things stand with the type checker.
 *
 * @param {Manifest} manifest
 * @param {string} [page] folder of the built page
 */
export function tellPages(manifest, page = inProject("web/dist")) {
  writeWhole(join(page, MANIFEST), Buffer.from(`${JSON.stringify(manifest)}\n`));
}

/**
 * Whether pages find a type checker, though perhaps not the newest.
 *
 * @param {string} [page] folder of the built page
 */
export function isPublished(page = inProject("web/dist")) {
  try {
    return JSON.parse(readFileSync(join(page, MANIFEST), "utf8")).state === "ready";
  } catch {
    return false;
  }
}

/**
 * Puts the built type checker beside the page and tells pages so. The name holds a hash of the content, so that browsers
 * keep it for good.
 *
 * @param {string} modulePath the built module
 * @param {string} [page] folder of the built page
 */
export function publishAnalysis(modulePath, page = inProject("web/dist")) {
  const bytes = readFileSync(modulePath);
  const name = `luau-analysis-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.wasm`;
  const assets = join(page, "assets");
  mkdirSync(assets, { recursive: true });
  for (const old of readdirSync(assets)) if (MODULE_NAME.test(old) && old !== name) rmSync(join(assets, old));
  if (!existsSync(join(assets, name))) writeWhole(join(assets, name), bytes);
  tellPages({ state: "ready", url: `/assets/${name}`, bytes: bytes.length }, page);
}

/** Nobody reads half a file. @param {string} path @param {Uint8Array} bytes */
function writeWhole(path, bytes) {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
}
