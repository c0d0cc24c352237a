import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { buildText, commitOf, versionText, withCommit } from "../setup/commit.mjs";
import { inProject } from "../setup/paths.mjs";

/** A working tree with one commit; `git` runs in it. */
function workingTree(): { folder: string; git: (...words: string[]) => string } {
  const folder = mkdtempSync(join(tmpdir(), "commit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.org", ...words], { cwd: folder, encoding: "utf8" }).trim();
  git("init", "--quiet");
  writeFileSync(join(folder, "a.txt"), "a\n");
  writeFileSync(join(folder, ".gitignore"), "dist/\n");
  git("add", ".");
  git("commit", "--quiet", "--message", "Begin");
  return { folder, git };
}

test("a commit is seven digits of its hash, however git shortens it, and what is ignored is no change", () => {
  const { folder, git } = workingTree();
  git("config", "core.abbrev", "12");
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist/built.js"), "");
  expect(commitOf(folder)).toBe(git("rev-parse", "HEAD").slice(0, 7));
});

test("the sources here have a version with their commit", () => {
  const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8")) as { version: string };
  expect(versionText()).toBe(commitOf() === undefined ? version : `${version} (${commitOf()})`);
});

test.each([
  ["a changed file", (folder: string) => writeFileSync(join(folder, "a.txt"), "b\n")],
  ["a removed file", (folder: string) => rmSync(join(folder, "a.txt"))],
  ["a new file", (folder: string) => writeFileSync(join(folder, "b.txt"), "")],
])("with %s it has a +", (_, change) => {
  const { folder, git } = workingTree();
  change(folder);
  expect(commitOf(folder)).toBe(`${git("rev-parse", "HEAD").slice(0, 7)}+`);
});

test("a folder without commits of its own has none: without a repository, before its first commit, and inside of another's", () => {
  const { folder } = workingTree();
  mkdirSync(join(folder, "unpacked"));
  expect(commitOf(join(folder, "unpacked"))).toBeUndefined();
  const outside = mkdtempSync(join(tmpdir(), "commit-"));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  expect(commitOf(outside)).toBeUndefined();
  execFileSync("git", ["init", "--quiet"], { cwd: outside });
  expect(commitOf(outside)).toBeUndefined();
});

test("the page's HTML has a place for it, which takes another one each time", () => {
  const html = readFileSync(inProject("web/index.html"), "utf8");
  const stamped = withCommit(html, "4390acb+");
  expect(stamped).toContain('<meta name="commit" content="4390acb+" />');
  expect(withCommit(stamped, "0123456")).toBe(html.replace('name="commit" content=""', 'name="commit" content="0123456"'));
  expect(withCommit(stamped)).toBe(html);
  expect(() => withCommit("<!doctype html>", "4390acb")).toThrow("web/index.html");
});

test("what stands beside the bridge says it too, or that nobody knows", () => {
  expect(JSON.parse(buildText("4390acb"))).toEqual({ commit: "4390acb" });
  expect(JSON.parse(buildText())).toEqual({});
});
