import { FILE_EXTENSION, MAX_FILE_NAME_CHARS } from "@playground/share/file-name";

/** A mention of a place in a file, within a line of text. */
export interface SourcePlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where the mention begins and ends, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** Digits of a line's number. */
const MAX_LINE_DIGITS = 7;
/** Characters of the longest mention: a name, a colon, a line. */
export const MAX_MENTION_CHARS = MAX_FILE_NAME_CHARS + 1 + MAX_LINE_DIGITS;
/** Places that one text is searched for: more than fit on a screen. */
const MAX_PLACES = 1_000;

/** All that a name may be made of (see share/file-name.ts), as far as it goes: nothing comes after it that the search would have to step back for. */
const NAME = /[\p{L}\p{N}_.-]+/gu;
const LINE = new RegExp(`:(\\d{1,${MAX_LINE_DIGITS}})(?!\\d)`, "y");

/** Finds `server.luau:12` wherever the file is one of the project's. Takes time in proportion to the text's length, whatever is in it. */
export function findSourcePlaces(text: string, isFile: (name: string) => boolean): SourcePlace[] {
  const places: SourcePlace[] = [];
  // Most lines have none, and looking for letters of any script takes its time.
  if (!text.includes(":")) return places;
  for (const { 0: run, index } of text.matchAll(NAME)) {
    const end = index + run.length;
    if (text[end] !== ":" || !run.endsWith(FILE_EXTENSION)) continue;
    // A name begins with a letter, a digit or an underscore.
    const file = run.length > 2 * MAX_FILE_NAME_CHARS ? "" : run.replace(/^[.-]+/, "");
    if (file === "" || file.length > MAX_FILE_NAME_CHARS) continue;
    LINE.lastIndex = end;
    const line = LINE.exec(text);
    if (line === null || !isFile(file)) continue;
    places.push({ file, line: Number(line[1]), from: end - file.length, to: LINE.lastIndex });
    if (places.length === MAX_PLACES) break;
  }
  return places;
}
