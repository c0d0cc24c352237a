import { RateLimit } from "../rate-limit.ts";
import { formatJson, formatLogfmt, formatText } from "./log-format.ts";
import { type Log, LOG_LEVELS, type LogEntry, type LogLevel } from "./log.ts";

/** How lines are written: one JSON object each, `key=value` pairs, or a sentence for a person at a terminal. */
export const LOG_FORMATS = ["json", "logfmt", "text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Warnings and errors a second in the long run: a client that is refused all the time must not fill the disk (130 MB a day). */
const WARNINGS_PER_SECOND = 5;
/** Warnings and errors after a quiet time. */
const WARNINGS_BURST = 100;
/** Other lines a second in the long run: a class of forty that runs and stops its programs. */
const LINES_PER_SECOND = 20;
/** Other lines after a quiet time: everybody comes back when the bridge is started again. */
const LINES_BURST = 1_000;

/** How to write the log. */
export interface LogWriterOptions {
  readonly write: (line: string) => void;
  readonly format?: LogFormat;
  /** The least level that is written. */
  readonly level?: LogLevel;
  readonly now?: () => Date;
}

/** Writes log entries as lines with their time, and leaves some out (and says how many) when there are too many. */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #least: number;
  readonly #warnings = new RateLimit(WARNINGS_PER_SECOND, WARNINGS_BURST);
  readonly #lines = new RateLimit(LINES_PER_SECOND, LINES_BURST);
  #untold = 0;
  #leftOut = 0;

  constructor(options: LogWriterOptions) {
    this.#options = options;
    this.#least = LOG_LEVELS.indexOf(options.level ?? "info");
  }

  /** Lines left out so far because there were too many. */
  get leftOut(): number {
    return this.#leftOut;
  }

  readonly log: Log = (entry) => {
    if (LOG_LEVELS.indexOf(entry.level) < this.#least) return;
    const limit = LOG_LEVELS.indexOf(entry.level) < LOG_LEVELS.indexOf("warn") ? this.#lines : this.#warnings;
    if (!limit.take()) {
      this.#leftOut += 1;
      this.#untold += 1;
      return;
    }
    if (this.#untold > 0) {
      const lines = this.#untold;
      this.#untold = 0;
      this.#write({ level: "warn", event: "log-lines-left-out", lines });
    }
    this.#write(entry);
  };

  #write(entry: LogEntry): void {
    const { format, now, write } = this.#options;
    const time = (now?.() ?? new Date()).toISOString();
    const line = { json: formatJson, logfmt: formatLogfmt, text: (_time: string, told: LogEntry) => formatText(told) }[format ?? "json"](time, entry);
    write(`${line}\n`);
  }
}
