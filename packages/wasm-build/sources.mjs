// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BuildError } from "./build-error.mjs";
import { hash, writeAtomically } from "./cache.mjs";
import { findProgram, run } from "./programs.mjs";

/**
 * Lets cargo fetch the crate that `Cargo.toml` in the folder `native` pins, and asks it where the sources are.
 *
 * @param {{ log: (line: string) => void, cache: string, native: string, crate: string }} options
 * @returns {Promise<{ version: string, luau: string }>} the crate's version and the Luau tree in it
 */
export async function fetchSources({ log, cache, native, crate }) {
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
  return { version: String(found.version), luau: join(dirname(found.manifest_path), "luau") };
}
