// @ts-check
/**
 * The pinned pnpm, fetched by npm and compared with the checksums of this repository before anything of it runs: npm itself
 * compares what it gets with what the registry says, and so trusts the registry.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../../packages/wasm-build/cache.mjs";
import { inProject } from "./paths.mjs";

/**
 * SHA-512 of the packages with pnpm's native program, which are as many as there are systems; `package.json` has that of pnpm's own package. Where a
 * system is not listed, the checked package of pnpm fetches its program itself and checks its signature.
 *
 * @type {Readonly<Record<string, string>>}
 */
const PROGRAMS = {
  "@pnpm/exe.linux-x64": "f1eb9f0a31d7b2929b352fe487cab843482a2683aebc2e10e69828b3a5d2f01cbf9c032d3fe8dff05d42c3d7abf38d247c05fe3c9fedb3e03daa72c4f75aef5d",
  "@pnpm/exe.linux-arm64": "e0e8ff885d930c27b695c1f49f84eea4f479b1276b34b725241eb104494b30f094380bc185d7f6ad195268ee4ce1eac9ea0e05cb2ed84d74e97267c5b0acb110",
};

/** `packageManager` as Corepack reads it: name, version, and the checksum of the package in hex. */
const PINNED = /^pnpm@(\d+\.\d+\.\d+)\+sha512\.([0-9a-f]{128})$/;

/** A package that is not the one that was pinned. */
export class WrongChecksum extends Error {
  /** @param {string} name @param {string} expected @param {string} found */
  constructor(name, expected, found) {
    super(
      `${name} is not what this project was made with, and was not run. SHA-512 expected: ${expected}; found: ${found}. Look who has changed it, the registry or the pinned checksum, before you go on.`,
    );
    this.name = "WrongChecksum";
  }
}

/**
 * The version and checksum of pnpm in a `packageManager` field.
 *
 * @param {string} field
 * @returns {{ version: string, sha512: string }}
 */
export function pinnedPnpm(field) {
  const [, version, sha512] = PINNED.exec(field) ?? [];
  if (version === undefined || sha512 === undefined)
    throw new Error(`"packageManager" in package.json is ${JSON.stringify(field)}; it should be pnpm@VERSION+sha512.HASH, the hash in hex`);
  return { version, sha512 };
}

/**
 * Unpacks a package from npm into a folder, which then holds its files, if it has this checksum.
 *
 * @param {string} tarball path
 * @param {{ name: string, sha512: string, folder: string }} wanted
 * @throws {WrongChecksum} before anything is unpacked
 */
export function unpackChecked(tarball, { name, sha512, folder }) {
  const found = createHash("sha512").update(readFileSync(tarball)).digest("hex");
  if (found !== sha512) throw new WrongChecksum(name, sha512, found);
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
}

/**
 * The script that is pnpm, from the cache or fetched; Node runs it.
 *
 * @returns {Promise<string>} its path
 */
export async function packageManager() {
  const { version, sha512 } = pinnedPnpm(JSON.parse(readFileSync(inProject("package.json"), "utf8")).packageManager);
  const kept = join(cacheDirectory(), `pnpm-${version}-${sha512.slice(0, 16)}`);
  const script = join("node_modules", "pnpm", "bin", "pnpm.mjs");
  if (existsSync(join(kept, script))) return join(kept, script);
  mkdirSync(dirname(kept), { recursive: true });
  const folder = mkdtempSync(`${kept}.tmp-`);
  try {
    for (const [name, checksum] of [["pnpm", sha512], ...programOfThisSystem()]) {
      if (name === undefined || checksum === undefined) continue;
      unpackChecked(await fetchPackage(`${name}@${version}`, join(folder, name.replace("/", "-"))), {
        name: `${name} ${version}`,
        sha512: checksum,
        folder: join(folder, "node_modules", name),
      });
    }
    // Another one that runs at the same time may have been faster.
    if (!existsSync(kept)) renameSync(folder, kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return join(kept, script);
}

/** @returns {[string, string][]} */
function programOfThisSystem() {
  const name = `@pnpm/exe.${process.platform}-${process.arch}`;
  // The listed ones are for glibc; Node tells which C library it runs with.
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {});
  const checksum = PROGRAMS[name];
  return checksum === undefined || report.header?.glibcVersionRuntime === undefined ? [] : [[name, checksum]];
}

/**
 * Lets npm fetch a package without running anything of it.
 *
 * @param {string} spec
 * @param {string} folder a new one
 * @returns {Promise<string>} path of the tarball
 */
export function fetchPackage(spec, folder) {
  mkdirSync(folder);
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["pack", spec, "--silent", "--prefer-offline", "--ignore-scripts", "--pack-destination", folder], {
      stdio: ["ignore", "ignore", "pipe"],
      shell: process.platform === "win32",
    });
    let errors = "";
    child.stderr.on("data", (/** @type {Buffer} */ text) => (errors += text.toString()));
    child.on("error", reject);
    child.on("close", (status) => {
      const [tarball] = readdirSync(folder);
      if (status === 0 && tarball !== undefined) resolve(join(folder, tarball));
      else reject(new Error(`npm could not fetch ${spec}: ${errors.trim() || `status ${status}`}`));
    });
  });
}
