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

  it("holds no path of the machine it was written on", () => {
    const home = homedir();
    // A home folder as short as `/` says nothing.
    const telling = home.length > "/root".length ? [home, root] : [root];
    expect(tracked.filter((file) => telling.some((path) => textOf(file).includes(path)))).toEqual([]);
  });
});
