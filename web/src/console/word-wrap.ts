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

/**
 * Breaks a line between words where a word would go over the end of a row and fits into the next; longer words are left to the
 * terminal. `widths` are the terminal's, for texts that are not simple. The line may hold colours and tabs, and nothing else that
 * moves the cursor.
 */
export function wrapWords(line: string, columns: number, widths: IUnicodeVersionProvider | undefined): string {
  if (line.length <= columns && isSimple(line) && !line.includes("\t")) return line;
  let result = "";
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
      const end = afterWord(0, word, Number.MAX_SAFE_INTEGER, widths);
      if (column > 0 && column + end > room && end <= room && !BREAKS_ANYWHERE.test(token)) {
        // A full row is left by whatever comes next; a tab leaves nothing in its cells that could be copied.
        if (isBehindTab) {
          result += " ";
          column++;
        }
        if (column < columns) result += toNextRow(columns);
        column = end;
      } else column = afterWord(column, word, columns, widths);
    }
    isBehindTab = token[0] === "\t";
    result += token;
  }
  return result;
}

/** The cells that are taken once a word is written, in its last row. */
function afterWord(column: number, word: string, columns: number, widths: IUnicodeVersionProvider | undefined): number {
  if (widths === undefined || isSimple(word)) return afterCells(column, word.length, columns);
  let taken = column;
  let before = 0;
  for (const letter of word) {
    // As xterm.js packs it: a letter that joins the one before in bit 0, the width of both in bits 1 and 2.
    const properties = widths.charProperties(letter.codePointAt(0) ?? 0, before);
    const width = (properties >> 1) & 3;
    const old = (properties & 1) === 0 ? 0 : (before >> 1) & 3;
    before = properties;
    taken = taken + width - old > columns ? width : taken + width - old;
  }
  return taken;
}

function afterCells(column: number, count: number, columns: number): number {
  const taken = column + count;
  return taken <= columns ? taken : ((taken - 1) % columns) + 1;
}
