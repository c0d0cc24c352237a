/** Time whose share of bytes may go at once after a quiet time, s: a page of a lesson comes in one go. */
export const BURST_SECONDS = 1;

/**
 * A token bucket for bytes. What has come is spent at once, also below zero: nobody cuts a packet in two; and then whoever
 * spends has to wait until the bucket is above zero again.
 */
export class ByteRate {
  readonly #perMs: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt = performance.now();

  /** @param perSecond bytes a second in the long run */
  constructor(perSecond: number) {
    this.#perMs = perSecond / 1000;
    this.#burst = perSecond * BURST_SECONDS;
    this.#tokens = this.#burst;
  }

  spend(byteCount: number): void {
    this.#fill();
    this.#tokens -= byteCount;
  }

  /** Time until more may be spent, ms; 0: now. */
  get waitMs(): number {
    if (this.#tokens > 0) return 0;
    this.#fill();
    return this.#tokens > 0 ? 0 : Math.ceil(-this.#tokens / this.#perMs) + 1;
  }

  /** Time until a new bucket would be the same, ms. */
  get msUntilFull(): number {
    this.#fill();
    return (this.#burst - this.#tokens) / this.#perMs;
  }

  #fill(): void {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
  }
}
