import { PRINT_LINE_LIMIT } from "@playground/zone/limits";
import { describe, expect, it } from "vitest";
import {
  ConsoleBatches,
  EAGER_ENTRIES_IN_FLIGHT,
  MAX_CHARS_IN_FLIGHT,
  MAX_ENTRIES_IN_FLIGHT,
  MAX_WAITING_CHARS,
  MAX_WAITING_ENTRIES,
} from "../src/programs/worker/console-batches.ts";
import type { ConsoleEntry } from "../src/log/entry.ts";

/** The batches of a console, and the page that it sends to. */
function setUp() {
  const batches: { texts: string[]; skipped: number }[] = [];
  const entries: ConsoleEntry[] = [];
  const consoleBatches = new ConsoleBatches((batch, skipped) => {
    batches.push({ texts: batch.map((entry) => entry.text), skipped });
    entries.push(...batch);
  });
  const print = (text: string): void => consoleBatches.write({ level: "print", text });
  return { consoleBatches, batches, entries, print };
}

describe("ConsoleBatches", () => {
  it("sends the first prints at once, so that the last one before an endless loop is seen", () => {
    const { print, batches } = setUp();
    print("a");
    print("b");
    expect(batches).toEqual([
      { texts: ["a"], skipped: 0 },
      { texts: ["b"], skipped: 0 },
    ]);
  });

  it("gathers what comes while the page has not shown the first ones", () => {
    const { consoleBatches, print, batches } = setUp();
    for (let index = 0; index < EAGER_ENTRIES_IN_FLIGHT + 10; index++) print(String(index));
    expect(batches).toHaveLength(EAGER_ENTRIES_IN_FLIGHT);
    consoleBatches.shown(EAGER_ENTRIES_IN_FLIGHT);
    expect(batches.at(-1)?.texts).toHaveLength(10);
    expect(consoleBatches.waiting).toBe(0);
  });

  it("keeps the newest of a million prints, in order, and counts the rest", () => {
    const { consoleBatches, print, batches, entries } = setUp();
    const total = 1_000_000;
    for (let index = 0; index < total; index++) print(String(index));
    expect(consoleBatches.waiting).toBe(MAX_WAITING_ENTRIES);
    // The page shows batch after batch.
    for (let shown = 0; shown < batches.length; shown++) consoleBatches.shown(batches[shown]?.texts.length ?? 0);
    const skipped = batches.reduce((sum, batch) => sum + batch.skipped, 0);
    expect(entries.length + skipped).toBe(total);
    expect(skipped).toBe(total - EAGER_ENTRIES_IN_FLIGHT - MAX_WAITING_ENTRIES);
    expect(entries.at(-1)?.text).toBe(String(total - 1));
    expect(entries[EAGER_ENTRIES_IN_FLIGHT]?.text).toBe(String(total - MAX_WAITING_ENTRIES));
    // Told once, with the first entries behind the gap.
    expect(batches.filter((batch) => batch.skipped > 0)).toHaveLength(1);
  });

  it("never has more on its way than the page can take", () => {
    const { consoleBatches, print, batches } = setUp();
    for (let index = 0; index < 4_000; index++) print(String(index));
    consoleBatches.flush();
    consoleBatches.flush();
    expect(batches.reduce((sum, batch) => sum + batch.texts.length, 0)).toBe(MAX_ENTRIES_IN_FLIGHT);
  });

  it("bounds the characters that are on their way, and goes on when they are shown", () => {
    const { consoleBatches, print, batches } = setUp();
    for (let index = 0; index < EAGER_ENTRIES_IN_FLIGHT + 20; index++) print(`${index} ${"x".repeat(PRINT_LINE_LIMIT - 10)}`);
    for (let frame = 0; frame < 10; frame++) consoleBatches.flush();
    const sent = (): number => batches.flatMap(({ texts }) => texts).reduce((sum, text) => sum + text.length, 0);
    expect(sent()).toBeLessThan(MAX_CHARS_IN_FLIGHT + PRINT_LINE_LIMIT);
    const before = sent();
    consoleBatches.shown(10);
    expect(sent()).toBeGreaterThan(before + 8 * PRINT_LINE_LIMIT);
    expect(consoleBatches.waiting).toBeLessThanOrEqual(MAX_WAITING_CHARS / PRINT_LINE_LIMIT);
  });

  it("bounds the characters that wait, but keeps the last entry", () => {
    const { consoleBatches, print } = setUp();
    const long = "x".repeat(PRINT_LINE_LIMIT);
    for (let index = 0; index < 500; index++) print(`${String(index).padStart(4)}${long.slice(4)}`);
    expect(consoleBatches.waiting).toBe(Math.floor(MAX_WAITING_CHARS / PRINT_LINE_LIMIT));
  });

  it("cuts a huge print, says by how much, and tears no character apart", () => {
    const { print, entries } = setUp();
    print(`${"x".repeat(PRINT_LINE_LIMIT - 1)}🌍${"y".repeat(100)}`);
    expect(entries[0]?.text).toBe("x".repeat(PRINT_LINE_LIMIT - 1));
    expect(entries[0]?.cut).toBe(102);
  });

  it("counts a line that is printed again and again instead of keeping it", () => {
    const { consoleBatches, print, batches, entries } = setUp();
    const total = 100_000;
    for (let index = 0; index < total; index++) print("again");
    print("over");
    expect(consoleBatches.waiting).toBe(2);
    consoleBatches.flush();
    expect(batches).toHaveLength(EAGER_ENTRIES_IN_FLIGHT + 1);
    expect(entries.reduce((sum, { text, repeats = 1 }) => sum + (text === "again" ? repeats : 0), 0)).toBe(total);
    expect(entries.at(-1)).toEqual({ level: "print", text: "over" });
  });

  it("does not count together what differs in its level or its figures, nor errors and typed lines", () => {
    const { consoleBatches, entries, print } = setUp();
    for (let index = 0; index < EAGER_ENTRIES_IN_FLIGHT; index++) print(String(index));
    consoleBatches.write({ level: "print", text: "x" });
    consoleBatches.write({ level: "warn", text: "x" });
    for (const port of [1, 2]) consoleBatches.write({ level: "notice", text: "", notice: { code: "listener-lost", port, reason: "" } });
    for (const level of ["error", "error", "input", "input"] as const) consoleBatches.write({ level, text: "x" });
    consoleBatches.flushAll();
    expect(entries.slice(EAGER_ENTRIES_IN_FLIGHT).filter(({ repeats }) => repeats !== undefined)).toEqual([]);
    expect(entries).toHaveLength(EAGER_ENTRIES_IN_FLIGHT + 8);
  });

  it("sends all that waits when the program is over", () => {
    const { consoleBatches, print, entries } = setUp();
    for (let index = 0; index < 3_000; index++) print(String(index));
    consoleBatches.flushAll();
    expect(entries).toHaveLength(3_000);
    consoleBatches.flushAll();
    expect(entries).toHaveLength(3_000);
  });
});
