import type { ProgramObserver } from "@playground/capture/recording";
import type { NetworkErrorCode } from "@playground/network";
import type { ErrorExplanation } from "./reference/error-explanations.ts";

/** Where a program's words go. Called synchronously while the program runs; must not throw. */
export interface ConsoleSink {
  write(level: ConsoleLevel, text: string, detail?: ConsoleDetail): void;
}

/**
 * - `print`, `warn`: what the script printed
 * - `error`: the error that ended the program, as Luau would print it
 * - `notice`: a word of the playground's own; `detail.notice` says which, so that it can be said in another language.
 *   Where it explains what was written before it, `text` is empty: the sentences are many, and
 *   `@playground/zone/explanations` has them for whoever shows them
 */
export type ConsoleLevel = "print" | "warn" | "error" | "notice";

/** What a notice says: its code, and the figures in its sentence. */
export type Notice =
  /** Events wait and `zone.socket.update()` was not called for `seconds`. */
  | { readonly code: "update-missing"; readonly seconds: number }
  /** Bytes from `ip` have waited for `seconds`, and their connection has no onReceive. */
  | { readonly code: "receive-missing"; readonly ip: string; readonly seconds: number }
  /** `ip` has closed a connection that has no onDisconnect. */
  | { readonly code: "disconnect-missing"; readonly ip: string }
  /** A `send` took `taken` of `length` bytes, since the send buffer of the connection with `ip` is full. */
  | { readonly code: "send-full"; readonly ip: string; readonly taken: number; readonly length: number }
  /** A `send` took nothing, since the connection with `ip` is closed. */
  | { readonly code: "send-closed"; readonly ip: string }
  /** The listener on `port` ended because of `reason`. */
  | { readonly code: "listener-lost"; readonly port: number; readonly reason: string }
  /** A client was turned away: the program holds `limit` connections. */
  | { readonly code: "connection-limit"; readonly limit: number }
  /** A printed line of `length` characters was cut to `limit`. */
  | { readonly code: "line-cut"; readonly length: number; readonly limit: number }
  /** A line that was typed is lost: `limit` lines wait for the script's `onInput` already. */
  | { readonly code: "input-full"; readonly limit: number }
  /** `zone.cleanup` waits, for the network or for a time, and a program that ends waits for nothing. */
  | { readonly code: "cleanup-waits" }
  /** Explains the error or the printed line before it, which speaks of a failure of the network. */
  | { readonly code: "network-failure"; readonly failure: NetworkErrorCode }
  /** Explains the error before it, which the VM itself has raised. */
  | { readonly code: "error-explained"; readonly explanation: ErrorExplanation };

/** The same console, of which `observer` hears too. `entry` gives the entry into the script that runs. */
export function watchedConsole(console: ConsoleSink, observer: Pick<ProgramObserver, "onPrinted">, entry: () => number): ConsoleSink {
  return {
    write: (level, text, detail) => {
      console.write(level, text, detail);
      observer.onPrinted(level, text, entry());
    },
  };
}

export interface ConsoleDetail {
  readonly notice?: Notice;
  /** Of an error: the next that is written, at once, is the notice that explains it. */
  readonly isExplained?: true;
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
