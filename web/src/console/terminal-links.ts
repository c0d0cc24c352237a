import type { ILink, Terminal } from "@xterm/xterm";
import { findSourcePlaces, MAX_MENTION_CHARS, type SourcePlace } from "./source-places.ts";

export interface TerminalLinkOptions {
  readonly isFile: (name: string) => boolean;
  readonly onLink: (place: SourcePlace) => void;
}

/** A cell of the terminal; columns and rows are counted from 1, as xterm.js has links. */
interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Links on one row of the terminal, counted from 1. Of a line over many rows only those are read that a mention on this one may reach into, so that the mouse may move over any line. */
export function terminalLinks(terminal: Terminal, row: number, { isFile, onLink }: TerminalLinkOptions): ILink[] {
  const { active } = terminal.buffer;
  // A letter may be two cells wide.
  const reach = Math.ceil((2 * MAX_MENTION_CHARS) / terminal.cols);
  let first = row - 1;
  while (first > 0 && row - 1 - first < reach && active.getLine(first)?.isWrapped === true) first--;
  let text = "";
  /** Of each UTF-16 unit. */
  const cells: Cell[] = [];
  for (let y = first; y <= row - 1 + reach && (y === first || active.getLine(y)?.isWrapped === true); y++) {
    const line = active.getLine(y);
    if (line === undefined) break;
    for (let x = 0; x < line.length; x++) {
      const cell = line.getCell(x);
      // The second half of a wide letter.
      if (cell === undefined || cell.getWidth() === 0) continue;
      const letters = cell.getChars() || " ";
      for (let unit = 0; unit < letters.length; unit++) cells.push({ x: x + 1, y: y + 1 });
      text += letters;
    }
  }
  return findSourcePlaces(text, isFile)
    .map((link): ILink => ({
      text: `${link.file}:${link.line}`,
      range: { start: cells[link.from] as Cell, end: cells[link.to - 1] as Cell },
      activate: () => onLink(link),
    }))
    .filter(({ range }) => range.start.y <= row && range.end.y >= row);
}
