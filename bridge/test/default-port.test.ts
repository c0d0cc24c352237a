import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DEFAULT_PORT } from "../src/config/default-port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Everything that readers run, or read how to write: the starter, the examples, the reference. */
const LESSONS = /^web\/.*\.luau$|^web\/src\/project\/|^docs\/api\.(en|ru)\.md$|^packages\/zone\/.*\.luau$/;

test("no lesson listens on the bridge's own port, which scripts cannot have where ports are shared", () => {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((file) => LESSONS.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, "utf8")]));
  const naming = (port: number): string[] => [...texts].filter(([, text]) => new RegExp(`(?<![\\d.])${port}(?![\\d.])`).test(text)).map(([file]) => file);
  // What they do listen on is found, so that the pattern finds ports.
  expect(naming(8080)).toEqual(expect.arrayContaining(["web/src/project/starter/server.ru.luau", "docs/api.en.md"]));
  expect(naming(DEFAULT_PORT)).toEqual([]);
});
