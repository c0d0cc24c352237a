import { BYTES_PER_SECOND_RANGE, MAX_DELAY_MS, MAX_SEED, SLICE_BYTES_RANGE } from "./limits.ts";

/** How a network treats one direction of a program's streams. All of it is time and size: bytes are never lost, changed or reordered within a stream, as TCP does not either. */
export interface DirectionConditions {
  /** Milliseconds that each piece is on its way, and the most that chance adds to them; each 0 to `MAX_DELAY_MS`. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Bytes a second for each stream, a whole number within `BYTES_PER_SECOND_RANGE`; absent: no limit. */
  readonly bytesPerSecond?: number;
  /** Pieces are cut to at most so many bytes, within `SLICE_BYTES_RANGE`; absent: they stay as they are. */
  readonly sliceBytes?: number;
  /** Milliseconds in which pieces are gathered and then delivered as one; 0, none, to `MAX_DELAY_MS`. */
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
  /**
   * The cable is out: nothing goes through in either direction and nobody is told. Connections stay, and go on where they were once it
   * is in again; those that are asked for meanwhile fail after `CUT_CONNECT_MS`.
   */
  readonly isCut?: boolean;
}

/** A direction of streams, as the program sees it: `out` is what it sends. */
export type Direction = "in" | "out";

/** A direction in which nothing is done. */
export const PLAIN_DIRECTION: DirectionConditions = { delayMs: 0, jitterMs: 0, glueMs: 0, stalled: false };

/** A network to which nothing is done. */
export const PLAIN_CONDITIONS: Conditions = { out: PLAIN_DIRECTION, in: PLAIN_DIRECTION, seed: 0 };

/** Whether nothing is done to a direction. */
export function isPlainDirection({ delayMs, jitterMs, bytesPerSecond, sliceBytes, glueMs, stalled }: DirectionConditions): boolean {
  return delayMs === 0 && jitterMs === 0 && glueMs === 0 && !stalled && bytesPerSecond === undefined && sliceBytes === undefined;
}

/** Whether nothing is done at all. */
export function isPlain(conditions: Conditions): boolean {
  return isPlainDirection(conditions.out) && isPlainDirection(conditions.in) && conditions.isCut !== true;
}

/**
 * Gives the conditions back when they are ones.
 *
 * @throws {RangeError} which names the value at fault and what it may be
 */
export function checkedConditions(conditions: Conditions): Conditions {
  for (const direction of ["out", "in"] as const) {
    const { delayMs, jitterMs, glueMs, bytesPerSecond, sliceBytes } = conditions[direction];
    requireWithin(`${direction}.delayMs`, delayMs, [0, MAX_DELAY_MS]);
    requireWithin(`${direction}.jitterMs`, jitterMs, [0, MAX_DELAY_MS]);
    requireWithin(`${direction}.glueMs`, glueMs, [0, MAX_DELAY_MS]);
    if (bytesPerSecond !== undefined) requireWithin(`${direction}.bytesPerSecond`, bytesPerSecond, BYTES_PER_SECOND_RANGE);
    if (sliceBytes !== undefined) requireWithin(`${direction}.sliceBytes`, sliceBytes, SLICE_BYTES_RANGE);
  }
  requireWithin("seed", conditions.seed, [0, MAX_SEED]);
  return conditions;
}

function requireWithin(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} is ${value}; it takes a whole number from ${least} to ${most}`);
}
