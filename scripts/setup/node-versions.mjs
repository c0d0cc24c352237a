// @ts-check
/** Other versions of Node, as the npm package `node` brings them, for what has to run on them. Kept for all projects on this machine. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../../packages/wasm-build/cache.mjs";
import { fetchPackage, unpackChecked } from "./package-manager.mjs";

/**
 * The versions that are tested beside the one that runs the tests, each the newest of its line, and the SHA-512 of their packages
 * by system and processor. Of 50 MB each: they are fetched once.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const VERSIONS = {
  "22.23.3": {
    "linux-x64": "qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
    "linux-arm64": "l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==",
  },
  "24.22.3": {
    "linux-x64": "KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==",
    "linux-arm64": "IZx0J52/1NDwAsY2iyWR9nlPIYuYviTWetjj8+ElvYQh2+XRhLfCfkbFEF/2O5vGI2hcUbyPNHV+nz342FbJXw==",
  },
};

/** @typedef {{ version: string, program: string }} NodeVersion the version, and the absolute path of `node` */

/**
 * Every Node that is tested: this one, and those that {@link fetchNodeVersions} has brought; on other systems than Linux this one alone.
 *
 * @returns {NodeVersion[]}
 */
export function nodeVersions() {
  const others = Object.keys(VERSIONS).map((version) => ({ version, program: programOf(version) }));
  return [{ version: process.versions.node, program: process.execPath }, ...others.filter(({ program }) => existsSync(program))];
}

/**
 * Fetches those that are not there yet.
 *
 * @returns {Promise<string>} a note for the progress report
 */
export async function fetchNodeVersions() {
  const system = `${process.platform}-${process.arch}`;
  let note = "up to date";
  for (const [version, checksums] of Object.entries(VERSIONS)) {
    const checksum = checksums[system];
    if (checksum === undefined) return `this Node alone: no other is listed for ${system}`;
    const kept = dirname(dirname(programOf(version)));
    if (existsSync(programOf(version))) continue;
    mkdirSync(dirname(kept), { recursive: true });
    const folder = mkdtempSync(`${kept}.tmp-`);
    try {
      unpackChecked(await fetchPackage(`node-${system}@${version}`, join(folder, "fetched")), {
        name: `node-${system} ${version}`,
        sha512: Buffer.from(checksum, "base64").toString("hex"),
        folder: join(folder, "node"),
      });
      // Another one that runs at the same time may have been faster.
      if (!existsSync(kept)) renameSync(join(folder, "node"), kept);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    note = "fetched";
  }
  return note;
}

/** @param {string} version */
function programOf(version) {
  return join(cacheDirectory(), `node-${version}-${process.platform}-${process.arch}`, "bin", "node");
}
