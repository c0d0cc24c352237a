import type { ConsoleEntry } from "../programs/worker/messages.ts";

/** Whether an entry says the same as the one before it, so that the two are shown once, with their count. Errors tell of an end each, and typed lines are the reader's: they stand alone. */
export function isRepeat(before: ConsoleEntry, next: ConsoleEntry): boolean {
  if (next.level === "error" || next.level === "input" || next.code === "run-started") return false;
  return before.level === next.level && before.text === next.text && before.code === next.code && before.cut === next.cut && sameParams(before.params, next.params);
}

/** How often an entry was written. */
export function timesOf({ repeats }: ConsoleEntry): number {
  return repeats ?? 1;
}

function sameParams(before: ConsoleEntry["params"], next: ConsoleEntry["params"]): boolean {
  if (before === undefined || next === undefined) return before === next;
  const names = Object.keys(before);
  return names.length === Object.keys(next).length && names.every((name) => before[name] === next[name]);
}
