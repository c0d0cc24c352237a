import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";
import { inProject, root } from "../setup/paths.mjs";

const documents = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => file !== "" && existsSync(inProject(file)));
const commands = Object.keys((JSON.parse(readFileSync(inProject("package.json"), "utf8")) as { scripts: Record<string, string> }).scripts);

test.each(documents)("%s leads to files and commands that exist", (file) => {
  const text = readFileSync(inProject(file), "utf8");
  // What stands in backticks is an example.
  const links = [...text.replaceAll(/`[^`\n]+`/g, "").matchAll(/\]\((?![a-z]+:|[#/])([^)#\s]+)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !existsSync(inProject(posix.dirname(file), link)))).toEqual([]);
  const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});

test("docs/debugging.md names sources that exist", () => {
  const paths = [
    ...readFileSync(inProject("docs/debugging.md"), "utf8").matchAll(/(?<![\w./-])((?:bridge|e2e|packages|scripts|web)\/[\w./-]+\.(?:ts|mjs|luau))\b/g),
  ].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => path !== "path/to/main.luau" && !existsSync(inProject(path)))).toEqual([]);
});
