import { describe, expect, it } from "vitest";
import { ansiPieces } from "../src/console/ansi-style.ts";
import { paletteColour } from "../src/console/ansi-colours.ts";

const styles = (text: string): unknown[] => ansiPieces(text).pieces.map(({ text: piece, style }) => [piece, style]);

describe("ansiPieces", () => {
  it.each<[string, string, unknown[]]>([
    ["nothing", "plain", [["plain", {}]]],
    ["an empty text", "", []],
    [
      "a colour and its end",
      "a\x1b[31mb\x1b[0mc",
      [
        ["a", {}],
        ["b", { colour: "var(--failed)" }],
        ["c", {}],
      ],
    ],
    [
      "an empty reset",
      "\x1b[1mb\x1b[mc",
      [
        ["b", { bold: true }],
        ["c", {}],
      ],
    ],
    ["several at once", "\x1b[1;3;4;92;41mx", [["x", { bold: true, italic: true, underline: true, colour: "var(--accent-strong)", ground: "var(--failed)" }]]],
    ["a colour of 256", "\x1b[38;5;208mx", [["x", { colour: "rgb(255 135 0)" }]]],
    ["a colour of all", "\x1b[38;2;1;2;3mx", [["x", { colour: "rgb(1 2 3)" }]]],
    ["a ground of all, then bold", "\x1b[48;2;1;2;3;1mx", [["x", { ground: "rgb(1 2 3)", bold: true }]]],
    ["colons with a colour space", "\x1b[38:2::255:128:0mx", [["x", { colour: "rgb(255 128 0)" }]]],
    ["colons without", "\x1b[38:2:255:128:0mx", [["x", { colour: "rgb(255 128 0)" }]]],
    ["colons, of 256", "\x1b[38:5:16mx", [["x", { colour: "rgb(0 0 0)" }]]],
    [
      "numbers beyond",
      "\x1b[38;2;256;0;0mx\x1b[38;5;999my",
      [
        ["x", { colour: undefined }],
        ["y", { colour: undefined }],
      ],
    ],
    ["an unknown code", "\x1b[5;31mx", [["x", { colour: "var(--failed)" }]]],
    [
      "the default colour again",
      "\x1b[31;44mx\x1b[39;49my",
      [
        ["x", { colour: "var(--failed)", ground: "var(--code-function)" }],
        ["y", {}],
      ],
    ],
  ])("reads %s", (_, text, pieces) => {
    expect(styles(text)).toEqual(pieces);
  });

  it("takes any parameters that fit the form, and leaves the words alone", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 16807) % 2147483647) % below;
    for (let round = 0; round < 2_000; round++) {
      const parameters = Array.from({ length: random(12) }, () => "0123456789;:"[random(12)]).join("");
      const { pieces } = ansiPieces(`a\x1b[${parameters}mb`);
      expect(pieces.map(({ text }) => text).join("")).toBe("ab");
    }
  });
});

describe("paletteColour", () => {
  it.each([
    [15, "var(--ink)"],
    [16, "rgb(0 0 0)"],
    [231, "rgb(255 255 255)"],
    [232, "rgb(8 8 8)"],
    [255, "rgb(238 238 238)"],
    [256, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])("%d is %s", (index, colour) => {
    expect(paletteColour(index)).toBe(colour);
  });
});
