import { msg } from "@lit/localize";

/** Characters that are not seen and change the order in which others are read (UAX #9), far beyond the title that they stand in. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What a project is called where it has no title yet. */
export function projectTitle(title: string): string {
  return withoutTurns(title) || msg("Untitled project", { id: "untitled" });
}

/** A stranger's text as it can be shown in a line with others, in the order in which it was written. Letters that read from the right do so without such marks. */
export function withoutTurns(text: string): string {
  return text.replace(TURNS, "");
}
