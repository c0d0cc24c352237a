import type { Endpoint } from "@playground/network";
import type { CaptureTime } from "../event.ts";
import { Fifo } from "../fifo.ts";
import type { RunId } from "../ladder-item.ts";
import { MAX_LADDER_LISTENERS, MAX_LATE_REFUSALS, MAX_NAMED_LISTENERS } from "../limits.ts";
import type { Note } from "../note.ts";
import type { MarkRow } from "./arrow-row.ts";
import type { Board, Row } from "./board.ts";

type NamedListeners = Extract<Note, { code: "nobody-listens" }>["listeners"];

interface Listener {
  readonly run: RunId;
  readonly row: MarkRow;
  port: number;
  /** From when and until when the port was open. */
  from: CaptureTime;
  until: CaptureTime;
}

/** Who of the page's programs listens where, and when: for whoever is refused. */
export class Listeners {
  readonly #board: Board;
  readonly #nameOfRun: (run: RunId) => string;
  /** In the order in which they came to be known; those that are closed stay until there are too many. */
  readonly #all = new Map<string, Listener>();
  /** The last ones that were refused: what is known of listeners may come late. */
  readonly #refused = new Fifo<Row>();

  constructor(board: Board, nameOfRun: (run: RunId) => string) {
    this.#board = board;
    this.#nameOfRun = nameOfRun;
  }

  asks(key: string, run: RunId, row: MarkRow, port: number): void {
    this.#all.delete(key);
    this.#all.set(key, { run, row, port, from: Infinity, until: Infinity });
    const [oldest] = this.#all.keys();
    if (this.#all.size > MAX_LADDER_LISTENERS && oldest !== undefined) this.#all.delete(oldest);
  }

  /** @returns the mark of its beginning, where that is known */
  listens(key: string, at: CaptureTime, bound: Endpoint): MarkRow | undefined {
    const listener = this.#all.get(key);
    if (!listener) return undefined;
    listener.from = at;
    listener.port = bound.port;
    this.#changed(at);
    return listener.row;
  }

  /** It listens no longer, or could not. @returns the mark of its beginning, where that is known */
  ends(key: string, at: CaptureTime): MarkRow | undefined {
    const listener = this.#all.get(key);
    if (!listener) return undefined;
    listener.until = Math.min(listener.until, at);
    this.#changed(at);
    return listener.row;
  }

  runEnds(run: RunId, at: CaptureTime): void {
    let isChanged = false;
    for (const listener of this.#all.values()) {
      if (listener.run !== run || listener.until <= at) continue;
      listener.until = at;
      isChanged = true;
    }
    if (isChanged) this.#changed(at);
  }

  /** Somebody was refused at the time of the row; what `at` says is in its note. */
  refused(row: Row): void {
    this.#refused.push(row);
    if (this.#refused.length > MAX_LATE_REFUSALS) this.#refused.shift();
  }

  /** Who listens at a time; the last of them, where there are many. */
  at(time: CaptureTime): NamedListeners {
    const open = [...this.#all.values()].filter(({ from, until }) => from <= time && time < until);
    return open
      .sort((a, b) => a.from - b.from)
      .slice(-MAX_NAMED_LISTENERS)
      .map(({ run, port }) => ({ program: this.#nameOfRun(run), port }));
  }

  #changed(at: CaptureTime): void {
    for (const row of this.#refused.toArray()) if (row.at >= at) this.#board.touch(row);
  }
}
