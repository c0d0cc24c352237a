import type { CapturedRun } from "./captured-run.ts";
import type { CaptureEvent, CaptureTime } from "./event.ts";
import { eventCost } from "./event-cost.ts";
import { Fifo } from "./fifo.ts";
import type { RunId } from "./ladder-item.ts";
import { Ladder } from "./ladder/ladder.ts";
import type { NameOf } from "./ladder/lifelines.ts";
import { KEPT_PIECE_BYTES, MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS, MAX_PIECE_BYTES, MAX_PIECE_FIELDS } from "./limits.ts";
import { RunLog, type StoredEvent } from "./run-log.ts";

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
  /** All events, as they came. */
  readonly #stored = new Fifo<StoredEvent>();
  /** Those of them that have more than `KEPT_PIECE_BYTES`. */
  readonly #large = new Fifo<StoredEvent>();
  #events = 0;
  #bytes = 0;
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

  get runs(): readonly CapturedRun[] {
    return [...this.#runs.values()].map((log) => log.captured);
  }

  /** How much has given way: events that are gone, and bytes of pieces, of those events and of others. */
  get dropped(): { readonly events: number; readonly bytes: number } {
    return { events: this.#droppedEvents, bytes: this.#droppedBytes };
  }

  /** How much is kept, as the limits count it. */
  get kept(): { readonly events: number; readonly bytes: number } {
    return { events: this.#events, bytes: this.#bytes };
  }

  /** Forgets what happened, and runs that are over. Programs that run go on being captured. */
  clear(): void {
    this.#stored.clear();
    this.#large.clear();
    this.#events = 0;
    this.#bytes = 0;
    this.#droppedEvents = 0;
    this.#droppedBytes = 0;
    this.ladder.clear();
    for (const log of this.#runs.values()) {
      if (log.isOver) this.#forgetRun(log.run);
      else for (const stored of log.clear()) this.#count(stored, 1);
    }
  }

  #add(log: RunLog, event: CaptureEvent): void {
    const own = this.#ownCopy(event);
    const stored: StoredEvent = { log, event: own, cost: eventCost(own), holder: this.ladder.add(log.run, own), isGone: false };
    log.push(stored);
    this.#stored.push(stored);
    if (bytesOf(own).length > KEPT_PIECE_BYTES) this.#large.push(stored);
    this.#count(stored, 1);
    while (this.#bytes > MAX_CAPTURE_BYTES && this.#shortenOldest());
    while ((this.#bytes > MAX_CAPTURE_BYTES || this.#events > MAX_CAPTURE_EVENTS) && this.#dropOldest());
  }

  /** With no more than may be kept, and holding nothing but itself: a view would keep all that lies beside it. */
  #ownCopy(event: CaptureEvent): CaptureEvent {
    let own = event;
    if ("fields" in own && own.fields && own.fields.length > MAX_PIECE_FIELDS) own = { ...own, fields: own.fields.slice(0, MAX_PIECE_FIELDS) };
    if (own.type !== "send" && own.type !== "arrive") return own;
    const { bytes } = own;
    if (bytes.length > MAX_PIECE_BYTES) {
      this.#droppedBytes += bytes.length - MAX_PIECE_BYTES;
      return { ...own, bytes: bytes.slice(0, MAX_PIECE_BYTES) };
    }
    return bytes.buffer.byteLength === bytes.length ? own : { ...own, bytes: bytes.slice() };
  }

  #count(stored: StoredEvent, sign: 1 | -1): void {
    this.#events += sign;
    this.#bytes += sign * stored.cost;
  }

  /** @returns whether there was one */
  #shortenOldest(): boolean {
    const stored = this.#large.shift();
    if (!stored) return false;
    if (!stored.isGone && (stored.event.type === "send" || stored.event.type === "arrive")) {
      const bytes = stored.event.bytes.slice(0, KEPT_PIECE_BYTES);
      const gone = stored.event.bytes.length - bytes.length;
      stored.event = { ...stored.event, bytes };
      stored.cost -= gone;
      stored.log.changed();
      stored.holder?.shorten(bytes);
      this.#bytes -= gone;
      this.#droppedBytes += gone;
    }
    return true;
  }

  /** @returns whether there was one */
  #dropOldest(): boolean {
    const stored = this.#stored.shift();
    if (!stored) return this.#dropBeginning();
    if (stored.isGone) return true;
    for (const gone of stored.log.shift()) this.#drop(gone);
    return true;
  }

  /** Nothing is left but beginnings of connections. */
  #dropBeginning(): boolean {
    for (const log of this.#runs.values()) {
      const stored = log.shiftBeginning();
      if (!stored) continue;
      this.#drop(stored);
      return true;
    }
    return false;
  }

  #drop(stored: StoredEvent): void {
    stored.isGone = true;
    stored.holder?.forget();
    this.#count(stored, -1);
    this.#droppedEvents += 1;
    this.#droppedBytes += bytesOf(stored.event).length;
  }

  #forgetRun(run: RunId): void {
    const log = this.#runs.get(run);
    if (!log) return;
    this.#runs.delete(run);
    for (const stored of log.all()) if (!stored.isGone) this.#drop(stored);
    this.ladder.forgetRun(run);
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

function bytesOf(event: CaptureEvent): Uint8Array {
  return event.type === "send" || event.type === "arrive" ? event.bytes : NO_BYTES;
}

const NO_BYTES = new Uint8Array();
