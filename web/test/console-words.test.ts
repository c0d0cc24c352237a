import { describe, expect, it } from "vitest";
import { MAX_MIRROR_OTHERS, MAX_MIRROR_PRINTS, newest } from "../src/console/log-mirror.ts";
import { entryText } from "../src/log/notice-text.ts";

describe("entryText", () => {
  it.each([
    ["an error with its place", { level: "error", text: "server.luau:3: boom", chunk: "server.luau", line: 3 }, "server.luau:3: boom"],
    ["an error that lacks its place", { level: "error", text: "not enough memory", chunk: "server.luau", line: 3 }, "server.luau:3: not enough memory"],
    ["an error without any place", { level: "error", text: "not enough memory" }, "not enough memory"],
    ["a print with all its spaces", { level: "print", text: "  a\n\tb " }, "  a\n\tb "],
    ["a print that was cut", { level: "print", text: "abc", cut: 1234 }, "abc… (1,234 characters left out)"],
    [
      "a notice by its code",
      { level: "notice", text: "ignored", notice: { code: "lines-skipped", count: 5000 } },
      "Output came faster than it can be shown: 5,000 lines were skipped.",
    ],
    [
      "an error with its calls",
      {
        level: "error",
        text: "a.luau:1: x",
        chunk: "a.luau",
        line: 1,
        stack: [
          { chunk: "a.luau", line: 1, function: "f" },
          { chunk: "a.luau", skipped: 3 },
          { chunk: "a.luau", line: 9 },
        ],
      },
      "a.luau:1: x\n    a.luau:1 in f\n    … 3 calls left out\n    a.luau:9",
    ],
    [
      "an error whose only call is its place",
      { level: "error", text: "a.luau:1: x", chunk: "a.luau", line: 1, stack: [{ chunk: "a.luau", line: 1 }] },
      "a.luau:1: x",
    ],
  ] as const)("%s", (_, entry, text) => {
    expect(entryText(entry)).toBe(text);
  });
});

describe("newest", () => {
  it("keeps the word that lines were skipped in a flood of prints", () => {
    const lines = ["notice", ...Array.from({ length: 5_000 }, (_, index) => `print ${index}`)];
    const kept = newest(lines, (line) => line.startsWith("print"));
    expect(kept).toHaveLength(MAX_MIRROR_PRINTS + 1);
    expect(kept[0]).toBe("notice");
    expect(kept.at(-1)).toBe("print 4999");
  });
  it("bounds the rest, too", () => {
    const lines = Array.from({ length: 300 }, (_, index) => `error ${index}`);
    expect(newest(lines, () => false)).toEqual(lines.slice(-MAX_MIRROR_OTHERS));
  });
  it("keeps all of few", () => {
    expect(newest(["a", "b"], (line) => line === "a")).toEqual(["a", "b"]);
  });
});
