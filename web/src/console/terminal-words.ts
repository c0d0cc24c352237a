import type { Terminal } from "@xterm/xterm";

/** Rows to either side that a word is followed over. */
const REACH_ROWS = 64;

/**
 * Selects the word under a double click on a line of very many rows, and says whether it did. xterm.js would follow the word
 * over all of them, each row for all of the rows behind it; shorter lines are left to it.
 */
export function selectWordOfLongLine(terminal: Terminal, event: MouseEvent): boolean {
  const screen = terminal.element?.querySelector(".xterm-screen")?.getBoundingClientRect();
  if (event.button !== 0 || event.detail !== 2 || screen === undefined) return false;
  const {
    cols,
    rows,
    buffer: { active },
  } = terminal;
  const column = Math.floor(((event.clientX - screen.left) / screen.width) * cols);
  const row = active.viewportY + Math.floor(((event.clientY - screen.top) / screen.height) * rows);
  if (column < 0 || column >= cols) return false;
  const continues = (of: number): boolean => active.getLine(of)?.isWrapped === true;
  let first = row;
  while (row - first <= REACH_ROWS && continues(first)) first--;
  let last = row;
  while (last - row <= REACH_ROWS && continues(last + 1)) last++;
  if (last - first <= REACH_ROWS) return false;
  const isSpace = (cell: number): boolean => {
    const at = active.getLine(first + Math.floor(cell / cols))?.getCell(cell % cols);
    return at === undefined || (at.getWidth() > 0 && at.getChars().trim() === "");
  };
  const here = (row - first) * cols + column;
  let from = here;
  let to = here;
  if (!isSpace(here)) {
    while (from > 0 && !isSpace(from - 1)) from--;
    while (to + 1 < (last - first + 1) * cols && !isSpace(to + 1)) to++;
  }
  terminal.select(from % cols, first + Math.floor(from / cols), to - from + 1);
  return true;
}
