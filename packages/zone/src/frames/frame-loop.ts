/** Frames a second that a program has where nothing else is said: by a timer, since hidden pages get no animation frames. */
const DEFAULT_RATE = 60;
/** Milliseconds from frame to frame while the page is hidden. */
export const HIDDEN_FRAME_MS = 1000 / DEFAULT_RATE;
/** Milliseconds without an animation frame after which a timer steps in: browsers stop them for covered windows without saying so. */
export const MISSED_FRAME_MS = 100;
/** The longest step that a program is told of, seconds: after the machine slept, an animation should not jump by hours. */
export const MAX_STEP_SECONDS = 1;
/** Milliseconds that a timer may be early: they are set in whole ones. */
const TIMER_TOLERANCE_MS = 1;
/** The share of the display's interval that an animation frame may come early and still be the one that was meant. */
const DISPLAY_TOLERANCE = 0.25;
/** How much of the display's interval the last frame tells: a single late frame is no slower display. */
const DISPLAY_SMOOTHING = 0.1;
/** A target above the display's rate by less than this share is the display's rate: 60 on a display of 59.94 Hz. */
const SAME_RATE = 0.05;

/** The clocks of a worker; `requestFrame` is absent in workers without animation frames. */
export interface FrameClock {
  now(): number;
  requestFrame: ((callback: () => void) => number) | undefined;
  cancelFrame(handle: number): void;
  setTimer(callback: () => void, delayMs: number): number;
  clearTimer(handle: number): void;
}

/**
 * Calls `onFrame` with the seconds since the last call, always more than 0, and never stops by itself. Frames come at the
 * display's pace while the page is visible, and by a timer while it is hidden. A target rate leaves out frames of the display;
 * one that the display does not reach is kept by a timer.
 */
export class FrameLoop {
  readonly #onFrame: (deltaSeconds: number) => void;
  readonly #clock: FrameClock;
  #hidden: boolean;
  #started = false;
  #stepping = false;
  /** When the last frame began. */
  #last = 0;
  /** Milliseconds from frame to frame that the program wants. */
  #targetPeriod: number | undefined;
  /** When the next frame is to begin, where that is not up to the display. */
  #due = 0;
  /** Milliseconds between the display's frames, as far as they are known. */
  #displayInterval = 1000 / DEFAULT_RATE;
  #lastDisplayFrame: number | undefined;
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
    this.#replan();
  }

  stop(): void {
    this.#started = false;
    this.#cancelFrame();
    this.#cancelTimer();
  }

  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#replan();
  }

  /** Frames a second from now on. */
  setTargetRate(framesPerSecond: number): void {
    this.#targetPeriod = 1000 / framesPerSecond;
    this.#replan();
  }

  get #period(): number {
    return this.#targetPeriod ?? HIDDEN_FRAME_MS;
  }

  /** Whether the display's frames are what frames are made of. */
  get #byDisplay(): boolean {
    if (this.#hidden || this.#clock.requestFrame === undefined) return false;
    return this.#targetPeriod === undefined || this.#targetPeriod >= this.#displayInterval * (1 - SAME_RATE);
  }

  /** To be called when the pace has changed. */
  #replan(): void {
    this.#due = this.#last + this.#period;
    this.#lastDisplayFrame = undefined;
    // A frame that is under way plans the next one when it is done.
    if (this.#started && !this.#stepping) this.#schedule();
  }

  #schedule(): void {
    const byDisplay = this.#byDisplay;
    this.#cancelTimer();
    if (!byDisplay) this.#cancelFrame();
    else this.#frame ??= this.#clock.requestFrame?.(() => this.#onDisplayFrame());
    const delay = byDisplay ? MISSED_FRAME_MS : Math.max(0, Math.round(this.#due - this.#clock.now()));
    this.#timer = this.#clock.setTimer(() => this.#onTimer(), delay);
  }

  #onDisplayFrame(): void {
    // It is being run: Firefox runs a frame at once that is asked for after its own cancellation.
    this.#frame = undefined;
    const now = this.#clock.now();
    if (this.#lastDisplayFrame !== undefined) {
      const interval = Math.min(now - this.#lastDisplayFrame, MISSED_FRAME_MS);
      this.#displayInterval += (interval - this.#displayInterval) * DISPLAY_SMOOTHING;
    }
    this.#lastDisplayFrame = now;
    this.#tick(now, this.#displayInterval * DISPLAY_TOLERANCE);
  }

  #onTimer(): void {
    this.#timer = undefined;
    this.#tick(this.#clock.now(), TIMER_TOLERANCE_MS);
  }

  #tick(now: number, toleranceMs: number): void {
    // A frame of the display that comes right behind one that was late is none: the next one follows in time.
    const dueAt = this.#byDisplay && this.#targetPeriod === undefined ? this.#last + this.#displayInterval * DISPLAY_TOLERANCE : this.#due - toleranceMs;
    // Browsers round their clocks, against those who measure others' secrets; a step of 0 seconds is none.
    if (now < dueAt || now <= this.#last) return this.#schedule();
    const delta = Math.min((now - this.#last) / 1000, MAX_STEP_SECONDS);
    this.#last = now;
    // Kept to the plan, so that the count is right though no single frame is; after a long one nothing is made up for.
    this.#due = Math.max(this.#due + this.#period, now + this.#period / 2);
    this.#stepping = true;
    try {
      this.#onFrame(delta);
    } finally {
      this.#stepping = false;
      if (this.#started) this.#schedule();
    }
  }

  #cancelFrame(): void {
    if (this.#frame !== undefined) this.#clock.cancelFrame(this.#frame);
    this.#frame = undefined;
  }

  #cancelTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}
