import type { CaptureEvent, CaptureTime } from "../event.ts";
import {
  CUT_BYTES,
  EVENTS_PER_SECOND,
  LOST_IN_A_ROW,
  MAX_WAITING_EVENTS,
  PRINTED_BURST,
  PRINTED_PER_SECOND,
  RESERVED_EVENTS,
  WHOLE_BYTES_BURST,
  WHOLE_BYTES_PER_SECOND,
} from "./limits.ts";
import { RateLimit } from "./rate-limit.ts";

/** Events, and the memory that the bytes of all of them lie in. */
export interface EventBatch {
  readonly events: readonly CaptureEvent[];
  readonly bytes: ArrayBuffer;
}

/** Which events give way first when there are too many: levels of buffers, then pieces, last of all what becomes of connections. */
export type EventRank = "gauge" | "piece" | "life";

const RESERVE: Readonly<Record<EventRank, number>> = { gauge: MAX_WAITING_EVENTS / 2, piece: RESERVED_EVENTS, life: 0 };

const NO_BYTES = new Uint8Array(0);

/** Bytes of the first memory for bytes. */
const FIRST_ROOM = 4_096;

/** Events on their way to whoever keeps them: as many as a program may cost, and how many there were besides. */
export class EventBuffer {
  readonly #now: () => CaptureTime;
  readonly #rate = new RateLimit(EVENTS_PER_SECOND, MAX_WAITING_EVENTS);
  readonly #wholeBytes = new RateLimit(WHOLE_BYTES_PER_SECOND, WHOLE_BYTES_BURST);
  readonly #printed = new RateLimit(PRINTED_PER_SECOND, PRINTED_BURST);
  #events: CaptureEvent[] = [];
  /** Where the bytes of the events lie, and how much of it is used. */
  #room = new Uint8Array(FIRST_ROOM);
  #used = 0;
  /** So many of the next events are lost, but for what becomes of connections. */
  #skipped = 0;
  #lostEvents = 0;
  #lostBytes = 0;

  /** `now` is the clock of all captures. */
  constructor(now: () => CaptureTime) {
    this.#now = now;
  }

  /** The next event is lost, unless it tells what becomes of a connection. */
  get isBusy(): boolean {
    return this.#skipped > 0;
  }

  /** The time, for an event that may be kept; undefined for one that is lost. `size`: bytes that it is about; `count`: of how many events it costs as much. */
  admit(rank: EventRank, size = 0, count = 1): CaptureTime | undefined {
    if (this.#skipped > 0 && rank !== "life") {
      this.#skipped--;
      if (rank !== "gauge") this.#lose(size);
      return undefined;
    }
    const now = this.#now();
    const reserve = RESERVE[rank];
    if (MAX_WAITING_EVENTS - this.#events.length > reserve && this.#rate.take(count, now, reserve)) return now;
    if (rank === "piece") this.#skipped = LOST_IN_A_ROW;
    // The next gauge says all that this one could.
    if (rank !== "gauge") this.#lose(size);
    return undefined;
  }

  /** As `admit`, for a line that was printed. */
  admitPrinted(): CaptureTime | undefined {
    const now = this.#now();
    if (this.#printed.take(1, now)) return this.admit("piece");
    this.#lose(0);
    return undefined;
  }

  /** A copy of the bytes, as they are kept until the events are taken: whole, or the first of them. `at`: the time. */
  keep(bytes: Uint8Array, at: CaptureTime): Uint8Array {
    const { length } = bytes;
    if (length === 0) return NO_BYTES;
    const fits = this.#used + length <= WHOLE_BYTES_BURST;
    const kept = length <= CUT_BYTES || (fits && this.#wholeBytes.take(length, at)) ? length : CUT_BYTES;
    const start = this.#used;
    this.#used += kept;
    if (this.#used > this.#room.length) this.#grow();
    // Copied by hand: few bytes are what most pieces have, and a view of them would cost more.
    if (kept <= CUT_BYTES) for (let index = 0; index < kept; index++) this.#room[start + index] = bytes[index]!;
    else this.#room.set(bytes, start);
    return this.#room.subarray(start, this.#used);
  }

  add(event: CaptureEvent): void {
    this.#events.push(event);
  }

  /** All events since the last time, with how many were lost; undefined where nothing has happened. */
  take(): EventBatch | undefined {
    if (this.#lostEvents > 0) {
      this.#events.push({ type: "lost", at: this.#now(), events: this.#lostEvents, bytes: this.#lostBytes });
      this.#lostEvents = this.#lostBytes = 0;
    }
    if (this.#events.length === 0) return undefined;
    const events = this.#events;
    const { buffer } = this.#room.slice(0, this.#used);
    for (const event of events) if (event.type === "send" || event.type === "arrive") moveBytes(event, buffer);
    this.#events = [];
    this.#used = 0;
    this.#skipped = 0;
    return { events, bytes: buffer };
  }

  #lose(size: number): void {
    this.#lostEvents++;
    this.#lostBytes += size;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#used, this.#room.length * 2));
    larger.set(this.#room);
    this.#room = larger;
  }
}

/** The event's bytes are the same ones in other memory from here on; views of memory that has grown since have kept their offsets. */
function moveBytes(event: { readonly bytes: Uint8Array }, buffer: ArrayBuffer): void {
  const { byteOffset, length } = event.bytes;
  (event as { bytes: Uint8Array }).bytes = length === 0 ? NO_BYTES : new Uint8Array(buffer, byteOffset, length);
}
