import type { CaptureTime } from "../event.ts";
import type { EventBatch } from "./event-buffer.ts";
import { BATCH_INTERVAL_MS, MAX_BATCHES_IN_FLIGHT } from "./limits.ts";

/** Where the events come from: a recorder. */
export interface EventSource {
  take(): EventBatch | undefined;
}

/** Hands on what was recorded, in batches: as many as whoever takes them can have. What does not fit waits in the recorder, which is bounded. */
export class EventBatches {
  readonly #source: EventSource;
  readonly #post: (batch: EventBatch) => void;
  #inFlight = 0;
  #lastAt = -Infinity;

  constructor(source: EventSource, post: (batch: EventBatch) => void) {
    this.#source = source;
    this.#post = post;
  }

  /** To be called often, as at the end of each frame. `now` is in milliseconds. */
  flush(now: CaptureTime): void {
    if (this.#inFlight >= MAX_BATCHES_IN_FLIGHT || now - this.#lastAt < BATCH_INTERVAL_MS) return;
    if (this.#send()) this.#lastAt = now;
  }

  /** One batch has been taken. */
  taken(): void {
    this.#inFlight = Math.max(0, this.#inFlight - 1);
  }

  /** Sends what there is, whatever is on its way: the program is over. */
  flushAll(): void {
    this.#send();
  }

  #send(): boolean {
    const batch = this.#source.take();
    if (batch === undefined) return false;
    this.#inFlight++;
    this.#post(batch);
    return true;
  }
}
