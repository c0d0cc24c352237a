/** Holds a session back while it is over a rate: nothing is lost, its senders wait. */
export class Throttle {
  readonly #waitMs: () => number;
  readonly #onHeld: () => void;
  readonly #onFree: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `waitMs`: how long more has to wait. `onHeld` and `onFree` follow each other in turn. */
  constructor(waitMs: () => number, onHeld: () => void, onFree: () => void) {
    this.#waitMs = waitMs;
    this.#onHeld = onHeld;
    this.#onFree = onFree;
  }

  /** Whether the session has to wait. */
  get isHeld(): boolean {
    return this.#timer !== undefined;
  }

  /** To be called when something has come or gone that counts. */
  check(): void {
    if (this.#timer !== undefined) return;
    const waitMs = this.#waitMs();
    if (waitMs === 0) return;
    this.#timer = setTimeout(this.#releaseWhenFree, waitMs);
    this.#onHeld();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #releaseWhenFree = (): void => {
    const waitMs = this.#waitMs();
    this.#timer = waitMs === 0 ? undefined : setTimeout(this.#releaseWhenFree, waitMs);
    if (waitMs === 0) this.#onFree();
  };
}
