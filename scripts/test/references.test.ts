import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { describe, expect, onTestFinished, test } from "vitest";
import { fingerprint } from "../setup/fingerprint.mjs";
import { inProject, root } from "../setup/paths.mjs";
import { builds } from "../setup/project.mjs";
import { filesOfProjects, referencedProjects } from "../setup/references.mjs";

/** A folder with these files. */
function someProject(files: Readonly<Record<string, string>>): { base: string; write: (path: string, text: string) => void } {
  const base = mkdtempSync(join(tmpdir(), "references-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { base, write };
}

const compiling = (references: readonly string[], more: object = {}): string =>
  JSON.stringify({
    extends: "../tsconfig.base.json",
    compilerOptions: { outDir: "dist" },
    include: ["src"],
    references: references.map((path) => ({ path })),
    ...more,
  });

describe("a build is made again after a change in", () => {
  const files = {
    "tsconfig.base.json": "{}",
    "app/tsconfig.json": compiling(["../middle"]),
    "app/src/main.ts": "app",
    "middle/tsconfig.json": compiling(["../bottom", "../app"]),
    "middle/src/middle.ts": "middle",
    "middle/package.json": "{}",
    "bottom/tsconfig.json": compiling([], { include: ["lib/**/*.ts", "one.ts"] }),
    "bottom/lib/deep/bottom.ts": "bottom",
    "bottom/one.ts": "one",
    "other/tsconfig.json": compiling([]),
    "other/src/other.ts": "other",
  };

  test.each([
    "app/src/main.ts",
    "app/src/new.ts",
    "middle/src/middle.ts",
    "middle/package.json",
    "bottom/lib/deep/bottom.ts",
    "bottom/one.ts",
    "bottom/tsconfig.json",
    "tsconfig.base.json",
  ])("%s", (path) => {
    const { base, write } = someProject(files);
    const print = (): string => fingerprint(filesOfProjects(["app"], base).inputs, base);
    const before = print();
    write(path, path.endsWith("bottom/tsconfig.json") ? compiling([], { include: ["one.ts"] }) : "{ }");
    expect(print()).not.toBe(before);
  });

  test.each(["other/src/other.ts", "app/test/main.test.ts", "app/dist/main.js", "middle/src/tsconfig.tsbuildinfo"])(
    "no file that it is not made of: %s",
    (path) => {
      const { base, write } = someProject(files);
      const print = (): string => fingerprint(filesOfProjects(["app"], base).inputs, base);
      const before = print();
      write(path, "changed");
      expect(print()).toBe(before);
    },
  );
});

test("a configuration that is not there, or has comments, is named", () => {
  const { base } = someProject({ "app/tsconfig.json": compiling(["../gone"]), "tsconfig.base.json": "{}", "with/tsconfig.json": "{ // why\n}" });
  expect(() => filesOfProjects(["app"], base)).toThrow("gone/tsconfig.json could not be read");
  expect(() => filesOfProjects(["with"], base)).toThrow("with/tsconfig.json could not be read, and has to be plain JSON");
});

test("what npm start runs is compiled again after a change in packages/share, and when that has lost its output", () => {
  const { inputs, outputs } = builds.bridge();
  expect(inputs).toEqual(expect.arrayContaining(["packages/share/src", "packages/wire/src", "bridge/src"]));
  expect(outputs).toContain("packages/share/dist/.tsbuildinfo");
});

const PROJECTS = {
  bridge: ["bridge"],
  abuse: ["bridge", "bridge/abuse"],
  check: ["packages/check"],
  types: ["."],
  page: ["web", "web/tsconfig.worker.json"],
} as const;

test.each(Object.keys(PROJECTS) as (keyof typeof PROJECTS)[])("no file that TypeScript reads for %s is left out of its inputs", (name) => {
  const inputs = builds[name]().inputs;
  const isInput = (file: string): boolean => inputs.some((input) => file === input || file.startsWith(`${input}/`) || input === ".");
  const read = referencedProjects([...PROJECTS[name]]).flatMap(({ config }) => {
    const parsed = ts.getParsedCommandLineOfConfigFile(
      inProject(config),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
          throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
        },
      },
    );
    return [config, ...(parsed?.fileNames ?? []).map((file) => relative(root, file).split(sep).join("/"))];
  });
  expect(read.length).toBeGreaterThan(10);
  expect(read.filter((file) => !isInput(file))).toEqual([]);
});
