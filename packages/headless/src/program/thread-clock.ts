import type { FrameClock } from "@playground/zone";

/** The clock of a program that no display paces. */
export const THREAD_CLOCK: FrameClock = {
  now: () => performance.now(),
  requestFrame: undefined,
  cancelFrame: () => {},
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs)[Symbol.toPrimitive](),
  clearTimer: (handle) => clearTimeout(handle),
};
