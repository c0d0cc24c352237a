import type { CaptureTime } from "../event.ts";
import { Fifo } from "../fifo.ts";
import type { LadderItem } from "../ladder-item.ts";
import { MAX_LADDER_ITEMS } from "../limits.ts";

/** Rows that have given way and that are still in the order; they are taken out of it together. */
const MAX_ROWS_GONE = 4_096;

/** What an item of the ladder is made from, and made from again when more becomes known. */
export abstract class Row {
  /** 0 until it is on the board. */
  id = 0;
  at: CaptureTime;
  /** It has given way, or was found to be a part of another. */
  isGone = false;
  /** Among rows of the same time: its id, or that of the row that it was a part of. 0 until it is on the board. */
  rank = 0;
  /** Among rows of the same rank. */
  readonly position: number = 0;
  /** Whether its place in the order is to be found again. */
  isMoved = false;
  #item: LadderItem | undefined;

  constructor(at: CaptureTime) {
    this.at = at;
  }

  get item(): LadderItem {
    this.#item ??= this.build();
    return this.#item;
  }

  forgetItem(): void {
    this.#item = undefined;
  }

  protected abstract build(): LadderItem;
  /** It is gone: whoever leads to it must not any more. */
  abstract leave(): void;
}

/**
 * The rows of a ladder: numbered as they come, ordered by time when somebody looks. Batches of different workers interleave late, and
 * a saved capture brings one program after the other; so the order is made once for all that has come since the last look.
 */
export class Board {
  /** By id, without gaps. */
  readonly #rows = new Fifo<Row>();
  #nextId = 1;
  #ordered: Row[] = [];
  /** Not in `#ordered` yet. */
  #fresh: Row[] = [];
  #hasGaps = false;
  #items: readonly LadderItem[] | undefined;
  #changed = new Set<number>();

  get firstId(): number {
    return this.#nextId - this.#rows.length;
  }

  add(row: Row): void {
    row.id = this.#nextId;
    if (row.rank === 0) row.rank = row.id;
    this.#nextId += 1;
    this.#rows.push(row);
    this.#fresh.push(row);
    this.touch(row);
    if (this.#rows.length > MAX_LADDER_ITEMS) {
      const oldest = this.#rows.shift() as Row;
      this.#changed.delete(oldest.id);
      if (!oldest.isGone) this.#end(oldest);
    }
    // Whether anybody looks or not.
    if (this.#ordered.length + this.#fresh.length > this.#rows.length + MAX_ROWS_GONE) this.#order();
  }

  /** Something about it has changed. */
  touch(row: Row): void {
    if (row.isGone || row.id === 0) return;
    row.forgetItem();
    this.#changed.add(row.id);
    this.#items = undefined;
  }

  /** It began at another time than was known. */
  move(row: Row, at: CaptureTime): void {
    if (row.at === at || row.isGone) return;
    row.at = at;
    if (!row.isMoved) {
      row.isMoved = true;
      this.#hasGaps = true;
    }
    this.touch(row);
  }

  /** It was found to be a part of another. */
  remove(row: Row): void {
    if (row.isGone || row.id === 0) return;
    this.touch(row);
    this.#end(row);
  }

  row(id: number): Row | undefined {
    const row = this.#rows.at(id - this.firstId);
    return row?.isGone === false ? row : undefined;
  }

  /** In the order of time; the same array until something changes. */
  get items(): readonly LadderItem[] {
    if (this.#items) return this.#items;
    this.#order();
    this.#items = this.#ordered.map((row) => row.item);
    return this.#items;
  }

  takeChanged(): number[] {
    const changed = [...this.#changed];
    this.#changed = new Set();
    return changed;
  }

  clear(): void {
    for (const row of this.#rows.toArray()) {
      if (row.isGone) continue;
      row.isGone = true;
      row.leave();
    }
    this.#rows.clear();
    this.#ordered = [];
    this.#fresh = [];
    this.#changed = new Set();
    this.#items = undefined;
  }

  #end(row: Row): void {
    row.isGone = true;
    row.leave();
    this.#hasGaps = true;
    this.#items = undefined;
  }

  #order(): void {
    if (this.#hasGaps) {
      const stay: Row[] = [];
      const fresh = this.#fresh.filter((row) => !row.isGone && !row.isMoved);
      for (const list of [this.#ordered, this.#fresh]) {
        for (const row of list) {
          if (row.isGone) continue;
          if (row.isMoved) {
            row.isMoved = false;
            fresh.push(row);
          } else if (list === this.#ordered) stay.push(row);
        }
      }
      this.#ordered = stay;
      this.#fresh = fresh;
      this.#hasGaps = false;
    }
    if (this.#fresh.length === 0) return;
    const fresh = this.#fresh.sort(inOrder);
    this.#fresh = [];
    this.#ordered = merged(this.#ordered, fresh);
  }
}

function inOrder(a: Row, b: Row): number {
  return a.at - b.at || a.rank - b.rank || a.position - b.position;
}

/** Two ordered lists as one: what is late is mostly near the end. */
function merged(old: Row[], fresh: readonly Row[]): Row[] {
  const first = fresh[0] as Row;
  let cut = old.length;
  while (cut > 0 && inOrder(old[cut - 1] as Row, first) > 0) cut -= 1;
  const tail = old.splice(cut);
  let next = 0;
  for (const row of fresh) {
    while (next < tail.length && inOrder(tail[next] as Row, row) < 0) old.push(tail[next++] as Row);
    old.push(row);
  }
  while (next < tail.length) old.push(tail[next++] as Row);
  return old;
}
