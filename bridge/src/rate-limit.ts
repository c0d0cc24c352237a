/** A token bucket: so many at once after a quiet time, and so many a second on average. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = performance.now();
  }

  /** Takes so many tokens; false, and none taken, when there are not so many. */
  take(count = 1): boolean {
    this.#fill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes so many tokens of what has happened already, also below zero: see `waitMs`. */
  spend(count: number): void {
    this.#fill();
    this.#tokens -= count;
  }

  /** Time until there is a token again, ms; 0: now. */
  get waitMs(): number {
    if (this.#tokens >= 1) return 0;
    this.#fill();
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond);
  }

  /** Gives tokens back that turned out not to be needed. */
  giveBack(count = 1): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + count);
  }

  /** Tokens that have been taken and have not come back yet. */
  get owed(): number {
    this.#fill();
    return this.#burst - this.#tokens;
  }

  /** Time until all tokens are back, ms: from then on a new bucket is the same. */
  get msUntilFull(): number {
    return (this.owed * 1000) / this.#perSecond;
  }

  #fill(): void {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
  }
}
