import type { CaptureTime } from "../event.ts";
import { Fifo } from "../fifo.ts";
import type { RunId } from "../ladder-item.ts";
import { MAX_LADDER_CONNECTIONS } from "../limits.ts";
import { EndMatcher } from "./end-matcher.ts";
import { End } from "./exchange.ts";
import { Lifelines } from "./lifelines.ts";

/** The ends that are known, by run and number. Those that are over give way to new ones first. */
export class Ends {
  readonly #runs = new Map<RunId, Map<number, End>>();
  /** In the order in which they began. */
  readonly #all = new Set<End>();
  readonly #over = new Fifo<End>();
  readonly #matcher = new EndMatcher<End>();
  readonly #gone: (end: End) => void;

  constructor(gone: (end: End) => void) {
    this.#gone = gone;
  }

  get all(): ReadonlySet<End> {
    return this.#all;
  }

  get(run: RunId, connection: number): End | undefined {
    return this.#runs.get(run)?.get(connection);
  }

  /** Those of a run. */
  of(run: RunId): readonly End[] {
    return [...(this.#runs.get(run)?.values() ?? [])];
  }

  add(run: RunId, connection: number, at: CaptureTime): End {
    const old = this.get(run, connection);
    if (old) this.#drop(old);
    const end = new End({ run, connection }, Lifelines.idOfRun(run), at);
    let ends = this.#runs.get(run);
    if (!ends) this.#runs.set(run, (ends = new Map()));
    ends.set(connection, end);
    this.#all.add(end);
    if (this.#all.size > MAX_LADDER_CONNECTIONS) this.#dropOne();
    return end;
  }

  match(end: End): End | undefined {
    return this.#matcher.match(end);
  }

  /** Nothing more comes of it, or little. */
  over(end: End, at: CaptureTime): void {
    end.until ??= at;
    this.#over.push(end);
    end.changed();
  }

  /** Those that are over, and those of a run, are forgotten. */
  clear(isGone: (end: End) => boolean = (end) => end.isOver): void {
    for (const end of this.#all) if (isGone(end)) this.#drop(end);
  }

  #dropOne(): void {
    for (let end = this.#over.shift(); end; end = this.#over.shift()) {
      if (!this.#all.has(end)) continue;
      this.#drop(end);
      return;
    }
    const [oldest] = this.#all;
    if (oldest) this.#drop(oldest);
  }

  #drop(end: End): void {
    this.#all.delete(end);
    const ends = this.#runs.get(end.key.run);
    if (ends?.get(end.key.connection) === end) ends.delete(end.key.connection);
    if (ends?.size === 0) this.#runs.delete(end.key.run);
    this.#matcher.forget(end);
    this.#gone(end);
  }
}
