import type { LadderItem } from "@playground/capture";

/** Milliseconds without anything from which on the ladder says how long it was: a person notices a pause of about a second. */
export const SILENCE_MS = 1_000;

/** Milliseconds of silence before an item that are worth a word; 0 where there are none. */
export function silenceBefore(items: readonly LadderItem[], index: number): number {
  const item = items[index];
  const before = items[index - 1];
  if (item === undefined || before === undefined) return 0;
  // A slow arrow ends long after it began: that was no silence.
  const quiet = item.at - Math.max(before.at, lastTime(before));
  return quiet >= SILENCE_MS ? quiet : 0;
}

function lastTime(item: LadderItem): number {
  return item.shape === "arrow" ? (item.arrivedAt ?? item.at) : item.at;
}
