import { DELAY_LIMIT, DELAY_SECONDS_LIMIT } from "../limits.ts";
import type { Suspension } from "../task/task.ts";

/** Script coroutines that wait for a time to pass. */
export class Delays {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  /** @throws {Error} where so long, or one more, cannot be waited for */
  require(seconds: number): void {
    if (!(seconds >= 0 && seconds <= DELAY_SECONDS_LIMIT)) throw new Error(`delay takes 0 to ${DELAY_SECONDS_LIMIT} seconds, got ${seconds}`);
    if (this.#timers.size >= DELAY_LIMIT) throw new Error(`a program has at most ${DELAY_LIMIT} delays at a time; wait for some of them first`);
  }

  /** Resumes after so many seconds. */
  start(seconds: number, suspension: Suspension): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      suspension.resume();
    }, seconds * 1000);
    this.#timers.add(timer);
  }

  /** Nothing is resumed afterwards. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
