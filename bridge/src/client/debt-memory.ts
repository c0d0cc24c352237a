/** Entries that are looked at for one to forget: bounds the time that it takes. */
const LOOKED_AT = 8;

/** Searches for one to forget when another comes: where the ones looked at all have to stay, the number shrinks again later. */
const SEARCHES = 2;

/** An entry and its place. */
interface Slot<T> {
  readonly key: string;
  readonly entry: T;
  index: number;
}

/**
 * Remembers what addresses owe, about so many of them. Where there are more, a few are looked at by chance, and the one goes
 * that would be as good as new soonest: so many addresses that have done a little each cannot make it forget one that has
 * done a lot, as they could if the one seen longest ago went.
 */
export class DebtMemory<T> {
  readonly #limit: number;
  readonly #msUntilBlank: (entry: T) => number;
  readonly #onForgotten: (key: string, entry: T) => void;
  readonly #slots = new Map<string, Slot<T>>();
  readonly #all: Slot<T>[] = [];

  /** `msUntilBlank`: the time until a new entry would be the same, ms; Infinity for one that has to stay. */
  constructor(limit: number, msUntilBlank: (entry: T) => number, onForgotten: (key: string, entry: T) => void = () => {}) {
    this.#limit = limit;
    this.#msUntilBlank = msUntilBlank;
    this.#onForgotten = onForgotten;
  }

  get size(): number {
    return this.#all.length;
  }

  get(key: string): T | undefined {
    return this.#slots.get(key)?.entry;
  }

  /** Adds an entry under a key that is not there. */
  add(key: string, entry: T): void {
    for (let search = 0; search < SEARCHES && this.#all.length >= this.#limit; search += 1) this.#forgetOne();
    const slot = { key, entry, index: this.#all.length };
    this.#slots.set(key, slot);
    this.#all.push(slot);
  }

  /** Forgets an entry, if it is there. */
  delete(key: string): void {
    const slot = this.#slots.get(key);
    const last = this.#all.at(-1);
    if (slot === undefined || last === undefined) return;
    this.#all[slot.index] = last;
    last.index = slot.index;
    this.#all.pop();
    this.#slots.delete(key);
    this.#onForgotten(key, slot.entry);
  }

  *values(): Generator<T> {
    for (const { entry } of this.#all) yield entry;
  }

  #forgetOne(): void {
    let found: Slot<T> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let looked = 0; looked < LOOKED_AT && least > 0; looked += 1) {
      const slot = this.#all[Math.floor(Math.random() * this.#all.length)];
      if (slot === undefined) return;
      const ms = this.#msUntilBlank(slot.entry);
      if (ms >= least) continue;
      found = slot;
      least = ms;
    }
    if (found !== undefined) this.delete(found.key);
  }
}
