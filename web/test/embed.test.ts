import type { Tag } from "@lezer/highlight";
import { describe, expect, it } from "vitest";
import { codeHighlighting } from "../src/editor/code-theme.ts";
import { highlightLines } from "../src/editor/luau/highlight-lines.ts";
import { luauLanguage } from "../src/editor/luau/language.ts";
import { TOKEN_COLOURS } from "../src/editor/luau/token-colours.ts";
import { findRegions } from "../src/embed/regions.ts";
import { dedent } from "../src/embed/inline-files.ts";
import clientEn from "../src/project/starter/client.en.luau?raw";
import { highlightTree } from "@lezer/highlight";

describe("code without an editor", () => {
  const hard =
    "local s = `a {b `c{d}`} \\u{41}`\n--[==[ long\n]] ]==] local x: {[string]: number}? = nil\nreturn if x then \"open\nelse 'z\\z\n   y'\n\n\tfor i, v: T<U> in f() do end -- ok";
  it.each([
    ["the starter", clientEn],
    ["hard parts", hard],
  ])("has the colours of the editor: %s", (_, source) => {
    const colourOf = new Map<string, string>();
    const rules = codeHighlighting.specs as readonly { readonly tag: Tag | readonly Tag[]; readonly color?: string }[];
    const byClass = (tags: readonly Tag[]): string | null => {
      const name = codeHighlighting.style(tags);
      if (name !== null && !colourOf.has(name)) {
        const rule = rules.find(({ tag }) => [tag].flat().some((one) => codeHighlighting.style([one]) === name));
        colourOf.set(name, rule?.color ?? "");
      }
      return name;
    };
    const editor = Array.from(source, () => "");
    highlightTree(luauLanguage.parser.parse(source), { style: byClass }, (from, to, name) => editor.fill(colourOf.get(name) ?? "", from, to));
    const plain = highlightLines(source)
      .map((pieces) =>
        pieces.flatMap(({ text, style }) =>
          Array.from({ length: text.length }, () => (style === null || TOKEN_COLOURS[style] === undefined ? "" : `var(--code-${TOKEN_COLOURS[style]})`)),
        ),
      )
      .flatMap((line) => [...line, ""]);
    plain.pop();
    const differences = editor.flatMap((colour, index) =>
      /\s/.test(source[index] ?? "") || colour === plain[index] ? [] : [`${source.slice(index, index + 12)}: ${colour} or ${plain[index]}`],
    );
    expect(differences).toEqual([]);
  });
  it("loses no character", () => {
    expect(
      highlightLines(hard)
        .map((line) => line.map(({ text }) => text).join(""))
        .join("\n"),
    ).toBe(hard);
  });
});

describe("regions", () => {
  it("are found by their marks, with the lines of the marks", () => {
    expect(findRegions("a\n--#region hidden\nb\n-- #endregion\nc\n\t-- #region folded: More of it\nd\n--#endregion\n--#region hidden\ne\nf")).toEqual([
      { kind: "hidden", from: 2, to: 4, title: "" },
      { kind: "folded", from: 6, to: 8, title: "More of it" },
      { kind: "hidden", from: 9, to: 11, title: "" },
    ]);
  });
  it.each(["--#region other\n--#endregion", "print('--#region hidden')", "--#endregion", "--#regionhidden"])("%s is none", (source) => {
    expect(findRegions(source)).toEqual([]);
  });
});

describe("files inside HTML", () => {
  it.each([
    ["\n    a\n      b\n\n    c\n  ", "a\n  b\n\nc\n"],
    ["\n\tif x then\n\t\ty()\n\tend\n", "if x then\n\ty()\nend\n"],
    ["print(1)", "print(1)\n"],
    ["\r\n  a\r\n b", " a\nb\n"],
  ])("%j lose the indentation that all lines share", (text, source) => {
    expect(dedent(text)).toBe(source);
  });
});
