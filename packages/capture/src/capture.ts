import type { CapturedRun } from "./captured-run.ts";
import type { CaptureEvent, CaptureTime } from "./event.ts";
import { EventRing, type RingEvent } from "./event-ring.ts";
import type { RunId } from "./ladder-item.ts";
import { Ladder } from "./ladder/ladder.ts";
import type { Holder } from "./ladder/exchange.ts";
import type { NameOf } from "./ladder/lifelines.ts";
import { KEPT_PIECE_BYTES, MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS, MAX_PIECE_BYTES, MAX_PIECE_FIELDS } from "./limits.ts";
import { pieceOf, RunLog } from "./run-log.ts";

export interface CaptureOptions {
  /** Whose an address is; without it all are outside. Called with names of hosts too, as a script wrote them. */
  readonly nameOf?: NameOf;
}

/**
 * What was seen of the programs of a page: the last events of each run, within `MAX_CAPTURE_BYTES` and `MAX_CAPTURE_EVENTS`. Where room
 * runs out, the oldest pieces are cut to their first bytes, and then the oldest events go, of whichever run they are.
 */
export class Capture {
  readonly ladder: Ladder;
  #nextRun = 1;
  readonly #runs = new Map<RunId, RunLog>();
  /** Older events, whose pieces are cut to `KEPT_PIECE_BYTES`; and newer ones. */
  readonly #cut = new EventRing<Holder>();
  readonly #whole = new EventRing<Holder>();
  /** Events that are kept, of runs that are not forgotten. */
  #events = 0;
  /** Bytes of memory beside the rings. */
  #logCost = 0;
  #droppedEvents = 0;
  #droppedBytes = 0;

  constructor({ nameOf = (name) => ({ kind: "outside", name }) }: CaptureOptions = {}) {
    this.ladder = new Ladder(nameOf);
  }

