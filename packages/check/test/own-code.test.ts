import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Analysis, loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { allEntries, REFERENCE, renderDefinitions } from "@playground/zone/reference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPaths } from "@playground/project-files";
import { type CheckedFiles, checkProject } from "../src/index.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

let analysis: Analysis;
beforeAll(async () => {
  analysis = await loadAnalysis(await readAnalysisWasm());
  analysis.setDefinitions(renderDefinitions(REFERENCE));
});
afterAll(() => analysis.dispose());

/** What is wrong in strict mode, as one reads it in a terminal. */
function faults(project: CheckedFiles): string[] {
  return checkProject(analysis, project, "strict").findings.map(({ path, line, code, message }) => `${path}:${line}: ${code}: ${message}`);
}

/** Every folder with Luau code that learners see: the starter, the examples in each language, what the docs embed. */
function luauFolders(): string[] {
  const names = ["web/examples", "web/src", "web/embed", "docs"].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: "utf8" })
      .map((name) => join(top, name))
      .filter((name) => /(?<!\.d)\.luau$/.test(name)),
  );
  return [...new Set(names.map((name) => dirname(name)))].toSorted();
}

/** The folders of the examples: `web/examples/<id>/<language>`. */
function exampleFolders(): string[] {
  return readdirSync(join(ROOT, "web/examples")).flatMap((id) =>
    readdirSync(join(ROOT, "web/examples", id)).map((language) => join("web/examples", id, language)),
  );
}

async function read(folder: string): Promise<CheckedFiles> {
  const [project] = await readPaths([folder], ROOT);
  return project!;
}

describe("the project's own code in strict mode", () => {
  it("is all found", () => {
    expect(luauFolders()).toEqual(expect.arrayContaining([join("web/src", "project/starter"), ...exampleFolders()]));
    expect(exampleFolders().length).toBeGreaterThan(10);
  });

  it.each(luauFolders())("%s has no error and no warning", async (folder) => {
    expect(faults(await read(folder))).toEqual([]);
  });

  it.each(exampleFolders())("a mistake in any file of %s is found", async (folder) => {
    const project = await read(folder);
    for (const [name, source] of project.files) {
      // In front, behind the mode: modules end with a `return`, behind which nothing may stand.
      const [head] = /^(--.*\n)*/.exec(source) ?? [""];
      const files = new Map(project.files).set(name, `${head}local _broken: number = "no"\n${source.slice(head.length)}`);
      expect(faults({ ...project, files })).toEqual([expect.stringContaining(`${folder}/${name}:${head.split("\n").length}: TypeMismatch`)]);
    }
  });

  it.each(exampleFolders())("a module of %s that lacks what others use is found by them", async (folder) => {
    const project = await read(folder);
    const required = new Set(
      [...project.files.values()].flatMap((source) => [...source.matchAll(/require\("\.\/(\w+)"\)/g)].map((match) => `${match[1]}.luau`)),
    );
    for (const name of required) {
      expect(project.files.has(name)).toBe(true);
      const files = new Map(project.files).set(name, "return {}\n");
      expect(faults({ ...project, files })).toContainEqual(
        expect.stringMatching(new RegExp(`^(?!${folder}/${name}).*: (UnknownProperty|UnknownSymbol|CannotCallNonFunction)`)),
      );
    }
  });
});

/** An example that stands alone. */
const NO_FILES: Readonly<Record<string, string>> = {};

describe("code in the documentation, in strict mode", () => {
  const examples = [
    ...allEntries().flatMap(({ names, example, exampleFiles }) => (example === undefined ? [] : [[names[0], example, exampleFiles ?? NO_FILES] as const])),
    ...REFERENCE.flatMap(({ sections }) => sections).flatMap(({ title, example }) => (example === undefined ? [] : [[title.en, example, NO_FILES] as const])),
  ];

  it.each(examples)("the example of %s", (_name, example, others) => {
    const files = new Map([["main.luau", example], ...Object.entries(others)]);
    expect(faults({ prefix: "", files, wanted: new Set(files.keys()) })).toEqual([]);
  });

  it.each(["README.md", "README.ru.md"])("the code in %s", (name) => {
    const blocks = [...readFileSync(join(ROOT, name), "utf8").matchAll(/```luau?\n(.*?)```/gs)].map((match) => match[1]!);
    expect(blocks.length).toBeGreaterThan(0);
    for (const source of blocks) expect(faults({ prefix: `${name} `, files: new Map([["code", source]]), wanted: new Set(["code"]) })).toEqual([]);
  });
});
