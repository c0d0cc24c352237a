import type { BesideBytes, LadderItem } from "@playground/capture";
import { type FilterContext, isShown, type ItemFilter, searchedBytes } from "./item-filter.ts";
import { joined } from "./joined.ts";
import { findInBytes, reachOf } from "./search-pattern.ts";

/** What of a ladder the rows are made of. */
export interface ItemSource {
  readonly items: readonly LadderItem[];
  readonly firstId: number;
  /** Bytes before and behind those of an arrow, nearest first, `reach` of them each way at most. */
  beside(id: number, reach: number): { readonly before: readonly BesideBytes[]; readonly after: readonly BesideBytes[] };
}

/** Items after which the clock is looked at. */
const ITEMS_BETWEEN_LOOKS = 64;
/** Bytes after which the clock is looked at. */
const BYTES_BETWEEN_LOOKS = 65_536;

/** The items that a filter lets through, worked out in slices: each item is looked at once, and again when it or the filter has changed. */
export class ShownItems {
  readonly #columnOf: (lifeline: string) => string | undefined;
  readonly #verdicts = new Map<number, boolean>();
  #filter: ItemFilter = { hasPrinted: true };
  #items: readonly LadderItem[] = [];
  #total = 0;
  /** Where in the source's items the next slice begins. */
  #next = 0;
  #found: LadderItem[] = [];
  #isDone = true;
  /** An item that this pass has left out is to be looked at again: bytes beside it have come. */
  #isLate = false;

  constructor(columnOf: (lifeline: string) => string | undefined) {
    this.#columnOf = columnOf;
  }

  /** The items that are shown, as of the last time that all were looked at. */
  get items(): readonly LadderItem[] {
    return this.#items;
  }

  /** All items there were then. */
  get total(): number {
    return this.#total;
  }

  /** Whether there is nothing left to look at. */
  get isDone(): boolean {
    return this.#isDone;
  }

  get filter(): ItemFilter {
    return this.#filter;
  }

  setFilter(filter: ItemFilter): void {
    this.#filter = filter;
    this.#verdicts.clear();
    this.#begin();
  }

  /** Items have come, changed or gone. */
  changed(ids: readonly number[], firstId: number): void {
    for (const id of ids) this.#verdicts.delete(id);
    // What the ladder has let go of stands first in the map, since it came first.
    for (const id of this.#verdicts.keys()) {
      if (id >= firstId) break;
      this.#verdicts.delete(id);
    }
    this.#begin();
  }

  /** The ladder was emptied. */
  clear(): void {
    this.#verdicts.clear();
    this.#begin();
  }

  /** Looks at items for so many milliseconds by `now`. True once all have been looked at. */
  step(source: ItemSource, milliseconds: number, now: () => number): boolean {
    if (this.#isDone) return true;
    const { items } = source;
    const end = now() + milliseconds;
    let bytes = 0;
    for (let looked = 0; this.#next < items.length; this.#next++) {
      const item = items[this.#next] as LadderItem;
      let verdict = this.#verdicts.get(item.id);
      if (verdict === undefined) {
        verdict = isShown(item, this.#filter, this.#context(source));
        this.#verdicts.set(item.id, verdict);
        bytes += searchedBytes(item);
        looked++;
      }
      if (verdict) this.#found.push(item);
      if (looked < ITEMS_BETWEEN_LOOKS && bytes < BYTES_BETWEEN_LOOKS) continue;
      looked = bytes = 0;
      if (now() < end) continue;
      this.#next++;
      return false;
    }
    if (this.#isLate) {
      // Quick, since all others have their verdicts.
      this.#begin();
      return false;
    }
    this.#items = this.#found;
    this.#total = items.length;
    this.#isDone = true;
    return true;
  }

  /** A text may go across several arrows: all that have a part in it are shown, whichever came to be known first. */
  #context(source: ItemSource): FilterContext {
    return {
      columnOf: this.#columnOf,
      isInBytes: (pattern, { id, piece: { bytes: own } }) => {
        const { before, after } = source.beside(id, reachOf(pattern));
        const found = findInBytes(pattern, { before: bytesOf([...before].reverse()), own, after: bytesOf(after) });
        if (found === undefined) return false;
        this.#lookAgain(before, found.before);
        this.#lookAgain(after, found.after);
        return true;
      },
    };
  }

  /** Of bytes beside those of an arrow, so many belong to a match with these: whose they are is looked at again. */
  #lookAgain(beside: readonly BesideBytes[], size: number): void {
    let left = size;
    for (const { id, bytes } of beside) {
      if (left <= 0) return;
      left -= bytes.length;
      if (this.#verdicts.get(id) !== false) continue;
      this.#verdicts.delete(id);
      this.#isLate = true;
    }
  }

  #begin(): void {
    this.#next = 0;
    this.#found = [];
    this.#isDone = this.#isLate = false;
  }
}

function bytesOf(parts: readonly BesideBytes[]): Uint8Array {
  return joined(
    parts.map(({ bytes }) => bytes),
    Uint8Array,
  );
}
