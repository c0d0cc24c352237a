import { describe, expect, it } from "vitest";
import { ELEMENTS_IN_ONE_PICTURE, PacedRows, type PictureClock, type RowRenderer } from "../src/console/paced-rows.ts";

const ROWS = 20;

/** A screen whose rows take so many elements and milliseconds each, and a clock that is moved by hand. */
function screen({ elements = 1, ms = 0 } = {}) {
  const drawn: number[] = [];
  const selections: unknown[] = [];
  const requests: (() => void)[] = [];
  let now = 0;
  const renderer: RowRenderer = {
    _rowElements: Array.from({ length: ROWS }, () => ({ childElementCount: elements }) as HTMLElement),
    renderRows: (start, end) => {
      for (let row = start; row <= end; row++) drawn.push(row);
      now += ms;
    },
    handleSelectionChanged(...selection) {
      selections.push(selection);
      this.renderRows(0, ROWS - 1);
    },
  };
  const clock: PictureClock = { now: () => now, afterPicture: (callback) => void requests.push(callback) };
  const rows = new PacedRows(renderer, clock);
  /** Shows what has been drawn, and gives the rows that are drawn for the picture after it. */
  const picture = (): number[] => {
    drawn.length = 0;
    for (const callback of requests.splice(0)) callback();
    return [...drawn];
  };
  return { renderer, rows, drawn, selections, picture };
}

const ALL = Array.from({ length: ROWS }, (_, row) => row);

describe("PacedRows", () => {
  it("draws a screen of plain text at once", () => {
    const { renderer, drawn, picture } = screen();
    renderer.renderRows(0, ROWS - 1);
    expect(drawn).toEqual(ALL);
    expect(picture()).toEqual([]);
  });

  it("draws rows of many elements over several pictures, each once", () => {
    const { renderer, drawn, picture } = screen({ elements: ELEMENTS_IN_ONE_PICTURE / 5 });
    renderer.renderRows(0, ROWS - 1);
    expect(drawn).toEqual(ALL.slice(0, 5));
    expect([picture(), picture(), picture()]).toEqual([ALL.slice(5, 10), ALL.slice(10, 15), ALL.slice(15)]);
    expect(picture()).toEqual([]);
  });

  it("draws no more for a picture however often it is asked", () => {
    const { renderer, drawn } = screen({ elements: ELEMENTS_IN_ONE_PICTURE / 5 });
    for (let ask = 0; ask < 10; ask++) renderer.renderRows(0, ROWS - 1);
    expect(drawn).toHaveLength(5);
  });

  it("leaves rows for the next picture that take long to make", () => {
    const { renderer, drawn, picture } = screen({ ms: 4 });
    renderer.renderRows(0, ROWS - 1);
    expect(drawn).toEqual([0, 1]);
    expect(picture()).toEqual([2, 3]);
  });

  it("draws every row of a screen that changes before each picture", () => {
    const { renderer, drawn, picture } = screen({ elements: ELEMENTS_IN_ONE_PICTURE / 5 });
    const seen = new Set<number>();
    for (let change = 0; change < 8; change++) {
      renderer.renderRows(0, ROWS - 1);
      for (const row of drawn) seen.add(row);
      for (const row of picture()) seen.add(row);
    }
    expect(seen.size).toBe(ROWS);
  });

  it("draws a row again that has changed since", () => {
    const { renderer, drawn, picture } = screen();
    renderer.renderRows(3, 3);
    picture();
    drawn.length = 0;
    renderer.renderRows(3, 3);
    expect(drawn).toEqual([3]);
  });

  it("draws nothing for a selection that neither is nor was", () => {
    const { renderer, drawn, selections } = screen();
    renderer.handleSelectionChanged(undefined, undefined, false);
    expect([drawn, selections]).toEqual([[], []]);
  });

  it("draws a selection, and its end", () => {
    const { renderer, selections } = screen();
    renderer.handleSelectionChanged([0, 0], [4, 0], false);
    renderer.handleSelectionChanged(undefined, undefined, false);
    expect(selections).toEqual([
      [[0, 0], [4, 0], false],
      [undefined, undefined, false],
    ]);
  });

  it("draws nothing once it is disposed of", () => {
    const { renderer, rows, picture } = screen({ elements: ELEMENTS_IN_ONE_PICTURE });
    renderer.renderRows(0, ROWS - 1);
    rows.dispose();
    expect(picture()).toEqual([]);
  });
});
