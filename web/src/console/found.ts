/** What a search has found: which of how many is shown, counted from 0; -1 where there are too many to count. */
export interface Found {
  readonly index: number;
  readonly count: number;
}

/** Where a search goes: on, back, or, as one types, to the first match from where it is. */
export type SearchDirection = "next" | "previous" | "here";

/** Matches that a search counts and marks: more would hold up the page on each letter that is typed. */
export const MAX_MATCHES = 1_000;
