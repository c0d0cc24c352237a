import { Terminal } from "@xterm/xterm";
import { describe, expect, it } from "vitest";
import type { LogEntry } from "../src/console/console-log.ts";
import { TerminalFeed } from "../src/console/terminal-feed.ts";

/** What stands on the rows of a real terminal; it needs no screen for that. */
async function rows(columns: number, write: (feed: TerminalFeed, resize: (columns: number) => void) => Iterable<string>): Promise<string[]> {
  const terminal = new Terminal({ cols: columns, rows: 6, scrollback: 1_000, allowProposedApi: true });
  const feed = new TerminalFeed({ isFile: () => false, columns: () => terminal.cols });
  const resize = (to: number): void => terminal.resize(to, 6);
  for (const text of write(feed, resize)) await new Promise<void>((resolve) => terminal.write(text, resolve));
  const { active } = terminal.buffer;
  const shown = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? "");
  terminal.dispose();
  while (shown.at(-1) === "") shown.pop();
  return shown;
}

const print = (text: string, repeats?: number): LogEntry => ({ level: "print", text, ...(repeats !== undefined && { repeats }) });

describe("TerminalFeed", () => {
  it("begins each entry on a row of its own", async () => {
    expect(await rows(40, function* (feed) {
      yield feed.add([print("a"), print("b\nc")]);
      yield feed.add([print("d")]);
    })).toEqual(["a", "b", "c", "d"]);
  });

  it("counts a short line up in its row", async () => {
    expect(await rows(40, function* (feed) {
      yield feed.add([print("before"), print("again")]);
      for (const count of [2, 9, 100_000]) yield feed.repeat(print("again", count));
      yield feed.add([print("after", 3)]);
    })).toEqual(["before", "again ×100000", "after ×3"]);
  });

  it.each([
    ["a line that fills its row", "x".repeat(40), ["x".repeat(40)]],
    ["a line of several rows", "x".repeat(50), ["x".repeat(40), "x".repeat(10)]],
    ["a print of several lines", "one\ntwo", ["one", "two"]],
    ["wide letters", "漢".repeat(20), ["漢".repeat(20)]],
  ])("counts %s below it, also where the screen scrolls", async (_, text, shown) => {
    const filler = Array.from({ length: 10 }, (_unused, index) => `filler ${index}`);
    expect(await rows(40, function* (feed) {
      yield feed.add(filler.map((line) => print(line)));
      yield feed.add([print(text)]);
      for (const count of [2, 3, 44]) yield feed.repeat(print(text, count));
      yield feed.add([print("after")]);
    })).toEqual([...filler, ...shown, "  ×44", "after"]);
  });

  it("leaves a row alone that the terminal has wrapped since", async () => {
    expect(await rows(60, function* (feed, resize) {
      yield feed.add([print("word word word word word word")]);
      resize(20);
      for (const count of [2, 3]) yield feed.repeat(print("word word word word word word", count));
      yield feed.add([print("after")]);
    })).toEqual(["word word word word ", "word word", "  ×3", "after"]);
  });

  it("says in the merged console whose each line is, by name", async () => {
    const source = { name: "server.luau", colour: 0 };
    expect(await rows(40, function* (feed) {
      yield feed.add([{ ...print("a\nb"), source }, { ...print("c"), source: { name: "very-long-name.luau", colour: 1 } }]);
    })).toEqual(["server.luau  │ a", "server.luau  │ b", "very-long-name.luau │ c"]);
  });

  it("draws a rule between runs", async () => {
    expect(await rows(60, function* (feed) {
      yield feed.add([print("a"), { level: "notice", text: "", code: "run-started", params: { time: 0 } }, print("b")]);
    })).toEqual(["a", expect.stringMatching(/^── New run, .+ ──$/), "b"]);
  });
});
