import { describe, expect, it } from "vitest";
import type { OutputEntry } from "../src/program/messages.ts";
import { Terminal } from "../src/terminal/terminal.ts";

/** What comes out of a terminal for these entries. */
function shown(
  entries: readonly OutputEntry[],
  { isTTY = true, environment = {}, name }: { readonly isTTY?: boolean; readonly environment?: Record<string, string>; readonly name?: string } = {},
): { readonly out: string; readonly errors: string; readonly written: number } {
  const result = { out: "", errors: "", written: 0 };
  const stream = (to: "out" | "errors") => ({
    isTTY,
    write: (text: string, written?: () => void): void => {
      result[to] += text;
      written?.();
    },
  });
  const terminal = new Terminal(stream("out"), stream("errors"), { language: "en", environment });
  terminal.write(entries, name === undefined ? undefined : { name, place: 0 }, () => {
    result.written += 1;
  });
  return result;
}

const print = (text: string): OutputEntry => ({ level: "print", text });

describe("a terminal", () => {
  it("has colours for warnings, errors and names, which end with their line", () => {
    const { out, errors, written } = shown([print("a\nb"), { level: "warn", text: "careful" }, { level: "error", text: "x.luau:1: boom" }], { name: "x.luau" });
    expect(out).toBe("\x1b[32mx.luau: \x1b[0ma\n\x1b[32mx.luau: \x1b[0mb\n");
    expect(errors).toBe("\x1b[32mx.luau: \x1b[0m\x1b[33mcareful\x1b[0m\n\x1b[32mx.luau: \x1b[0m\x1b[31mx.luau:1: boom\x1b[0m\n");
    expect(written).toBe(1);
  });

  it("lets a script choose colours for its line, and nothing else", () => {
    expect(shown([print("\x1b[31mred\x1b[2J\x07")]).out).toBe("\x1b[31mred␛[2J␇\x1b[0m\n");
  });

  it.each([
    ["NO_COLOR", { environment: { NO_COLOR: "1" } }],
    ["a terminal without colours", { environment: { TERM: "dumb" } }],
    ["a pipe", { isTTY: false }],
  ])("has none with %s, and no control characters", (_what, options) => {
    const { out, errors } = shown([print("\x1b[31mred\x1b[2J\x07"), { level: "warn", text: "careful" }], { ...options, name: "x\x1b[2J.luau" });
    expect(out).toBe("x[2J.luau: red[2J\n");
    expect(errors).toBe("x[2J.luau: careful\n");
  });

  it("has them where NO_COLOR is empty", () => {
    expect(shown([{ level: "warn", text: "careful" }], { environment: { NO_COLOR: "" } }).errors).toContain("\x1b[33m");
  });

  it("tells the place of an error that does not begin with it, and the script's calls", () => {
    const detail = {
      chunk: "x.luau",
      line: 3,
      stack: [
        { chunk: "[C]", function: "error" },
        { chunk: "x.luau", line: 3, function: "f" },
        { chunk: "", skipped: 2 },
        { chunk: "x.luau", line: 9 },
      ],
    };
    expect(shown([{ level: "error", text: "not enough memory", detail }], { isTTY: false }).errors).toBe(
      "x.luau:3: not enough memory\n    x.luau:3 in f\n    … 2 calls left out\n    x.luau:9\n",
    );
  });

  it("joins an error with what explains it, by a full stop where it has none, and has the calls below", () => {
    const notice = { code: "network-failure", failure: "connection-refused" } as const;
    const stack = [
      { chunk: "x.luau", line: 3 },
      { chunk: "x.luau", line: 9 },
    ];
    const terminal = (text: string) => {
      let errors = "";
      const stream = { write: (said: string) => void (errors += said) };
      new Terminal(stream, stream, { language: "ru", environment: {} }).write([{ level: "error", text, detail: { notice, stack } }], undefined, () => {});
      return errors.split("\n");
    };
    expect(terminal("x.luau:3: nothing there")).toEqual([expect.stringMatching(/^x\.luau:3: nothing there\. Там никто/), "    x.luau:3", "    x.luau:9", ""]);
    expect(terminal("x.luau:3: nothing there.")[0]).toMatch(/^x\.luau:3: nothing there\. Там никто/);
  });

  it("says nothing for an explanation that would say the same again", () => {
    const entries: OutputEntry[] = [{ level: "notice", text: "", detail: { notice: { code: "network-failure", failure: "connection-refused" } } }];
    expect(shown(entries)).toEqual({ out: "", errors: "", written: 1 });
  });
});
