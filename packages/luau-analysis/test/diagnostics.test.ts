import { describe, expect, it } from "vitest";
import { type CheckMode, diagnosticHelp } from "../src/index.ts";
import { analyse } from "./support/analysis.ts";

/** The diagnostics of one file as `Code: text`. */
async function check(source: string, mode: CheckMode = "strict"): Promise<string[]> {
  const analysis = await analyse({ "main.luau": source });
  analysis.setMode(mode);
  return analysis.check().map(({ code, range }) => `${code}: ${source.slice(range.from, range.to)}`);
}

describe("diagnostics", () => {
  it.each([
    ['local _x: number = "привет"', 'TypeMismatch: "привет"'],
    ["print(nothing)", "UnknownSymbol: nothing"],
    ["zone.socket.updat()", "UnknownProperty: zone.socket.updat"],
    ["print(table.getn({}))", "DeprecatedApi: table.getn"],
    ["local function f(a: number) return a end\nprint(f())", "CountMismatch: f"],
    ["local t: { a: number }? = nil\nprint(t.a)", "OptionalValueAccess: t.a"],
    ['print(require("./gone"))', 'UnknownRequire: require("./gone")'],
    ["local function f(a: boolean): number\n\tif a then return 1 end\nend\nprint(f(true))", "FunctionExitsWithoutReturning: end"],
    ["local unused = 1", "LocalUnused: unused"],
    ["local x = 1\ndo\n\tlocal x = 2\n\tprint(x)\nend\nprint(x)", "LocalShadow: x"],
    ["local a, a = 1, 2\nprint(a)", "DuplicateLocal: a"],
    ["print(1", "SyntaxError: "],
    ["do return end\nprint(1)", "UnreachableCode: print(1)"],
  ])("of %j", async (source, expected) => {
    const found = await check(source);
    expect(found).toContain(expected);
    expect(diagnosticHelp(expected.split(":")[0]!)).toBeDefined();
  });

  it("are none for code that is right", async () => {
    expect(
      await check(
        "local server = zone.socket.server.new()\nserver:listen(8080, function(connection)\n\tconnection:onReceive(function(data)\n\t\tprint(data:toString())\n\tend)\nend)\n",
      ),
    ).toEqual([]);
  });

  it("tell a deprecated member from a missing one", async () => {
    const analysis = await analyse({ "main.luau": "print(table.getn({}), table.gtn({}))" });
    expect(analysis.check().map(({ code, severity, message }) => [code, severity, message.includes("deprecated")])).toEqual([
      ["DeprecatedApi", "warning", true],
      ["UnknownProperty", "error", false],
    ]);
  });

  it("follow require into other files, and a change there", async () => {
    const analysis = await analyse({
      "main.luau": 'local words = require("./shared/words")\nlocal _n: number = words.greet("zone")\n',
      "shared/words.luau": "local words = {}\nfunction words.greet(name: string): string\n\treturn name\nend\nreturn words\n",
    });
    expect(analysis.checkFile("main.luau").map(({ code }) => code)).toEqual(["TypeMismatch"]);
    analysis.setFile("shared/words.luau", "local words = {}\nfunction words.greet(name: string): number\n\treturn #name\nend\nreturn words\n");
    expect(analysis.check()).toEqual([]);
    analysis.removeFile("shared/words.luau");
    expect(analysis.check().map(({ code }) => code)).toEqual(["UnknownRequire"]);
    analysis.setFile("shared/words/init.luau", "return { greet = function(name: string): number return #name end }\n");
    expect(analysis.check()).toEqual([]);
  });

  it("name the modules of a circle", async () => {
    const analysis = await analyse({ "a.luau": 'local b = require("./b")\nreturn { b = b }\n', "b.luau": 'local a = require("./a")\nreturn { a = a }\n' });
    expect(new Set(analysis.check().map(({ code }) => code))).toEqual(new Set(["ModuleHasCyclicDependency"]));
  });

  it("follow the mode, and a file's own directive before it", async () => {
    const mistake = 'local x: number = "no"\nprint(x)';
    expect(await check(mistake, "nocheck")).toEqual([]);
    expect(await check(`--!strict\n${mistake}`, "nocheck")).toEqual(['TypeMismatch: "no"']);
    expect(await check(`--!nocheck\n${mistake}`, "strict")).toEqual([]);
    const loose = "local function f(a) return a.b.c end\nprint(f(1))";
    expect(await check(loose, "strict")).not.toEqual([]);
    expect(await check(`--!nonstrict\n${loose}`, "strict")).toEqual([]);
  });

  it("are at most 200 for a file", async () => {
    expect((await check("print(a)\n".repeat(1000))).length).toBeLessThanOrEqual(201);
  });
});
