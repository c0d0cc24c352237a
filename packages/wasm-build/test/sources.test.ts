import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BuildError } from "../build-error.mjs";
import { unpackChecked } from "../sources.mjs";

/** A crate as cargo keeps them, its checksum, and a cache. */
function someCrate(): { file: string; sha256: string; cache: string } {
  const directory = mkdtempSync(join(tmpdir(), "wasm-build-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, "luau-1.0.0", "luau"), { recursive: true });
  writeFileSync(join(directory, "luau-1.0.0", "luau", "VM.cpp"), "int main() {}");
  const file = join(directory, "luau-1.0.0.crate");
  execFileSync("tar", ["-czf", file, "-C", directory, "luau-1.0.0"]);
  const cache = join(directory, "cache");
  mkdirSync(cache);
  return { file, sha256: createHash("sha256").update(readFileSync(file)).digest("hex"), cache };
}

test("a crate with the right checksum is unpacked, once", async () => {
  const { file, sha256, cache } = someCrate();
  const folder = await unpackChecked(file, { crate: "luau 1.0.0", sha256, cache });
  expect(readFileSync(join(folder, "luau", "VM.cpp"), "utf8")).toBe("int main() {}");
  expect(await unpackChecked(file, { crate: "luau 1.0.0", sha256, cache })).toBe(folder);
  expect(readdirSync(cache)).toHaveLength(1);
});

test("one that has been changed is not: the error names what was expected and what was found", async () => {
  const { file, sha256, cache } = someCrate();
  writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("!")]));
  const found = createHash("sha256").update(readFileSync(file)).digest("hex");
  const attempt = unpackChecked(file, { crate: "luau 1.0.0", sha256, cache });
  await expect(attempt).rejects.toBeInstanceOf(BuildError);
  await expect(attempt).rejects.toThrow(
    `luau 1.0.0 is not what this project was made with, and was not compiled. SHA-256 expected: ${sha256}; found: ${found} (${file})`,
  );
  expect(readdirSync(cache)).toEqual([]);
});

test("a crate whose file is gone says what to do", async () => {
  const { sha256, cache } = someCrate();
  await expect(unpackChecked(join(cache, "gone.crate"), { crate: "luau 1.0.0", sha256, cache })).rejects.toThrow(
    "remove the unpacked folder of that name under registry/src, and try again",
  );
});

test("both modules pin the checksum of the crate that their manifest names", () => {
  for (const name of ["luau-wasm", "luau-analysis"]) {
    const recipe = readFileSync(new URL(`../../${name}/build.mjs`, import.meta.url), "utf8");
    const crate = /crate: "(.+)"/.exec(recipe)?.[1] ?? "";
    expect(recipe).toMatch(/crateSha256: "[0-9a-f]{64}"/);
    expect(readFileSync(new URL(`../../${name}/native/Cargo.toml`, import.meta.url), "utf8")).toMatch(new RegExp(`^${crate} = "=`, "m"));
  }
});
