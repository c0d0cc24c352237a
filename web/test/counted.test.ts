import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { counted, PLURAL_FORMS } from "../src/locale/counted.ts";
import { type Locale, LOCALES, provideRussian, useLocale } from "../src/locale/locale.ts";
import { templates as ofConditions } from "../src/locale/ru/conditions.ts";
import { templates as ofDialogs } from "../src/locale/ru/dialogs.ts";
import { templates as ofEmbedLesson } from "../src/locale/ru/embed-lesson.ts";
import { templates as ofLessons } from "../src/locale/ru/lessons.ts";
import { templates as ofNetwork } from "../src/locale/ru/network.ts";
import * as russian from "../src/locale/ru-embed.ts";
import type { Notice } from "../src/log/notice.ts";
import { entryText } from "../src/log/notice-text.ts";
import { messages } from "./support/messages.ts";

const all = messages();
const forms = all.filter(({ isCounted }) => isCounted);
const translations: Readonly<Record<string, unknown>> = { ...russian.templates, ...ofDialogs, ...ofConditions, ...ofNetwork, ...ofLessons, ...ofEmbedLesson };

/** What stands behind a number and does not go with it: what begins another part of the sentence, and abbreviated units. */
const UNINFLECTED: Readonly<Record<Locale, RegExp>> = {
  en: /^(?:of|to|or|it|can|more|s|KB|MB)$/,
  ru: /^(?:из|в|до|и|оно|вставленного|с|КБ|МБ)$/,
};

beforeAll(() => {
  // Lit tells the window of a change of language.
  vi.stubGlobal("window", new EventTarget());
  provideRussian(() => Promise.resolve(russian));
});
afterEach(() => useLocale("en"));

/** A translation's text, with `${}` for each value, and the values' indexes in their order. */
function translationOf(id = ""): { text: string; values: readonly number[] } {
  const translation = translations[id];
  if (typeof translation === "string") return { text: translation, values: [] };
  const { strings, values } = translation as { strings: readonly string[]; values: readonly number[] };
  return { text: strings.join("${}"), values };
}

/** The words that stand right behind the values at some indexes. */
function wordsBehind(text: string, values: readonly number[], numbers: readonly number[]): string[] {
  return [...text.matchAll(/\$\{\}(?:\s(\p{L}+))?/gu)].flatMap(([, word], index) =>
    word !== undefined && numbers.includes(values[index] as number) ? [word] : [],
  );
}

describe("what is counted", () => {
  const expected: readonly [Locale, string, readonly [number, string][]][] = [
    [
      "en",
      "# line|# lines",
      [
        [0, "0 lines"],
        [1, "1 line"],
        [2, "2 lines"],
        [21, "21 lines"],
        [1000, "1,000 lines"],
      ],
    ],
    [
      "ru",
      "# строка|# строки|# строк",
      [
        [0, "0 строк"],
        [1, "1 строка"],
        [2, "2 строки"],
        [4, "4 строки"],
        [5, "5 строк"],
        [11, "11 строк"],
        [12, "12 строк"],
        [21, "21 строка"],
        [22, "22 строки"],
        [25, "25 строк"],
        [111, "111 строк"],
        [1001, "1\u00a0001 строка"],
      ],
    ],
  ];
  it.each(expected.flatMap(([locale, text, cases]) => cases.map(([count, result]) => [locale, count, text, result] as const)))(
    "in %s, %i of %j: %s",
    async (locale, count, text, result) => {
      await useLocale(locale);
      expect(counted(count, text)).toBe(result);
    },
  );
});

describe("messages that count", () => {
  it("are found", () => {
    expect(forms.length).toBeGreaterThan(10);
  });

  it("have each form of each language, with the number in it", () => {
    for (const { id, text = "", where } of forms) {
      for (const [locale, each] of [
        ["en", text],
        ["ru", translationOf(id).text],
      ] as const) {
        const parts = each.split("|");
        expect(parts, `${id} in ${locale} (${where})`).toHaveLength(PLURAL_FORMS[locale].length);
        for (const part of parts) expect(part.match(/#/g), `${id} in ${locale} (${where})`).toHaveLength(1);
      }
    }
  });

  it("are the only ones with forms", () => {
    const others = all.filter(({ id, text = "", isCounted }) => !isCounted && `${text}${translationOf(id).text}`.includes("|"));
    expect(others).toEqual([]);
  });
});

describe("a number in any other message", () => {
  it("is found", () => {
    expect(all.filter(({ numbers }) => numbers.length > 0).length).toBeGreaterThan(10);
  });

  it("has no word behind it that would have to go with it", () => {
    const found: string[] = [];
    for (const { id, text = "", numbers, where } of all) {
      const { text: translation, values } = translationOf(id);
      for (const [locale, words] of [
        [
          "en",
          wordsBehind(
            text,
            Array.from(text.matchAll(/\$\{\}/g), (_, index) => index),
            numbers,
          ),
        ],
        ["ru", wordsBehind(translation, values, numbers)],
      ] as const) {
        for (const word of words) if (!UNINFLECTED[locale].test(word)) found.push(`${where} ${id}: ${word}`);
      }
    }
    expect(found).toEqual([]);
  });
});

describe("notices in Russian and English", () => {
  const notices: readonly [Notice, Readonly<Record<Locale, string>>][] = [
    [
      { code: "lines-skipped", count: 1 },
      { en: "Output came faster than it can be shown: 1 line was skipped.", ru: "Строки шли быстрее, чем их можно показать: пропущена 1 строка." },
    ],
    [
      { code: "lines-skipped", count: 3 },
      { en: "Output came faster than it can be shown: 3 lines were skipped.", ru: "Строки шли быстрее, чем их можно показать: пропущены 3 строки." },
    ],
    [
      { code: "lines-skipped", count: 25 },
      { en: "Output came faster than it can be shown: 25 lines were skipped.", ru: "Строки шли быстрее, чем их можно показать: пропущено 25 строк." },
    ],
    [
      { code: "line-cut", length: 102, limit: 101 },
      { en: "The line above was cut from 102 to 101 characters.", ru: "Строка выше сокращена с 102 до 101 символа." },
    ],
    [
      { code: "pasted-line", line: 2, length: 22, limit: 20 },
      {
        en: "Nothing was sent: line 2 of the pasted text has 22 characters, and a line of input at most 20. Shorten it.",
        ru: "Ничего не отправлено: в строке 2 вставленного текста 22 символа, а в строке ввода может быть не больше 20. Сократите её.",
      },
    ],
  ];
  it.each(notices.flatMap(([notice, texts]) => LOCALES.map((locale) => [locale, texts[locale], notice] as const)))("%s: %s", async (locale, text, notice) => {
    await useLocale(locale);
    expect(entryText({ level: "notice", text: "", notice } as unknown as Parameters<typeof entryText>[0])).toBe(text);
  });
});
