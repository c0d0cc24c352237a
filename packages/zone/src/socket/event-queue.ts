/** Something that happened on the network and that a script is to hear of. */
export interface SocketEvent {
  /** Whom it is about. While a callback of this one waits for the network, its further events wait too. */
  readonly source: EventSource;
  /** Runs the script's callback, if there is one. `later` means: not yet, ask again in the next update. */
  deliver(): "done" | "later";
}

/** A connection or socket whose callbacks run one after another. */
export interface EventSource {
  /** A callback of it has not returned yet. */
  readonly busy: boolean;
  /** It was closed by the script: nothing of it is called back any more. */
  readonly muted: boolean;
}

/** What has happened since the last `zone.socket.update()`, in order. */
export class EventQueue {
  #events: SocketEvent[] = [];
  #waitingSince: number | undefined;
  #draining = false;
  readonly #now: () => number;

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  push(event: SocketEvent): void {
    this.#events.push(event);
    this.#waitingSince ??= this.#now();
  }

  /** The event that came last, if it still waits. */
  get last(): SocketEvent | undefined {
    return this.#events.at(-1);
  }

  get size(): number {
    return this.#events.length;
  }

  /** Milliseconds for which events have waited with no drain at all; 0 when none wait. */
  get neglectedMs(): number {
    return this.#waitingSince === undefined ? 0 : this.#now() - this.#waitingSince;
  }

  /**
   * Delivers every event that can be delivered, those too that come up meanwhile. Called from inside of a
   * callback that it runs, it does nothing.
   *
   * `proceed` is asked before each event: a program that has failed hears nothing more. Where delivering throws (the
   * VM has no memory for it), this throws too, and the event stays the first for the next drain.
   */
  drain(proceed: () => boolean): void {
    if (this.#draining) return;
    this.#draining = true;
    const kept: SocketEvent[] = [];
    const held = new Set<EventSource>();
    // The array may grow while it is walked.
    const events = this.#events;
    let index = 0;
    try {
      for (; index < events.length && proceed(); index++) {
        const event = events[index]!;
        const { source } = event;
        if (source.muted) continue;
        if (source.busy || held.has(source) || event.deliver() === "later") {
          held.add(source);
          kept.push(event);
        }
      }
    } finally {
      this.#events = index < events.length ? [...kept, ...events.slice(index)] : kept;
      this.#draining = false;
      this.#waitingSince = this.#events.length > 0 ? this.#now() : undefined;
    }
  }

  /** Forgets what waits for a source that is muted now. */
  forget(source: EventSource): void {
    // A drain passes them over by itself.
    if (this.#draining) return;
    this.#events = this.#events.filter((event) => event.source !== source);
    if (this.#events.length === 0) this.#waitingSince = undefined;
  }

  /** Forgets everything. */
  clear(): void {
    this.#events = [];
    this.#waitingSince = undefined;
  }
}
