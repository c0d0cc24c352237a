/** Packets of streams with little to send that may overtake the others in a row: enough for low delay, and the others still move. */
const MOST_FRESH_IN_A_ROW = 16;

/**
 * Decides which stream sends next when not all can. Streams take turns of one packet. One that had
 * nothing to send until now, and has only a little, goes before those that have much, for one packet:
 * so a small message does not wait until every bulk transfer has had its turn.
 *
 * `T` is a stream; it is in here at most once.
 */
export class SendScheduler<T> {
  // A Set keeps the order of insertion and forgets a member in one step: a queue that streams can leave.
  readonly #fresh = new Set<T>();
  readonly #turns = new Set<T>();
  #freshInARow = 0;

  /** Whether no stream waits. */
  get isEmpty(): boolean {
    return this.#fresh.size === 0 && this.#turns.size === 0;
  }

  /** A stream whose queue was empty has a small message to send. */
  addFresh(stream: T): void {
    if (!this.#turns.has(stream)) this.#fresh.add(stream);
  }

  /** A stream has much to send, or more after its turn, or may go on because credit came. */
  addToTurns(stream: T): void {
    if (!this.#fresh.has(stream)) this.#turns.add(stream);
  }

  /** Takes out the stream whose turn it is; undefined when none waits. */
  next(): T | undefined {
    const useFresh = this.#fresh.size > 0 && (this.#freshInARow < MOST_FRESH_IN_A_ROW || this.#turns.size === 0);
    const queue = useFresh ? this.#fresh : this.#turns;
    this.#freshInARow = useFresh ? this.#freshInARow + 1 : 0;
    for (const stream of queue) {
      queue.delete(stream);
      return stream;
    }
    return undefined;
  }

  /** Takes a stream out. */
  remove(stream: T): void {
    this.#fresh.delete(stream);
    this.#turns.delete(stream);
  }

  /** Takes all streams out. */
  clear(): void {
    this.#fresh.clear();
    this.#turns.clear();
  }
}
