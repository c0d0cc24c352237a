import { loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "../../scripts/rounds.ts";
import { ByteColumns } from "../src/editor/luau/source/byte-columns.ts";
import { layoutChanges } from "../src/editor/luau/source/layout-changes.ts";
import { localAt, placesOf, renameLocal, replaceAll } from "../src/editor/luau/source/rename-local.ts";

const luau = await loadLuau(await readLuauWasm());
const read = (source: string) => luau.namesOf(source);

/** Runs a source, and gives what it returned. */
function run(source: string): unknown {
  using state = luau.createState();
  using fn = state.load(source, "test");
  using thread = state.createThread(fn);
  const result = thread.resume([]);
  if (result.status !== "finished") throw result.status === "failed" ? result.error : new Error(result.status);
  return result.values.map((value) =>
    value instanceof Uint8Array
      ? Buffer.from(value)
          .toString()
          .replaceAll(/function: 0x\w+/g, "a function")
      : value,
  );
}

/** The text after the changes. */
const apply = (before: string, after: string): string => {
  let result = "";
  let at = 0;
  for (const { from, to, insert } of layoutChanges(before, after)) {
    expect(from).toBeGreaterThanOrEqual(at);
    result += before.slice(at, from) + insert;
    at = to;
  }
  return result + before.slice(at);
};

/** A source after the local at `|` has got a new name; or the refusal. */
const renamed = (source: string, name: string): string | object => {
  const offset = source.indexOf("|");
  const text = source.replace("|", "");
  const result = renameLocal(text, offset, name, read);
  return "code" in result ? result : replaceAll(text, result.edits, name);
};

/** A program around statements, which tells what they put out. */
const wrap = (body: string): string =>
  `local results = {}; local t = { a = 1, b = 2, c = 3 }; local depth = 0\nlocal function out(v) if typeof(v) == "function" then v = "fn" end table.insert(results, tostring(v)) end\n${body}\nreturn table.concat(results, " ")`;

describe("byte columns", () => {
  const piece = fc.constantFrom("a", "\t", "ж", "é", "e\u0301", "🌍", "👩‍👩‍👧", "漢", "\r", " ");
  const line = fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(""));
  it("lead to the unit with as many bytes before it", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom("\n", "\r\n"), fc.nat(), fc.nat(), (lines, newline, a, b) => {
        const text = lines.join(newline);
        const number = a % lines.length;
        const characters = [...(lines[number] as string)];
        const prefix = characters.slice(0, b % (characters.length + 1)).join("");
        const start = lines.slice(0, number).reduce((sum, one) => sum + one.length + newline.length, 0);
        expect(new ByteColumns(text).offset(number, Buffer.byteLength(prefix))).toBe(start + prefix.length);
      }),
    );
  });
  it.each([
    ["🌍x", 0, 2, 0],
    ["ab\ncd", 0, 99, 2],
    ["ab\ncd", 9, 0, 5],
    ["", 0, 0, 0],
  ])("of %j: line %i, byte %i is unit %i", (text, lineNumber, column, offset) => {
    expect(new ByteColumns(text).offset(lineNumber, column)).toBe(offset);
  });
});

describe("changes of layout", () => {
  it("lead to the other text, whatever it is", () => {
    const text = fc.array(fc.constantFrom("local", " ", "\n", "\t", "x", "=", ",", "(", ")", '"', "'", "🌍"), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, after)).toBe(after);
      }),
      { numRuns: rounds({ short: 200, full: 500 }) },
    );
  });
  it("leave words alone", () => {
    expect(layoutChanges("f( 'word' ,other)", 'f("word", other)').every(({ from, to }) => to - from <= 3)).toBe(true);
    expect(layoutChanges("if x then y() end", "if x then\n\ty()\nend")).toEqual([
      { from: 9, to: 10, insert: "\n\t" },
      { from: 13, to: 14, insert: "\n" },
    ]);
  });
});

