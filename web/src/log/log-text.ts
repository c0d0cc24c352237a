import { timesOf } from "./entry-repeats.ts";
import type { LogEntry } from "./console-log.ts";
import { entryText } from "./notice-text.ts";
import { plainText } from "@playground/safe-text";

/** A log as plain text, for the clipboard and for a file: no colours, repeated lines with their count. */
export function logText(entries: readonly LogEntry[]): string {
  return entries
    .map((entry) => {
      const text = plainText(entryText(entry)) + (timesOf(entry) > 1 ? ` ×${timesOf(entry)}` : "");
      return entry.source === undefined
        ? text
        : text
            .split("\n")
            .map((line) => `${entry.source?.name}: ${line}`)
            .join("\n");
    })
    .join("\n");
}
