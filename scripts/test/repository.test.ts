import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../setup/paths.mjs";

const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);

/** The largest file that belongs into the repository, in bytes: sources, fixtures, and the README's picture. */
const LARGEST_FILE = 1024 * 1024;

const BINARY = /\.(png|jpg|webp|ico|woff2)$/;

function textOf(file: string): string {
  return BINARY.test(file) ? "" : readFileSync(join(root, file), "utf8");
}

const numbersOf = (version: string): number[] =>
  version
    .split(".")
    .filter((part) => /^\d+$/.test(part))
    .map(Number);

function compareVersions(one: readonly number[], other: readonly number[]): number {
  return [0, 1, 2].map((index) => (one[index] ?? 0) - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Whether a range of versions, as packages write it, holds a version. */
function admits(range: string, version: string): boolean {
  const is = numbersOf(version);
  return range.split("||").some((all) =>
    [...all.matchAll(/(>=|<=|>|<|\^|~|=)?\s*v?([\dx*][\d.x*]*)/g)].every(([, sign, text = ""]) => {
      const bound = numbersOf(text);
      const order = compareVersions(is, bound);
      if (sign === ">=") return order >= 0;
      if (sign === ">") return order > 0;
      if (sign === "<") return order < 0;
      if (sign === "<=") return order <= 0;
      const fixed = sign === "^" ? bound.slice(0, 1) : sign === "~" ? bound.slice(0, 2) : bound;
      return order >= 0 && fixed.every((part, index) => is[index] === part);
    }),
  );
}

describe("which Node a package wants", () => {
  it.each([
    [">=20", true],
    [">=22.12.0", false],
    ["^20.19.0 || >=22.12.0", true],
    ["20 || >=22", true],
    [">= 20.19.0", true],
    [">=10 <20", false],
    ["^18.0.0", false],
    ["~20.19", true],
    ["~20.18.0", false],
    ["20.x", true],
    ["*", true],
    [">20.19.0", false],
    ["<=20.19", true],
    ["=20.19.0", true],
  ])("%s", (range, is) => {
    expect(admits(range, "20.19.0")).toBe(is);
  });
});

describe("what is committed", () => {
  it("is sources, no build output", () => {
    expect(tracked.filter((file) => /(^|\/)(dist|node_modules|target)\/|\.wasm$|(^|\/)Cargo\.lock$/.test(file))).toEqual([]);
  });

  it("holds no large file", () => {
    expect(tracked.filter((file) => statSync(join(root, file)).size > LARGEST_FILE)).toEqual([]);
  });

  it("names no download address in the lock file", () => {
    expect(textOf("pnpm-lock.yaml")).not.toMatch(/https?:\/\/|tarball:/);
  });

  it("has one version, which the changelog has on top", () => {
    const versions = tracked.filter((file) => /(^|\/)package\.json$/.test(file)).map((file) => (JSON.parse(textOf(file)) as { version: string }).version);
    expect(new Set(versions).size).toBe(1);
    const [, top] = /^## (?:Unreleased\n\nTo become )?(\d+\.\d+\.\d+)/m.exec(textOf("CHANGELOG.md")) ?? [];
    expect(top).toBe(versions[0]);
  });

  it.each(["20.19.0", "22.13.0", "24.0.0"])("installs without a warning on Node %s", (node) => {
    const wanted = [...textOf("pnpm-lock.yaml").matchAll(/^  '?([^\s'].*?)'?:\n(?:    .*\n)*?    engines: \{node: '?([^'}]+)'?\}/gm)].map(
      ([, name = "", range = ""]) => ({ name, range }),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter(({ range }) => !admits(range, node))).toEqual([]);
  });

  it("holds no path of the machine it was written on", () => {
    const home = homedir();
    // A home folder as short as `/` says nothing.
    const telling = home.length > "/root".length ? [home, root] : [root];
    expect(tracked.filter((file) => telling.some((path) => textOf(file).includes(path)))).toEqual([]);
  });
});
