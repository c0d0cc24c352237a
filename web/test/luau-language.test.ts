import { describe, expect, it } from "vitest";
import { getIndentation, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { highlightTree, tagHighlighter, tags as t } from "@lezer/highlight";
import { luau, luauLanguage, selfTag } from "../src/editor/luau/language.ts";

/** One letter class for each kind of token that the tests speak of. */
const kinds = tagHighlighter([
  { tag: t.keyword, class: "keyword" },
  { tag: t.string, class: "string" },
  { tag: t.escape, class: "escape" },
  { tag: t.special(t.brace), class: "brace" },
  { tag: t.number, class: "number" },
  { tag: t.atom, class: "atom" },
  { tag: t.comment, class: "comment" },
  { tag: t.docComment, class: "directive" },
  { tag: t.typeName, class: "type" },
  { tag: t.typeOperator, class: "typeOperator" },
  { tag: t.operator, class: "operator" },
  { tag: t.annotation, class: "attribute" },
  { tag: t.propertyName, class: "property" },
  { tag: t.function(t.propertyName), class: "method" },
  { tag: t.function(t.variableName), class: "call" },
  { tag: t.definition(t.function(t.variableName)), class: "function" },
  { tag: t.definition(t.variableName), class: "definition" },
  { tag: t.standard(t.variableName), class: "builtin" },
  { tag: selfTag, class: "self" },
  { tag: t.variableName, class: "variable" },
  { tag: t.invalid, class: "invalid" },
]);

/** The tokens of a text as `kind:text`, neighbours of one kind joined. */
function tokens(source: string): string[] {
  const found: { kind: string; from: number; to: number }[] = [];
  highlightTree(luauLanguage.parser.parse(source), kinds, (from, to, kind) => {
    const last = found.at(-1);
    if (last?.kind === kind && last.to === from) last.to = to;
    else found.push({ kind, from, to });
  });
  return found.map(({ kind, from, to }) => `${kind}:${source.slice(from, to)}`);
}

/** The kinds that a piece of the text has, wherever it stands. */
function kindsOf(piece: string, source: string): string[] {
  return tokens(source)
    .filter((token) => token.endsWith(`:${piece}`))
    .map((token) => token.slice(0, -piece.length - 1));
}

/** Texts with the columns that their last line should be indented by, a tab being four. */
function indentAfter(source: string): number | null {
  const state = EditorState.create({ doc: source, extensions: [luau(), indentUnit.of("\t"), EditorState.tabSize.of(4)] });
  return getIndentation(state, state.doc.line(state.doc.lines).from);
}

describe("numbers", () => {
  it.each(["0", "12", "1_000", "3.25", ".5", "1e10", "1_0.5E-3", "0xFF_ff", "0b1010_1111"])("%s", (number) => {
    expect(tokens(`x = ${number}`)).toContain(`number:${number}`);
  });
  it.each(["3x", "0b12", "0xZZ"])("%s is none", (number) => {
    expect(tokens(`x = ${number}`)).toContain(`invalid:${number}`);
  });
});

describe("strings and comments", () => {
  it("tells escapes from text", () => {
    expect(tokens(String.raw`x = "a\n\065\x41\u{1F600}\"b"`).filter((token) => token.startsWith("escape"))).toEqual([String.raw`escape:\n\065\x41\u{1F600}\"`]);
    expect(kindsOf(String.raw`\x`, String.raw`x = "\xZZ"`)).toEqual(["invalid"]);
  });
  it("ends a string without its quote at the end of the line", () => {
    expect(kindsOf("local", 'x = "open\nlocal y')).toEqual(["keyword"]);
  });
  it("carries a string over a backslash and over \\z", () => {
    expect(tokens('x = "a\\\nlocal b"')).not.toContain("keyword:local");
    expect(tokens('x = "a\\z\n\n   local b" local y')).toContain("keyword:local");
    expect(tokens('x = "a\\z\n\n   local b" local y').filter((token) => token === "keyword:local")).toHaveLength(1);
  });
  it("reads long strings and comments by their level", () => {
    expect(tokens("x = [==[ ]] ]=] local\nend ]==] local y")).toEqual([
      "variable:x",
      "operator:=",
      "string:[==[ ]] ]=] local",
      "string:end ]==]",
      "keyword:local",
      "definition:y",
    ]);
    expect(tokens("--[[ local\nend ]] local y")).toEqual(["comment:--[[ local", "comment:end ]]", "keyword:local", "definition:y"]);
    expect(tokens("--[ local")).toEqual(["comment:--[ local"]);
    expect(tokens("--!strict")).toEqual(["directive:--!strict"]);
  });
  it("does not take an index for a long string", () => {
    expect(tokens("x = t[ [[k]] ] y = a[b[1]]")).toContain("string:[[k]]");
  });
});

describe("interpolated strings", () => {
  it("reads the code inside, nested too", () => {
    const source = "x = `a {if b then `{c + 1}` else { d = 1 }.d} e`";
    expect(kindsOf("if", source)).toEqual(["keyword"]);
    expect(kindsOf("1", source)).toEqual(["number", "number"]);
    expect(kindsOf("d", source)).toContain("property");
    expect(tokens(source).at(-1)).toBe("string: e`");
  });
  it("keeps an escaped brace as text", () => {
    expect(tokens("x = `\\{a}`")).toEqual(["variable:x", "operator:=", "string:`", "escape:\\{", "string:a}`"]);
  });
  it("ends with its line", () => {
    expect(kindsOf("local", "x = `open\nlocal y")).toEqual(["keyword"]);
  });
});

describe("types", () => {
  it("ends a type where the statement goes on", () => {
    expect(tokens("local a: number, b: string? = 1, c")).toEqual([
      "keyword:local",
      "definition:a",
      "type:number",
      "definition:b",
      "type:string",
      "typeOperator:?",
      "operator:=",
      "number:1",
      "variable:c",
    ]);
  });
  it("ends a type at the next statement, without any mark between", () => {
    expect(kindsOf("print", "local a: number\nprint(a)")).toEqual(["builtin"]);
    expect(kindsOf("f", "local a: number f(a)")).toEqual(["call"]);
    expect(kindsOf("end", "local function f(a: )\nlocal x: \nend")).toEqual(["keyword"]);
  });
  it("reads functions, unions, packs and singletons", () => {
    const source = `type F<T, U...> = (name: T, ...U) -> (boolean | "yes", { [string]: T, read size: number }?)\nlocal x`;
    expect(kindsOf("F", source)).toEqual(["type"]);
    expect(kindsOf("T", source)).toEqual(["type", "type", "type"]);
    expect(kindsOf("name", source)).toEqual(["property"]);
    expect(kindsOf("read", source)).toEqual(["keyword"]);
    expect(kindsOf("size", source)).toEqual(["property"]);
    expect(kindsOf('"yes"', source)).toEqual(["string"]);
    expect(kindsOf("local", source)).toEqual(["keyword"]);
  });
  it("reads a union over several lines", () => {
    const source = 'type State =\n\t| "a"\n\t| Other\nlocal x = y';
    expect(kindsOf("Other", source)).toEqual(["type"]);
    expect(kindsOf("y", source)).toEqual(["variable"]);
  });
  it("reads generic functions with results", () => {
    const source = "local function map<T, U>(list: {T}, f: (T) -> U): {U}\n\treturn f\nend";
    expect(kindsOf("map", source)).toEqual(["function"]);
    expect(kindsOf("list", source)).toEqual(["definition"]);
    expect(kindsOf("U", source)).toEqual(["type", "type", "type"]);
    expect(kindsOf("return", source)).toEqual(["keyword"]);
  });
  it("reads casts and typeof", () => {
    expect(kindsOf("any", "x = (y :: any).z")).toEqual(["type"]);
    const source = "type X = typeof(f(1)) | nil\nlocal y";
    expect(kindsOf("f", source)).toEqual(["call"]);
    expect(kindsOf("nil", source)).toEqual(["atom"]);
    expect(kindsOf("|", source)).toEqual(["typeOperator"]);
    expect(kindsOf("local", source)).toEqual(["keyword"]);
  });
  it("does not take a method call for a type", () => {
    expect(tokens("local x\ny:send(z)")).toEqual(["keyword:local", "definition:x", "variable:y", "method:send", "variable:z"]);
    expect(kindsOf("send", "for _, c in list do c:send(x) end")).toEqual(["method"]);
  });
  it("takes type, export and continue for names where they are names", () => {
    expect(kindsOf("type", "print(type(x))")).toEqual(["builtin"]);
    expect(kindsOf("type", "local type = 1")).toEqual(["definition"]);
    expect(kindsOf("continue", "continue = 1")).toEqual(["variable"]);
    expect(kindsOf("continue", "while x do continue end")).toEqual(["keyword"]);
    expect(kindsOf("export", "export type A = number")).toEqual(["keyword"]);
    expect(kindsOf("export", "export(x)")).toEqual(["call"]);
  });
});

describe("the rest of the language", () => {
  it.each(["+=", "-=", "*=", "/=", "//=", "%=", "^=", "..="])("compound assignment %s", (operator) => {
    expect(tokens(`x ${operator} y`)).toEqual(["variable:x", `operator:${operator}`, "variable:y"]);
  });
  it("attributes", () => {
    expect(tokens("@native function f() end")[0]).toBe("attribute:@native");
  });
  it("names of functions, with their path", () => {
    expect(tokens("function a.b:c(self, d) end")).toEqual([
      "keyword:function",
      "function:a",
      "function:b",
      "function:c",
      "definition:self",
      "definition:d",
      "keyword:end",
    ]);
  });
  it("self, library and properties", () => {
    expect(tokens("self.x = zone.socket.update()")).toEqual(["self:self", "property:x", "operator:=", "builtin:zone", "property:socket", "method:update"]);
  });
  it("names in Russian comments and strings survive", () => {
    expect(tokens('-- привет\nprint("мир 🌍")')).toEqual(["comment:-- привет", "builtin:print", 'string:"мир 🌍"']);
  });
});

describe("indentation", () => {
  it.each([
    ["after a function", "local function f(a: number): string\n", 4],
    ["at its end", "local function f()\n\tx = 1\nend", 0],
    ["after then", "if x then\n", 4],
    ["at else", "if x then\n\ty()\nelse", 0],
    ["after elseif", "if x then\n\ty()\nelseif z then\n", 4],
    ["after an if-expression", "local x = if a then b else c\n", 0],
    ["after one in a call", "f(if a then b elseif c then d else e)\n", 0],
    ["inside an if-expression of several lines", "local x = if a\n", 4],
    ["at its else", "local x = if a\n\tthen b\n\telse", 4],
    ["after one inside a function", "function f()\n\tlocal x = if a then b else c\n", 4],
    ["after a callback in a call", "f(function()\n", 4],
    ["at the end of a callback in a call", "f(function()\n\tx()\nend)", 0],
    ["in a table", "local t = {\n", 4],
    ["at the end of a table", "local t = {\n\ta = 1,\n}", 0],
    ["after repeat", "repeat\n", 4],
    ["at until", "repeat\n\tx()\nuntil", 0],
    ["after a while loop's head", "while x do\n", 4],
    ["after a for loop's head with a type", "for i: number, v in list do\n", 4],
    ["after a block on one line", "if x then y() end\n", 0],
    ["two deep", "function f()\n\tfor _ in x do\n", 8],
    ["after brackets in an interpolated string", "print(`{f({ 1 })} \\{`)\n", 0],
    ["after a string without its end", 'if x then\n\ty = "open\n', 4],
    ["inside a long string", "x = [[\n", null],
    ["after a type of functions", "type F = (a: number) -> ()\n", 0],
    ["in a type's table", "type T = {\n", 4],
    ["behind its first field", "type T = {\n\ta: number,\n", 4],
    ["at its end", "type T = {\n\ta: number,\n}", 0],
    ["after its end", "type T = {\n\ta: number,\n}\n", 0],
    ["in the parameters of a function's type", "function f()\n\tlocal g: (\n", 8],
    ["at the end of a block behind a type that is open", "function f()\n\tlocal x: {\nend", 0],
    ["after a typeof", "type F = typeof(function() end)\n", 0],
    ["the word end in a string", 'if x then\n\ty("end")\n', 4],
    ["the word then in a comment", "x = 1 -- then\n", 0],
  ])("%s", (_, source, columns) => {
    expect(indentAfter(source)).toBe(columns);
  });
});
