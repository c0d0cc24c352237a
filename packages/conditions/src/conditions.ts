/** How a network treats one direction of a program's streams. All of it is time and size: bytes are never lost, changed or reordered within a stream, as TCP does not either. */
export interface DirectionConditions {
  /** Milliseconds that each piece is on its way, and the most that chance adds to them; each 0 to `MAX_DELAY_MS`. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Bytes a second for each stream; absent: no limit. */
  readonly bytesPerSecond?: number;
  /** Pieces are cut to at most so many bytes; absent: they stay as they are. */
  readonly sliceBytes?: number;
  /** Milliseconds in which pieces are gathered and then delivered as one; 0: none. */
  readonly glueMs: number;
  /** Nothing goes through; what waits catches up when this ends. */
  readonly stalled: boolean;
}

/** The conditions of one program. */
export interface Conditions {
  readonly out: DirectionConditions;
  readonly in: DirectionConditions;
  /** Chance is drawn from this, so that a run repeats: 0 to 2^32 - 1. */
  readonly seed: number;
}

/** Milliseconds: half a minute to the other side and back is more than any network on Earth takes. */
export const MAX_DELAY_MS = 10_000;

/** A direction in which nothing is done. */
export const PLAIN_DIRECTION: DirectionConditions = { delayMs: 0, jitterMs: 0, glueMs: 0, stalled: false };
