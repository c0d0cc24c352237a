import type { Notice } from "./notice.ts";

/** `input` is what the reader has typed. */
export type ConsoleLevel = "print" | "warn" | "error" | "notice" | "input";

/** One call of a stack; `skipped` stands alone, for so many calls in the middle that are left out. */
export interface ConsoleFrame {
  readonly chunk: string;
  readonly line?: number;
  readonly function?: string;
  readonly skipped?: number;
}

/** One print, warning, error or notice; `text` may hold line breaks. */
export interface ConsoleEntry {
  readonly level: ConsoleLevel;
  readonly text: string;
  /** When it was written, milliseconds since 1970 by the clock that console and network share. */
  readonly at?: number;
  /** The entry into the script that wrote it, by the number that the run's events of the network carry; absent for what no script code wrote. */
  readonly entry?: number;
  /** What a notice says, which the page puts into the reader's words; `text` is then of no account. */
  readonly notice?: Notice;
  /** Where an error happened: the file, and its line counted from 1. */
  readonly chunk?: string;
  readonly line?: number;
  /** The calls that led to an error, innermost first. */
  readonly stack?: readonly ConsoleFrame[];
  /** Characters left out at the end of `text`, when it was too long to be shown. */
  readonly cut?: number;
  /** How often it was written in a row; absent for once. */
  readonly repeats?: number;
}
