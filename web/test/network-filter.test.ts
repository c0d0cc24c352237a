import { describe, expect, it } from "vitest";
import { isShown } from "../src/network-view/item-filter.ts";
import { isInBytes, isInText, Needle, parsePattern, type SearchPattern } from "../src/network-view/search-pattern.ts";
import { ShownItems } from "../src/network-view/shown-items.ts";
import { LadderFixture } from "./support/ladder-fixture.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const pattern = (written: string): SearchPattern => parsePattern(written) as SearchPattern;

/** The bits of a number as bytes. */
const bits = (value: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (value >> index) & 1);

const columnOf = (lifeline: string): string => lifeline;

/** A ladder of so many arrows, of which every tenth is wanted. */
function many(count: number): LadderFixture {
  const ladder = new LadderFixture();
  const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
  for (let index = 0; index < count; index++) ladder.bytes(one, other, index % 10 === 0 ? "wanted" : "other");
  return ladder;
}

describe("parsePattern", () => {
  it.each([
    ["hello", "Say HELLO there", true],
    ["привет", "ПРИВЕТ", true],
    ["hello", "hallo", false],
    ["\\r\\n", "a\r\nb", true],
    ["GET /\\r\\n", "GET /\r\n", true],
    ["get /\\r\\n", "GET /\r\n", false],
    ["0x0d0a", "a\r\n", true],
    ["0x0D 0A", "a\r\n", true],
    ["0x0d0a", "a\n\r", false],
    ["\\x00", "a\0", true],
    // An odd number of digits is a text.
    ["0x0d0", "port 0x0d0", true],
    ["a\\\\n", "a\\n", true],
  ])("%s in %j: %s", (written, text, isFound) => {
    expect(isInBytes(pattern(written), utf8(text))).toBe(isFound);
  });
  it("is none without anything to look for", () => {
    expect(parsePattern("  ")).toBeUndefined();
  });
  it("does not look for bytes in words of ours", () => {
    expect(isInText(pattern("0x61"), "a")).toBe(false);
  });
  it("finds what begins again within itself", () => {
    expect(isInBytes(pattern("0x01010102"), Uint8Array.of(1, 1, 1, 1, 2))).toBe(true);
  });
  it("finds what a search from each place finds, for all short patterns of two bytes", () => {
    for (let length = 1; length <= 8; length++) {
      for (let value = 0; value < 1 << length; value++) {
        const needle = bits(value, length);
        const search = new Needle(needle);
        for (let hay = 0; hay < 1 << 12; hay += 3) {
          const where = bits(hay, 12);
          const isThere = where.some((_, from) => from + length <= 12 && needle.every((byte, index) => where[from + index] === byte));
          if (search.isIn(where) !== isThere) expect.fail(`${needle.join("")} in ${where.join("")}: ${!isThere}`);
        }
      }
    }
  });
  it("takes time in proportion to the bytes, whatever they and the pattern are", () => {
    // Where each place is tried anew, these are 256 comparisons for each byte.
    let reads = 0;
    const hay = new Proxy(new Uint8Array(10_000), {
      get: (target, key) => {
        if (typeof key === "string" && /^\d+$/.test(key)) reads++;
        return Reflect.get(target, key, target);
      },
    });
    expect(isInBytes(pattern(`0x${"00".repeat(126)}`), new Uint8Array(10_000))).toBe(true);
    const almost = pattern(`0x${"00".repeat(120)}01`);
    expect(almost.kind === "bytes" && almost.needle.isIn(hay)).toBe(false);
    expect(reads).toBeLessThan(4 * hay.length);
  });
});

describe("isShown", () => {
  const ladder = new LadderFixture();
  const [one, other, outside] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau"), ladder.lifeline("outside", "127.1.1.9")];
  const sent = ladder.bytes(one, other, "hello", { sender: { entry: 1, place: { file: "a.luau", line: 14 } } });
  const printed = ladder.mark("printed", { on: one, text: "hello from a", site: { entry: 1 } });
  const lost = ladder.mark("lost");
  const all = { hasPrinted: true };

  it.each([
    ["a program that takes part", sent, { ...all, column: other }, true],
    ["somebody else", sent, { ...all, column: outside }, false],
    ["what concerns all, for one", lost, { ...all, column: one }, false],
    ["its connection", sent, { ...all, connection: { run: 1, connection: 1 } }, true],
    ["another connection", sent, { ...all, connection: { run: 1, connection: 2 } }, false],
    ["its line", sent, { ...all, place: { file: "a.luau", line: 14 } }, true],
    ["another line", sent, { ...all, place: { file: "a.luau", line: 15 } }, false],
    ["a text in the bytes", sent, { ...all, pattern: pattern("ELL") }, true],
    ["a text in a printed line", printed, { ...all, pattern: pattern("from a") }, true],
    ["a text that is not there", sent, { ...all, pattern: pattern("from") }, false],
    ["printed lines, which are left out", printed, { hasPrinted: false }, false],
    ["bytes without printed lines", sent, { hasPrinted: false }, true],
  ])("%s", (_, item, filter, isExpected) => {
    expect(isShown(item, filter, columnOf)).toBe(isExpected);
  });
});

describe("ShownItems", () => {
  it("works in slices, and shows nothing half", () => {
    const ladder = many(1_000);
    const shown = new ShownItems(columnOf);
    shown.changed(ladder.takeChanges().changed, 1);
    let time = 0;
    const slow = (): number => time++;
    let slices = 1;
    while (!shown.step(ladder, 2, slow)) {
      slices++;
      expect(shown.items).toEqual([]);
    }
    expect(slices).toBeGreaterThan(3);
    expect(shown.items).toHaveLength(1_000);
    shown.setFilter({ hasPrinted: true, pattern: pattern("wanted") });
    expect(shown.isDone).toBe(false);
    while (!shown.step(ladder, 2, slow)) expect(shown.items).toHaveLength(1_000);
    expect(shown.items).toHaveLength(100);
    expect(shown.total).toBe(1_000);
  });
  it("looks again at what has changed alone", () => {
    const ladder = many(100);
    let looks = 0;
    const shown = new ShownItems((lifeline) => {
      looks++;
      return lifeline;
    });
    shown.setFilter({ hasPrinted: true, column: "program-1" });
    shown.step(ladder, 100, () => 0);
    const before = looks;
    shown.changed([3, 4], 1);
    shown.step(ladder, 100, () => 0);
    // Of each, whose column its first end stands in.
    expect(looks - before).toBe(2);
  });
  it("follows a ladder that lets go of its oldest, and one that is emptied", () => {
    const ladder = many(100);
    const shown = new ShownItems(columnOf);
    shown.changed(ladder.takeChanges().changed, 1);
    shown.step(ladder, 100, () => 0);
    ladder.items.splice(0, 40);
    ladder.firstId = 41;
    shown.changed([], ladder.firstId);
    shown.step(ladder, 100, () => 0);
    expect(shown.items.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, index) => index + 41));
    ladder.clear();
    shown.clear();
    shown.step(ladder, 100, () => 0);
    expect([shown.items.length, shown.total]).toEqual([0, 0]);
  });
});
