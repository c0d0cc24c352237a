import type { ConsoleEntry } from "./entry.ts";
import type { Notice } from "./notice.ts";

/** Whether an entry says the same as the one before it, so that the two are shown once, with their count. Errors tell of an end each, and typed lines are the reader's: they stand alone. */
export function isRepeat(before: ConsoleEntry, next: ConsoleEntry): boolean {
  if (next.level === "error" || next.level === "input" || next.notice?.code === "run-started") return false;
  return before.level === next.level && before.text === next.text && before.cut === next.cut && isSameNotice(before.notice, next.notice);
}

/** How often an entry was written. */
export function timesOf({ repeats }: ConsoleEntry): number {
  return repeats ?? 1;
}

function isSameNotice(before: Notice | undefined, next: Notice | undefined): boolean {
  if (before === undefined || next === undefined) return before === next;
  // One code has one set of figures.
  return before.code === next.code && (Object.keys(before) as (keyof Notice)[]).every((name) => before[name] === next[name]);
}
