import { describe, expect, it } from "vitest";
import { referenceContent } from "../build/reference-content.ts";
import type { ReferenceTopic } from "../src/reference/content.ts";
import { referenceLink, topicOfHash } from "../src/reference/reference-link.ts";
import { markWords, MAX_QUERY_LENGTH, ReferenceSearch, wordsOf } from "../src/reference/search.ts";
import { sectionsOf } from "../src/reference/sections.ts";

const english = referenceContent("en");
const russian = referenceContent("ru");

/** A text with what is marked between brackets. */
const marked = (text: string, ...words: string[]): string =>
  markWords(text, words)
    .map(({ text: piece, isFound }) => (isFound ? `[${piece}]` : piece))
    .join("");

/** A topic without a text; an entry, if it has names. */
const topic = (depth: 1 | 2 | 3, id: string, names: string[] = []): ReferenceTopic => ({ id, depth, title: id, names, blocks: [] });

describe("the search", () => {
  const search = new ReferenceSearch(english.topics);
  const found = (query: string): string[] => search.find(wordsOf(query)).map(({ topic }) => topic.id);

  it("finds an entry by its name, in whatever capitals, before texts that only mention it", () => {
    expect(found("ONRECEIVE")[0]).toBe("NetConnection:onReceive");
    expect(found("onreceive").length).toBeGreaterThan(1);
    expect(found("NetConnection:onReceive")[0]).toBe("NetConnection:onReceive");
  });
  it("finds each name of a family, also where the heading leaves out the class", () => {
    const family = english.topics.find(({ names }) => names.length > 1);
    expect(found(family?.names[1] ?? "")).toContain(family?.id);
  });
  it("wants all of the words, in any order", () => {
    expect(found("websocket bridge")).toContain("the-bridge");
    expect(found("bridge websocket")).toEqual(found("websocket bridge"));
    expect(found("websocket nosuchword")).toEqual([]);
  });
  it("finds Russian words by their beginning", () => {
    const topics = new ReferenceSearch(russian.topics).find(wordsOf("мост"));
    expect(topics[0]?.topic.id).toBe("the-bridge");
  });
  it("finds nothing for nothing", () => {
    expect(search.find(wordsOf("  "))).toEqual([]);
  });
  it("shows the text around what it has found", () => {
    for (const { topic, excerpt } of search.find(wordsOf("websocket"))) {
      if (!topic.title.toLowerCase().includes("websocket")) expect(excerpt.toLowerCase(), topic.id).toContain("websocket");
      expect(excerpt.length).toBeLessThan(200);
      expect(excerpt).not.toContain("\n");
    }
  });
  it("takes no more than its longest query", () => {
    expect(wordsOf("a".repeat(10 * MAX_QUERY_LENGTH))).toEqual(["a".repeat(MAX_QUERY_LENGTH)]);
  });
});

describe("marks", () => {
  it.each([
    ["Sends bytes", ["send"], "[Send]s bytes"],
    ["a b a", ["a"], "[a] b [a]"],
    ["abcd", ["abc", "bcd"], "[abcd]"],
    ["abcd", ["bcd", "b"], "a[bcd]"],
    ["abab", ["ab"], "[abab]"],
    ["nothing", ["x"], "nothing"],
    ["", ["x"], ""],
    // "İ" has a small form of two units.
    ["İ send", ["send"], "İ send"],
  ])("in %j for %j: %j", (text, words, expected) => {
    expect(marked(text, ...words)).toBe(expected);
  });
});

describe("sections", () => {
  it("hold an introduction and its entries", () => {
    const sections = sectionsOf([topic(1, "A"), topic(2, "a", ["a"]), topic(2, "B"), topic(3, "b", ["b"]), topic(1, "C")]);
    expect(sections.map(({ chapter, topics }) => [chapter, topics.map(({ id }) => id)])).toEqual([
      [undefined, ["A", "a"]],
      ["A", ["B", "b"]],
      [undefined, ["C"]],
    ]);
  });
  it("hold the whole reference", () => {
    expect(sectionsOf(english.topics).flatMap(({ topics }) => topics)).toEqual(english.topics);
  });
});

describe("links to the reference", () => {
  it.each(english.topics.map(({ id }) => id))("lead to %s", (id) => {
    expect(topicOfHash(new URL(referenceLink(id, { origin: "http://playground.test:8080" })).hash)).toBe(id);
  });
  it("are read as they are written by hand", () => {
    expect(topicOfHash("#reference=NetConnection:send")).toBe("NetConnection:send");
    expect(topicOfHash("#reference=%")).toBe("%");
    expect(topicOfHash("#reference=")).toBe("");
    expect(topicOfHash("#share=abc")).toBeUndefined();
    expect(topicOfHash("")).toBeUndefined();
  });
});
