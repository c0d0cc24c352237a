import { expect, onTestFinished, test, vi } from "vitest";
import { ScreenHold } from "../src/console/screen-hold.ts";

const [HOLD, SHOW] = ["\x1b[?2026h", "\x1b[?2026l"];
const ROWS = 10;

/** What a terminal is to the hold: its rows, what it was sent, and word of each picture. */
function terminal(): { readonly screen: ScreenHold; readonly sent: string[]; readonly draw: () => void } {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const sent: string[] = [];
  let draw: (() => void) | undefined;
  const screen = new ScreenHold({
    rows: ROWS,
    write: (text, shown) => {
      sent.push(String(text));
      shown?.();
    },
    onRender: (listener) => {
      draw = () => listener({ start: 0, end: ROWS - 1 });
      return { dispose() {} };
    },
  });
  return { screen, sent, draw: () => draw?.() };
}

test("lines that leave something of the screen are drawn as they come", () => {
  const { screen, draw } = terminal();
  draw();
  for (let line = 0; line < ROWS - 1; line += 1) expect(screen.before(1)).toBe("");
});

test("a flood is drawn ten times a second, and its end at the latest then", () => {
  const { screen, sent, draw } = terminal();
  draw();
  expect(screen.before(ROWS)).toBe(HOLD);
  expect(screen.before(1_000)).toBe("");
  vi.advanceTimersByTime(99);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([SHOW]);
  draw();
  expect(screen.before(1_000)).toBe(HOLD);
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([SHOW, SHOW]);
});

test("after a pause the first screenful is drawn at once", () => {
  const { screen, draw } = terminal();
  draw();
  vi.advanceTimersByTime(100);
  expect(screen.before(1_000)).toBe("");
});

test("what is held until it is shown is not drawn before, and a cleared terminal shows nothing later", () => {
  const { screen, sent, draw } = terminal();
  draw();
  screen.hold();
  expect(screen.before(1_000)).toBe("");
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([HOLD]);
  const shown = vi.fn();
  screen.show(shown);
  expect(sent).toEqual([HOLD, SHOW]);
  expect(shown).toHaveBeenCalledOnce();
  draw();
  expect(screen.before(ROWS)).toBe(HOLD);
  screen.reset();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([HOLD, SHOW]);
});
