// @ts-check
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Age in milliseconds from which a temporary file in the cache belongs to no build any more: no file takes that long. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Where things stay that are made once for a machine. */
export function cacheDirectory() {
  const { ZONE_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  if (ZONE_CACHE_DIR) return ZONE_CACHE_DIR;
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "zone-playground");
}

/** @param {unknown} value @returns {string} */
export function hash(value) {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** @param {string} path */
export function temporaryName(path) {
  return `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
}

/** Removes what builds that were killed have left in a folder. @param {string} folder */
export function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.tmp(\.|$)/.test(name)) continue;
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > ABANDONED_MS) rmSync(path, { force: true });
  }
}

/** @param {string} path @param {Uint8Array | string} content */
export function writeAtomically(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
