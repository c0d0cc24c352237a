import type { IUnicodeVersionProvider } from "@xterm/xterm";

/** Columns between two tab stops. */
export const TAB_WIDTH = 4;

/** Letters that take one cell each, in every version of the terminal's widths: Latin, Greek, Cyrillic, punctuation, arrows and lines. */
const SIMPLE =
  // eslint-disable-next-line no-control-regex
  /^[\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2319\u2400-\u24ff\u2500-\u25fc\u2713-\u2718\ufffd]*$/;

/** Whether every letter of a text takes one cell. */
export function isSimple(text: string): boolean {
  return SIMPLE.test(text);
}

/** What goes together: spaces, tabs, or what stands between them with its colours. */
const TOKEN = / +|\t+|[^ \t]+/g;
// eslint-disable-next-line no-control-regex
const COLOURS = /\x1b\[[\d;:]*m/g;
/** Scripts that may be broken between any two letters. */
// eslint-disable-next-line no-control-regex
const BREAKS_ANYWHERE = /^(?:\x1b\[[\d;:]*m)*[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/**
 * Goes to the next row as the terminal itself does at the end of a row, so that the two rows stay one line for copying, links
 * and searching: a letter two cells wide (U+3000) does not fit into the last column, and is written over in the next row.
 */
const toNextRow = (columns: number): string => `\x1b[${columns}G\u3000\r`;

/** Characters after which there is a pause for whoever looks at the clock. */
const PIECE_CHARS = 1_024;

/**
 * Breaks a line between words where a word would go over the end of a row and fits into the next; longer words are left to the
 * terminal. `widths` are the terminal's, for texts that are not simple. The line may hold colours and tabs, and nothing else that
 * moves the cursor. It comes in pieces, some of them empty, each of which takes well below a millisecond.
 */
export function* wrapWords(line: string, columns: number, widths: IUnicodeVersionProvider | undefined): Generator<string, void> {
  if (line.length <= columns && isSimple(line) && !line.includes("\t")) {
    yield line;
    return;
  }
  let piece = "";
  /** Cells of the row that are taken. */
  let column = 0;
  let isBehindTab = false;
  for (const { 0: token, index } of line.matchAll(TOKEN)) {
    if (token[0] === " ") column = afterCells(column, token.length, columns);
    else if (token[0] === "\t") column = Math.max(column, Math.min(columns - 1, (Math.floor(column / TAB_WIDTH) + token.length) * TAB_WIDTH));
    else {
      const word = token.includes("\x1b") ? token.replace(COLOURS, "") : token;
      // A space behind it stays in its row.
      const room = index + token.length < line.length ? columns - 1 : columns;
      const cells = cellsUpTo(room, word, widths);
      if (column > 0 && column + cells > room && cells <= room && !BREAKS_ANYWHERE.test(token)) {
        // A full row is left by whatever comes next; a tab leaves nothing in its cells that could be copied.
        if (isBehindTab) {
          piece += " ";
          column++;
        }
        if (column < columns) piece += toNextRow(columns);
        column = cells;
      } else if (column + cells <= columns) column += cells;
      else {
        const end = { column, before: 0 };
        for (let at = 0; at < word.length;) {
          at = writeLetters(word, at, columns, widths, end);
          yield "";
        }
        ({ column } = end);
      }
    }
    isBehindTab = token[0] === "\t";
    piece += token;
    if (piece.length >= PIECE_CHARS) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

/** Where the cursor stands: the cells that are taken in its row, and what xterm.js says of the letter before it. */
interface Cursor {
  column: number;
  before: number;
}

/** Cells that a word takes in one row; of one that takes more than `room`, some number above it. */
function cellsUpTo(room: number, word: string, widths: IUnicodeVersionProvider | undefined): number {
  const cursor = { column: 0, before: 0 };
  for (let at = 0; at < word.length && cursor.column <= room;) at = writeLetters(word, at, Number.MAX_SAFE_INTEGER, widths, cursor);
  return cursor.column;
}

/** Moves the cursor as some of a word's letters do from `at` on, and gives where the next begins. */
function writeLetters(word: string, at: number, columns: number, widths: IUnicodeVersionProvider | undefined, cursor: Cursor): number {
  const end = letterStart(word, at + PIECE_CHARS);
  const letters = word.slice(at, end);
  if (widths === undefined || isSimple(letters)) {
    cursor.column = afterCells(cursor.column, letters.length, columns);
    // A mark that comes next belongs to the last of them.
    cursor.before = widths?.charProperties(letters.charCodeAt(letters.length - 1), 0) ?? 0;
    return end;
  }
  for (const letter of letters) {
    // As xterm.js packs it: a letter that joins the one before in bit 0, the width of both in bits 1 and 2.
    const properties = widths.charProperties(letter.codePointAt(0) ?? 0, cursor.before);
    const width = (properties >> 1) & 3;
    const old = (properties & 1) === 0 ? 0 : (cursor.before >> 1) & 3;
    cursor.before = properties;
    cursor.column = cursor.column + width - old > columns ? width : cursor.column + width - old;
  }
  return end;
}

/** `at`, or one less where it is in the middle of a code point. */
function letterStart(word: string, at: number): number {
  if (at >= word.length) return word.length;
  const isLow = (word.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isLow ? at - 1 : at;
}

function afterCells(column: number, count: number, columns: number): number {
  const taken = column + count;
  return taken <= columns ? taken : ((taken - 1) % columns) + 1;
}
