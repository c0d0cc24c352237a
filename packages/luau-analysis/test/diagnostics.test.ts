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

  it.each([
    ["a global", "prnt(1)", "prnt", "print"],
    ["a local", "local counter = 1\nprint(couner + counter)", "couner", "counter"],
    ["a parameter", "local function f(connection: string)\n\treturn conection .. connection\nend\nprint(f)", "conection", "connection"],
    ["a method of a class", "zone.socket.client.new():clse()", "clse", "close"],
    ["a method of a class above", "local b: any = 1\nprint(b, zone.byteStream.new():tooString())", "tooString", "toString"],
    ["a function of a library", 'print(string.fromat("%d", 1))', "fromat", "format"],
    ["a method of a string", 'print(("a"):uper())', "uper", "upper"],
    ["a field of a table", "local player = { name = 'a', score = 1 }\nprint(player.scor)", "scor", "score"],
    ["a method behind __index", "local A = {}\nA.__index = A\nfunction A.greet() end\nlocal a = setmetatable({}, A)\na.gret()", "gret", "greet"],
    ["a name in another case", "zone.socket.server.New()", "New", "new"],
    ["a callback", "function zone.upate(_dt)\nend", "upate", "update"],
  ])("tell names that are like %s that is wrong", async (_, source, wrong, right) => {
    for (const mode of ["strict", "nonstrict"] as const) {
      const analysis = await analyse({ "main.luau": source });
      analysis.setMode(mode);
      const found = analysis.check().find(({ subject }) => subject === wrong);
      if (mode === "strict") expect(found).toBeDefined();
      if (found !== undefined) expect(found.similar).toContain(right);
    }
  });

  it("tell no names of quite another length, and at most 100", async () => {
    const many = Array.from({ length: 300 }, (_, index) => `n${index} = ${index}`).join(", ");
    const analysis = await analyse({ "main.luau": `local t = { ${many}, quiteAnotherName = 1 }\nprint(t.nx)` });
    const similar = analysis.check().find(({ subject }) => subject === "nx")?.similar;
    expect(similar).toHaveLength(100);
    expect(similar).not.toContain("quiteAnotherName");
  });

  it.each([
    ["a function that calls itself", "local function f(n)\n\tif n == 0 then return 1 end\n\treturn n * f(n - 1)\nend\nprint(f(5))", "UntypedValue"],
    ["a parameter that is joined", 'local function say(text)\n\tprint(text .. "!")\nend\nsay("hi")', "UntypedValue"],
    [
      "a class",
      "local P = {}\nP.__index = P\nfunction P.new()\n\treturn setmetatable({ score = 0 }, P)\nend\nfunction P:add(n)\n\tself.score = self.score + n\nend\nP.new():add(3)",
      "WhereClauseNeeded",
    ],
    [
      "a list of clients",
      "local clients = {}\nzone.socket.server.new():listen(8080, function(c)\n\ttable.insert(clients, c)\n\tc:onReceive(function(data)\n\t\tfor _, other in ipairs(clients) do\n\t\t\tother:send(data)\n\t\tend\n\tend)\nend)",
      "UntypedValue",
    ],
    [
      "a largest element",
      "local function f(list)\n\tif list[1] > list[2] then return 1 end\n\treturn 2\nend\nprint(f({ 1, 2 }))",
      "CannotInferBinaryOperation",
    ],
    ["a function without types", "local function f()\n\treturn f() + 1\nend\nprint(f)", "ExplicitFunctionAnnotationRecommended"],
    ["a global variable", "count = 0\nfunction bump()\n\tcount = count + 1\nend\nbump()", "UndeclaredGlobal"],
  ])("warn of a type or a declaration that is missing, where the code may be right: %s", async (_, source, expected) => {
    const analysis = await analyse({ "main.luau": source });
    const found = analysis.check();
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(found.map(({ code }) => code)).toContain(expected);
    expect(diagnosticHelp(expected)).toBeDefined();
  });

  it.each([
    ["nil that is joined", 'local name = nil\nprint("hi " .. name)', "UninhabitedTypeFunction"],
    ["a table for another", "local t: { NetConnection } = { 1 }\nprint(t)", "TypeMismatch"],
    ["a field that a table has not", "local player = { name = 'a' }\nprint(player.score)", "UnknownProperty"],
    ["a method that a class has not", "zone.socket.client.new():send()", "UnknownProperty"],
    ["a string for bytes in a list", "local all: { NetConnection } = {}\nall[1]:send('text')", "TypeMismatch"],
    ["a field of the API", "function zone.upate(_dt)\nend", "CannotExtendTable"],
    ["a global that nothing is assigned to", "print(count)\nlocal count = 1\nprint(count)", "UnknownSymbol"],
  ])("are errors where the code is wrong: %s", async (_, source, expected) => {
    const analysis = await analyse({ "main.luau": source });
    expect(analysis.check().map(({ code, severity }) => `${severity} ${code}`)).toContain(`error ${expected}`);
  });

  it("leave the types of large tables out of their words", async () => {
    const analysis = await analyse({ "main.luau": "zone.sockets.update()\nlocal t = { a = 1 }\nprint(t.b)\nlocal n: { a: number } = { b = 1 }\nprint(n)" });
    const messages = analysis.check().map(({ message }) => message);
    expect(messages).toContain("Key 'sockets' not found in table '{ … }'");
    expect(messages.join("\n")).not.toContain("TRUNCATED");
    expect(messages.join("\n")).toContain("'{ a: number }'");
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
