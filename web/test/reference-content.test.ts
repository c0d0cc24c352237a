import { describe, expect, it } from "vitest";
import { allEntries } from "../../packages/zone/src/reference/index.ts";
import { referenceContent } from "../build/reference-content.ts";
import { type Block, BRIDGE_TOPIC, type Inline } from "../src/reference/content.ts";

const english = referenceContent("en");
const russian = referenceContent("ru");

function inlinesOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case "paragraph":
      return block.content;
    case "code":
      return [];
    case "note":
      return block.content.flatMap(inlinesOf);
    case "list":
      return block.items.flat().flatMap(inlinesOf);
    case "table":
      return [...block.head.flat(), ...block.rows.flat(2)];
  }
}

function nested(inline: Inline): readonly Inline[] {
  return typeof inline !== "string" && "content" in inline ? [inline, ...inline.content.flatMap(nested)] : [inline];
}

describe("the reference as the page has it", () => {
  it("has every name of the API", () => {
    expect(english.topics.flatMap(({ names }) => names)).toEqual(allEntries().flatMap(({ names }) => names));
  });

  it("has the same topics in both languages, each with an id of its own", () => {
    const ids = english.topics.map(({ id }) => id);
    expect(russian.topics.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(BRIDGE_TOPIC);
  });

  it.each([
    ["English", english, /[a-z]{3}/],
    ["Russian", russian, /[а-я]{3}/],
  ])("speaks %s below every heading that has a text", (_language, { topics }, words) => {
    for (const { id, blocks, names } of topics) {
      if (names.length === 0 && blocks.length === 0) continue;
      expect(JSON.stringify(blocks), id).toMatch(words);
    }
  });

  it("leads from topic to topic", () => {
    const links = russian.topics
      .flatMap(({ blocks }) => blocks.flatMap(inlinesOf).flatMap(nested))
      .filter((inline) => typeof inline !== "string" && inline.kind === "link");
    expect(links).toContainEqual(expect.objectContaining({ topic: "buffers-and-time-limits" }));
  });

  it("leaves no Markdown unread", () => {
    for (const { id, blocks } of [...english.topics, ...russian.topics]) {
      for (const inline of blocks.flatMap(inlinesOf).flatMap(nested)) if (typeof inline === "string") expect(inline, id).not.toMatch(/\*\*|`|\]\(|&\w+;/);
    }
  });
});
