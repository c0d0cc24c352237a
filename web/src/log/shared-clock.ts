/** Read once: it stays as it is, and is slow to read in some engines. */
const ORIGIN = performance.timeOrigin;

/** The time in milliseconds since 1970, with fractions: the clock that console and network share, the same in the page and all of its workers. It never goes back. */
export function sharedNow(): number {
  return ORIGIN + performance.now();
}
