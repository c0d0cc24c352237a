/** Milliseconds between two turns: time for the page to draw a frame. */
const PAUSE_MS = 16;

/** Work of many that is done one piece at a time, in the order in which it was asked for, with room for the page between the pieces. */
export class Turns {
  readonly #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Has `work` done when its turn has come. Gives the function that takes the wish back. */
  ask(work: () => void): () => void {
    this.#waiting.add(work);
    this.#timer ??= setTimeout(this.#next, 0);
    return () => this.#waiting.delete(work);
  }

  readonly #next = (): void => {
    this.#timer = undefined;
    const [work] = this.#waiting;
    if (work === undefined) return;
    this.#waiting.delete(work);
    this.#timer = setTimeout(this.#next, PAUSE_MS);
    work();
  };
}
