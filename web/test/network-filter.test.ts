import { describe, expect, it } from "vitest";
import { isShown } from "../src/network-view/item-filter.ts";
import { findInBytes, isInText, Needle, parsePattern, reachOf, type SearchPattern } from "../src/network-view/search-pattern.ts";
import { ShownItems } from "../src/network-view/shown-items.ts";
import { LadderFixture } from "./support/ladder-fixture.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const pattern = (written: string): SearchPattern => parsePattern(written) as SearchPattern;

const NONE = new Uint8Array();
const isInBytes = (wanted: SearchPattern, own: Uint8Array): boolean => findInBytes(wanted, { before: NONE, own, after: NONE }) !== undefined;

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

describe("findInBytes", () => {
  /** What is found in the middle of three pieces. */
  const found = (written: string, before: string | Uint8Array, own: string | Uint8Array, after: string | Uint8Array) => {
    const [first, middle, last] = [before, own, after].map((piece) => (typeof piece === "string" ? utf8(piece) : piece)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    return findInBytes(pattern(written), { before: first, own: middle, after: last });
  };
  const letter = utf8("ж");

  it.each([
    ["all in its own", "b", "a", "b", "c", { before: 0, after: 0 }],
    ["across all three", "HELLO", "xhe", "l", "lo", { before: 2, after: 2 }],
    ["across two", "ab", "xa", "b", "a", { before: 1, after: 0 }],
    ["bytes across two", "\\r\\n", "", "a\r", "\nb", { before: 0, after: 1 }],
    ["wholly before", "ab", "ab", "c", "", undefined],
    ["wholly behind", "ab", "", "c", "ab", undefined],
    ["bytes wholly behind", "0x6162", "", "c", "ab", undefined],
    ["several with a part in it", "aa", "a", "a", "a", { before: 1, after: 1 }],
    ["half a letter at its end", "ж", "", letter.subarray(0, 1), letter.subarray(1), { before: 0, after: 2 }],
    ["half a letter at its beginning", "ж", letter.subarray(0, 1), letter.subarray(1), "", { before: 3, after: 0 }],
    ["the middle of a letter", "€", utf8("€").subarray(0, 1), utf8("€").subarray(1, 2), utf8("€").subarray(2), { before: 0, after: 3 }],
  ] as const)("%s", (_, written, before, own, after, expected) => {
    const span = found(written, before, own, after);
    if (expected === undefined) return expect(span).toBeUndefined();
    // What is cut may be counted once more.
    expect(span?.before).toBeGreaterThanOrEqual(Math.min(expected.before, 1));
    expect(span?.after).toBeGreaterThanOrEqual(expected.after);
  });
  it("reaches as far as a match can", () => {
    expect([reachOf(pattern("0x616263")), reachOf(pattern("abc")), reachOf(pattern("a"))]).toEqual([2, 6, 0]);
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
    expect(isShown(item, filter, { columnOf, isInBytes: (wanted, { piece }) => isInBytes(wanted, piece.bytes) })).toBe(isExpected);
  });
});

/** The texts that are shown. */
const texts = (shown: ShownItems): string[] =>
  shown.items.map((item) => (item.shape === "arrow" ? new TextDecoder().decode(item.piece?.bytes) : (item.text ?? "")));
/** Looks at all that there is. */
const look = (shown: ShownItems, ladder: LadderFixture): string[] => {
  shown.changed(ladder.takeChanges().changed, 1);
  while (!shown.step(ladder, 1_000, () => 0));
  return texts(shown);
};

/** That it was sent by a line. */
const sender = (line: number) => ({ sender: { entry: 1, place: { file: "a.luau", line } } });

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
  it("finds a text that goes across several arrows of one direction, and shows all that have a part in it", () => {
    const ladder = new LadderFixture();
    const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
    for (const text of ["no", "say he", "l", "lo th", "ere"]) {
      ladder.bytes(one, other, text);
      ladder.bytes(other, one, "hello"[0] as string);
    }
    const shown = new ShownItems(columnOf);
    shown.setFilter({ hasPrinted: true, pattern: pattern("Hello") });
    // What went the other way, which is "hhhhh", has no part in it.
    expect(look(shown, ladder)).toEqual(["say he", "l", "lo th"]);
  });
  it("finds it as well where its beginning was there before, and only where all else fits too", () => {
    const ladder = new LadderFixture();
    const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
    const shown = new ShownItems(columnOf);
    shown.setFilter({ hasPrinted: true, pattern: pattern("hello") });
    ladder.bytes(one, other, "hel", sender(1));
    expect(look(shown, ladder)).toEqual([]);
    ladder.bytes(one, other, "lo", sender(2));
    expect(look(shown, ladder)).toEqual(["hel", "lo"]);
    const narrow = new ShownItems(columnOf);
    narrow.setFilter({ hasPrinted: true, pattern: pattern("hello"), place: { file: "a.luau", line: 2 } });
    expect(look(narrow, ladder)).toEqual(["lo"]);
  });
  it("looks through pieces of one byte in time in proportion to them", () => {
    const ladder = new LadderFixture();
    const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
    const all = Array.from({ length: 2_000 }, () => ladder.bytes(one, other, "a").id);
    let looks = 0;
    const source = {
      items: ladder.items,
      firstId: 1,
      // Of a long run of pieces a few are known by their place.
      beside: (id: number, reach: number) => {
        looks++;
        const take = (step: 1 | -1) =>
          Array.from({ length: reach }, (_, index) => ({ id: id + step * (index + 1), bytes: Uint8Array.of(97) })).filter(
            (piece) => piece.id >= 1 && piece.id <= all.length,
          );
        return { before: take(-1), after: take(1) };
      },
    };
    const shown = new ShownItems(columnOf);
    shown.setFilter({ hasPrinted: true, pattern: pattern("a".repeat(40)) });
    while (!shown.step(source, 1_000, () => 0));
    expect([shown.items.length, looks]).toEqual([2_000, 2_000]);
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
