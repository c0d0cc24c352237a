import type { CaptureEvent } from "@playground/capture";
import { eventCost } from "@playground/capture/event-cost";
import { MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS, MAX_LADDER_CONNECTIONS } from "@playground/capture/limits";

/** A run whose events wait. */
export interface WaitingRun {
  file: string;
  readonly at: number;
}

interface Batch {
  readonly run: WaitingRun;
  readonly events: readonly CaptureEvent[];
  readonly cost: number;
}

/** What becomes of ports and connections: without its beginning the rest of one means nothing. */
const BEGINNINGS: ReadonlySet<CaptureEvent["type"]> = new Set(["program", "listen", "listening", "connect", "opened", "accepted"]);

/** Beginnings that are kept of batches that gave way: as many as the ladder can name. */
const MAX_BEGINNINGS = 2 * MAX_LADDER_CONNECTIONS;

/** Bytes that a batch takes beside its events: its lists, and the memory that its pieces lie in. */
const BATCH_COST_BYTES = 320;

/** What was recorded and nobody has asked for yet, within the limits of a capture: the oldest batches give way, but for how connections began. */
export class WaitingEvents {
  #runs = new Set<WaitingRun>();
  #batches: Batch[] = [];
  #beginnings: Batch[] = [];
  #events = 0;
  #cost = 0;

  beginRun(file: string, at: number): WaitingRun {
    const run = { file, at };
    this.#runs.add(run);
    const [oldest] = this.#runs;
    if (this.#runs.size > MAX_CAPTURE_RUNS && oldest !== undefined) this.#forget(oldest);
    return run;
  }

  add(run: WaitingRun, events: readonly CaptureEvent[]): void {
    if (!this.#runs.has(run)) return;
    const batch = { run, events, cost: events.reduce((sum, event) => sum + eventCost(event), BATCH_COST_BYTES) };
    this.#batches.push(batch);
    this.#count(batch, 1);
    while (this.#batches.length > 1 && (this.#events > MAX_CAPTURE_EVENTS || this.#cost > MAX_CAPTURE_BYTES)) this.#dropOldest();
  }

  get isEmpty(): boolean {
    return this.#events === 0;
  }

  /** Everything that waits, in its order, and nothing waits any more. */
  take(): { readonly runs: readonly WaitingRun[]; readonly batches: readonly Pick<Batch, "run" | "events">[] } {
    const taken = { runs: [...this.#runs], batches: [...this.#beginnings, ...this.#batches] };
    this.#runs = new Set();
    this.clear();
    return taken;
  }

  /** Forgets what happened. Runs go on. */
  clear(): void {
    this.#batches = [];
    this.#beginnings = [];
    this.#events = this.#cost = 0;
  }

  #dropOldest(): void {
    const batch = this.#batches.shift();
    if (batch === undefined) return;
    this.#count(batch, -1);
    const events = batch.events.filter(({ type }) => BEGINNINGS.has(type));
    if (events.length > 0) this.#beginnings.push({ ...batch, events });
    let kept = this.#beginnings.reduce((sum, beginning) => sum + beginning.events.length, 0);
    while (kept > MAX_BEGINNINGS) kept -= this.#beginnings.shift()?.events.length ?? kept;
  }

  #forget(run: WaitingRun): void {
    this.#runs.delete(run);
    this.#beginnings = this.#beginnings.filter((batch) => batch.run !== run);
    for (const batch of this.#batches) if (batch.run === run) this.#count(batch, -1);
    this.#batches = this.#batches.filter((batch) => batch.run !== run);
  }

  #count({ events, cost }: Batch, sign: 1 | -1): void {
    this.#events += sign * events.length;
    this.#cost += sign * cost;
  }
}
