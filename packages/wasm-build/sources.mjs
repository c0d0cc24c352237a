// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BuildError } from "./build-error.mjs";
import { hash, temporaryName, writeAtomically } from "./cache.mjs";
import { findProgram, run } from "./programs.mjs";

/**
 * Lets cargo fetch the crate that `Cargo.toml` in the folder `native` pins, compares it with its checksum, and unpacks it. cargo
 * compares with what the registry says; what is compiled here is what this repository says.
 *
 * @param {{ log: (line: string) => void, cache: string, native: string, crate: string, crateSha256: string }} options
 * @returns {Promise<{ version: string, luau: string }>} the crate's version and the Luau tree in it
 */
export async function fetchSources({ log, cache, native, crate, crateSha256 }) {
  const cargo = findProgram("cargo");
  if (!cargo) throw new BuildError("cargo is missing: it fetches the Luau sources (https://rustup.rs, or Debian and Ubuntu: apt-get install cargo)");
  // A copy, because cargo writes a lock file beside the manifest.
  const folder = join(cache, `manifest-${hash(readFileSync(join(native, "Cargo.toml"), "utf8"))}`);
  for (const name of ["Cargo.toml", "empty.rs"]) {
    if (!existsSync(join(folder, name))) writeAtomically(join(folder, name), readFileSync(join(native, name)));
  }
  log("fetching the Luau sources");
  const metadata = JSON.parse(await run(cargo, ["metadata", "--format-version", "1", "--manifest-path", join(folder, "Cargo.toml")]));
  const found = metadata.packages.find((/** @type {{ name: string }} */ candidate) => candidate.name === crate);
  if (!found) throw new BuildError(`cargo metadata names no package ${crate}`);
  const version = String(found.version);
  const sources = await unpackChecked(crateFile(found.manifest_path), { crate: `${crate} ${version}`, sha256: crateSha256, cache });
  return { version, luau: join(sources, "luau") };
}

/**
 * Where cargo keeps the file that a crate was unpacked from: beside `registry/src/<registry>/<crate>/` in `registry/cache`.
 *
 * @param {string} manifestPath
 */
function crateFile(manifestPath) {
  const unpacked = dirname(manifestPath);
  const registry = dirname(unpacked);
  return join(dirname(dirname(registry)), "cache", basename(registry), `${basename(unpacked)}.crate`);
}

/**
 * Unpacks a crate if it has this checksum: what cargo has unpacked may have been changed since.
 *
 * @param {string} file
 * @param {{ crate: string, sha256: string, cache: string }} wanted
 * @returns {Promise<string>} the folder, in the cache
 * @throws {BuildError} which names what was expected and what was found
 */
export async function unpackChecked(file, { crate, sha256, cache }) {
  if (!existsSync(file))
    throw new BuildError(
      `cargo has not kept ${file}, with which ${crate} would be compared: remove the unpacked folder of that name under registry/src, and try again`,
    );
  const found = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (found !== sha256) {
    throw new BuildError(
      `${crate} is not what this project was made with, and was not compiled. SHA-256 expected: ${sha256}; found: ${found} (${file}). Look who has changed it, the registry or the checksum in build.mjs, before you go on.`,
    );
  }
  const folder = join(cache, `sources-${sha256.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const temporary = temporaryName(folder);
  mkdirSync(temporary, { recursive: true });
  try {
    await run("tar", ["-xzf", file, "-C", temporary, "--strip-components=1"]);
    // Another build that runs at the same time may have been faster.
    if (!existsSync(folder)) renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}
