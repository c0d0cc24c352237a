/** Someone who is served in turns: how much of the server's time, or of whatever is shared, it has had. */
export class Flow {
  /** What it has had, counted from where the queue stood when it came: see `FairQueue`. */
  spent = 0;
  /** Which of two that have had as much came first. */
  order = 0;
}

/**
 * Who is served next: whoever has had least (start-time fair queueing, Goyal et al. 1996). Who comes after a rest starts where
 * the others stand, so that rest gives no right to catch up; and so who asks for little is served at once, however many others
 * ask for much. Adding and taking cost the logarithm of the number of those that wait.
 */
export class FairQueue<T extends Flow> {
  /** A binary heap: none has had less than the one at half its place. */
  readonly #heap: T[] = [];
  /** What those that are served now have had. */
  #level = 0;
  #count = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The one that has had least; it stays. */
  get first(): T | undefined {
    return this.#heap[0];
  }

  /** Adds one that does not wait yet. */
  add(flow: T): void {
    flow.spent = Math.max(flow.spent, this.#level);
    this.#count += 1;
    flow.order = this.#count;
    let at = this.#heap.push(flow) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the one that has had least. */
  take(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return undefined;
    this.#level = Math.max(this.#level, first.spent);
    if (first === last) return first;
    this.#heap[0] = last;
    this.#sink();
    return first;
  }

  /** Counts what one has had that does not wait at the moment. */
  charge(flow: T, amount: number): void {
    flow.spent = Math.max(flow.spent, this.#level) + amount;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left;
      if (right < this.#heap.length && this.#isBefore(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a] as T, this.#heap[b] as T];
    return one.spent === other.spent ? one.order < other.order : one.spent < other.spent;
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a] as T;
    this.#heap[a] = this.#heap[b] as T;
    this.#heap[b] = one;
  }
}
