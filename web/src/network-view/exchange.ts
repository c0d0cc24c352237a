import type { CaptureTime, LadderItem } from "@playground/capture";
import { Model } from "../ui/model.ts";
import type { ItemFilter } from "./item-filter.ts";
import { type Lane, Lanes } from "./lanes.ts";
import type { CapturedExchange, CaptureModel } from "./network-page.ts";
import { ShownItems } from "./shown-items.ts";

/** Milliseconds of a frame that are spent on the filter; a search through everything takes several frames. */
const SLICE_MS = 6;
/** Milliseconds between two looks at the clock while nothing happens: what waits gets its note then. */
const CLOCK_MS = 1_000;
/** Milliseconds that what has happened is on its way to the page, at most, on a busy computer. */
const LATE_MS = 1_000;

/** The items that the reader sees, kept up with a capture while somebody looks. The capture has to be there. */
export class Exchange extends Model {
  readonly lanes = new Lanes();
  readonly #isLive: boolean;
  readonly #log: CaptureModel;
  readonly #capture: CapturedExchange;
  readonly #shown: ShownItems;
  #endLog: (() => void) | undefined;
  #frame: number | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #columns: readonly Lane[] = [];
  #columnsOf: readonly LadderItem[] = [];
  #origin: CaptureTime | undefined;
  #hasNews = true;

  /** `isLive`: programs go on with it. Of a saved one nothing waits any longer. */
  constructor(log: CaptureModel, capture: CapturedExchange, isLive: boolean) {
    super();
    this.#isLive = isLive;
    this.#log = log;
    this.#capture = capture;
    this.#shown = new ShownItems(this.lanes.keyOf);
  }

  /** Begins or ends to keep up. */
  follow(isFollowing: boolean): void {
    if (isFollowing === (this.#endLog !== undefined)) return;
    if (isFollowing) {
      this.#endLog = this.#log.subscribe(() => {
        this.#hasNews = true;
        this.#later();
      });
      if (this.#isLive) this.#clock = setInterval(this.#timePasses, CLOCK_MS);
      this.#hasNews = true;
      this.#later();
      return;
    }
    this.#endLog?.();
    this.#endLog = undefined;
    clearInterval(this.#clock);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** What the items are of. */
  get capture(): CapturedExchange {
    return this.#capture;
  }

  get items(): readonly LadderItem[] {
    return this.#shown.items;
  }

  /** All items that there are, shown or not. */
  get total(): number {
    return this.#shown.total;
  }

  get isSearching(): boolean {
    return this.#hasNews || !this.#shown.isDone;
  }

  get filter(): ItemFilter {
    return this.#shown.filter;
  }

  /** The columns that the shown items need. */
  get columns(): readonly Lane[] {
    return this.#columns;
  }

  /** When the capture began, as far as anybody has looked. */
  get origin(): CaptureTime {
    return this.#origin ?? 0;
  }

  setFilter(filter: ItemFilter): void {
    this.#shown.setFilter(filter);
    this.changed();
    this.#later();
  }

  readonly #timePasses = (): void => {
    this.#capture.ladder.timePasses(performance.timeOrigin + performance.now() - LATE_MS);
    this.#hasNews = true;
    this.#later();
  };

  #later(): void {
    if (this.#endLog === undefined) return;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#work();
    });
  }

  #work(): void {
    const { ladder } = this.#capture;
    if (this.#hasNews) {
      this.#hasNews = false;
      const { changed, isCleared } = ladder.takeChanges();
      if (isCleared) {
        this.#shown.clear();
        this.#origin = undefined;
      }
      this.lanes.follow(ladder.lifelines);
      this.#origin ??= ladder.items[0]?.at;
      this.#shown.changed(changed, ladder.firstId);
    }
    if (!this.#shown.step(ladder, SLICE_MS, () => performance.now())) {
      this.#later();
      return;
    }
    if (this.#columnsOf !== this.items) {
      this.#columnsOf = this.items;
      const columns = this.lanes.usedBy(this.items);
      // The same columns are the same list, so that nothing is placed anew.
      if (columns.length !== this.#columns.length || columns.some((lane, index) => lane !== this.#columns[index])) this.#columns = columns;
    }
    this.changed();
  }
}
