/** How long somebody has been somewhere, all visits together. */
export class Stay {
  #pastMs = 0;
  #since: number | undefined;

  /** Begins, unless it has begun. */
  begin(): void {
    this.#since ??= performance.now();
  }

  /** Ends, until it begins again. */
  end(): void {
    this.#pastMs = this.ms;
    this.#since = undefined;
  }

  /** The time so far, ms. */
  get ms(): number {
    return this.#pastMs + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }
}
