import { describe, expect, it } from "vitest";
import { ConsoleLog, type LogChange, MAX_LOG_CHARS, MAX_LOG_ENTRIES } from "../src/console/console-log.ts";
import type { ConsoleEntry } from "../src/worker/messages.ts";

const prints = (count: number, text = "x"): ConsoleEntry[] => Array.from({ length: count }, () => ({ level: "print", text }));

describe("ConsoleLog", () => {
  it("keeps the newest entries", () => {
    const log = new ConsoleLog();
    log.add(prints(MAX_LOG_ENTRIES, "old"), 0, () => {});
    log.add(prints(10, "new"), 0, () => {});
    expect(log.entries).toHaveLength(MAX_LOG_ENTRIES);
    expect(log.entries.filter((entry) => entry.text === "new")).toHaveLength(10);
  });

  it("keeps no more characters than it may, and always the last entry", () => {
    const log = new ConsoleLog();
    for (let index = 0; index < 20; index++) log.add(prints(1, "x".repeat(MAX_LOG_CHARS / 8)), 0, () => {});
    expect(log.entries).toHaveLength(8);
    log.add(prints(1, "y".repeat(MAX_LOG_CHARS * 2)), 0, () => {});
    expect(log.entries.map((entry) => entry.text[0])).toEqual(["y"]);
  });

  it("says where entries were skipped", () => {
    const log = new ConsoleLog();
    log.add(prints(1), 7, () => {});
    expect(log.entries[0]).toMatchObject({ level: "notice", code: "lines-skipped", params: { count: 7 } });
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
});
