import { describe, expect, it } from "vitest";
import ts from "typescript";
import { preferredLocale } from "../src/locale/locale.ts";
import { templates as ofPage } from "../src/locale/ru.ts";
import { templates as ofConditions } from "../src/locale/ru/conditions.ts";
import { templates as ofDialogs } from "../src/locale/ru/dialogs.ts";
import { templates as ofEmbedLesson } from "../src/locale/ru/embed-lesson.ts";
import { templates as ofLessons } from "../src/locale/ru/lessons.ts";
import { templates as ofNetwork } from "../src/locale/ru/network.ts";
import { templates as ofEmbed } from "../src/locale/ru-embed.ts";
import { messages, place, sourceFiles, templateText, visit } from "./support/messages.ts";

/** Words that stand in the page untranslated: the product's name. */
const NAMES = new Set(["Luau", "Zone", "Playground"]);

/** What is in the chunk of the dialogs, and nowhere else. */
const DIALOGS = /-dialog\.ts$|^examples\/examples\.ts$|^share\/qr-|^room\/room-(?:panel|answer-text)\.ts$/;

/** What comes with the conditions of the network, and is said nowhere else. */
const CONDITIONS = /^conditions\/(?:time-bar|network-time|condition-fields|conditions-(?:panel|dialog))\.ts$/;

/** What is in the chunk of the network view, and nowhere else. */
const NETWORK = /^network-view\//;

/** What is in the chunk of the lessons, and nowhere else. */
const LESSONS = /^lessons\//;

/** What is in the chunk of a lesson in an element, and nowhere else. */
const EMBED_LESSON = /^embed\/lesson\//;

const russian: ReadonlyMap<string, unknown> = new Map(
  Object.entries({ ...ofEmbed, ...ofDialogs, ...ofConditions, ...ofNetwork, ...ofLessons, ...ofEmbedLesson }),
);

describe("the translation", () => {
  const all = messages();

  it("finds the page's messages", () => {
    expect(all.length).toBeGreaterThan(50);
  });
  it("has messages that can be told: a literal text and a literal id", () => {
    expect(all.filter(({ id, text }) => id === undefined || text === undefined)).toEqual([]);
  });
  it("has every message in Russian", () => {
    expect(all.filter(({ id = "" }) => !russian.has(id))).toEqual([]);
  });
  it("has every message of the page among those that the page fetches", () => {
    const ids = new Set([
      ...Object.keys(ofPage),
      ...Object.keys(ofDialogs),
      ...Object.keys(ofConditions),
      ...Object.keys(ofNetwork),
      ...Object.keys(ofLessons),
    ]);
    expect(all.filter(({ id = "", where }) => !where.startsWith("embed/") && !ids.has(id))).toEqual([]);
    expect(all.some(({ where }) => where.startsWith("embed/"))).toBe(true);
  });
  it.each([
    ["dialogs", ofDialogs, DIALOGS],
    ["conditions of the network", ofConditions, CONDITIONS],
    ["network view", ofNetwork, NETWORK],
    ["lessons", ofLessons, LESSONS],
    ["lessons in elements", ofEmbedLesson, EMBED_LESSON],
  ] as const)("leaves to the %s what they alone say", (_, texts, files) => {
    const alone = new Set(Object.keys(texts));
    const saidBy = new Set(all.filter(({ id = "" }) => alone.has(id)).map(({ where }) => where.replace(/:.*/, "")));
    expect([...saidBy].filter((file) => !files.test(file))).toEqual([]);
    expect([...alone].filter((id) => Object.hasOwn(ofEmbed, id) || Object.hasOwn(ofPage, id))).toEqual([]);
  });
  it("has nothing in Russian that the page does not say", () => {
    const said = new Set(all.map(({ id }) => id));
    expect([...russian.keys()].filter((id) => !said.has(id))).toEqual([]);
  });
  it("uses an id for one text only", () => {
    const texts = new Map<string, Set<string>>();
    for (const { id = "", text = "" } of all) texts.set(id, (texts.get(id) ?? new Set()).add(text));
    expect([...texts].filter(([, variants]) => variants.size > 1)).toEqual([]);
  });
  it("says the same values as the English text", () => {
    for (const { id = "", text = "", where } of all) {
      const translation = russian.get(id);
      const values = typeof translation === "object" && translation !== null && "values" in translation ? (translation.values as number[]) : [];
      const count = text.split("${}").length - 1;
      expect(
        [...new Set(values)].sort((a, b) => a - b),
        `${id} (${where})`,
      ).toEqual(Array.from({ length: count }, (_, index) => index));
    }
  });
});

describe("templates", () => {
  it("hold no text that is not translated", () => {
    const found: string[] = [];
    for (const file of sourceFiles) {
      visit(file, (node) => {
        if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== "html") return;
        const markup = templateText(node.template).replaceAll("${}", "\u0000");
        const text = markup.replace(/<[^>]*>/g, " ").replace(/&\w+;/g, " ");
        const labels = [...markup.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map((match) => match[1]);
        for (const word of [text, ...labels].join(" ").match(/\p{L}+/gu) ?? []) {
          if (!NAMES.has(word)) found.push(`${place(node)}: ${word}`);
        }
      });
    }
    expect(found).toEqual([]);
  });
});

describe("preferredLocale", () => {
  it.each([
    [undefined, ["ru-RU", "en"], "ru"],
    [undefined, ["de", "RU"], "ru"],
    [undefined, ["en-GB", "ru"], "en"],
    [undefined, ["de", "fr"], "en"],
    [undefined, [], "en"],
    ["ru", ["en"], "ru"],
    ["xx", ["ru"], "ru"],
  ])("saved %s, browser %j: %s", (saved, languages, locale) => {
    expect(preferredLocale(saved, languages)).toBe(locale);
  });
});
