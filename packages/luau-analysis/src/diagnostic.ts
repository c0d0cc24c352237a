import type { Place } from "./place.ts";

/** How strictly files are checked that do not say so themselves (`--!strict`, `--!nonstrict`, `--!nocheck`). */
export type CheckMode = "strict" | "nonstrict" | "nocheck";

export const CHECK_MODES: readonly CheckMode[] = ["strict", "nonstrict", "nocheck"];

/** What found it: the parser, the type checker, or the linter. */
export type DiagnosticCategory = "syntax" | "type" | "lint";

/** Something that is wrong with a file, or looks so. A script with type errors still runs. */
export interface Diagnostic extends Place {
  readonly category: DiagnosticCategory;
  readonly severity: "error" | "warning";
  /**
   * Stable name of the kind of mistake: Luau's own name of a lint (`LocalUnused`) or of a type error (`TypeMismatch`),
   * `SyntaxError`, or one that is told apart here (see README.md).
   */
  readonly code: string;
  /** Luau's own words, in English; the types of large tables are left out. */
  readonly message: string;
  /** The name that it is about, where there is one: of the global, the property, the local, the module. */
  readonly subject?: string;
  /** Where there is nothing of that name: names of about its length that are there, at most 100. */
  readonly similar?: readonly string[];
  /** A place elsewhere that belongs to it, such as the earlier definition. */
  readonly related?: readonly Place[];
}
