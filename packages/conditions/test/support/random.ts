import { chance } from "../../src/chance.ts";
import { type Conditions, type DirectionConditions, PLAIN_DIRECTION } from "../../src/index.ts";

/** Numbers drawn one after the other, the same for the same seed. */
export class Random {
  readonly #seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(chance(this.#seed, this.#drawn++) * (most - least + 1));
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.between(1, times) === 1;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.between(0, 255));
  }
}

/** One of the 64 combinations of delay, jitter, rate, slices, gluing and a stall, with values by chance. */
export function combination(number: number, random: Random): DirectionConditions {
  return {
    ...PLAIN_DIRECTION,
    delayMs: number & 1 ? random.between(1, 500) : 0,
    jitterMs: number & 2 ? random.between(1, 500) : 0,
    ...(number & 4 && { bytesPerSecond: random.between(500, 50_000) }),
    ...(number & 8 && { sliceBytes: random.between(1, 50) }),
    glueMs: number & 16 ? random.between(1, 300) : 0,
    stalled: (number & 32) !== 0,
  };
}

/** The same without a stall. */
export function mended(conditions: Conditions): Conditions {
  return { seed: conditions.seed, out: { ...conditions.out, stalled: false }, in: { ...conditions.in, stalled: false } };
}
