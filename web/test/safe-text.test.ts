import { array, assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_JOINED, plainText, safeText } from "@playground/safe-text";
import { PART_CHARS, textParts } from "../src/console/text-parts.ts";

const parts = (text: string): string[] => [...textParts(text)];

describe("safeText", () => {
  it.each([
    ["a family", "👨‍👩‍👧‍👦"],
    ["a couple with skin tones", "👩🏻‍❤️‍💋‍👨🏿"],
    ["a flag of tags", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
    ["a flag of two letters", "🇫🇷"],
    ["Vietnamese in single marks", "Việt".normalize("NFD")],
    ["Korean in single letters", "한국어 대한민국".normalize("NFD")],
    ["Thai", "น้ำ"],
    ["Hindi", "क्षत्रिय"],
    ["Hebrew with points", "בְּרֵאשִׁ֖ית"],
    ["a keycap", "1️⃣"],
  ])("leaves %s as it is", (_, text) => {
    expect(safeText(text)).toBe(text);
    expect(plainText(text)).toBe(text);
  });

  it.each([
    ["marks", `e${"\u0301".repeat(8_000)}x`, `e${"\u0301".repeat(MAX_JOINED)}x`],
    ["marks of other planes", `e${"\u{1d165}".repeat(8_000)}x`, `e${"\u{1d165}".repeat(MAX_JOINED)}x`],
    ["skin tones", `👋${"🏻".repeat(8_000)}`, `👋${"🏻".repeat(MAX_JOINED)}`],
    ["joiners", `a${"\u200d".repeat(8_000)}b`, `a${"\u200d".repeat(MAX_JOINED)}b`],
    ["Korean first letters", "ᄀ".repeat(8_000), "ᄀ".repeat(MAX_JOINED)],
    ["signs before a letter", `${"\u0600".repeat(8_000)}1`, `${"\u0600".repeat(MAX_JOINED)}1`],
    ["joined pictures", "👨\u200d".repeat(8_000), `${"👨\u200d".repeat(MAX_JOINED)}${"👨".repeat(8_000 - MAX_JOINED)}`],
  ])("ends what goes on without end: %s", (_, text, shown) => {
    expect(safeText(text)).toBe(shown);
    expect(plainText(text)).toBe(shown);
  });

  it("leaves marks that turn the reading order out of what is copied and read aloud", () => {
    expect(plainText("a\u202eb\u2069c\r\n\x1b[31md\x1b[2Je")).toBe("abc\nd[2Je");
  });
});

describe("textParts", () => {
  it("cuts behind a line break, else behind a space, else anywhere but within a letter", () => {
    expect(parts("short")).toEqual(["short"]);
    expect(parts(`${"a".repeat(1_000)}\n${"b c ".repeat(1_000)}`)[0]).toBe(`${"a".repeat(1_000)}\n`);
    expect(parts(`${"a".repeat(2_000)} ${"b".repeat(2_000)}`)[0]).toBe(`${"a".repeat(2_000)} `);
    expect(parts(`x${"🎈".repeat(2_000)}`)[0]).toHaveLength(PART_CHARS - 1);
    expect(parts(`${"x".repeat(PART_CHARS - 3)}\x1b[31my${"y".repeat(100)}`)[0]).toBe("x".repeat(PART_CHARS - 3));
  });

  it("makes the text again, of parts of bounded length", () => {
    const letter = constantFrom("a", " ", "\n", "\x1b[31m", "🎈", "\u0301", "\u200d", "שלום", "\x1b");
    assert(
      property(array(letter, { minLength: 0, maxLength: 12 }), integer({ min: 1, max: 900 }), (letters, times) => {
        const text = letters.join("").repeat(times);
        const cut = parts(text);
        expect(cut.join("")).toBe(text);
        expect(cut.every(({ length }) => length <= PART_CHARS)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
