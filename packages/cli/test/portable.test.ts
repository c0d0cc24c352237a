import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

/** What runs in Node once it is installed. */
const FOLDERS = [
  "bridge/src",
  ...["cli", "headless", "network", "project-files", "safe-text", "share", "tcp", "wire", "zone", "luau-wasm"].map((name) => `packages/${name}/src`),
];

/** What only some systems have, and the files that may ask for it, since they do so only there. */
const SYSTEMS = [
  { what: "other programs, or a shell", pattern: /\bfrom "(?:node:)?child_process"/, may: ["bridge/src/privileges.ts"] },
  { what: "files of Linux", pattern: /["'`]\/(?:proc|sys|dev|etc|tmp|var|usr)\//, may: [] },
  { what: "a path as the path of an address, which has a slash before the drive", pattern: /\bnew URL\([^)]*import\.meta\.url\)\.pathname/, may: [] },
] as const;

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);

/** A source without its comments. */
function codeOf(file: string): string {
  const lines = readFileSync(join(top, file), "utf8").split("\n");
  return lines.filter((line) => !/^\s*(?:\/\*|\*|\/\/)/.test(line)).join("\n");
}

test.each(SYSTEMS)("what is installed asks for no $what", ({ pattern, may }) => {
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => pattern.test(codeOf(file)))).toEqual(may);
});
