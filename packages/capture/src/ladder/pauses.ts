import type { CaptureTime } from "../event.ts";
import { Fifo } from "../fifo.ts";
import type { RunId } from "../ladder-item.ts";
import { MAX_LADDER_PAUSES, PAUSE_SLACK_MS } from "../limits.ts";
import type { MarkRow } from "./arrow-row.ts";

/** A pause of the page, as its runs tell of it. */
interface Pause {
  /** When the first run told of it. */
  from: CaptureTime;
  /** When the first run told of its end, or the last run in it was over. */
  until: CaptureTime;
  readonly begin: MarkRow;
  end: MarkRow | undefined;
  /** Runs that have not told of its end. */
  readonly runs: Set<RunId>;
}

/**
 * The reader pauses the page, and each of its programs tells of that, a little apart; one that is started meanwhile does too. It is one
 * pause, with one mark for its beginning and one for its end.
 */
export class Pauses {
  readonly #mark: (at: CaptureTime, kind: "pause" | "resume") => MarkRow;
  readonly #move: (row: MarkRow, at: CaptureTime) => void;
  /** The last ones: batches of other runs come late. */
  readonly #all = new Fifo<Pause>();

  /** `mark` makes one; `move` says that it was earlier than was known. */
  constructor(mark: (at: CaptureTime, kind: "pause" | "resume") => MarkRow, move: (row: MarkRow, at: CaptureTime) => void) {
    this.#mark = mark;
    this.#move = move;
  }

  begins(run: RunId, at: CaptureTime): void {
    const known = this.#last((pause) => !pause.runs.has(run) && at >= pause.from - PAUSE_SLACK_MS && at <= pause.until);
    if (known === undefined) {
      this.#all.push({ from: at, until: Infinity, begin: this.#mark(at, "pause"), end: undefined, runs: new Set([run]) });
      if (this.#all.length > MAX_LADDER_PAUSES) this.#all.shift();
      return;
    }
    known.runs.add(run);
    if (at >= known.from) return;
    known.from = at;
    this.#move(known.begin, at);
  }

  ends(run: RunId, at: CaptureTime): void {
    const pause = this.#last(({ runs }) => runs.has(run));
    if (pause === undefined) return;
    pause.runs.delete(run);
    pause.until = Math.min(pause.until, at);
    if (pause.end === undefined) pause.end = this.#mark(at, "resume");
    else if (at < pause.end.at) this.#move(pause.end, at);
  }

  /** A run is over, and tells of nothing more. */
  runEnds(run: RunId, at: CaptureTime): void {
    const pause = this.#last(({ runs }) => runs.has(run));
    if (pause === undefined) return;
    pause.runs.delete(run);
    if (pause.runs.size === 0) pause.until = Math.min(pause.until, at);
  }

  #last(fits: (pause: Pause) => boolean): Pause | undefined {
    return this.#all.toArray().reverse().find(fits);
  }
}
