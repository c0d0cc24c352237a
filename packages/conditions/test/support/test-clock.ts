import type { ConditionClock } from "../../src/index.ts";

/** A clock that stands still until a test lets it go, with its timers in their order. */
export class TestClock implements ConditionClock {
  #now = 0;
  #next = 1;
  /** Timers that were set so far. */
  timersSet = 0;
  readonly #timers = new Map<number, { readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): number {
    const handle = this.#next++;
    this.timersSet += 1;
    this.#timers.set(handle, { at: this.#now + Math.max(0, delayMs), callback });
    return handle;
  }

  clearTimer(handle: number): void {
    this.#timers.delete(handle);
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time go on. */
  advance(ms: number): void {
    const until = this.#now + ms;
    while (this.#runNext(until));
    this.#now = until;
  }

  /** Lets time go on until no timer is left. Throws when that takes longer than `mostMs`. */
  settle(mostMs = 10_000_000): void {
    const until = this.#now + mostMs;
    while (this.#runNext(until));
    if (this.#timers.size > 0) throw new Error(`not quiet after ${mostMs} ms`);
  }

  #runNext(until: number): boolean {
    let soonest: number | undefined;
    let soonestAt = Number.POSITIVE_INFINITY;
    for (const [handle, { at }] of this.#timers) {
      if (at >= soonestAt) continue;
      soonest = handle;
      soonestAt = at;
    }
    if (soonest === undefined || soonestAt > until) return false;
    const { callback } = this.#timers.get(soonest)!;
    this.#timers.delete(soonest);
    this.#now = Math.max(this.#now, soonestAt);
    callback();
    return true;
  }
}
