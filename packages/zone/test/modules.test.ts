import { describe, expect, it } from "vitest";
import { run } from "./support/run-program.ts";

const composed = (text: string): string => text.normalize("NFC");
const decomposed = (text: string): string => text.normalize("NFD");

async function printedBy(files: Record<string, string>): Promise<string[]> {
  const program = await run(files);
  await program.ended();
  return [...program.printed, ...(program.error === undefined ? [] : [program.error.text])];
}

describe("a first line for Unix", () => {
  it.each([
    ["#!/usr/bin/env luau\nprint('ran')", ["ran"]],
    ["#!/usr/bin/env luau\r\nprint('ran')", ["ran"]],
    ["#!/usr/bin/env luau\n\nerror('boom')", ["main.luau:3: boom"]],
    ["#!\nprint(debug.info(1, 'l'))", ["2"]],
    ["#!/usr/bin/env luau", []],
    ["#![[\nprint('ran')\n--]]", ["ran"]],
    ["#!/bin/x\nlocal x =", ["main.luau:2: Expected identifier when parsing expression, got <eof>"]],
  ])("%j", async (source, said) => {
    expect(await printedBy({ "main.luau": source })).toEqual(said);
  });

  it("is skipped in modules too, and nowhere else", async () => {
    expect(await printedBy({ "main.luau": "print(require('./lib'))", "lib.luau": "#!/usr/bin/env luau\nreturn debug.info(1, 'l')" })).toEqual(["2"]);
    expect(await printedBy({ "main.luau": "\n#!/usr/bin/env luau" })).toEqual([expect.stringMatching(/^main\.luau:2: /)]);
    expect(await printedBy({ "main.luau": "print((loadstring('#!/x\\nreturn 1')))" })).toEqual(["nil"]);
  });
});

describe("letters that are written in two ways", () => {
  it.each(["протокол-Йода", "ёлка", "café", "한국어", "ệ"])("%s is found by either", async (name) => {
    for (const [file, path] of [
      [composed, decomposed],
      [decomposed, composed],
      [decomposed, decomposed],
    ] as const) {
      const files = { "main.luau": `print(require("./${path(name)}"), require("./${file(name)}"))`, [`${file(name)}.luau`]: "print('once') return 'found'" };
      expect(await printedBy(files)).toEqual(["once", "found\tfound"]);
    }
  });

  it("from a file in such a folder, and in a circle", async () => {
    const folder = decomposed("уроки-й");
    expect(
      await printedBy({
        "main.luau": `print(require("./${composed("уроки-й")}/а"))`,
        [`${folder}/а.luau`]: `return require("./б")`,
        [`${folder}/б.luau`]: "return 'found'",
      }),
    ).toEqual(["found"]);
    const said = await printedBy({ "main.luau": `require("./${composed("й")}")`, [`${decomposed("й")}.luau`]: `return require("./${composed("й")}")` });
    expect(said[0]).toContain("modules require each other in a circle");
  });
});

describe("a module must return exactly one value", () => {
  it.each([
    [
      "local x = 1",
      'main.luau:2: module lib.luau returns nothing, and must return exactly one value: end it with "return", or with "return nil" where there is nothing to give',
    ],
    [
      "",
      'main.luau:2: module lib.luau returns nothing, and must return exactly one value: end it with "return", or with "return nil" where there is nothing to give',
    ],
    [
      "return",
      'main.luau:2: module lib.luau returns nothing, and must return exactly one value: end it with "return", or with "return nil" where there is nothing to give',
    ],
    [
      "return 1, 2",
      'main.luau:2: module lib.luau returns 2 values, and must return exactly one value: end it with "return", or with "return nil" where there is nothing to give',
    ],
  ])("%j", async (source, message) => {
    expect(await printedBy({ "main.luau": "\nlocal lib = require('./lib')", "lib.luau": source })).toEqual([message]);
  });

  it.each(["return nil", "return (function() end)()or nil", "return false", "return (select(2, 'a', 'b', 'c'))"])("%s is one", async (source) => {
    expect(await printedBy({ "main.luau": "local n = select('#', require('./lib')) print(n)", "lib.luau": source })).toEqual(["1"]);
  });
});
