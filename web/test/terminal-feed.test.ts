import { Terminal } from "@xterm/xterm";
import { describe, expect, it, vi } from "vitest";
import { useGraphemes } from "../src/console/cell-widths.ts";
import type { LogEntry } from "../src/log/console-log.ts";
import { TerminalFeed } from "../src/console/terminal-feed.ts";
import { isSimple } from "../src/console/word-wrap.ts";

// In Node the addon reads its table from the buffer that lies under Node's small ones.
vi.hoisted(() => {
  Buffer.poolSize = 0;
});

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

/** The lines of a real terminal as they are copied: rows that were wrapped are one. */
async function copied(columns: number, text: string): Promise<{ rows: string[]; lines: string[] }> {
  const terminal = new Terminal({ cols: columns, rows: 6, scrollback: 1_000, tabStopWidth: 4, allowProposedApi: true });
  const widths = isSimple(text) ? undefined : useGraphemes(terminal);
  const feed = new TerminalFeed({ isFile: () => false, columns: () => terminal.cols, widths: () => widths });
  await new Promise<void>((resolve) => terminal.write(feed.add([print(text)]), resolve));
  const { active } = terminal.buffer;
  const all = Array.from({ length: active.length }, (_, row) => ({
    text: active.getLine(row)?.translateToString(true) ?? "",
    isWrapped: active.getLine(row)?.isWrapped,
  }));
  terminal.dispose();
  while (all.at(-1)?.text === "") all.pop();
  const lines: string[] = [];
  for (const row of all) {
    if (row.isWrapped === true) lines[lines.length - 1] += row.text;
    else lines.push(row.text);
  }
  return { rows: all.map((row) => row.text), lines };
}

const print = (text: string, repeats?: number): LogEntry => ({ level: "print", text, ...(repeats !== undefined && { repeats }) });

describe("TerminalFeed", () => {
  it("begins each entry on a row of its own", async () => {
    expect(
      await rows(40, function* (feed) {
        yield feed.add([print("a"), print("b\nc")]);
        yield feed.add([print("d")]);
      }),
    ).toEqual(["a", "b", "c", "d"]);
  });

  it("counts a short line up in its row", async () => {
    expect(
      await rows(40, function* (feed) {
        yield feed.add([print("before"), print("again")]);
        for (const count of [2, 9, 100_000]) yield feed.repeat(print("again", count));
        yield feed.add([print("after", 3)]);
      }),
    ).toEqual(["before", "again ×100000", "after ×3"]);
  });

  it.each([
    ["a line that fills its row", "x".repeat(40), ["x".repeat(40)]],
    ["a line of several rows", "x".repeat(50), ["x".repeat(40), "x".repeat(10)]],
    ["a print of several lines", "one\ntwo", ["one", "two"]],
    ["wide letters", "漢".repeat(20), ["漢".repeat(20)]],
  ])("counts %s below it, also where the screen scrolls", async (_, text, shown) => {
    const filler = Array.from({ length: 10 }, (_unused, index) => `filler ${index}`);
    expect(
      await rows(40, function* (feed) {
        yield feed.add(filler.map((line) => print(line)));
        yield feed.add([print(text)]);
        for (const count of [2, 3, 44]) yield feed.repeat(print(text, count));
        yield feed.add([print("after")]);
      }),
    ).toEqual([...filler, ...shown, "  ×44", "after"]);
  });

  it("leaves a row alone that the terminal has wrapped since", async () => {
    expect(
      await rows(60, function* (feed, resize) {
        yield feed.add([print("word word word word word word")]);
        resize(20);
        for (const count of [2, 3]) yield feed.repeat(print("word word word word word word", count));
        yield feed.add([print("after")]);
      }),
    ).toEqual(["word word word word ", "word word", "  ×3", "after"]);
  });

  it("says in the merged console whose each line is, by name", async () => {
    const source = { name: "server.luau", colour: 0 };
    expect(
      await rows(40, function* (feed) {
        yield feed.add([
          { ...print("a\nb"), source },
          { ...print("c"), source: { name: "very-long-name.luau", colour: 1 } },
        ]);
      }),
    ).toEqual(["server.luau  │ a", "server.luau  │ b", "very-long-name.luau │ c"]);
  });

  it("draws a rule between runs", async () => {
    expect(
      await rows(60, function* (feed) {
        yield feed.add([print("a"), { level: "notice", text: "", notice: { code: "run-started", time: 0 } }, print("b")]);
      }),
    ).toEqual(["a", expect.stringMatching(/^── New run, .+ ──$/), "b"]);
  });
});

