import { decodeShare } from "@playground/share";
import { describe, expect, it } from "vitest";
import { ByteColumns } from "../src/editor/luau/source/byte-columns.ts";
import { highlightLines } from "../src/editor/luau/highlight-lines.ts";
import { layoutChanges } from "../src/editor/luau/source/layout-changes.ts";
import { dedent } from "../src/embed/inline-files.ts";
import { findRegions } from "../src/embed/regions.ts";
import { archiveName } from "../src/library/export-project.ts";
import { markWords } from "../src/reference/search.ts";

/** Units of a text: half of the largest project. */
const SIZE = 512 * 1024;

/**
 * Milliseconds that anything may take for such a text. Linear work takes some tens, or some hundred on a busy machine;
 * work that grows with the square takes minutes.
 */
const LIMIT_MS = 10_000;

const of = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length));

function measure(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Texts that are hard on something: runs of one kind, and openings without an end. */
const HARD: readonly (readonly [string, string])[] = [
  ["spaces", of(" ")],
  ["tabs and spaces", of("\t ")],
  ["line feeds", of("\n")],
  ["carriage returns", of("\r")],
  ["require without an end", `require${of(" ")}`],
  ["requires", of("require  (  ")],
  ["quoted requires", of('require"')],
  ["quotes", of("'\"`")],
  ["opening brackets", of("(")],
  ["brackets", `${of("([{").slice(0, SIZE / 2)}${of(")]}").slice(0, SIZE / 2)}`],
  ["closing the wrong bracket", `${of("[").slice(0, SIZE / 2)}${of(")").slice(0, SIZE / 2)}`],
  ["blocks", of("do ")],
  ["blocks that end", `${of("do ").slice(0, SIZE / 2)}${of("end ").slice(0, SIZE / 2)}`],
  ["interpolation", of("`{")],
  ["types", `local x: ${of("A<(")}`],
  ["types that turn", `local x: ${of("<<>")}`],
  ["comments", of("--")],
  ["long comments", of("--[==[")],
  ["escapes", of("\\z ")],
  ["numbers", of("0x_")],
  ["names", of("a")],
  ["dots", of(".a")],
  ["regions", of("--#region folded\n--#endregion\n")],
  ["a region's title", `--#region hidden${of(" ")}\u2028x`],
  ["marks", of("--#region ")],
  ["hyphens", of("-")],
  ["combining marks", of("a\u0316\u0301")],
];

const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
  [
    "a link",
    (text) => {
      try {
        return decodeShare(text.slice(0, SIZE - 10));
      } catch (error) {
        return error;
      }
    },
  ],
  ["code in colour", highlightLines],
  ["regions", findRegions],
  ["code in HTML", dedent],
  ["code in HTML whose lines begin alike", (text) => dedent(`${text.slice(0, SIZE / 2)}x\n${text.slice(0, SIZE / 4)}y`)],
  ["a layout", (text) => layoutChanges(text, text.replaceAll(" ", ""))],
  ["a title", archiveName],
  [
    "columns",
    (text) => {
      const columns = new ByteColumns(text);
      for (let column = 0; column < text.length; column += 3) columns.offset(0, column);
    },
  ],
  ["the marks of a search", (text) => markWords(text, ["a", "aa", " ", "(("])],
];

describe.each(READERS)("%s", (_, read) => {
  it("takes no longer than the text is long", { timeout: 300_000 }, () => {
    const slow = HARD.flatMap(([what, text]) => {
      const ms = measure(() => read(text));
      return ms > LIMIT_MS ? [`${what}: ${Math.round(ms)} ms`] : [];
    });
    expect(slow).toEqual([]);
  });
});
