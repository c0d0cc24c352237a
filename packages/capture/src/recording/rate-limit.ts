/** So many a second, and so many at once: a token bucket. */
export class RateLimit {
  readonly #perMillisecond: number;
  readonly #burst: number;
  #left: number;
  #at = -Infinity;

  constructor(perSecond: number, burst: number) {
    this.#perMillisecond = perSecond / 1_000;
    this.#burst = burst;
    this.#left = burst;
  }

  /** Takes `count`, where that leaves at least `reserve`. `now` is in milliseconds. */
  take(count: number, now: number, reserve = 0): boolean {
    if (now > this.#at) {
      if (this.#left < this.#burst) this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#perMillisecond);
      this.#at = now;
    }
    if (this.#left - count < reserve) return false;
    this.#left -= count;
    return true;
  }
}
