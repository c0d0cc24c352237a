import type { Terminal } from "@xterm/xterm";

/**
 * Milliseconds between two pictures of a screen that is written over as a whole: nobody could read more of them, and each costs a
 * browser's layout and paint of all rows. Where WebKit draws without a graphics card, 100,000 lines took 1.4 to 1.7 s instead of 1.6 to 2.1.
 */
const PICTURE_MS = 100;
/** Nothing of what comes is drawn until the end of it (synchronized output, private mode 2026). */
const HOLD = "\x1b[?2026h";
const SHOW = "\x1b[?2026l";

/** What it takes of a terminal. */
type HeldTerminal = Pick<Terminal, "rows" | "write" | "onRender">;

/** Says when a terminal draws what it is sent: each line as it comes, and a flood, which no eye can follow, ten times a second. */
export class ScreenHold {
  readonly #terminal: HeldTerminal;
  /** When the screen was drawn last, as `performance.now()` has it. */
  #drawn = 0;
  /** Lines that were sent since. */
  #lines = 0;
  #held: "flood" | "until shown" | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(terminal: HeldTerminal) {
    this.#terminal = terminal;
    terminal.onRender(() => {
      this.#drawn = performance.now();
      this.#lines = 0;
    });
  }

  /** What to send before so many lines. */
  before(lines: number): string {
    this.#lines += lines;
    const wait = this.#drawn + PICTURE_MS - performance.now();
    if (this.#held !== undefined || wait <= 0 || this.#lines < this.#terminal.rows) return "";
    this.#held = "flood";
    this.#timer = setTimeout(() => this.show(), wait);
    return HOLD;
  }

  /** Nothing is drawn until `show`. xterm.js draws after a second nevertheless. */
  hold(): void {
    this.reset();
    this.#held = "until shown";
    this.#terminal.write(HOLD);
  }

  /** Draws what has come, and calls `shown` when it is about to be. */
  show(shown?: () => void): void {
    this.reset();
    this.#terminal.write(SHOW, shown);
  }

  /** The terminal was cleared, and holds nothing, or is gone. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#held = undefined;
  }
}
