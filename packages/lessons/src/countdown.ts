/** Milliseconds of one timer: shorter than a frame. */
const TICK_MS = 10;

/**
 * A time that is counted in short timers, one after the other, and not by the clock: where the computer is so busy that timers come late,
 * the learner's program is late as well, and nobody is to fail for that.
 */
export class Countdown {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, onOver: () => void) {
    let left = milliseconds;
    const tick = (): void => {
      if (left <= 0) return onOver();
      const next = Math.min(left, TICK_MS);
      left -= next;
      this.#timer = setTimeout(tick, next);
    };
    // Not at once, even where there is no time at all: whoever made it has to know it first.
    this.#timer = setTimeout(tick, 0);
  }

  /** Nothing is called back any more. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/** Resolves once `isSo` holds, at the latest after so many milliseconds, counted likewise. `subscribe` calls back when that may have changed, and gives what ends it. */
export async function untilSo(isSo: () => boolean, subscribe: (look: () => void) => () => void, milliseconds: number): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      countdown.cancel();
      unsubscribe();
      resolve();
    };
    const countdown = new Countdown(milliseconds, end);
    const unsubscribe = subscribe(() => {
      if (isSo()) end();
    });
  });
}
