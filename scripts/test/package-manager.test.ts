import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pinnedPnpm, unpackChecked } from "../setup/package-manager.mjs";
import { inProject } from "../setup/paths.mjs";

/** A package as npm packs them, and its checksum. */
function somePackage(): { tarball: string; sha512: string; folder: string } {
  const directory = mkdtempSync(join(tmpdir(), "package-manager-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, "package"));
  writeFileSync(join(directory, "package", "pnpm.mjs"), "console.log(1)");
  const tarball = join(directory, "pnpm.tgz");
  execFileSync("tar", ["-czf", tarball, "-C", directory, "package"]);
  return { tarball, sha512: createHash("sha512").update(readFileSync(tarball)).digest("hex"), folder: join(directory, "unpacked") };
}

test("pnpm is pinned with its checksum, and nothing installs it in another way", () => {
  expect(pinnedPnpm(JSON.parse(readFileSync(inProject("package.json"), "utf8")).packageManager)).toMatchObject({ version: expect.stringMatching(/^\d+\./) });
  expect(() => pinnedPnpm("pnpm@12.21.0")).toThrow('"packageManager" in package.json is "pnpm@12.21.0"; it should be pnpm@VERSION+sha512.HASH');
  const scripts = execFileSync("git", ["ls-files", "scripts", "packages"], { cwd: inProject(), encoding: "utf8" })
    .split("\n")
    .filter((file) => file.endsWith(".mjs"));
  expect(scripts.filter((file) => /["'`]npx["'`]/.test(readFileSync(inProject(file), "utf8")))).toEqual([]);
});

test("a package with the right checksum is unpacked", () => {
  const { tarball, sha512, folder } = somePackage();
  unpackChecked(tarball, { name: "pnpm 1.0.0", sha512, folder });
  expect(readFileSync(join(folder, "pnpm.mjs"), "utf8")).toBe("console.log(1)");
});

test("one with another checksum is not, and both are named", () => {
  const { tarball, sha512, folder } = somePackage();
  const expected = "0".repeat(128);
  expect(() => unpackChecked(tarball, { name: "pnpm 1.0.0", sha512: expected, folder })).toThrow(
    `pnpm 1.0.0 is not what this project was made with, and was not run. SHA-512 expected: ${expected}; found: ${sha512}.`,
  );
  expect(existsSync(folder)).toBe(false);
});
