import { describe, expect, it } from "vitest";
import { analyse, marked } from "./support/analysis.ts";

const WORDS = "local words = {}\n\n--- Says hello.\n-- In two lines.\nfunction words.greet(name: string): string\n\treturn name\nend\n\nreturn words\n";

/** Bytes that the module, whose memory ends at 384 MiB, cannot hold twice. */
const TOO_MANY_BYTES = 200_000_000;

/** A project whose main file has the mark ¦ where something is asked. */
async function at(text: string, others: Record<string, string> = {}) {
  const { source, offset } = marked(text);
  const analysis = await analyse({ "main.luau": source, ...others });
  return { analysis, source, offset };
}

describe("completion", () => {
  it.each([
    ["members of the API", "zone.socket.¦", ["server", "client", "update"]],
    ["members half written", "zone.socket.up¦", ["update"]],
    [
      "methods of a callback's parameter",
      "local s = zone.socket.server.new()\ns:listen(8080, function(connection)\n\tconnection:¦\nend)",
      ["send", "onReceive", "close"],
    ],
    ["locals and globals", "local мало = 1\nlocal total = 1\nprint(to¦)", ["total", "tostring", "zone"]],
    ["keywords", "loc¦", ["local", "function", "while"]],
    ["keys in a string position", 'local t: { kind: "big" | "small" } = { kind = "¦" }', ["big", "small"]],
    ["fields of a table", "local t = { width = 1, height = 2 }\nprint(t.¦)", ["width", "height"]],
    ["types", "local x: Net¦", ["NetConnection", "number", "string"]],
    ["require paths", 'local w = require("./¦")', ["shared"]],
    ["modes", "--!¦", ["strict", "nonstrict", "nocheck"]],
  ])("offers %s", async (_name, text, expected) => {
    const { analysis, offset } = await at(text, { "shared/words.luau": WORDS });
    const { items } = analysis.complete("main.luau", offset);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
  });

  it("says what it replaces, kind, type, documentation and whether it is deprecated", async () => {
    const { analysis, source, offset } = await at("print('привет 😀', zone.socket.upd¦ate())");
    const { range, items, context } = analysis.complete("main.luau", offset);
    expect([source.slice(range.from, range.to), context]).toEqual(["update", "property"]);
    expect(items.find(({ label }) => label === "update")).toMatchObject({
      type: "() -> ()",
      deprecated: false,
      documentation: "@zone/global/zone.socket.update",
    });
    const other = await at("print(table.¦)");
    const members = other.analysis.complete("main.luau", other.offset).items;
    expect(members.filter(({ deprecated }) => deprecated).map(({ label }) => label)).toEqual(expect.arrayContaining(["getn", "foreach"]));
    // It can be called in two ways, and is a function all the same.
    expect(members.find(({ label }) => label === "insert")).toMatchObject({ deprecated: false, kind: "method" });
  });
});

describe("hover", () => {
  it.each([
    ["local co¦unt = 1\nprint(count)", "local count: number"],
    ["local function f(a: string, b: number?): boolean\n\treturn a == tostring(b)\nend\nprint(¦f)", "local f(a: string, b: number?): boolean"],
    ["print(zone.isHead¦less)", "isHeadless: boolean"],
    ["type Po¦int = { x: number }\nlocal p: Point = { x = 1 }\nprint(p)", "type Point = {\n    x: number\n}"],
  ])("of %j", async (text, expected) => {
    const { analysis, offset } = await at(text);
    expect(analysis.hover("main.luau", offset)?.code).toBe(expected);
  });

  it("has the comment above the definition, in another file too", async () => {
    const { analysis, source, offset } = await at('local words = require("./shared/words")\nprint("я😀", words.gr¦eet("a"))', { "shared/words.luau": WORDS });
    const hover = analysis.hover("main.luau", offset)!;
    expect(source.slice(hover.range.from, hover.range.to)).toBe("greet");
    expect(hover.comment).toBe("Says hello.\nIn two lines.");
  });

  it("names the documentation of the API", async () => {
    const { analysis, offset } = await at("local c = zone.socket.client.new()\nc:clo¦se()");
    expect(analysis.hover("main.luau", offset)?.documentation).toBe("@zone/globaltype/SocketClient.close");
  });

  it("says nothing where there is no name", async () => {
    const { analysis, offset } = await at("print(1) ¦ -- nothing");
    expect(analysis.hover("main.luau", offset)).toBeUndefined();
  });

  it("says nothing of a name that is wrong, and unknown of what follows from it", async () => {
    const wrong = await at("local x = noth¦ing.inside\nprint(x)");
    expect(wrong.analysis.hover("main.luau", wrong.offset)).toBeUndefined();
    const after = await at('local x = require("./gone")\nprint(¦x)');
    expect(after.analysis.hover("main.luau", after.offset)?.code).toBe("local x: unknown");
  });
});

