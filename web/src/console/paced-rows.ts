import type { Terminal } from "@xterm/xterm";
import { type LetterWidths, measureInCanvas } from "./cell-measure.ts";

/**
 * Elements of rows that are drawn for one picture: a browser works out the style of so many, lays them out and paints them within a
 * frame, also where it has no graphics card. A screen of plain text is far below; one with a colour for each letter has 5,000.
 */
export const ELEMENTS_IN_ONE_PICTURE = 300;
/** Milliseconds of making rows for one picture: letters that are seen for the first time have to be measured. */
const ROWS_MS = 8;

type Cell = [column: number, row: number];

/** What is used of xterm.js 6.0's renderer for the DOM, which is no part of its API. Rows are counted from 0, the top of the screen. */
export interface RowRenderer {
  renderRows(start: number, end: number): void;
  handleSelectionChanged(start: Cell | undefined, end: Cell | undefined, isColumn: boolean): void;
  _rowElements: readonly HTMLElement[];
  _widthCache?: Partial<LetterWidths>;
}

/** The clock that a screen is drawn by. */
export interface PictureClock {
  now(): number;
  /** Calls back once the next picture has been drawn. */
  afterPicture(callback: () => void): void;
}

const SCREEN_CLOCK: PictureClock = {
  now: () => performance.now(),
  afterPicture: (callback) => {
    requestAnimationFrame(() => setTimeout(callback));
  },
};

/**
 * Has a terminal draw its rows over several pictures where one would hold up the page: xterm.js makes all rows anew on each scroll,
 * twice when it looks after a selection that is not there, and on each movement of the mouse that changes one.
 */
export class PacedRows {
  readonly #renderer: RowRenderer;
  readonly #clock: PictureClock;
  readonly #drawRows: RowRenderer["renderRows"];
  /** Rows that are not drawn as they are now. */
  readonly #due = new Set<number>();
  /** Elements drawn for the picture that comes. */
  #elements = 0;
  #isPictureDue = false;
  #hasSelection = false;

  constructor(renderer: RowRenderer, clock: PictureClock = SCREEN_CLOCK) {
    this.#renderer = renderer;
    this.#clock = clock;
    this.#drawRows = renderer.renderRows.bind(renderer);
    const changeSelection = renderer.handleSelectionChanged.bind(renderer);
    renderer.renderRows = (start, end) => this.#render(start, end);
    renderer.handleSelectionChanged = (start, end, isColumn) => {
      const had = this.#hasSelection;
      this.#hasSelection = start !== undefined && end !== undefined;
      if (had || this.#hasSelection) changeSelection(start, end, isColumn);
    };
  }

  /** Empties all rows, before they change as a whole: what is gone is neither styled nor laid out anew. */
  clear(): void {
    for (const row of this.#renderer._rowElements) row.replaceChildren();
  }

  dispose(): void {
    this.#due.clear();
  }

  #render(start: number, end: number): void {
    // Those that wait longest stay first, so that a screen that changes all the time is drawn whole nevertheless.
    for (let row = start; row <= end; row++) this.#due.add(row);
    this.#draw();
  }

  #draw(): void {
    const begun = this.#clock.now();
    const rows = this.#renderer._rowElements;
    for (const row of this.#due) {
      if (this.#elements >= ELEMENTS_IN_ONE_PICTURE || this.#clock.now() - begun >= ROWS_MS) break;
      this.#due.delete(row);
      this.#drawRows(row, row);
      this.#elements += rows[row]?.childElementCount ?? 0;
    }
    if (this.#isPictureDue) return;
    this.#isPictureDue = true;
    this.#clock.afterPicture(() => {
      this.#isPictureDue = false;
      this.#elements = 0;
      if (this.#due.size > 0) this.#draw();
    });
  }
}

/** Paces the rows of an open terminal. Gives what is to be disposed of with it; nothing where it draws in another way than is known here. */
export function paceRows(terminal: Terminal): PacedRows | undefined {
  const { _core: core } = terminal as unknown as { _core?: { _renderService?: { _renderer?: { value?: Partial<RowRenderer> } } } };
  const renderer = core?._renderService?._renderer?.value;
  if (!isRowRenderer(renderer)) return undefined;
  measureInCanvas(renderer);
  return new PacedRows(renderer);
}

function isRowRenderer(renderer: Partial<RowRenderer> | undefined): renderer is RowRenderer {
  return typeof renderer?.renderRows === "function" && typeof renderer.handleSelectionChanged === "function" && Array.isArray(renderer._rowElements);
}
