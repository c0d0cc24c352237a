import { assert, infiniteStream, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { lineAndColumn, TextPositions } from "../src/index.ts";
import { TEXT } from "./support/hard-text.ts";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe("TextPositions", () => {
  it.each([
    ["local привет = 1", 0, 12, 9],
    ["-- 😀 x", 0, 8, 6],
    ["e\u0301x", 0, 3, 2],
    ["\tx", 0, 1, 1],
    ["a\r\nb", 1, 0, 3],
    ["a\r\nb", 0, 2, 2],
    ["\uFEFFx", 0, 3, 1],
  ])("%j: line %i, byte %i is unit %i, and back", (text, line, column, offset) => {
    const positions = new TextPositions(text);
    expect(positions.offsetOf(line, column)).toBe(offset);
    expect(positions.positionOf(offset)).toEqual({ line, column });
  });

  it("takes every offset to the bytes before it on its line, and back", () => {
    assert(
      property(TEXT, infiniteStream(nat(400)), (text, jumps) => {
        const positions = new TextPositions(text);
        // In any order, since the last conversion is remembered.
        for (let i = 0; i < 20; i++) {
          const offset = jumps.next().value % (text.length + 1);
          const before = text.slice(0, offset);
          const start = before.lastIndexOf("\n") + 1;
          const line = before.split("\n").length - 1;
          const isInside = /[\uD800-\uDBFF]$/.test(before) && /^[\uDC00-\uDFFF]/.test(text.slice(offset));
          const whole = isInside ? offset - 1 : offset;
          const column = bytes(text.slice(start, whole));
          expect(positions.positionOf(offset)).toEqual({ line, column });
          expect(positions.offsetOf(line, column)).toBe(whole);
        }
      }),
    );
  });

  it("moves a column inside of a character to one of its ends", () => {
    const positions = new TextPositions("а😀");
    expect([1, 3, 4, 5].map((column) => positions.offsetOf(0, column))).toEqual([0, 1, 1, 1]);
    expect([1, 3, 4, 5].map((column) => positions.offsetOf(0, column, "up"))).toEqual([1, 3, 3, 3]);
  });

  it("moves what is outside of the text to its ends", () => {
    const positions = new TextPositions("one\ntwo");
    expect(positions.offsetOf(0, 99)).toBe(3);
    expect(positions.offsetOf(1, 99)).toBe(7);
    expect(positions.offsetOf(2, 0)).toBe(7);
    expect(positions.offsetOf(-1, 5)).toBe(0);
    expect(positions.positionOf(99)).toEqual({ line: 1, column: 3 });
    expect(positions.positionOf(-1)).toEqual({ line: 0, column: 0 });
  });
});

describe("lineAndColumn", () => {
  it("counts both from 1", () => {
    const text = "one\nдва\r\nthree";
    expect([0, 3, 4, 7, 9, 14].map((offset) => lineAndColumn(text, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 4 },
      { line: 2, column: 1 },
      { line: 2, column: 4 },
      { line: 3, column: 1 },
      { line: 3, column: 6 },
    ]);
  });
});
