/** How much a line matters; the log leaves out those below its own level. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the log: what happened, and its circumstances. Holds no secret: no token, password, payload or name of a room. */
export interface LogEntry {
  readonly level: LogLevel;
  /** What kind of thing happened, such as `session`: few, and always the same. */
  readonly event: string;
  /** Circumstances, by their name. Those that are undefined are left out. */
  readonly [field: string]: string | number | boolean | undefined;
}

/** Takes what is to be logged. */
export type Log = (entry: LogEntry) => void;
