/**
 * Runs callbacks of the program that uses a session. What a callback throws is reported and goes no
 * further, so that no fault in a program can leave the session in the middle of a step.
 */
export class CallbackQueue {
  readonly #report: (error: unknown) => void;
  #waiting: (() => void)[] = [];

  /** `report` is given what callbacks throw; without it the error is thrown again on its own, and so reaches the environment's handler. */
  constructor(report: ((error: unknown) => void) | undefined) {
    this.#report = report ?? throwLater;
  }

  /** Runs a callback now: only from inside an event of the transport, never from inside a call of the program. */
  run(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.report(error);
    }
  }

  /** Runs a callback soon, after the call that is going on, in the order of the calls to this method. */
  defer(callback: () => void): void {
    this.#waiting.push(callback);
    if (this.#waiting.length > 1) return;
    queueMicrotask(() => {
      const callbacks = this.#waiting;
      this.#waiting = [];
      for (const waiting of callbacks) this.run(waiting);
    });
  }

  /** Passes on what a callback threw. */
  report(error: unknown): void {
    try {
      this.#report(error);
    } catch (second) {
      throwLater(second);
    }
  }
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