  /** A program begins to run. Of more than `MAX_CAPTURE_RUNS` runs the oldest is forgotten. */
  beginRun(file: string, at: CaptureTime): RunId {
    const run = this.#nextRun;
    this.#nextRun += 1;
    this.#runs.set(run, new RunLog(run, file, at));
    this.ladder.beginRun(run, file);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > MAX_CAPTURE_RUNS && oldest !== undefined) this.#forgetRun(oldest);
    return run;
  }

  /** Adds what a run's recorder tells, in its order. Of a run that is forgotten nothing is kept. */
  add(run: RunId, events: readonly CaptureEvent[]): void {
    const log = this.#runs.get(run);
    if (!log) return;
    for (const event of events) this.#add(log, event);
  }

  /** The program's file has another name. */
  rename(run: RunId, file: string): void {
    const log = this.#runs.get(run);
    if (!log) return;
    log.file = file;
    this.ladder.rename(run, file);
  }

  /** All that is kept, made from its encoding for whoever asks: to save it, not to look at it in each frame. */
  get runs(): readonly CapturedRun[] {
    const events = new Map([...this.#runs.values()].map((log) => [log.run, log.moved]));
    for (const ring of [this.#cut, this.#whole]) for (const { run, event } of ring.all()) events.get(run)?.push(event);
    return [...this.#runs.values()].map(({ run, file, at }) => ({ run, file, at, events: events.get(run) ?? [] }));
  }

  /** How much has given way: events that are gone, and bytes of pieces, of those events and of others. */
  get dropped(): { readonly events: number; readonly bytes: number } {
    return { events: this.#droppedEvents, bytes: this.#droppedBytes };
  }

  /** Events that are kept, and bytes of memory that they take; the ladder's rows are beside them. */
  get kept(): { readonly events: number; readonly bytes: number } {
    return { events: this.#events, bytes: this.#bytes };
  }

  /** Forgets what happened, and runs that are over. Programs that run go on being captured. */
  clear(): void {
    this.#cut.clear();
    this.#whole.clear();
    this.#events = 0;
    this.#logCost = 0;
    this.ladder.clear();
    for (const log of this.#runs.values()) {
      if (log.isOver) {
        this.#runs.delete(log.run);
        this.ladder.forgetRun(log.run);
        continue;
      }
      log.clear();
      this.#events += log.events;
      this.#logCost += log.cost;
    }
    this.#droppedEvents = 0;
    this.#droppedBytes = 0;
  }

  get #bytes(): number {
    return this.#cut.memory + this.#whole.memory + this.#logCost;
  }

  #add(log: RunLog, event: CaptureEvent): void {
    const own = this.#withinLimits(event);
    const { memory, start } = this.#whole.push(log.run, own);
    const holder = this.ladder.add(log.run, own, memory, start);
    if (holder) this.#whole.hold(memory, holder);
    this.#inLog(log, () => log.add(own));
    this.#events += 1;
    while (this.#bytes > MAX_CAPTURE_BYTES && this.#shortenOldest());
    while ((this.#bytes > MAX_CAPTURE_BYTES || this.#events > MAX_CAPTURE_EVENTS) && this.#dropOldest());
  }

  /** With no more than may be kept. */
  #withinLimits(event: CaptureEvent): CaptureEvent {
    let own = event;
    if ("fields" in own && own.fields && own.fields.length > MAX_PIECE_FIELDS) own = { ...own, fields: own.fields.slice(0, MAX_PIECE_FIELDS) };
    const gone = pieceOf(own).length - MAX_PIECE_BYTES;
    if ((own.type !== "send" && own.type !== "arrive") || gone <= 0) return own;
    this.#droppedBytes += gone;
    return { ...own, bytes: own.bytes.subarray(0, MAX_PIECE_BYTES) };
  }

  /** @returns whether there was one */
  #shortenOldest(): boolean {
    const oldest = this.#whole.shift();
    if (!oldest) return false;
    const { run, holder } = oldest;
    const log = this.#runs.get(run);
    if (!log) return true;
    let { event } = oldest;
    const gone = pieceOf(event).length - KEPT_PIECE_BYTES;
    if ((event.type === "send" || event.type === "arrive") && gone > 0) {
      event = { ...event, bytes: event.bytes.subarray(0, KEPT_PIECE_BYTES) };
      log.pieceBytes -= gone;
      this.#droppedBytes += gone;
    }
    const { memory, start } = this.#cut.push(run, event);
    if (!holder) return true;
    this.#cut.hold(memory, holder);
    this.ladder.lieAt(holder, memory, start, pieceOf(event).length);
    return true;
  }

  /** @returns whether there was one */
  #dropOldest(): boolean {
    const oldest = this.#cut.shift() ?? this.#whole.shift();
    if (!oldest) return this.#dropBeginning();
    this.#drop(oldest);
    return true;
  }

  /** Nothing is left but beginnings of connections. */
  #dropBeginning(): boolean {
    for (const log of this.#runs.values()) {
      if (!this.#inLog(log, () => log.dropBeginning())) continue;
      this.#events -= 1;
      this.#droppedEvents += 1;
      return true;
    }
    return false;
  }

  #drop({ run, event, holder }: RingEvent<Holder>): void {
    const piece = pieceOf(event);
    if (holder) this.ladder.forget(holder, piece.subarray(0, KEPT_PIECE_BYTES));
    const log = this.#runs.get(run);
    // What was of a forgotten run is counted already.
    if (!log) return;
    const gone = this.#inLog(log, () => log.leftRing(event));
    this.#events -= gone;
    this.#droppedEvents += gone;
    this.#droppedBytes += piece.length;
  }

  #forgetRun(run: RunId): void {
    const log = this.#runs.get(run);
    if (!log) return;
    this.#runs.delete(run);
    this.#logCost -= log.cost;
    this.#events -= log.events;
    this.#droppedEvents += log.events;
    this.#droppedBytes += log.pieceBytes;
    this.ladder.forgetRun(run);
  }

  /** Keeps up with what a run's log takes. */
  #inLog<T>(log: RunLog, change: () => T): T {
    this.#logCost -= log.cost;
    const value = change();
    this.#logCost += log.cost;
    return value;
  }
}

/** A capture of what was captured before: from a file, or a link. */
export function captureOf(runs: readonly CapturedRun[], options?: CaptureOptions): Capture {
  const capture = new Capture(options);
  const ordered: { readonly run: RunId; readonly at: CaptureTime; readonly event: CaptureEvent }[] = [];
  for (const { file, at: beganAt, events } of runs) {
    const run = capture.beginRun(file, beganAt);
    let at = -Infinity;
    // In the order of time, so that what gives way is the oldest; each run's own order stays.
    for (const event of events) ordered.push({ run, at: (at = Math.max(at, event.at)), event });
  }
  for (const { run, event } of ordered.sort((a, b) => a.at - b.at)) capture.add(run, [event]);
  return capture;
}
