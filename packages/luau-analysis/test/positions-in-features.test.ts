import { assert, boolean, constantFrom, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import type { Analysis, Place } from "../src/index.ts";
import { analyse } from "./support/analysis.ts";
import { HARD_LINE } from "./support/hard-text.ts";

/** Text around the places that are asked about: in comments and strings, before them on the same line and above. */
const AROUND = record({ comment: HARD_LINE, text: HARD_LINE, indent: boolean(), newline: constantFrom("\n", "\r\n") });

interface Around {
  readonly comment: string;
  readonly text: string;
  readonly indent: boolean;
  readonly newline: string;
}

const RUNS = rounds({ short: 15, full: 40 });

/** A module that is required, in as hard a text as the file that requires it. */
function wordsOf({ comment, text, newline }: Around): string {
  return [
    `--[[${comment}]] local words = { --[[${comment}]] title = "${text}" }`,
    `-- ${comment}`,
    `--[[${comment}]] function words.greet(name: string, times: number): string`,
    `\treturn "${text}" .. string.rep(name, times)`,
    "end",
    `--[[${comment}]] return words`,
  ].join(newline);
}

/** Lines behind the head that every source has; `¦` is taken out, and its offset given; `⏎` is a line end. */
function sourceOf({ comment, text, indent, newline }: Around, ...lines: readonly string[]): { readonly source: string; readonly offset: number } {
  const head = `--[[${comment}]] ${indent ? "\t" : ""}local s = "${text}"; `;
  const marked = [`-- ${comment}`, `${head}local words = require("./words")`, ...lines.map((line) => head + line), "print(words)"]
    .join("⏎")
    .replaceAll("⏎", newline);
  const offset = marked.indexOf("¦");
  return offset < 0 ? { source: marked, offset } : { source: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** Holds whatever stands around. */
async function holds(lines: readonly string[], check: (analysis: Analysis, source: string, offset: number, words: string) => void): Promise<void> {
  const analysis = await analyse({ "words.luau": "return {}", "main.luau": "" });
  assert(
    property(AROUND, (around) => {
      const words = wordsOf(around);
      analysis.setFile("words.luau", words);
      // `s` is there several times on purpose; what is looked for is not.
      const { source, offset } = sourceOf(around, ...lines);
      analysis.setFile("main.luau", source);
      check(analysis, source, offset, words);
    }),
    { numRuns: RUNS },
  );
}

/** The code and the text of each diagnostic that is not about `s`, which every line declares. */
function found(analysis: Analysis, source: string): string[] {
  return analysis
    .checkFile("main.luau")
    .filter(({ code, message }) => !["LocalShadow", "LocalUnused", "DuplicateLocal", "SameLineStatement"].includes(code) || message.includes("wanted"))
    .map(({ code, range }) => `${code}: ${source.slice(range.from, range.to)}`);
}

/** Places as file, offset and text. */
function texts(places: readonly Place[], sources: Readonly<Record<string, string>>): string[] {
  return places.map(({ file, range }) => `${file}@${range.from}: ${sources[file]!.slice(range.from, range.to)}`);
}

describe("whatever stands around, the position is right of", () => {
  it("type errors, on one line and over several", async () => {
    await holds(["local n: number = words.title; print(n, nothing)", `local t: { x: number } = words.greet(⏎\t"я", 1); print(t)`], (analysis, source) => {
      const call = source.slice(source.indexOf("words.greet("), source.indexOf('"я", 1)') + '"я", 1)'.length);
      expect(call).toContain("\n");
      expect(found(analysis, source)).toEqual(expect.arrayContaining(["TypeMismatch: words.title", "UnknownSymbol: nothing", `TypeMismatch: ${call}`]));
    });
  });

  it("lint warnings", async () => {
    await holds(["local wanted = 1", "print(table.getn({}))"], (analysis, source) => {
      expect(found(analysis, source)).toEqual(["LocalUnused: wanted", "DeprecatedApi: table.getn"]);
    });
  });

  it("syntax errors", async () => {
    await holds(["local n = 1 + * 2"], (analysis, source) => {
      const first = analysis.checkFile("main.luau").find(({ category }) => category === "syntax");
      expect([first?.code, first?.range.from]).toEqual(["SyntaxError", source.indexOf("* 2")]);
    });
  });

  it("hover, at every offset of a name", async () => {
    await holds(["local shown = words.greet(s, 2)", "print(s, shown)"], (analysis, source) => {
      const use = source.lastIndexOf("shown");
      for (const offset of [use, use + 2, use + 5]) {
        expect(analysis.hover("main.luau", offset)).toEqual({ range: { from: use, to: use + 5 }, code: "local shown: string" });
      }
      const member = source.lastIndexOf("greet");
      expect(analysis.hover("main.luau", member + 1)?.range).toEqual({ from: member, to: member + 5 });
    });
  });

  it("the comment that hover shows from another file", async () => {
    await holds(["print(words.gr¦eet(s, 1))"], (analysis, _source, offset, words) => {
      const line = words.split(/\r?\n/)[1]!;
      expect(analysis.hover("main.luau", offset)?.comment ?? "").toBe(line.replace(/^-- /, "").trim());
    });
  });

  it("definitions, here and in another file", async () => {
    await holds(["local shown = words.greet(s, 2)", "print(s, shown)"], (analysis, source, _offset, words) => {
      const declared = source.indexOf("shown");
      expect(analysis.definition("main.luau", source.lastIndexOf("shown") + 1)).toEqual({ file: "main.luau", range: { from: declared, to: declared + 5 } });
      const place = analysis.definition("main.luau", source.lastIndexOf("greet") + 1)!;
      expect(place.file).toBe("words.luau");
      expect(words.slice(place.range.from, place.range.to)).toContain("greet");
    });
  });

  it("references, here and in another file", async () => {
    await holds(["local shown = words.greet(s, 2)", "print(s, shown, words.greet(s, 3))"], (analysis, source, _offset, words) => {
      const sources = { "main.luau": source, "words.luau": words };
      const [first, last] = [source.indexOf("shown"), source.lastIndexOf("shown")];
      expect(texts(analysis.references("main.luau", last), sources)).toEqual([`main.luau@${first}: shown`, `main.luau@${last}: shown`]);
      const member = source.lastIndexOf("greet");
      expect(texts(analysis.references("main.luau", member + 1), sources).toSorted()).toEqual(
        [`main.luau@${source.indexOf("greet")}: greet`, `main.luau@${member}: greet`, `words.luau@${words.indexOf("greet")}: greet`].toSorted(),
      );
    });
  });

  it("completion of a member that is half written", async () => {
    await holds(["print(words.gr¦)"], (analysis, source, offset) => {
      const { range, items } = analysis.complete("main.luau", offset);
      expect([source.slice(range.from, range.to), range.to]).toEqual(["gr", offset]);
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["greet", "title"]));
    });
  });

  it("completion of locals, keywords and keys in strings", async () => {
    await holds(["local wanted = 1", "wan¦"], (analysis, source, offset) => {
      const { range, items } = analysis.complete("main.luau", offset);
      expect(source.slice(range.from, range.to)).toBe("wan");
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["wanted", "while"]));
    });
    await holds(['local t: { kind: "большой 👩‍👩‍👧" | "small" } = { kind = "¦" }'], (analysis, _source, offset) => {
      const { range, items } = analysis.complete("main.luau", offset);
      expect(range).toEqual({ from: offset, to: offset });
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["большой 👩‍👩‍👧", "small"]));
    });
  });

  it("completion of paths", async () => {
    await holds(['local more = require("./wo¦")'], (analysis, source, offset) => {
      const { range, items } = analysis.complete("main.luau", offset);
      expect(source.slice(0, range.from)).toMatch(/require\("(\.\/)?$/);
      expect(range.to).toBe(offset);
      expect(items.map(({ label }) => label)).toContain("words");
    });
  });

  it.each([
    ["print(words.greet(¦))", 0, "name: string"],
    ["print(words.greet(s, ¦))", 1, "times: number"],
    ['print(words.greet("привет, 😀, é" .. s, ¦1))', 1, "times: number"],
  ])("signature help in %s", async (line, parameter, expected) => {
    await holds([line], (analysis, _source, offset) => {
      const help = analysis.signatureHelp("main.luau", offset)!;
      const [{ label, parameters }] = help.signatures as [(typeof help.signatures)[0]];
      expect([label, help.parameter]).toEqual(["greet(name: string, times: number): string", parameter]);
      expect(label.slice(parameters[parameter]!.from, parameters[parameter]!.to)).toBe(expected);
    });
  });

  it("inlay hints", async () => {
    await holds(["local shown = words.greet(s, 2)", "for index, value in { true } do print(index, value, shown) end"], (analysis, source) => {
      const hints = analysis.inlayHints("main.luau").map(({ offset, label }) => `${/\w+$/.exec(source.slice(0, offset))?.[0]}${label}`);
      expect(hints).toEqual(expect.arrayContaining(["shown: string", "index: number", "value: boolean"]));
    });
  });
});
