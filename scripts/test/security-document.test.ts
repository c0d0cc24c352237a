import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../setup/paths.mjs";

const document = readFileSync(join(root, "SECURITY.md"), "utf8");

it("names tests that exist for what it promises", () => {
  const [, promises = ""] = document.split("## Promises");
  const rows = (promises.split("## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| what holds"));
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    const paths = [...row.matchAll(/`((?:bridge|packages|scripts|e2e|web)\/[^`]+)`/g)].map(([, path]) => path ?? "");
    expect(paths, row).not.toEqual([]);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  }
});

it("is what the README leads to", () => {
  expect(readFileSync(join(root, "README.md"), "utf8")).toContain("](SECURITY.md)");
});
