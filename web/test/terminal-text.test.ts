import { describe, expect, it } from "vitest";
import { plainText } from "@playground/safe-text";
import { findSourcePlaces } from "../src/console/source-places.ts";
import { terminalLines } from "../src/console/terminal-text.ts";

const isFile = (name: string): boolean => ["server.luau", "мой-файл.luau"].includes(name);

const terminalText = (...entry: Parameters<typeof terminalLines>): string => [...terminalLines(...entry)].join("\r\n");

describe("terminalLines", () => {
  it("ends every line for the terminal, and resets what a script has set", () => {
    expect(terminalText("print", "a\nb", isFile)).toBe("a\x1b[0m\r\nb\x1b[0m");
    expect(terminalText("print", "a\r\nb", isFile)).toBe("a\x1b[0m\r\nb\x1b[0m");
  });
  it("lets colours through", () => {
    expect(terminalText("print", "\x1b[1;31mred\x1b[0m", isFile)).toContain("\x1b[1;31mred\x1b[0m");
  });
  it.each([
    ["one of sixteen", "\x1b[31m"],
    ["one of 256", "\x1b[38;5;208m"],
    ["any", "\x1b[38;2;255;128;0m"],
    ["any, with colons", "\x1b[38:2::255:128:0m"],
  ])("carries a colour from line to line of a print: %s", (_, colour) => {
    expect(terminalText("print", `${colour}a\nb\x1b[0m\nc`, isFile)).toBe(`${colour}a\x1b[0m\r\n${colour}b\x1b[0m\x1b[0m\r\nc\x1b[0m`);
  });
  it.each([
    ["moving the cursor", "\x1b[2J", "␛[2J"],
    ["setting a title", "\x1b]0;title\x07", "␛]0;title␇"],
    ["asking the terminal", "\x1b[6n", "␛[6n"],
    ["a carriage return", "safe\revil", "safe␍evil"],
    ["a backspace", "a\bb", "a␈b"],
    ["an eight-bit introducer", "\x9b2J", "\ufffd2J"],
    ["zero bytes", "a\0b", "a␀b"],
    ["a colour without end", `\x1b[${"1;".repeat(100)}m`, `␛[${"1;".repeat(100)}m`],
    ["turning a line round", "a\u202eb\u2066c\u200fd\u061ce", "a\ufffdb\ufffdc\ufffdd\ufffde"],
  ])("keeps a script from %s", (_, text, shown) => {
    expect(terminalText("print", text, isFile)).toBe(`${shown}\x1b[0m`);
  });
  it("tells levels apart by more than colour", () => {
    const marks = (["print", "warn", "error", "notice"] as const).map((level) => plainText(terminalText(level, "text", isFile)).trim());
    expect(new Set(marks).size).toBe(4);
  });
  it("underlines places in files", () => {
    expect(terminalText("print", "see server.luau:3 and other.luau:4", isFile)).toContain("see \x1b[4mserver.luau:3\x1b[24m and other.luau:4");
  });
});

describe("findSourcePlaces", () => {
  it.each([
    ["server.luau:12: boom", [["server.luau", 12, 0, 14]]],
    [
      "in server.luau:1, then server.luau:2",
      [
        ["server.luau", 1, 3, 16],
        ["server.luau", 2, 23, 36],
      ],
    ],
    ["мой-файл.luau:7", [["мой-файл.luau", 7, 0, 15]]],
    ["server.luau", []],
    ["server.luau:x", []],
    ["server.luau:12345678", []],
    ["xserver.luau:1", []],
    ["127.0.0.1:8080", []],
    ["-server.luau:3", [["server.luau", 3, 1, 14]]],
    [
      "server.luau:3:server.luau:4",
      [
        ["server.luau", 3, 0, 13],
        ["server.luau", 4, 14, 27],
      ],
    ],
    [`${"a".repeat(200)}server.luau:1`, []],
  ])("%s", (text, links) => {
    expect(findSourcePlaces(text, isFile).map(({ file, line, from, to }) => [file, line, from, to])).toEqual(links);
  });
});
