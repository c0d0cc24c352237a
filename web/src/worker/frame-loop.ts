/** Milliseconds from frame to frame while the page is hidden, when no animation frames come: about 60 a second. */
export const HIDDEN_FRAME_MS = 16;
/** Milliseconds without an animation frame after which a timer steps in: browsers stop them for covered windows without saying so. */
export const MISSED_FRAME_MS = 100;
/** The longest step that a program is told of, seconds: after the machine slept, an animation should not jump by hours. */
export const MAX_STEP_SECONDS = 1;

/** The clocks of a worker; `requestFrame` is absent in workers without animation frames. */
export interface FrameClock {
  now(): number;
  requestFrame: ((callback: () => void) => number) | undefined;
  cancelFrame(handle: number): void;
  setTimer(callback: () => void, delayMs: number): number;
  clearTimer(handle: number): void;
}

/**
 * Calls `onFrame` with the seconds since the last call: at the display's pace while the page is visible,
 * by a timer while it is hidden, and never stops by itself.
 */
export class FrameLoop {
  readonly #onFrame: (deltaSeconds: number) => void;
  readonly #clock: FrameClock;
  #hidden: boolean;
  #last = 0;
  #started = false;
  #frame: number | undefined;
  #timer: number | undefined;

  constructor(onFrame: (deltaSeconds: number) => void, options: { readonly hidden: boolean; readonly clock: FrameClock }) {
    this.#onFrame = onFrame;
    this.#hidden = options.hidden;
    this.#clock = options.clock;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#last = this.#clock.now();
    this.#schedule();
  }

  stop(): void {
    this.#started = false;
    this.#cancel();
  }

  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    if (!this.#started) return;
    this.#cancel();
    this.#schedule();
  }

  #schedule(): void {
    const step = (): void => this.#step();
    const animated = !this.#hidden && this.#clock.requestFrame !== undefined;
    if (animated) this.#frame = this.#clock.requestFrame?.(step);
    this.#timer = this.#clock.setTimer(step, animated ? MISSED_FRAME_MS : HIDDEN_FRAME_MS);
  }

  #step(): void {
    this.#cancel();
    const now = this.#clock.now();
    const delta = Math.min((now - this.#last) / 1000, MAX_STEP_SECONDS);
    this.#last = now;
    try {
      this.#onFrame(delta);
    } finally {
      if (this.#started) this.#schedule();
    }
  }

  #cancel(): void {
    if (this.#frame !== undefined) this.#clock.cancelFrame(this.#frame);
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#frame = undefined;
    this.#timer = undefined;
  }
}

/** The clocks of the worker that this runs in. */
export function workerClock(): FrameClock {
  const animated = typeof self.requestAnimationFrame === "function";
  return {
    now: () => performance.now(),
    requestFrame: animated ? (callback) => self.requestAnimationFrame(callback) : undefined,
    cancelFrame: (handle) => self.cancelAnimationFrame(handle),
    setTimer: (callback, delayMs) => self.setTimeout(callback, delayMs),
    clearTimer: (handle) => self.clearTimeout(handle),
  };
}
