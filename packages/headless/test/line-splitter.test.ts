import { describe, expect, it } from "vitest";
import { LineSplitter } from "../src/input/line-splitter.ts";

/** The lines of a text, however it is cut, and those that were left out. */
function split(text: string, size: number, limit = 8): { readonly lines: string[]; readonly long: string[] } {
  const long: string[] = [];
  const splitter = new LineSplitter(limit, ({ number, length }) => long.push(`${number}: ${length}`));
  const bytes = new TextEncoder().encode(text);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)));
  return { lines: [...lines, ...splitter.end()], long };
}

describe.each([1, 2, 3, 7, 100])("bytes that come %i at a time", (size) => {
  it.each<[string, string[], string[]]>([
    ["", [], []],
    ["a", ["a"], []],
    ["a\n", ["a"], []],
    ["a\r\nb\n\nc", ["a", "b", "", "c"], []],
    ["Привет!\n🎈\r\n", ["Привет!", "🎈"], []],
    ["12345678\n12345678\r\n123456789\n1\n", ["12345678", "12345678", "1"], ["3: 9"]],
    ["123456789\r\n", [], ["1: 10"]],
    ["x\n12345678901234567890", ["x"], ["2: 20"]],
    ["a\rb\n", ["a\rb"], []],
  ])("%j", (text, lines, long) => {
    expect(split(text, size)).toEqual({ lines, long });
  });
});

it("holds no more than a line of the longest kind", () => {
  const long: number[] = [];
  const splitter = new LineSplitter(8, ({ length }) => long.push(length));
  for (let turn = 0; turn < 1_000; turn++) expect(splitter.push(new Uint8Array(10_000).fill(0x61))).toEqual([]);
  expect(splitter.push(new TextEncoder().encode("\nb\n"))).toEqual(["b"]);
  expect(long).toEqual([10_000_000]);
});
