import type { ConsoleSink } from "@playground/zone";
import type { OutputEntry } from "./messages.ts";

/** A console that makes one entry of an error and the notice that explains it: in a terminal what went wrong is one line. */
export function joiningExplanations(write: (entry: OutputEntry) => void): ConsoleSink {
  let error: OutputEntry | undefined;
  return {
    write: (level, text, detail) => {
      if (detail?.isExplained === true) {
        error = { level, text, detail };
        return;
      }
      write(error === undefined ? { level, text, ...(detail !== undefined && { detail }) } : { ...error, detail: { ...error.detail, ...detail } });
      error = undefined;
    },
  };
}
