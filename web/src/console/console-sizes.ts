/** A pair of neighbours as their divider shows it: what the first has of both together, and its bounds, in per cent. */
export interface PairShare {
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

/** How much of the height each console has, as weights: the heights follow from them in whatever room there is. */
export class ConsoleSizes<T extends object> {
  #weights = new WeakMap<T, number>();

  /** A weight for each of these consoles, 1 on average. One that is new is as high as the others are on average. */
  weightsOf(consoles: readonly T[]): number[] {
    const known = consoles.map((console) => this.#weights.get(console)).filter((weight) => weight !== undefined);
    const average = known.length === 0 ? 1 : sum(known) / known.length;
    for (const console of consoles) if (!this.#weights.has(console)) this.#weights.set(console, average);
    // A browser would not fill the room with weights below 1 altogether.
    return consoles.map((console) => (this.#weights.get(console) ?? average) / average);
  }

  /** Gives the console at `index` that many per cent of what it has together with the one below it. `room` and `least` are pixels, as for `fit`; nothing moves while they are not known, 0. */
  move(consoles: readonly T[], index: number, percent: number, room: number, least: number): void {
    const sizes = fit(this.weightsOf(consoles), room, least);
    const [first, second] = sizes.slice(index, index + 2);
    if (first === undefined || second === undefined) return;
    const both = first + second;
    if (both === 0) return;
    sizes[index] = Math.min(both - least, Math.max(least, (both * percent) / 100));
    sizes[index + 1] = both - sizes[index];
    for (const [at, console] of consoles.entries()) this.#weights.set(console, sizes[at] ?? least);
  }

  /** Makes all equal again. */
  reset(): void {
    this.#weights = new WeakMap();
  }
}

/**
 * Heights in pixels that make up `room`, by weight, none below `least`: what a browser makes of rows of a grid
 * that are `minmax(least, <weight>fr)`. Where there is not room enough for `least` each, all have that.
 */
export function fit(weights: readonly number[], room: number, least: number): number[] {
  const sizes = weights.map(() => least);
  let free = [...weights.keys()];
  for (;;) {
    const rest = room - (weights.length - free.length) * least;
    const all = sum(free.map((at) => weights[at] ?? 0));
    const share = (at: number): number => ((weights[at] ?? 0) / all) * rest;
    const large = free.filter((at) => share(at) >= least);
    if (large.length === free.length) {
      for (const at of free) sizes[at] = share(at);
      return sizes;
    }
    free = large;
  }
}

/** What divides the consoles at `index` and below it, of these sizes. */
export function pairShare(sizes: readonly number[], index: number, least: number): PairShare {
  const first = sizes[index] ?? least;
  const both = first + (sizes[index + 1] ?? least);
  if (both === 0) return { value: 50, least: 0, most: 100 };
  const bound = Math.min(50, (least / both) * 100);
  return { value: (first / both) * 100, least: bound, most: 100 - bound };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
