import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultsOf, isIn } from "../imports/check-imports.mjs";
import { ROOMS, type Room } from "../imports/import-table.mjs";
import { PARTS } from "../imports/parts.mjs";
import { importsIn, readImports, sources } from "../imports/read-imports.mjs";
import { withMap } from "../imports/render-map.mjs";
import { LONG_PATIENCE_MS } from "../patience.ts";
import { inProject } from "../setup/paths.mjs";

test(
  "every import of the repository is in the table, and everything in the table is imported",
  () => {
    const imports = readImports();
    expect(imports.length).toBeGreaterThan(3_000);
    expect(faultsOf(imports, sources(), ROOMS)).toEqual([]);
  },
  LONG_PATIENCE_MS,
);

test("each room stands once in the table, and belongs to a part of the map or is configuration", () => {
  const paths = ROOMS.map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)]);
  expect(paths.filter((path) => !PARTS.some((part) => isIn(path, part.path)))).toEqual(["vite.config.ts", "vitest.config.ts"]);
});

test("the map in docs/architecture.md is the table's: else run `npm run imports`", () => {
  const document = readFileSync(inProject("docs/architecture.md"), "utf8");
  expect(document).toBe(withMap(document));
});

test.each([
  ["an import of values", "packages/wire/src/a.ts", `import { a } from "../b/c.ts";`, "packages/wire/b/c.ts"],
  ["an import of types", "web/src/ui/a.ts", `import type { A } from "../app/a.ts";`, "web/src/app/a.ts"],
  ["an import for what it does", "web/src/ui/a.ts", `import "../theme/tokens.css?inline";`, "web/src/theme/tokens.css"],
  ["an export of another's", "web/src/ui/a.ts", `export * from "../app/a.ts";`, "web/src/app/a.ts"],
  ["a type of a module", "web/src/ui/a.ts", `let a: import("../app/a.ts").A;`, "web/src/app/a.ts"],
  ["an import while it runs", "web/src/ui/a.ts", "void import(`../app/a.ts`);", "web/src/app/a.ts"],
  ["a type in JSDoc", "scripts/a.mjs", `/** @typedef {import("./setup/b.mjs").B} B */`, "scripts/setup/b.mjs"],
  ["a type of a parameter in JSDoc", "scripts/a.mjs", `class A {\n  /** @param {import("./setup/b.mjs").B} b */\n  a(b) {}\n}`, "scripts/setup/b.mjs"],
  ["what is built", "scripts/a.mjs", `await import(pathToFileURL(inProject("bridge/dist/main.js")).href);`, "bridge/src/main.ts"],
  ["an entry of a package", "web/src/ui/a.ts", `import { a } from "@playground/wire/codec";`, "packages/wire/src/codec/index.ts"],
  ["a comment that says import(", "web/src/ui/a.ts", `import { a } from "../app/a.ts"; // and import( too`, "web/src/app/a.ts"],
  ["a package of npm", "web/src/ui/a.ts", `import { html } from "lit";`, undefined],
])("%s is read", (_, file, source, to) => {
  expect(importsIn(file, source).map((found) => found.to)).toEqual([to]);
});

const room = (path: string, imports: readonly string[], nodeAlone = false): Room => ({ path, imports, nodeAlone });

describe("what the table does not allow is named:", () => {
  const rooms = [room("low", []), room("mid", ["low"]), room("mid/inner.ts", []), room("top", ["low", "mid"], true)];
  const fine = [
    { from: "mid/a.ts", specifier: "../low/a.ts", to: "low/a.ts" },
    { from: "top/a.ts", specifier: "../low/a.ts", to: "low/a.ts" },
    { from: "top/a.ts", specifier: "../mid/inner.ts", to: "mid/inner.ts" },
    { from: "top/a.ts", specifier: "node:fs" },
  ];
  const faults = (more: readonly { from: string; specifier: string; to?: string }[], files: readonly string[] = []): string[] =>
    faultsOf([...fine, ...more], files, rooms);

  test("nothing, where all is well", () => {
    expect(faults([])).toEqual([]);
  });

  test.each([
    ["a file in no room", [], ["other/a.ts"], "other/a.ts lies in no room of the table"],
    [
      "an import that leads up",
      [{ from: "low/a.ts", specifier: "../mid/a.ts", to: "mid/a.ts" }],
      [],
      "low/a.ts imports ../mid/a.ts: low may not import mid, which stands below it in the table",
    ],
    [
      "a file that is a room of its own",
      [{ from: "mid/inner.ts", specifier: "../low/a.ts", to: "low/a.ts" }],
      [],
      "mid/inner.ts imports ../low/a.ts: mid/inner.ts may not import low",
    ],
    [
      "an import from no room",
      [{ from: "low/a.ts", specifier: "../other/a.ts", to: "other/a.ts" }],
      [],
      "low/a.ts imports ../other/a.ts, which lies in no room of the table",
    ],
    ["a package where Node is alone", [{ from: "top/a.ts", specifier: "ws" }], [], "top/a.ts imports ws; top has Node alone"],
  ])("%s", (_, more, files, fault) => {
    expect(faults(more, files)).toEqual([fault]);
  });

  test("an arrow that nothing uses", () => {
    expect(faultsOf(fine.slice(1), [], rooms)).toEqual(["mid may import low by the table, and does not"]);
  });
});
