/** The time in milliseconds since 1970, with fractions: the clock that console and network share, the same in the page and all of its workers. It never goes back. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}