describe("signature help", () => {
  it.each([
    ["local function f(a: string, b: number) return a, b end\nprint(f(¦))", 0, "a: string"],
    ["local function f(a: string, b: number) return a, b end\nprint(f('привет, 😀', ¦))", 1, "b: number"],
    ["local c = zone.socket.client.new()\nc:listen('127.0.0.1', ¦)", 1, "port: number"],
  ])("of %j", async (text, parameter, expected) => {
    const { analysis, offset } = await at(text);
    const help = analysis.signatureHelp("main.luau", offset)!;
    const { label, parameters } = help.signatures[0]!;
    expect(help.parameter).toBe(parameter);
    expect(label.slice(parameters[parameter]!.from, parameters[parameter]!.to)).toBe(expected);
  });

  it("is none outside of calls and in a function that is an argument", async () => {
    for (const text of ["print(1)¦", "¦print(1)", "pcall(function() ¦ end)"]) {
      const { analysis, offset } = await at(text);
      expect(analysis.signatureHelp("main.luau", offset)).toBeUndefined();
    }
  });
});

describe("definition and references", () => {
  it("of a local are told from another of the same name", async () => {
    const { analysis, source, offset } = await at("local x = 1\ndo\n\tlocal x = 2\n\tprint(¦x)\nend\nprint(x)");
    expect(analysis.definition("main.luau", offset)?.range.from).toBe(source.indexOf("x = 2"));
    expect(analysis.references("main.luau", offset).map(({ range }) => range.from)).toEqual([source.indexOf("x = 2"), source.indexOf("x)")]);
  });

  it("of a module's member lead through files", async () => {
    const { analysis, source, offset } = await at('local words = require("./shared/words")\nprint("ё", words.gr¦eet("a"))', {
      "shared/words.luau": WORDS,
      "other.luau": 'local w = require("./shared/words")\nprint(w.greet("b"))',
    });
    expect(analysis.definition("main.luau", offset)).toMatchObject({ file: "shared/words.luau" });
    expect(analysis.references("main.luau", offset).map(({ file, range }) => [file, range.from])).toEqual([
      ["main.luau", source.indexOf("greet")],
      ["shared/words.luau", WORDS.indexOf("greet")],
      ["other.luau", 'local w = require("./shared/words")\nprint(w.'.length],
    ]);
  });

  it("of a path is the file", async () => {
    const { analysis, offset } = await at('local words = require("./sha¦red/words")\nprint(words)', { "shared/words.luau": WORDS });
    expect(analysis.definition("main.luau", offset)).toEqual({ file: "shared/words.luau", range: { from: 0, to: 0 } });
  });

  it("of what is not the project's own: no definition, all its uses", async () => {
    const { analysis, offset } = await at("pri¦nt(1)\nprint(2)");
    expect(analysis.definition("main.luau", offset)).toBeUndefined();
    expect(analysis.references("main.luau", offset).map(({ range }) => range.from)).toEqual([0, 9]);
  });
});

describe("inlay hints", () => {
  it("stand behind names whose type is not to be seen", async () => {
    const { analysis, source } = await at("¦local a = tostring(1)\nlocal b = 'text'\nlocal c: number = 1\nprint(a, b, c)");
    expect(analysis.inlayHints("main.luau")).toEqual([{ offset: source.indexOf("a =") + 1, label: ": string" }]);
  });
});

describe("an analysis", () => {
  it("throws for files and offsets that are not there, and after its end", async () => {
    const { analysis } = await at("¦print(1)");
    expect(() => analysis.hover("gone.luau", 0)).toThrow(expect.objectContaining({ code: "unknown-file" }));
    expect(() => analysis.hover("main.luau", 99)).toThrow(RangeError);
    expect(() => analysis.setMode("loose" as never)).toThrow(RangeError);
    analysis.dispose();
    expect(() => analysis.check()).toThrow(expect.objectContaining({ code: "disposed" }));
  });

  it("refuses definitions that are wrong", async () => {
    const analysis = await analyse();
    expect(() => analysis.setDefinitions("declare x:")).toThrow(expect.objectContaining({ code: "bad-definitions" }));
  });

  it("is over once its memory is full", async () => {
    const analysis = await analyse({ "main.luau": "print(1)" });
    expect(() => analysis.setFile("large.luau", " ".repeat(TOO_MANY_BYTES))).toThrow(expect.objectContaining({ name: "AnalysisError", code: "memory" }));
    expect(() => analysis.check()).toThrow(expect.objectContaining({ code: "memory" }));
    expect(analysis.memoryUsed).toBeLessThanOrEqual(384 * 1024 * 1024);
  });

  it("survives code that nests deeply", async () => {
    const deep = `print(${"(".repeat(3000)}1${")".repeat(3000)})\n${"do ".repeat(3000)}${"end ".repeat(3000)}`;
    const analysis = await analyse({ "main.luau": deep });
    expect(analysis.check().length).toBeGreaterThan(0);
    analysis.setFile("main.luau", "print(1)");
    expect(analysis.check()).toEqual([]);
  });
});
