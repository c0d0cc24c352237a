import { Model } from "../ui/model.ts";
import type { ConsoleEntry } from "./entry.ts";
import { isRepeat, timesOf } from "./entry-repeats.ts";
import type { PageNotice } from "./notice.ts";
import { sharedNow } from "./shared-clock.ts";

/** Entries that a console keeps: a long session's worth of reading back, a few megabytes at most. */
export const MAX_LOG_ENTRIES = 10_000;
/** Characters that a console keeps, for entries that are long. */
export const MAX_LOG_CHARS = 4_194_304;

/** Entries that have given way and are not taken out yet. */
const GONE_LIMIT = 1_000;

/** The program that an entry of the merged log is from. */
export interface EntrySource {
  /** Name of its file, at the moment. */
  readonly name: string;
  /** Tells programs apart by colour, beside the name; counted from 0. */
  readonly colour: number;
}

/** An entry as a log keeps it; in the merged log it says where it is from. */
export type LogEntry = ConsoleEntry & { readonly source?: EntrySource };

/** A change that a view of the log has to follow. */
export type LogChange =
  /** First the last entry that the view has becomes `repeated`, where there is one, and then `entries` are added. */
  { readonly type: "added"; readonly repeated?: LogEntry; readonly entries: readonly LogEntry[]; readonly shown: () => void } | { readonly type: "cleared" };

/** What one program has written, or all of them, bounded: the oldest entries give way. Equal lines in a row are one entry with a count. */
export class ConsoleLog extends Model {
  #merged: ConsoleLog | undefined;
  readonly #source: EntrySource | undefined;
  #entries: LogEntry[] = [];
  /** Entries at the front that have given way already: they are taken out together, since each time moves all the others. */
  #gone = 0;
  #chars = 0;
  #view: ((change: LogChange) => void) | undefined;
  readonly #listeners: ((entry: ConsoleEntry) => void)[] = [];

  /** `merged` gets the same entries, marked as from `source`. */
  constructor(merged?: ConsoleLog, source?: EntrySource) {
    super();
    this.#merged = merged;
    this.#source = source;
  }

  /** Oldest first. */
  get entries(): readonly LogEntry[] {
    if (this.#gone > 0) this.#takeOut();
    return this.#entries;
  }

  /** Whether there is any entry; costs less than asking `entries`. */
  get isEmpty(): boolean {
    return this.#entries.length === this.#gone;
  }

  /**
   * Hands every change to the one view of this log. While there is none, here and at the merged log, entries count as shown at once.
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
  add(entries: readonly LogEntry[], skipped: number, shown: () => void): void {
    const added = skipped > 0 ? [entryOf({ code: "lines-skipped", count: skipped }), ...entries] : entries;
    const { repeated, rest } = this.#take(added);
    for (const listener of this.#listeners) for (const entry of added) listener(entry);
    this.#trim();
    const merged = this.#merged;
    if (merged !== undefined) {
      const source = this.#source;
      const marked = source === undefined ? added : added.map((entry) => ({ ...entry, source }));
      // Whichever view there is says when more may come.
      merged.add(marked, 0, this.#view === undefined ? shown : () => {});
    } else if (this.#view === undefined) shown();
    this.#view?.({ type: "added", ...(repeated !== undefined && { repeated }), entries: rest, shown });
    this.changed();
  }

  addNotice(notice: PageNotice): void {
    this.add([entryOf(notice)], 0, () => {});
  }

  /** Like `addNotice`, for what has ended the program. */
  addFailure(notice: PageNotice): void {
    this.add([{ ...entryOf(notice), level: "error" }], 0, () => {});
  }

  /** The merged log gets nothing more of this one. */
  leaveMerged(): void {
    this.#merged = undefined;
  }

  clear(): void {
    this.#entries = [];
    this.#gone = 0;
    this.#chars = 0;
    this.#view?.({ type: "cleared" });
    this.changed();
  }

  /** Keeps the entries, those that repeat the one before them as its count. */
  #take(added: readonly LogEntry[]): { repeated: LogEntry | undefined; rest: LogEntry[] } {
    const first = this.#entries.length;
    let repeated: LogEntry | undefined;
    for (const entry of added) {
      const index = this.#entries.length - 1;
      const last = index < this.#gone ? undefined : this.#entries[index];
      if (last !== undefined && last.source === entry.source && isRepeat(last, entry)) {
        const more = { ...last, repeats: timesOf(last) + timesOf(entry) };
        this.#entries[index] = more;
        if (index < first) repeated = more;
      } else {
        this.#entries.push(entry);
        this.#chars += entry.text.length;
      }
    }
    return { repeated, rest: this.#entries.slice(first) };
  }

  #trim(): void {
    const least = this.#entries.length - MAX_LOG_ENTRIES;
    while (this.#gone < least || (this.#chars > MAX_LOG_CHARS && this.#gone < this.#entries.length - 1)) {
      this.#chars -= this.#entries[this.#gone++]?.text.length ?? 0;
    }
    if (this.#gone > GONE_LIMIT) this.#takeOut();
  }

  #takeOut(): void {
    this.#entries = this.#entries.slice(this.#gone);
    this.#gone = 0;
  }
}

/** The words come from the notice, in the reader's language; `text` stays empty. */
function entryOf(notice: PageNotice): ConsoleEntry {
  return { level: "notice", text: "", at: sharedNow(), notice };
}
