import type { TextChange } from "../source/layout-changes.ts";

export interface FormatQuestion {
  readonly id: number;
  readonly source: string;
  /** Where StyLua is fetched from at the first question. */
  readonly wasmUrl: string;
}

/** What to change to have the source formatted; or what StyLua said that it could not read. */
export type FormatAnswer = { readonly id: number; readonly changes: readonly TextChange[] } | { readonly id: number; readonly fault: string };
