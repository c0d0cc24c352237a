/** Runs a function later, once; for the session's needs of a clock. Returns what cancels it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

/** The clock of the environment. */
export const scheduleByTimer: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};
