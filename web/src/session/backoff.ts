/** Milliseconds before the first new attempt: a bridge that was restarted is usually back by then. */
export const FIRST_DELAY_MS = 500;
/** The longest wait between attempts, milliseconds: a person who restarts the bridge should not wait for the page. */
export const MAX_DELAY_MS = 10_000;

/**
 * Milliseconds to wait before attempt number `attempt` (from 0): doubling, and spread by up to half at
 * random, so that a classroom of pages does not come back all at once.
 */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempt, 30), MAX_DELAY_MS);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
