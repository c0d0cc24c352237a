import type { FrameClock } from "@playground/zone";

/** The clock of programs that no display paces. */
export const NODE_CLOCK: FrameClock = {
  now: () => performance.now(),
  requestFrame: undefined,
  cancelFrame: () => {},
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs)[Symbol.toPrimitive](),
  clearTimer: (handle) => clearTimeout(handle),
};
