import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { luau } from "./harness.ts";

/** The text that a range of bytes in one line names. */
function textAt(source: string, line: number, column: number, length: number): string {
  return Buffer.from(source.split("\n")[line] ?? "")
    .subarray(column, column + length)
    .toString();
}

function uses(source: string): string[] {
  return (luau.namesOf(source) ?? []).map(({ line, column, length, local, kind }) => `${kind} ${textAt(source, line, column, length)} ${local}`);
}

describe("faults", () => {
  test.each([
    ["local x = ", [[0, 10, 0, 10]]],
    ["x = = 1", [[0, 4, 0, 5]]],
    ["local п = 1", [[0, 6, 0, 8]]],
    ['print("мир 🌍") )', [[0, 21, 0, 22]]],
    ["\t\tend", [[0, 2, 0, 5]]],
    ["\r\n\r\n  end", [[2, 2, 2, 5]]],
    ["\n\nbreak", [[2, 0, 2, 5]]],
    ["return 1", []],
  ])("%j", (source, ranges) => {
    const found = luau.syntaxFaults(source).map(({ line, column, endLine, endColumn }) => [line, column, endLine, endColumn]);
    expect(found.slice(0, Math.max(1, ranges.length))).toEqual(ranges);
  });
  test("all of them are told", () => {
    expect(luau.syntaxFaults("local = 1\nlocal y = 2\nfor in x do end\n").map(({ line }) => line)).toEqual(expect.arrayContaining([0, 2]));
  });
  test("what only the compiler refuses", () => {
    const locals = Array.from({ length: 201 }, (_, index) => `local a${index} = f()`).join("\n");
    expect(luau.syntaxFaults(locals)).toMatchObject([{ line: 200, message: expect.stringContaining("limit") }]);
  });
  test("a zero byte", () => {
    expect(luau.syntaxFaults("\nд\0x")).toEqual([{ line: 1, column: 2, endLine: 1, endColumn: 3, message: "a zero byte in the source" }]);
  });
  test("columns are bytes, whatever stands before the fault", () => {
    const before = fc.array(fc.constantFrom("a", "\t", "ж", "é", "e\u0301", "🌍", "👩‍👩‍👧", "漢", " "), { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(before, { maxLength: 3 }), before, fc.constantFrom("\n", "\r\n"), (lines, last, newline) => {
        const source = [...lines.map((line) => `--${line}`), `f("${last}") )`].join(newline);
        const column = Buffer.byteLength(`f("${last}") `);
        expect(luau.syntaxFaults(source)[0]).toMatchObject({ line: lines.length, column, endLine: lines.length, endColumn: column + 1 });
      }),
    );
  });
  test("nesting without end, and bytes that are no text, are faults and no crash", () => {
    for (const source of ["(".repeat(100_000), "do ".repeat(100_000), Uint8Array.of(0xff, 0xfe, 1)]) {
      expect(luau.syntaxFaults(source).length).toBeGreaterThan(0);
    }
    expect(luau.syntaxFaults("return 1")).toEqual([]);
  });
});

describe("names", () => {
  test("locals, upvalues, shadowing and globals", () => {
    expect(uses("local a = b\nlocal a = a\nlocal function f(a) return a, f end")).toEqual([
      "declaration a 0",
      "global b -1",
      "declaration a 1",
      "use a 0",
      "declaration f 2",
      "declaration a 3",
      "use a 3",
      "use f 2",
    ]);
  });
  test("loops, methods, interpolated strings and types", () => {
    expect(uses("for i, v in t do print(`{i} {`{v}`}`) end")).toEqual([
      "declaration i 0",
      "declaration v 1",
      "global t -1",
      "global print -1",
      "use i 0",
      "use v 1",
    ]);
    expect(uses("for i = 1, n do i += 1 end")).toEqual(["declaration i 0", "global n -1", "use i 0"]);
    expect(uses("local t = {}\nfunction t:m() return self.x end").slice(-1)[0]).toMatch(/^use self 1$/);
    expect(uses("local x = 1\ntype T = typeof(x)")).toEqual(["declaration x 0", "use x 0"]);
    expect(uses("local t = { x = 1 }\nprint(t.x, 't')")).toEqual(["declaration t 0", "global print -1", "use t 0"]);
  });
  test("columns are bytes", () => {
    expect(uses('local a = "ж🌍"; print("ы", a)')).toEqual(["declaration a 0", "global print -1", "use a 0"]);
  });
  test("a source with faults has none", () => {
    expect(luau.namesOf("local =")).toBeUndefined();
    expect(luau.namesOf("a\0")).toBeUndefined();
  });
});