describe("wrapping by words", () => {
  it.each<[string, string, string[]]>([
    ["words", "the quick brown fox jumps over it", ["the quick ", "brown fox ", "jumps over ", "it"]],
    ["a word that fills its row", "abcdefghijkl mno", ["abcdefghijkl", " mno"]],
    ["a word that ends with the line", "ab cdefghijk", ["ab cdefghijk"]],
    ["a word longer than a row, from where it begins", "ab cdefghijklmnopq r", ["ab cdefghijk", "lmnopq r"]],
    ["colours within a word", "the \x1b[31mqu\x1b[32mick\x1b[0m brown", ["the quick ", "brown"]],
    ["spaces at the beginning", "    indented text", ["    ", "indented ", "text"]],
    ["tabs", "\ta\tb\tcdefgh", ["    a   b   ", "cdefgh"]],
    ["several lines", "one two three\nfour five six", ["one two ", "three", "four five ", "six"]],
    ["Russian", "быстрая лиса прыгает", ["быстрая ", "лиса прыгает"]],
    ["emoji", "🎈🎈🎈🎈🎈 🎈🎈 ok", ["🎈🎈🎈🎈🎈 ", "🎈🎈 ok"]],
    ["families and flags", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 🇫🇷🇫🇷🇫🇷 ok", ["👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ", "🇫🇷🇫🇷🇫🇷 ok"]],
    ["Chinese, anywhere", "ab 漢字漢字漢字漢字", ["ab 漢字漢字", "漢字漢字"]],
    ["Hebrew", "שלום עולם שלום", ["שלום עולם ", "שלום"]],
  ])("%s", async (_, text, rows) => {
    const shown = await copied(12, text);
    expect(shown.rows).toEqual(rows);
    // eslint-disable-next-line no-control-regex
    const plain = text.replaceAll(/\x1b\[\d*m/g, "");
    // Nothing is lost or added where a row ends.
    expect(shown.lines).toEqual(plain.split("\n").map((line) => line.replace(/^\ta\tb\t/, "    a   b   ")));
  });

  it.each<[string, number]>([
    ["🎈", 2],
    ["✅", 2],
    ["👨‍👩‍👧‍👦", 2],
    ["👋🏽", 2],
    ["🇫🇷", 2],
    ["❤️", 2],
    ["☎", 1],
    ["漢", 2],
    ["한", 2],
    ["é".normalize("NFD"), 1],
    ["ﷺ", 1],
    ["é", 1],
    ["ж", 1],
  ])("%s takes %i cells", async (letter, cells) => {
    const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true });
    useGraphemes(terminal);
    await new Promise<void>((resolve) => terminal.write(`${letter}|`, resolve));
    expect(terminal.buffer.active.cursorX).toBe(cells + 1);
    terminal.dispose();
  });
});

describe("a line of 65,536 characters", () => {
  const LENGTH = 65_536;
  it.each<[string, string]>([
    ["one word", `хеш: ${"ab".repeat(LENGTH / 2)}`],
    ["colons", ":".repeat(LENGTH)],
    ["numbers with colons", "1:".repeat(LENGTH / 2)],
    ["names with colons", "a.luau:".repeat(LENGTH / 7)],
    ["places", "server.luau:1 ".repeat(LENGTH / 14)],
    ["dashes", "-".repeat(LENGTH)],
    ["marks on one letter", `e${"\u0301".repeat(LENGTH)}`],
    ["joined emoji", "👨\u200d".repeat(LENGTH / 3)],
    ["colours", "\x1b[31mx\x1b[0m".repeat(LENGTH / 10)],
    ["begun colours", "\x1b[1".repeat(LENGTH / 3)],
    ["spaces", " ".repeat(LENGTH)],
    ["line breaks", "\n".repeat(LENGTH)],
  ])("takes time in proportion to its length: %s", (_, text) => {
    const feed = new TerminalFeed({ isFile: (name) => name === "server.luau", columns: () => 80 });
    const begun = process.cpuUsage();
    feed.add([{ level: "print", text }]);
    // A pattern that stepped back took eight seconds of the processor; without one it is a tenth.
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(4_000);
  });
});
