import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getIndentation, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { highlightTree, tagHighlighter, tags as t } from "@lezer/highlight";
import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { luau, luauLanguage } from "../src/editor/luau/language.ts";

const WEB = fileURLToPath(new URL("..", import.meta.url));

/** Columns of a tab, as the editor has it. */
const TAB = 4;

/** Whole scripts as people write them: those beside this test, the starter and all examples. */
const SCRIPTS = ["test/scripts", "src/project/starter", "examples"].flatMap((folder) =>
  readdirSync(`${WEB}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".luau"))
    .map((name) => [`${folder}/${name}`, readFileSync(`${WEB}/${folder}/${name}`, "utf8")] as const),
);

const KEYWORDS =
  "and break continue do else elseif end export false for function if in local nil not or repeat return then true type until while ... read write";

const kinds = tagHighlighter([
  { tag: t.keyword, class: "keyword" },
  { tag: t.string, class: "string" },
  { tag: t.comment, class: "comment" },
  { tag: t.invalid, class: "invalid" },
]);

interface Token {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  highlightTree(luauLanguage.parser.parse(source), kinds, (from, to, kind) => found.push({ kind, from, to }));
  return found;
}

/** Every simple string and comment of one line, found without the highlighter: quotes do not stand in comments of these scripts. */
function quoted(source: string): { from: number; to: number }[] {
  return [...source.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
}

function indentationOf(state: EditorState, line: number): number | null {
  return getIndentation(state, state.doc.line(line).from);
}

function columns(line: string): number {
  return [.../^\s*/.exec(line)![0]].reduce((sum, sign) => sum + (sign === "\t" ? TAB - (sum % TAB) : 1), 0);
}

function editorState(doc: string): EditorState {
  return EditorState.create({ doc, extensions: [luau(), indentUnit.of("\t"), EditorState.tabSize.of(TAB)] });
}

describe.each(SCRIPTS)("%s", (name, source) => {
  it("has every keyword of the code in the colour of keywords, and nothing invalid", () => {
    const found = tokens(source);
    expect(found.filter(({ kind }) => kind.includes("invalid")).map(({ from, to }) => source.slice(from, to))).toEqual([]);
    const keywords = found.filter(({ kind }) => kind === "keyword").map(({ from, to }) => source.slice(from, to));
    expect(keywords.length).toBeGreaterThan(0);
    for (const word of keywords) expect(KEYWORDS.split(" ")).toContain(word);
  });

  it("has no keyword inside of a string in the colour of keywords", () => {
    const found = tokens(source).filter(({ kind }) => kind === "keyword");
    for (const { from, to } of quoted(source)) {
      // A string inside of an interpolation, or code between two of them, is not told apart by the expression above.
      if (source.slice(source.lastIndexOf("\n", from) + 1, from).includes("`")) continue;
      expect(found.filter((token) => token.from >= from && token.to <= to).map((token) => source.slice(token.from, token.to))).toEqual([]);
    }
  });

  it("can be cut off and changed anywhere", () => {
    assert(
      property(nat(source.length), integer({ min: 0, max: 40 }), (from, length) => {
        const cut = source.slice(0, from) + source.slice(from + length);
        for (const token of tokens(cut)) expect(token.to).toBeLessThanOrEqual(cut.length);
        const state = editorState(cut.slice(0, from));
        indentationOf(state, state.doc.lines);
      }),
      { numRuns: 30 },
    );
  });

  it("is indented by the editor as it is written", () => {
    const lines = source.split("\n");
    const inside = tokens(source).filter(({ kind, from, to }) => /string|comment/.test(kind) && source.slice(from, to).includes("\n"));
    let at = 0;
    const wrong: string[] = [];
    const state = editorState(source);
    for (const [index, line] of lines.entries()) {
      const start = at;
      at += line.length + 1;
      // Empty lines have none, and what stands inside of a long string or comment is left as it is.
      if (line.trim() === "" || inside.some(({ from, to }) => from < start && to > start)) continue;
      const wanted = indentationOf(state, index + 1);
      if (wanted !== null && wanted !== columns(line)) wrong.push(`${name}:${index + 1}: ${wanted} columns for ${JSON.stringify(line)}`);
    }
    expect(wrong).toEqual([]);
  });
});
