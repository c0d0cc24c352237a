import type { FrameClock } from "@playground/zone";

/** Milliseconds below which browsers lengthen a timer that a timer has set (HTML: to 4 ms, from the fifth on). */
const CLAMPED_BELOW_MS = 5;

/** The clocks of the worker that this runs in. */
export function workerClock(): FrameClock {
  const animated = typeof self.requestAnimationFrame === "function";
  const timers = new ShortTimers();
  return {
    now: () => performance.now(),
    requestFrame: animated ? (callback) => self.requestAnimationFrame(callback) : undefined,
    cancelFrame: (handle) => self.cancelAnimationFrame(handle),
    setTimer: (callback, delayMs) => timers.set(callback, delayMs),
    clearTimer: (handle) => timers.clear(handle),
  };
}

/** Timers that may be shorter than 4 ms: a message comes first, since a timer that a message has set is the first of its row. */
class ShortTimers {
  readonly #channel = new MessageChannel();
  /** What is to be done, by handle: either a message is on its way, or a timer is set. */
  readonly #pending = new Map<number, { readonly callback: () => void; readonly dueAt: number; timer?: number }>();
  #next = 1;

  constructor() {
    this.#channel.port1.addEventListener("message", ({ data }: MessageEvent<number>) => this.#arm(data));
    this.#channel.port1.start();
  }

  set(callback: () => void, delayMs: number): number {
    const handle = this.#next++;
    this.#pending.set(handle, { callback, dueAt: performance.now() + delayMs });
    if (delayMs < CLAMPED_BELOW_MS) this.#channel.port2.postMessage(handle);
    else this.#arm(handle);
    return handle;
  }

  clear(handle: number): void {
    const pending = this.#pending.get(handle);
    if (pending?.timer !== undefined) self.clearTimeout(pending.timer);
    this.#pending.delete(handle);
  }

  #arm(handle: number): void {
    const pending = this.#pending.get(handle);
    if (pending === undefined) return;
    const left = pending.dueAt - performance.now();
    if (left <= 0) this.#run(handle);
    else pending.timer = self.setTimeout(() => this.#run(handle), Math.ceil(left));
  }

  #run(handle: number): void {
    const pending = this.#pending.get(handle);
    this.#pending.delete(handle);
    pending?.callback();
  }
}
