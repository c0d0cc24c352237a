import { Model } from "./model.ts";

/** Milliseconds after which the page says that it still loads something: said at once, it would only flicker. */
const SLOW_MS = 400;

/**
 * Parts of the page that are fetched when they are needed. Tells whether the reader has to wait for one, and
 * whether one could not be had.
 */
export class LateParts extends Model {
  #slow = 0;
  #failed: ((isWanted: boolean) => void)[] = [];

  get state(): "quiet" | "loading" | "failed" {
    if (this.#failed.length > 0) return "failed";
    return this.#slow > 0 ? "loading" : "quiet";
  }

  /** What `load` gives; where it fails, again once the reader wants that, and undefined once the reader does without. */
  async fetch<T>(load: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await this.#watch(load());
      } catch (error) {
        console.error(error);
        const isWanted = await new Promise<boolean>((answer) => {
          this.#failed.push(answer);
          this.changed();
        });
        if (!isWanted) return undefined;
      }
    }
  }

  /** Fetches all again that could not be had. */
  retry(): void {
    this.#answer(true);
  }

  /** Does without what could not be had. */
  dismiss(): void {
    this.#answer(false);
  }

  #answer(isWanted: boolean): void {
    for (const answer of this.#failed.splice(0)) answer(isWanted);
    this.changed();
  }

  async #watch<T>(loading: Promise<T>): Promise<T> {
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.#slow++;
      this.changed();
    }, SLOW_MS);
    try {
      return await loading;
    } finally {
      clearTimeout(timer);
      if (isSlow) {
        this.#slow--;
        this.changed();
      }
    }
  }
}
