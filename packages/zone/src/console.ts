/** Where a program's words go. Called synchronously while the program runs; must not throw. */
export interface ConsoleSink {
  write(level: ConsoleLevel, text: string, detail?: ConsoleDetail): void;
}

/**
 * - `print`, `warn`: what the script printed
 * - `error`: the error that ended the program, as Luau would print it
 * - `notice`: a word of the playground's own; `detail.code` says which, so that it can be said in another language
 */
export type ConsoleLevel = "print" | "warn" | "error" | "notice";

/** The notices, each with the figures in `ConsoleDetail.params`. */
export type NoticeCode =
  /** Events wait and `zone.socket.update()` was not called for `seconds`. */
  | "update-missing"
  /** The listener on `port` ended because of `reason`. */
  | "listener-lost"
  /** A client was turned away: the program holds `limit` connections. */
  | "connection-limit"
  /** A printed line of `length` characters was cut to `limit`. */
  | "line-cut"
  /** A line that was typed is lost: `limit` lines wait for the script's `onInput` already. */
  | "input-full"
  /** `zone.cleanup` waits, for the network or for a time, and a program that ends waits for nothing. */
  | "cleanup-waits"
  /** Explains the error or the printed line before it, which speaks of a failure of the network with the code `failure`. */
  | "network-failure";

export interface ConsoleDetail {
  readonly code?: NoticeCode;
  readonly params?: Readonly<Record<string, string | number>>;
  /** File and 1-based line of an error. */
  readonly chunk?: string;
  readonly line?: number;
  /** The calls that led to an error, innermost first. */
  readonly stack?: readonly StackFrame[];
}

/** One call of a stack. `skipped` stands alone: so many calls in the middle of a deep stack are left out there. */
export interface StackFrame {
  readonly chunk: string;
  /** 1-based; absent for a function that is not the script's. */
  readonly line?: number;
  readonly function?: string;
  readonly skipped?: number;
}
