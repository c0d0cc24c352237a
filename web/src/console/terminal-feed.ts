import type { IUnicodeVersionProvider } from "@xterm/xterm";
import { timesOf } from "../log/entry-repeats.ts";
import type { EntrySource, LogEntry } from "../log/console-log.ts";
import { entryText } from "../log/notice-text.ts";
import { plainText } from "@playground/safe-text";
import { terminalLines } from "./terminal-text.ts";
import { wrapWords } from "./word-wrap.ts";

/** Colours of the programs in the merged console, as the terminal numbers them: green, blue, magenta, cyan, yellow, and their bright kin. */
const SOURCE_COLOURS = [32, 34, 35, 36, 33, 94, 92, 95] as const;
/** Columns that names take up at least, so that short ones stand in line. */
const NAME_WIDTH = 12;
/** Columns that a count may take: a space, a sign, and eleven digits with their separators. */
const COUNT_WIDTH = 16;
/** Characters, colours included, beyond which a line counts as one of several rows without a look at it. */
const MAX_ROW_CHARS = 2_048;
/** Ends a rule between two runs; the text stands in the middle. */
const RULE = "──";

/** To the beginning of the row above, which is emptied. */
const ROW_ABOVE = "\x1b[A\r\x1b[2K";

export interface TerminalFeedOptions {
  readonly isFile: (name: string) => boolean;
  readonly columns: () => number;
  /** The terminal's widths of letters that are not simple (see word-wrap.ts), once they are there. */
  readonly widths?: () => IUnicodeVersionProvider | undefined;
}

/** Turns entries into what a terminal is sent, and counts up the last line in its place. Nothing here depends on how much was written before. */
export class TerminalFeed {
  readonly #isFile: TerminalFeedOptions["isFile"];
  readonly #columns: () => number;
  readonly #widths: () => IUnicodeVersionProvider | undefined;
  /** The row to write a count behind; undefined where the last entry takes more than one row. */
  #row: { readonly text: string; readonly columns: number } | undefined;
  /** The count stands on a row of its own. */
  #countBelow = false;

  constructor({ isFile, columns, widths = () => undefined }: TerminalFeedOptions) {
    this.#isFile = isFile;
    this.#columns = columns;
    this.#widths = widths;
  }

  /** The entries, each ending with a new row: xterm does not wrap the row of the cursor anew when it gets narrower. */
  add(entries: readonly LogEntry[]): string {
    return [...this.pieces(entries)].join("");
  }

  /** The same in pieces: one entry may be 65,536 lines, or one as long. The terminal gets all of it before anything else. */
  *pieces(entries: readonly LogEntry[]): Generator<string, void> {
    const columns = this.#columns();
    for (const entry of entries) {
      let count = 0;
      let last = "";
      for (const line of this.#lines(entry)) {
        count++;
        last = line;
        yield* wrapWords(line, columns, this.#widths());
        yield "\r\n";
      }
      this.#countBelow = false;
      this.#row = count > 1 || width(last) + COUNT_WIDTH > columns ? undefined : { text: last, columns };
      if (timesOf(entry) > 1) yield this.repeat(entry);
    }
  }

  /** The last entry has been written again: puts its count right. */
  repeat(entry: LogEntry): string {
    const count = `\x1b[1;90m×${timesOf(entry)}\x1b[0m`;
    const row = this.#row;
    // A row that the terminal may have wrapped since, on getting narrower, is left alone.
    if (row !== undefined && row.columns === this.#columns() && !this.#countBelow) return `${ROW_ABOVE}${row.text} ${count}\r\n`;
    const begin = this.#countBelow ? ROW_ABOVE : "";
    this.#countBelow = true;
    return `${begin}  ${count}\r\n`;
  }

  /** The terminal was cleared. */
  reset(): void {
    this.#row = undefined;
    this.#countBelow = false;
  }

  #lines(entry: LogEntry): Iterable<string> {
    const words = entryText(entry);
    const prefix = entry.source === undefined ? "" : sourcePrefix(entry.source);
    if (entry.notice?.code === "run-started") return [`${prefix}\x1b[90m${RULE} ${words} ${RULE}\x1b[0m`];
    return terminalLines(entry.level, words, this.#isFile, prefix);
  }
}

/** The program's name in its colour, before a line of the merged console. */
function sourcePrefix({ name, colour }: EntrySource): string {
  const code = SOURCE_COLOURS[colour % SOURCE_COLOURS.length];
  return `\x1b[1;${code}m${name.padEnd(NAME_WIDTH)}\x1b[0;90m │ \x1b[0m`;
}

/** Columns that a text takes at most: what is not plain may be two columns wide, and a tab four. */
function width(text: string): number {
  if (text.length > MAX_ROW_CHARS) return Number.POSITIVE_INFINITY;
  let columns = 0;
  for (const character of plainText(text)) columns += character === "\t" ? 4 : character <= "~" ? 1 : 2;
  return columns;
}
