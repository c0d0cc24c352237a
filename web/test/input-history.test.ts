import { describe, expect, it } from "vitest";
import { InputHistory, MAX_HISTORY_LINES } from "../src/console/input-history.ts";

function historyOf(...lines: string[]): InputHistory {
  const history = new InputHistory();
  for (const line of lines) history.add(line);
  return history;
}

describe("InputHistory", () => {
  it("goes up to older lines and back to the one that was begun", () => {
    const history = historyOf("one", "two");
    expect(history.newer()).toBeUndefined();
    expect([history.older("beg"), history.older("two"), history.older("one")]).toEqual(["two", "one", undefined]);
    expect([history.newer(), history.newer(), history.newer()]).toEqual(["two", "beg", undefined]);
  });
  it("begins at the end again after a line was sent", () => {
    const history = historyOf("one", "two");
    history.older("");
    history.older("");
    history.add("three");
    expect(history.older("")).toBe("three");
  });
  it("leaves out empty lines and repetitions", () => {
    const history = historyOf("one", "", "one", "one");
    expect([history.older(""), history.older("")]).toEqual(["one", undefined]);
  });
  it("forgets the oldest lines", () => {
    const history = historyOf(...Array.from({ length: MAX_HISTORY_LINES + 5 }, (_, index) => String(index)));
    const lines: (string | undefined)[] = [];
    for (let line = history.older(""); line !== undefined; line = history.older("")) lines.push(line);
    expect(lines).toHaveLength(MAX_HISTORY_LINES);
    expect(lines.at(-1)).toBe("5");
  });
});
