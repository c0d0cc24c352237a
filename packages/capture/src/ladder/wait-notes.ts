import type { CaptureTime, GaugeEvent } from "../event.ts";
import type { RunId } from "../ladder-item.ts";
import { WAIT_NOTE_MS } from "../limits.ts";
import type { Board } from "./board.ts";
import type { End, Piece } from "./exchange.ts";

/** Milliseconds of the clock between two looks at what waits. */
const LOOK_EVERY_MS = 500;

/** Notes on bytes that wait for a script: for an onReceive, or for an `update()`. Neither is said where it may be the other. */
export class WaitNotes {
  readonly #board: Board;
  readonly #waiting = new Set<End>();
  /** When a callback of the run was called last by `update()`. */
  readonly #deliveredAt = new Map<RunId, CaptureTime>();
  readonly #lookedAt = new Map<RunId, CaptureTime>();

  constructor(board: Board) {
    this.#board = board;
  }

  gauge(end: End, event: GaugeEvent): void {
    if (event.hasReceiver !== undefined) end.hasReceiver = event.hasReceiver;
    if (event.waiting === 0) this.#over(end, event.at);
    else if (end.waitingSince === undefined) {
      end.waitingSince = event.at;
      this.#waiting.add(end);
    }
  }

  /** `update()` has called a callback of the run: of this end, or of another. */
  delivered(end: End, at: CaptureTime, isReceipt: boolean): void {
    this.#deliveredAt.set(end.key.run, at);
    if (isReceipt) this.#over(end, at);
  }

  /** The end waits for nothing any more. */
  forget(end: End): void {
    this.#waiting.delete(end);
    end.waitingSince = undefined;
  }

  forgetRun(run: RunId): void {
    this.#deliveredAt.delete(run);
    this.#lookedAt.delete(run);
    for (const end of this.#waiting) if (end.key.run === run) this.forget(end);
  }

  /** All that happened to a run before `now` is known. Batches of other runs may still be on their way. */
  timePasses(run: RunId, now: CaptureTime): void {
    if (this.#waiting.size === 0) return;
    const lookedAt = this.#lookedAt.get(run) ?? -Infinity;
    if (now < lookedAt + LOOK_EVERY_MS) return;
    this.#lookedAt.set(run, now);
    for (const end of this.#waiting) if (end.key.run === run) this.#look(end, now);
  }

  /** The same for all runs. */
  timePassesForAll(now: CaptureTime): void {
    for (const run of new Set([...this.#waiting].map((end) => end.key.run))) this.timePasses(run, now);
  }

  #look(end: End, now: CaptureTime): void {
    const since = end.waitingSince ?? now;
    if (now - since < WAIT_NOTE_MS) return;
    const flow = end.in;
    if (flow.waitNote === undefined) {
      const code = this.#missing(end, since);
      const row = firstUnread(end);
      if (!code || !row) return;
      flow.waitNote = { row, code };
      row.waiting = end.gauges.at(-1)?.waiting ?? 0;
      this.#board.touch(row);
    }
    if (flow.waitNote.code === "update-missing") this.#setSeconds(flow.waitNote.row, since, now);
  }

  #missing(end: End, since: CaptureTime): "no-receiver" | "update-missing" | undefined {
    const wasUpdated = (this.#deliveredAt.get(end.key.run) ?? -Infinity) > since;
    const hadReceiver = end.in.passed.receive > 0;
    if (end.hasReceiver === false || (end.hasReceiver === undefined && !hadReceiver && wasUpdated)) return "no-receiver";
    return (end.hasReceiver === true || hadReceiver) && !wasUpdated ? "update-missing" : undefined;
  }

  #over(end: End, at: CaptureTime): void {
    const { waitNote } = end.in;
    if (waitNote?.code === "update-missing") this.#setSeconds(waitNote.row, end.waitingSince ?? at, at);
    end.in.waitNote = undefined;
    if (waitNote) this.#board.touch(waitNote.row);
    this.forget(end);
  }

  #setSeconds(row: Piece, since: CaptureTime, now: CaptureTime): void {
    const seconds = Math.floor((now - since) / 1_000);
    if (seconds === row.waitedSeconds) return;
    row.waitedSeconds = seconds;
    this.#board.touch(row);
  }
}

function firstUnread(end: End): Piece | undefined {
  let row = end.in.cursors.receive ?? end.in.first;
  while (row && row.receivedAt !== undefined) row = row.next;
  return row;
}