describe("renaming a local", () => {
  it.each([
    ["local |a = 1 return a, t.a, 'a', {a = a}", "b", "local b = 1 return b, t.a, 'a', {a = b}"],
    ["local a = 1 do local |a = a return a end", "b", "local a = 1 do local b = a return b end"],
    ["local function f(x, |y) return function() return x + y end end", "z", "local function f(x, z) return function() return x + z end end"],
    ["for |i = 1, 3 do print(i) end print(i)", "n", "for n = 1, 3 do print(n) end print(i)"],
    ["for k, |v in t do print(`{v} {`{v}`}`) end", "w", "for k, w in t do print(`{w} {`{w}`}`) end"],
    ["local x: number = 1 type T = typeof(|x)", "y", "local y: number = 1 type T = typeof(y)"],
    ["local s = 'жж🌍' local |a = s return a", "b", "local s = 'жж🌍' local b = s return b"],
    ["local |f function f() end f()", "g", "local g function g() end g()"],
    ["repeat local |done = true until done", "ok", "repeat local ok = true until ok"],
  ])("%s", (source, name, result) => {
    expect(renamed(source, name)).toBe(result);
  });
  it.each([
    ["local a = 1 local |b = 2 return a, b", "a", { code: "collision", line: 1 }],
    ["local |a = 1\nprint(a)", "print", { code: "collision", line: 2 }],
    ["local |a = 1\nlocal function f(b)\nreturn a\nend", "b", { code: "collision", line: 3 }],
    ["local |a = 1", "end", { code: "bad-name" }],
    ["local |a = 1", "2b", { code: "bad-name" }],
    ["local |a = 1", "имя", { code: "bad-name" }],
    ["|print(1)", "p", { code: "is-global" }],
    ["local t = {} function t:m() return sel|f end", "this", { code: "is-self" }],
    ["local t = {} return t.|x", "y", { code: "no-local" }],
    ["return 'a|b'", "y", { code: "no-local" }],
    ["local |a =", "b", { code: "source-faulty" }],
  ])("is refused: %s to %s", (source, name, refusal) => {
    expect(renamed(source, name)).toEqual(refusal);
  });

  it("never changes what a program does", () => {
    const name = fc.constantFrom("a", "b", "c");
    const value = (depth: number): fc.Arbitrary<string> =>
      fc.oneof(
        name,
        fc.nat(9).map(String),
        name.map((field) => `t.${field}`),
        name.map((word) => `"${word}"`),
        name.map((inner) => `\`{${inner}}\``),
        ...(depth > 0 ? [fc.tuple(name, value(depth - 1)).map(([parameter, body]) => `(function(${parameter}) return ${body} end)(${parameter})`)] : []),
      );
    const statement = (depth: number): fc.Arbitrary<string> =>
      fc.oneof(
        fc.tuple(name, value(1)).map(([target, source]) => `local ${target} = ${source}`),
        fc.tuple(name, value(1)).map(([target, source]) => `${target} = ${source}`),
        value(1).map((source) => `out(${source})`),
        ...(depth > 0
          ? [
              block(depth - 1).map((body) => `do ${body} end`),
              fc.tuple(name, block(depth - 1)).map(([index, body]) => `for ${index} = 1, 2 do ${body} end`),
              fc.tuple(name, name, block(depth - 1)).map(([fn, parameter, body]) => `local function ${fn}(${parameter}) ${body} end ${fn}(1)`),
              fc.tuple(name, block(depth - 1)).map(([variable, body]) => `repeat ${body} local ${variable} = true until ${variable}`),
            ]
          : []),
      );
    const block = (depth: number): fc.Arbitrary<string> => fc.array(statement(depth), { minLength: 1, maxLength: 4 }).map((lines) => lines.join("; "));
    const runs = rounds({ short: 150, full: 400 });
    let done = 0;
    fc.assert(
      fc.property(block(2), fc.nat(), fc.constantFrom("a", "b", "c", "out", "d"), (body, at, newName) => {
        const source = wrap(body);
        const places = placesOf(source, read)?.filter(({ local, kind }) => local >= 0 && kind !== "implicit") ?? [];
        const place = places[at % places.length];
        if (place === undefined) return;
        const result = renameLocal(source, place.from, newName, read);
        if ("code" in result) return;
        done++;
        const after = replaceAll(source, result.edits, newName);
        expect(after.match(/\.\w|"\w"/g)).toEqual(source.match(/\.\w|"\w"/g));
        expect(run(after)).toEqual(run(source));
      }),
      { numRuns: runs },
    );
    // The others have no place, or a new name that would mean something else.
    expect(done).toBeGreaterThan(runs / 4);
  });
  it("finds a local at both ends of its name", () => {
    const places = placesOf("local abc = 1", read);
    for (const offset of [6, 7, 9]) expect(localAt(places, offset)).toHaveLength(1);
    for (const offset of [5, 10]) expect(localAt(places, offset)).toEqual({ code: "no-local" });
  });
});
