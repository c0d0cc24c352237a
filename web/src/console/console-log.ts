import { Model } from "../app/model.ts";
import type { ConsoleEntry } from "../worker/messages.ts";

/** Entries that a console keeps: a long session's worth of reading back, a few megabytes at most. */
export const MAX_LOG_ENTRIES = 10_000;
/** Characters that a console keeps, for entries that are long. */
export const MAX_LOG_CHARS = 4_194_304;

/** A notice of the page itself, with the figures in its sentence. */
export type PageNotice =
  | { readonly code: "lines-skipped"; readonly params: { readonly count: number } }
  | { readonly code: "ended-by-force"; readonly params: { readonly seconds: number } }
  | { readonly code: "vm-not-loaded"; readonly params: { readonly reason: string } }
  | { readonly code: "worker-not-loaded"; readonly params: { readonly reason: string } }
  | { readonly code: "worker-crashed"; readonly params: { readonly reason: string } };

/** A change that a view of the log has to follow. */
export type LogChange =
  | { readonly type: "added"; readonly entries: readonly ConsoleEntry[]; readonly shown: () => void }
  | { readonly type: "cleared" };

/** What one program has written, bounded: the oldest entries give way. */
export class ConsoleLog extends Model {
  #entries: ConsoleEntry[] = [];
  #chars = 0;
  #view: ((change: LogChange) => void) | undefined;
  readonly #listeners: ((entry: ConsoleEntry) => void)[] = [];

  /** Oldest first. */
  get entries(): readonly ConsoleEntry[] {
    return this.#entries;
  }

  /**
   * Hands every change to the one view of this log. While there is none, entries count as shown at once.
   * Gives the function that takes the view away again.
   */
  attachView(view: (change: LogChange) => void): () => void {
    this.#view = view;
    return () => {
      if (this.#view === view) this.#view = undefined;
    };
  }

  /** Calls `listener` for every entry that is added from now on. */
  onAdded(listener: (entry: ConsoleEntry) => void): void {
    this.#listeners.push(listener);
  }

  /** Adds what a worker sent; `shown` is called once the view has it on screen and more may come. */
  add(entries: readonly ConsoleEntry[], skipped: number, shown: () => void): void {
    const added = skipped > 0 ? [notice({ code: "lines-skipped", params: { count: skipped } }), ...entries] : entries;
    for (const entry of added) this.#chars += entry.text.length;
    this.#entries.push(...added);
    for (const listener of this.#listeners) for (const entry of added) listener(entry);
    this.#trim();
    if (this.#view === undefined) shown();
    else this.#view({ type: "added", entries: added, shown });
    this.changed();
  }

  addNotice<C extends PageNotice["code"]>(code: C, params: Extract<PageNotice, { code: C }>["params"]): void {
    this.add([notice({ code, params } as PageNotice)], 0, () => {});
  }

  /** Like `addNotice`, for what has ended the program. */
  addFailure<C extends PageNotice["code"]>(code: C, params: Extract<PageNotice, { code: C }>["params"]): void {
    this.add([{ ...notice({ code, params } as PageNotice), level: "error" }], 0, () => {});
  }

  clear(): void {
    this.#entries = [];
    this.#chars = 0;
    this.#view?.({ type: "cleared" });
    this.changed();
  }

  #trim(): void {
    let first = Math.max(0, this.#entries.length - MAX_LOG_ENTRIES);
    for (let index = 0; index < first; index++) this.#chars -= this.#entries[index]?.text.length ?? 0;
    while (this.#chars > MAX_LOG_CHARS && first < this.#entries.length - 1) {
      this.#chars -= this.#entries[first++]?.text.length ?? 0;
    }
    if (first > 0) this.#entries.splice(0, first);
  }
}

/** The words come from the code, in the reader's language; `text` stays empty. */
function notice({ code, params }: PageNotice): ConsoleEntry {
  return { level: "notice", text: "", code, params };
}
