/** Milliseconds between two pieces: time for the page to draw a frame. */
const PAUSE_MS = 16;

/** Work of many that is done one piece at a time, in the order in which it was asked for, with room for the page between the pieces. */
export class WorkQueue {
  readonly #waiting = new Set<() => void>();
  #isGoing = false;

  /** Has `work` done when it is its turn. Gives the function that takes the wish back. */
  ask(work: () => void): () => void {
    this.#waiting.add(work);
    if (!this.#isGoing) {
      this.#isGoing = true;
      setTimeout(this.#next, 0);
    }
    return () => this.#waiting.delete(work);
  }

  readonly #next = (): void => {
    const [work] = this.#waiting;
    if (work === undefined) {
      this.#isGoing = false;
      return;
    }
    this.#waiting.delete(work);
    setTimeout(this.#next, PAUSE_MS);
    work();
  };
}
