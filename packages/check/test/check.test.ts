import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { REFERENCE, renderDefinitions } from "@playground/zone/reference";
import { describe, expect, it, onTestFinished } from "vitest";
import { readPaths } from "@playground/project-files";
import { type CheckedFiles, type CheckedProject, checkProject, parseCommandLine, renderJson, renderText } from "../src/index.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

async function check(project: CheckedFiles): Promise<CheckedProject> {
  using analysis = await loadAnalysis(await readAnalysisWasm());
  analysis.setDefinitions(renderDefinitions(REFERENCE));
  return checkProject(analysis, project, undefined);
}

/** A folder with these files; it goes with the test. */
function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), "zone-check-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), source);
  }
  return path;
}

describe("what is said of mistakes with the playground's API", () => {
  it.each([
    ["client.listen", 'zone.socket.client.new().listen("127.0.0.1", 8080, print)\n', "call it with a colon", "вызывайте его через двоеточие"],
    ["a string for bytes", 'return function(c: NetConnection)\n\tc:send("text")\nend\n', "Bytes are sent, not text", "Отправляются байты, а не текст"],
    ["a global of Roblox", "task.wait(1)\n", "belongs to other programs with Luau", "есть в других программах с Luau"],
    ["another unknown global", "qqqqqq(1)\n", "Nothing here has this name", "Ничего с таким именем здесь нет"],
    ["a misspelt global", "prnt(1)\n", "Did you mean `print`?", "Возможно, вы имели в виду `print`?"],
    ["a misspelt callback", "function zone.upate(_dt)\nend\n", "Did you mean `update`?", "Возможно, вы имели в виду `update`?"],
    ["another type", 'local _n: number = "1"\n', "A value of another type is expected", "ожидается значение другого типа"],
    [
      "a misspelt method",
      "return function(c: NetConnection)\n\tc:onRecieve(print)\nend\n",
      "Did you mean `onReceive`?",
      "Возможно, вы имели в виду `onReceive`?",
    ],
    ["a method that nothing is like", "return function(c: NetConnection)\n\tc:qqqqqq(print)\nend\n", "no such member", "нет такого поля или метода"],
    [
      "swapped arguments",
      'zone.socket.client.new():listen(8080, "127.0.0.1", print)\n',
      "A value of another type is expected",
      "ожидается значение другого типа",
    ],
  ])("%s", async (_, source, en, ru) => {
    const project = await check({ files: new Map([["main.luau", source]]), wanted: new Set(["main.luau"]), prefix: "" });
    expect(renderText([project], { colours: false, language: "en" })).toContain(en);
    expect(renderText([project], { colours: false, language: "ru" })).toContain(ru);
  });
});

describe("what is read", () => {
  it("files are named, with what they require beside them", async () => {
    const path = folder({
      "main.luau": 'local n: number = require("./lib/words")\nprint(n)\n',
      "lib/words.luau": "--!strict\nlocal x: number = 'no'\nreturn x\n",
    });
    writeFileSync(join(path, "other.luau"), "print(nothing)\n");
    const [project] = await readPaths(["main.luau"], path);
    expect([...project!.files.keys()]).toEqual(["main.luau", "lib/words.luau"]);
    rmSync(join(path, "other.luau"));
    expect([...project!.wanted]).toEqual(["main.luau"]);
    expect((await check(project!)).findings).toEqual([]);
    const [whole] = await readPaths(["."], path);
    expect((await check(whole!)).findings.map(({ path, line, column, code }) => [path, line, column, code])).toEqual([
      ["lib/words.luau", 2, 19, "TypeMismatch"],
    ]);
  });

  it("what is required may lie above, and require the other way round", async () => {
    const path = folder({
      "lesson/a/main.luau": 'local words = require("../shared/words")\nlocal _n: number = words.hello\n',
      "lesson/shared/words/init.luau": 'local more = require("./more")\nreturn { hello = more }\n',
      "lesson/shared/more.luau": 'return "hello"\n',
      "lesson/shared/words/more.luau": 'return "hello"\n',
    });
    const [project] = await readPaths(["lesson/a/main.luau"], path);
    expect(project!.prefix).toBe("lesson/");
    const { findings } = await check(project!);
    expect(findings.map(({ path, line, code }) => [path, line, code])).toEqual([["lesson/a/main.luau", 2, "TypeMismatch"]]);
  });

  it.each([
    [() => readPaths(["gone.luau"], ROOT), /gone\.luau is not there/],
    [() => readPaths(["docs/decisions"], ROOT), /docs\/decisions holds no \.luau file/],
  ])("says what cannot be read (%#)", async (read, message) => {
    await expect(read()).rejects.toMatchObject({ name: "ReadError", message: expect.stringMatching(message) });
  });
});

describe("what is printed", () => {
  const project: CheckedFiles = {
    prefix: "lesson/",
    files: new Map([["main.luau", "print(1)\n\tprint(привет)\nprint(nothing)"]]),
    wanted: new Set(["main.luau"]),
  };

  it("is a link, the code, Luau's words and help, and how many", async () => {
    const checked = [await check({ ...project, files: new Map([["main.luau", "print('ё', nothing)"]]) })];
    expect(renderText(checked, { colours: false, language: "ru" })).toMatch(
      /^lesson\/main\.luau:1:12: error UnknownSymbol: Unknown global 'nothing'.*\n {4}Ничего с таким именем.*\n1 error, 0 warnings in 1 file\n$/,
    );
    expect(renderText(checked, { colours: true, language: "en" })).toContain("\u001B[31merror\u001B[0m");
  });

  it("is JSON for programs", async () => {
    const rows = JSON.parse(renderJson([await check(project)])) as { path: string; line: number; severity: string }[];
    expect(rows[0]).toMatchObject({ path: "lesson/main.luau", line: 2, severity: "error", category: "syntax" });
  });
});

describe("the command line", () => {
  it("takes paths, links and options", () => {
    expect(parseCommandLine(["a.luau", "--json", "--mode", "nonstrict"], { LANG: "ru_RU.UTF-8" })).toEqual({
      kind: "check",
      options: { targets: ["a.luau"], json: true, mode: "nonstrict", language: "ru" },
    });
    expect(parseCommandLine(["--help"], {})).toEqual({ kind: "help" });
  });

  it.each([[[]], [["--mode", "loose", "a"]], [["--lang", "de", "a"]], [["--what"]]])("refuses %j", (args) => {
    expect(parseCommandLine(args, {}).kind).toBe("error");
  });

  it.each([
    ["print(1)\n", 0],
    ["print(nothing)\n", 1],
  ])("as a program, given %j, ends with %i", async (source, status) => {
    const path = folder({ "main.luau": source });
    const child = spawn(process.execPath, [join(ROOT, "packages/check/dist/main.js"), "main.luau"], { cwd: path, env: { PATH: process.env["PATH"] } });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(status);
  });
});
