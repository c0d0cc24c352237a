import type { MessagesHeightEvent } from "../editor/error-marks.ts";
import { visibleLineCount } from "./static-code.ts";

/** Lines of code that are shown without scrolling, unless `height` says otherwise. */
const MAX_LINES = 22;
/** A frame lower than this looks broken. */
const MIN_LINES = 3;

/** How high the code is drawn, as a length of CSS. `height` is the attribute: pixels, a length of CSS, or nothing. */
export function codeHeight(height: string | undefined, source: string): string {
  if (height === undefined || height === "") {
    // The editor has a line behind the last line break; without room for it, all code would scroll.
    const lines = visibleLineCount(source) + (source.endsWith("\n") ? 1 : 0);
    return `calc(${Math.min(Math.max(lines, MIN_LINES), MAX_LINES)} * 1.55 * var(--text-m) + 1.1rem)`;
  }
  return /^\d+$/.test(height) ? `${height}px` : height;
}

/** Makes room in the code's frame for the messages between its lines: whoever runs a program for the first time should not have to scroll for them. */
export function makeRoom({ currentTarget, detail }: MessagesHeightEvent): void {
  (currentTarget as HTMLElement).style.setProperty("--messages-height", `${detail}px`);
}
