import type { CapturedRun } from "./captured-run.ts";
import type { CaptureEvent, CaptureTime } from "./event.ts";
import { Fifo } from "./fifo.ts";
import type { RunId } from "./ladder-item.ts";
import type { Holder } from "./ladder/holder.ts";

/** An event as a capture keeps it. */
export interface StoredEvent {
  readonly log: RunLog;
  event: CaptureEvent;
  /** Bytes that it is reckoned at. */
  cost: number;
  readonly holder: Holder | undefined;
  isGone: boolean;
}

/** Of a connection: how it began, where that would have given way by now, and how many of its events are kept. */
interface Beginning {
  stored: StoredEvent[];
  events: number;
  isOver: boolean;
}

/**
 * The events of one run. What has to give way is the oldest, save how a connection began: bytes of which nobody knows whose they are
 * would be of no use.
 */
export class RunLog {
  readonly run: RunId;
  file: string;
  /** The program has ended. */
  isOver = false;
  readonly #at: CaptureTime;
  readonly #events = new Fifo<StoredEvent>();
  readonly #beginnings = new Map<number, Beginning>();
  #captured: CapturedRun | undefined;

  constructor(run: RunId, file: string, at: CaptureTime) {
    this.run = run;
    this.file = file;
    this.#at = at;
  }

  /** The same object until something changes. */
  get captured(): CapturedRun {
    const { run, file } = this;
    if (this.#captured?.file !== file) this.#captured = { run, file, at: this.#at, events: this.all().map((stored) => stored.event) };
    return this.#captured;
  }

  changed(): void {
    this.#captured = undefined;
  }

  push(stored: StoredEvent): void {
    this.changed();
    this.#events.push(stored);
    const { event } = stored;
    if (event.type === "program" && event.state !== "started") this.isOver = true;
    if (!("connection" in event)) return;
    let beginning = this.#beginnings.get(event.connection);
    if (!beginning) this.#beginnings.set(event.connection, (beginning = { stored: [], events: 0, isOver: false }));
    beginning.events += 1;
    if (event.type === "close" || event.type === "connect-failed" || event.type === "broken") beginning.isOver = true;
  }

  /** The oldest event gives way. @returns what is gone by that: nothing where it stays as a connection's beginning */
  shift(): readonly StoredEvent[] {
    this.changed();
    const stored = this.#events.shift();
    if (!stored) return [];
    if (!("connection" in stored.event)) return [stored];
    const { connection } = stored.event;
    const beginning = this.#beginnings.get(connection);
    if (!beginning) return [stored];
    beginning.events -= 1;
    const isUsed = beginning.events > 0 || !beginning.isOver;
    if (isUsed && isBeginning(stored.event)) {
      beginning.stored.push(stored);
      return [];
    }
    if (isUsed) return [stored];
    this.#beginnings.delete(connection);
    return [...beginning.stored, stored];
  }

  /** The oldest beginning gives way. */
  shiftBeginning(): StoredEvent | undefined {
    this.changed();
    for (const [connection, beginning] of this.#beginnings) {
      const stored = beginning.stored.shift();
      if (beginning.stored.length === 0 && beginning.events === 0) this.#beginnings.delete(connection);
      if (stored) return stored;
    }
    return undefined;
  }

  all(): StoredEvent[] {
    return [...[...this.#beginnings.values()].flatMap((beginning) => beginning.stored), ...this.#events.toArray()];
  }

  /** Forgets all but how open connections began. @returns what stays */
  clear(): readonly StoredEvent[] {
    const all = this.all();
    const open = new Set([...this.#beginnings].filter(([, beginning]) => !beginning.isOver).map(([connection]) => connection));
    this.changed();
    this.#events.clear();
    this.#beginnings.clear();
    const stay = all.filter(({ event }) => "connection" in event && open.has(event.connection) && isBeginning(event));
    for (const stored of stay) {
      if (!("connection" in stored.event)) continue;
      const { connection } = stored.event;
      const beginning = this.#beginnings.get(connection) ?? { stored: [], events: 0, isOver: false };
      beginning.stored.push(stored);
      this.#beginnings.set(connection, beginning);
    }
    return stay;
  }
}

function isBeginning(event: CaptureEvent): boolean {
  return event.type === "connect" || event.type === "opened" || event.type === "accepted";
}
