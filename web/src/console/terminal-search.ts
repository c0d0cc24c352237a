import type { IDecoration, IDisposable, Terminal } from "@xterm/xterm";
import { type Found, MAX_MATCHES, type SearchDirection } from "./found.ts";

/** Milliseconds that the search works without a pause. */
const SLICE_MS = 8;
/** Milliseconds after the last change until what is found is counted anew. */
const REFRESH_MS = 200;
/** Matches that are marked at a time: only those in sight are. */
const MAX_MARKED = 200;

/** A match, in rows of the terminal's buffer and cells, both counted from 0. */
interface Match {
  readonly row: number;
  readonly column: number;
  /** Cells, over as many rows as it takes. */
  readonly cells: number;
}

/** CSS colours as `#rrggbb`. */
export interface SearchColours {
  readonly found: string;
  readonly current: string;
}

/** Searches a terminal, in any case of letters, a few milliseconds at a time, so that the page answers however long its lines are. */
export class TerminalSearch {
  readonly #terminal: Terminal;
  readonly #onFound: (found: Found) => void;
  readonly #colours: () => SearchColours;
  readonly #listening: readonly IDisposable[];
  #text = "";
  #matches: readonly Match[] = [];
  #current: Match | undefined;
  #marks: IDecoration[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The picture before which what is in sight is marked anew. */
  #picture: number | undefined;
  /** Counts the searches: one that was begun before the last is given up. */
  #turn = 0;

  constructor(terminal: Terminal, colours: () => SearchColours, onFound: (found: Found) => void) {
    this.#terminal = terminal;
    this.#colours = colours;
    this.#onFound = onFound;
    this.#listening = [
      terminal.onWriteParsed(() => {
        if (this.#text === "") return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#search("here", false), REFRESH_MS);
      }),
      terminal.onScroll(() => this.#markSoon()),
    ];
  }

  /** Goes to the next place with this text, or the one before, around the ends; an empty text ends the search. */
  find(text: string, direction: SearchDirection): void {
    clearTimeout(this.#timer);
    this.#text = text;
    if (text === "") this.end();
    else void this.#search(direction, true);
  }

  end(): void {
    this.#turn++;
    this.#text = "";
    this.#matches = [];
    this.#current = undefined;
    this.#mark();
    this.#terminal.clearSelection();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#picture !== undefined) cancelAnimationFrame(this.#picture);
    this.#turn++;
    for (const listening of this.#listening) listening.dispose();
  }

  async #search(direction: SearchDirection, isMoving: boolean): Promise<void> {
    const turn = ++this.#turn;
    const matches: Match[] = [];
    let begun = performance.now();
    for (const found of matchesIn(this.#terminal, this.#text)) {
      matches.push(...found);
      if (matches.length >= MAX_MATCHES) break;
      if (performance.now() - begun < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#turn) return;
      begun = performance.now();
    }
    this.#matches = matches.slice(0, MAX_MATCHES);
    const index = this.#place(direction);
    this.#current = this.#matches[index];
    if (this.#current === undefined) this.#terminal.clearSelection();
    else if (isMoving) this.#reveal(this.#current);
    this.#mark();
    this.#onFound({ index, count: this.#matches.length });
  }

  /** Index of the match to go to; -1 where there is none. */
  #place(direction: SearchDirection): number {
    const { length } = this.#matches;
    const current = this.#current;
    if (length === 0) return -1;
    if (current === undefined) return direction === "previous" ? length - 1 : 0;
    const order = (match: Match): number => match.row - current.row || match.column - current.column;
    if (direction === "previous") {
      const before = this.#matches.findLastIndex((match) => order(match) < 0);
      return before < 0 ? length - 1 : before;
    }
    const least = direction === "next" ? 1 : 0;
    return Math.max(
      0,
      this.#matches.findIndex((match) => order(match) >= least),
    );
  }

  #reveal({ row, column, cells }: Match): void {
    const {
      rows,
      buffer: { active },
    } = this.#terminal;
    this.#terminal.select(column, row, cells);
    if (row < active.viewportY || row >= active.viewportY + rows) this.#terminal.scrollToLine(Math.max(0, row - Math.floor(rows / 2)));
  }

  /** Once for a picture: a terminal scrolls for each row that it is sent. */
  #markSoon(): void {
    this.#picture ??= requestAnimationFrame(() => {
      this.#picture = undefined;
      this.#mark();
    });
  }

  /** Marks what is in sight, and nothing else. */
  #mark(): void {
    for (const mark of this.#marks.splice(0)) mark.dispose();
    if (this.#matches.length === 0) return;
    const {
      rows,
      cols,
      buffer: { active },
    } = this.#terminal;
    const colours = this.#colours();
    const cursor = active.baseY + active.cursorY;
    for (const match of this.#matches) {
      const end = match.row + Math.floor((match.column + match.cells - 1) / cols);
      if (end < active.viewportY) continue;
      if (match.row >= active.viewportY + rows || this.#marks.length >= MAX_MARKED) break;
      for (let row = match.row; row <= end; row++) {
        const x = row === match.row ? match.column : 0;
        const width = Math.min(cols, match.column + match.cells - (row - match.row) * cols) - x;
        // Found when the terminal was wider; what it shows now is being searched anew.
        if (width <= 0) continue;
        const marker = this.#terminal.registerMarker(row - cursor);
        const mark = this.#terminal.registerDecoration({ marker, x, width, backgroundColor: colours.found });
        if (mark === undefined) continue;
        if (match === this.#current)
          mark.onRender((element) => {
            element.style.outline = `1px solid ${colours.current}`;
          });
        mark.onDispose(() => marker.dispose());
        this.#marks.push(mark);
      }
    }
  }
}

/** The matches of each line, which may be many rows, from the top. */
function* matchesIn(terminal: Terminal, text: string): Generator<Match[], void> {
  const { active } = terminal.buffer;
  // Pattern bound: nothing in it repeats, and a line has at most MAX_ENTRY_CHARS.
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "giu");
  for (let first = 0; first < active.length;) {
    // What was trimmed for its end is nothing that was printed: a word stands in the next row.
    const rows: string[] = [];
    do rows.push(active.getLine(first + rows.length)?.translateToString(true) ?? "");
    while (active.getLine(first + rows.length)?.isWrapped === true);
    const line = rows.join("");
    const matches: Match[] = [];
    let row = 0;
    let rowFrom = 0;
    const cellAt = (index: number): { row: number; column: number } => {
      while (row < rows.length - 1 && index >= rowFrom + (rows[row]?.length ?? 0)) rowFrom += rows[row++]?.length ?? 0;
      return { row: first + row, column: columnAt(terminal, first + row, index - rowFrom) };
    };
    for (const { 0: found, index } of line.matchAll(pattern)) {
      const from = cellAt(index);
      const last = cellAt(index + found.length - 1);
      matches.push({ ...from, cells: (last.row - from.row) * terminal.cols + last.column - from.column + 1 });
      if (matches.length === MAX_MATCHES) break;
    }
    yield matches;
    first += rows.length;
  }
}

/** The cell in which a character of a row stands: letters may take two cells, and cells several characters. */
function columnAt(terminal: Terminal, row: number, index: number): number {
  const line = terminal.buffer.active.getLine(row);
  if (line === undefined) return 0;
  let column = 0;
  for (let at = 0; column < line.length; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    at += cell.getChars().length || 1;
    if (at > index) break;
  }
  return column;
}
