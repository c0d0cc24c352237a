import { describe, expect, it } from "vitest";
import { analyse } from "./support/analysis.ts";

describe("a file's first line for Unix", () => {
  it("is no fault, and moves no position", async () => {
    const source = "#!/usr/bin/env luau – 😀\nlocal x: number = 'text'\nreturn x";
    const analysis = await analyse({ "main.luau": source });
    const [fault, ...others] = analysis.check();
    expect(others).toEqual([]);
    expect(source.slice(fault!.range.from, fault!.range.to)).toBe("'text'");
    expect(analysis.hover("main.luau", source.indexOf("x: "))?.code).toBe("local x: number");
    expect(() => analysis.complete("main.luau", 10)).not.toThrow();
  });

  it("is one in the second line", async () => {
    const analysis = await analyse({ "main.luau": "\n#!/usr/bin/env luau" });
    expect(analysis.check().length).toBeGreaterThan(0);
  });
});

describe("letters that are written in two ways", () => {
  it.each(["протокол-Йода", "ёлка", "café", "한국어"])("%s is found by either", async (name) => {
    for (const [file, path] of [
      ["NFC", "NFD"],
      ["NFD", "NFC"],
    ] as const) {
      const main = `local lib = require("./${name.normalize(path)}")\nlocal x: string = lib.count\nreturn x`;
      const analysis = await analyse({ "main.luau": main, [`${name.normalize(file)}.luau`]: "return { count = 1 }" });
      expect(analysis.check().map(({ file: where, range }) => [where, main.slice(range.from, range.to)])).toEqual([["main.luau", "lib.count"]]);
    }
  });

  it("says so where there is no such file", async () => {
    const analysis = await analyse({ "main.luau": `local lib = require("./й")`, "и.luau": "return 1" });
    expect(
      analysis
        .check()
        .map(({ message }) => message)
        .join(),
    ).toContain("й");
  });
});
