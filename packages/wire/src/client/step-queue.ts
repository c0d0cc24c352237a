/**
 * Puts off what a transport reports while it is itself being called: a transport may answer from inside
 * `send`, and callbacks must not come from inside the call of the program that led there.
 */
export class StepQueue {
  readonly #isBusy: () => boolean;
  #waiting: (() => void)[] = [];

  /** `isBusy`: whether the transport is being called right now. */
  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  /** Runs a step now; or soon, after those that wait already. */
  run(step: () => void): void {
    if (this.#waiting.length === 0 && !this.#isBusy()) {
      step();
      return;
    }
    this.#waiting.push(step);
    if (this.#waiting.length > 1) return;
    queueMicrotask(() => {
      try {
        // Steps that come while these run join the end of the list.
        for (const waiting of this.#waiting) waiting();
      } finally {
        this.#waiting = [];
      }
    });
  }
}
