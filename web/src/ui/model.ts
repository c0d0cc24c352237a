/** Something that changes and tells its subscribers so. Components read it anew; no values travel. */
export abstract class Model {
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` after every change. Gives the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
