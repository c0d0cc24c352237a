import { describe, expect, it } from "vitest";
import { ConsoleLog, type LogChange, MAX_LOG_CHARS, MAX_LOG_ENTRIES } from "../src/log/console-log.ts";
import type { ConsoleEntry } from "../src/log/entry.ts";

/** Prints that differ by a number at their end. */
const prints = (count: number, text = "x"): ConsoleEntry[] => Array.from({ length: count }, (_, index) => ({ level: "print", text: `${text}${index}` }));

describe("ConsoleLog", () => {
  it("keeps the newest entries", () => {
    const log = new ConsoleLog();
    log.add(prints(MAX_LOG_ENTRIES, "old"), 0, () => {});
    log.add(prints(10, "new"), 0, () => {});
    expect(log.entries).toHaveLength(MAX_LOG_ENTRIES);
    expect(log.entries.filter((entry) => entry.text.startsWith("new"))).toHaveLength(10);
  });

  it("keeps no more characters than it may, and always the last entry", () => {
    const log = new ConsoleLog();
    for (let index = 0; index < 20; index++) log.add([{ level: "print", text: String(index).padEnd(MAX_LOG_CHARS / 8, "x") }], 0, () => {});
    expect(log.entries).toHaveLength(8);
    log.add(prints(1, "y".repeat(MAX_LOG_CHARS * 2)), 0, () => {});
    expect(log.entries.map((entry) => entry.text[0])).toEqual(["y"]);
  });

  it("counts equal lines in a row, also those that come later and with counts of their own", () => {
    const log = new ConsoleLog();
    const changes: LogChange[] = [];
    log.attachView((change) => changes.push(change));
    const again: ConsoleEntry = { level: "print", text: "again" };
    log.add([again, again], 0, () => {});
    expect(changes.at(-1)).toMatchObject({ entries: [{ text: "again", repeats: 2 }] });
    log.add(
      [
        { ...again, repeats: 40 },
        { level: "print", text: "other" },
      ],
      0,
      () => {},
    );
    expect(changes.at(-1)).toMatchObject({ repeated: { text: "again", repeats: 42 }, entries: [{ text: "other" }] });
    log.add([again], 0, () => {});
    expect(log.entries.map(({ text, repeats }) => [text, repeats])).toEqual([
      ["again", 42],
      ["other", undefined],
      ["again", undefined],
    ]);
  });

  it("has a merged log beside it that keeps the order among programs and whose each line is", () => {
    const merged = new ConsoleLog();
    const [server, client] = ["server", "client"].map((name, colour) => new ConsoleLog(merged, { name, colour }));
    server?.add(prints(1, "a"), 0, () => {});
    client?.add(prints(1, "a"), 0, () => {});
    server?.add(prints(1, "a"), 0, () => {});
    server?.add(prints(1, "a"), 0, () => {});
    expect(merged.entries.map(({ source, repeats }) => [source?.name, repeats])).toEqual([
      ["server", undefined],
      ["client", undefined],
      ["server", 2],
    ]);
    expect(server?.entries).toMatchObject([{ repeats: 3 }]);
  });

  it("leaves it to the view of the merged log to say what is shown, where that is the only one", () => {
    const merged = new ConsoleLog();
    const log = new ConsoleLog(merged, { name: "a", colour: 0 });
    const changes: LogChange[] = [];
    const detach = merged.attachView((change) => changes.push(change));
    let shown = 0;
    log.add(prints(1), 0, () => shown++);
    expect(shown).toBe(0);
    for (const change of changes) if (change.type === "added") change.shown();
    expect(shown).toBe(1);
    detach();
    log.add(prints(1), 0, () => shown++);
    expect(shown).toBe(2);
  });

  it("says where entries were skipped", () => {
    const log = new ConsoleLog();
    log.add(prints(1), 7, () => {});
    expect(log.entries[0]).toMatchObject({ level: "notice", notice: { code: "lines-skipped", count: 7 } });
  });

  it("counts entries as shown when nobody looks, and leaves it to the view when somebody does", () => {
    const log = new ConsoleLog();
    let shown = 0;
    log.add(prints(1), 0, () => shown++);
    expect(shown).toBe(1);
    const changes: LogChange[] = [];
    const detach = log.attachView((change) => changes.push(change));
    log.add(prints(2), 0, () => shown++);
    expect(shown).toBe(1);
    for (const change of changes) if (change.type === "added") change.shown();
    expect(shown).toBe(2);
    log.clear();
    expect(changes.at(-1)).toEqual({ type: "cleared" });
    detach();
    log.add(prints(1), 0, () => shown++);
    expect(shown).toBe(3);
  });

  it("that has left the merged log writes on by itself, and says itself what is shown", () => {
    const merged = new ConsoleLog();
    merged.attachView(() => {});
    const log = new ConsoleLog(merged, { name: "a", colour: 0 });
    log.add(prints(1), 0, () => {});
    merged.clear();
    log.leaveMerged();
    let shown = 0;
    log.add(prints(2, "y"), 0, () => shown++);
    expect([merged.entries.length, log.entries.length, shown]).toEqual([0, 3, 1]);
  });
});
