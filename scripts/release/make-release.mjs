// @ts-check
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { git } from "../setup/git.mjs";
import { inProject, root } from "../setup/paths.mjs";
import { withRelease } from "./changelog.mjs";
import { withVersion } from "./version.mjs";

/** Where the package and its checksum are put; git does not see it. */
export const OUT_FOLDER = "dist";

/** The checksums, in the form that `sha256sum --check` reads. */
export const SUMS = "SHA256SUMS";

/** Every package.json of the repository, relative to its top. */
export function packageFiles() {
  return git(root, "ls-files", "--", "package.json", "*/package.json").split("\n");
}

/**
 * Writes the version everywhere, commits, packs and tags, all of it here alone. When something fails on the way, commit and files
 * are as before.
 *
 * @param {{ version: string, date: string }} release
 * @param {(options: { outDir: string }) => Promise<{ file: string, byteCount: number }>} buildPackage
 * @returns {Promise<{ file: string, byteCount: number, commit: string }>} the package's path, relative to the project's top
 */
export async function makeRelease({ version, date }, buildPackage) {
  const before = git(root, "rev-parse", "HEAD");
  const files = [...packageFiles(), "CHANGELOG.md"];
  try {
    for (const file of files) {
      const path = inProject(file);
      const text = readFileSync(path, "utf8");
      writeFileSync(path, file === "CHANGELOG.md" ? withRelease(text, { version, date }) : withVersion(text, version));
    }
    git(root, "commit", "--quiet", "--message", `Release ${version}`, "--", ...files);
    // After the commit, which the package names.
    const { file, byteCount } = await buildPackage({ outDir: inProject(OUT_FOLDER) });
    writeFileSync(inProject(OUT_FOLDER, SUMS), sumLine(file));
    git(root, "tag", "--annotate", `v${version}`, "--message", `Zone Playground ${version}`);
    return { file: join(OUT_FOLDER, basename(file)), byteCount, commit: git(root, "rev-parse", "HEAD") };
  } catch (error) {
    git(root, "reset", "--quiet", "--soft", before);
    git(root, "restore", "--staged", "--worktree", "--", ...files);
    throw error;
  }
}

/** @param {string} file */
function sumLine(file) {
  return `${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${basename(file)}\n`;
}
