import { endpointText, type Endpoint, SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES } from "@playground/network";
import { seedFor } from "./chance.ts";
import { checkedConditions, type Conditions, type Direction, PLAIN_CONDITIONS } from "./conditions.ts";
import type { Lane, LaneHost } from "./lane.ts";
import { CUT_CHECK_MS, MAX_HELD_STREAMS_TOLD } from "./limits.ts";
import { type ConditionClock, Schedule } from "./schedule.ts";

/** A stream as its control knows it. */
export interface ControlledStream {
  readonly in: Lane;
  readonly out: Lane;
  /** Its two ends, once they are known. */
  readonly ends: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  /** Ends it at once, as by a reset from the other side. */
  reset(): void;
  /** Fails it where it has waited for too long to be connected. */
  checkConnecting(now: number): void;
}

/** What waits of one stream. */
export interface HeldStream {
  /** Its other side and its own one, as `address:port`; absent while it is being connected. */
  readonly remote?: string;
  readonly local?: string;
  readonly out: HeldCount;
  readonly in: HeldCount;
}

/** Pieces count whatever a step lets through: bytes, the end of a stream, a connection. */
export interface HeldCount {
  readonly pieces: number;
  readonly bytes: number;
}

/** What waits of all streams. */
export interface Held {
  readonly out: HeldCount;
  readonly in: HeldCount;
  /** Since when the delivery waits that a step would let through, in milliseconds since 1970; absent where there is none. */
  readonly nextSince?: number;
  /** Those streams that have something waiting, `MAX_HELD_STREAMS_TOLD` at most. */
  readonly streams: readonly HeldStream[];
}

/** What a step has let out of a program: with it the other end, where it is in the same page, lets the same bytes in. */
export interface Passage {
  /** The end that sent it, and the one that gets it. */
  readonly from: string;
  readonly to: string;
  /** Everything before this place in the stream has gone; the end of a stream has a place of its own behind the last byte. */
  readonly place: number;
}

/**
 * Time in the reader's hands: what the network of one program does with its streams, and when. `withConditions` makes the network that
 * obeys it; everything may be changed while streams live, and holds for them too.
 */
export class ConditionControl implements LaneHost {
  readonly #clock: ConditionClock;
  /** What turns the clock's milliseconds into those since 1970. */
  readonly #epoch: number;
  readonly #onHeldChanged: () => void;
  readonly #streams = new Set<ControlledStream>();
  readonly #schedule: Schedule;
  readonly #held = { in: { pieces: 0, bytes: 0 }, out: { pieces: 0, bytes: 0 } };
  #conditions: Conditions = PLAIN_CONDITIONS;
  /** When the pause began, by the clock, and how long all pauses before it were. */
  #pausedAt: number | undefined;
  #pausedMs = 0;
  #isFlushing = false;
  #order = 0;
  #cutTimer: unknown;
  #waitingForEnd: (() => void)[] = [];

  /**
   * `epoch`: the clock's 0 in milliseconds since 1970, such as `performance.timeOrigin`. `onHeldChanged` is called whenever more or less
   * waits than before, often, and in the middle of what changes it: it may do no more than remember.
   */
  constructor({
    clock,
    epoch = 0,
    onHeldChanged = () => {},
  }: {
    readonly clock: ConditionClock;
    readonly epoch?: number;
    readonly onHeldChanged?: () => void;
  }) {
    this.#clock = clock;
    this.#epoch = epoch;
    this.#onHeldChanged = onHeldChanged;
    this.#schedule = new Schedule(clock, () => this.now());
  }

  get conditions(): Conditions {
    return this.#conditions;
  }

  /** @throws {RangeError} for values that are none */
  set conditions(conditions: Conditions) {
    const wasCut = this.isCut;
    this.#conditions = checkedConditions(conditions);
    for (const { in: incoming, out } of this.#streams) {
      if (wasCut && !this.isCut) {
        incoming.caughtUp();
        out.caughtUp();
      }
      incoming.setConditions(conditions.in);
      out.setConditions(conditions.out);
    }
    this.#watchCut();
    this.#schedule.again();
  }

  get isPaused(): boolean {
    return this.#pausedAt !== undefined;
  }

  get isCut(): boolean {
    return this.#conditions.isCut === true;
  }

  get isFlushing(): boolean {
    return this.#isFlushing;
  }

  /** Holds every delivery from now on, in both directions. Time stands still for what is on its way. */
  pause(): void {
    if (this.isPaused || this.#isFlushing) return;
    this.#pausedAt = this.#clock.now();
  }

  /** Lets time go on where it stood. */
  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#pausedMs += this.#clock.now() - this.#pausedAt;
    this.#pausedAt = undefined;
    this.#schedule.again();
  }

  /**
   * Lets the next delivery through, the one that would be next if time went on. `false`: nothing waits that could go. Where bytes or the
   * end of a stream have left the program by it, gives how far.
   */
  step(): Passage | boolean {
    let chosen: { readonly stream: ControlledStream; readonly lane: Lane; readonly dueAt: number; readonly order: number } | undefined;
    for (const stream of this.#streams) {
      for (const lane of [stream.out, stream.in]) {
        const next = lane.next();
        if (next === undefined) continue;
        if (chosen === undefined || next.dueAt < chosen.dueAt || (next.dueAt === chosen.dueAt && next.order < chosen.order)) {
          chosen = { stream, lane, dueAt: next.dueAt, order: next.order };
        }
      }
    }
    if (chosen === undefined) return false;
    const { stream, lane } = chosen;
    const { ends } = stream;
    const place = lane.deliver();
    this.#schedule.laneChanged(lane);
    if (lane.direction === "in" || ends === undefined) return true;
    return { from: endpointText(ends.local.address, ends.local.port), to: endpointText(ends.remote.address, ends.remote.port), place };
  }

  /** A step elsewhere has let bytes out: they are let in here as well. */
  letThrough({ from, to, place }: Passage): void {
    for (const { ends, in: incoming } of this.#streams) {
      if (ends === undefined || endpointText(ends.local.address, ends.local.port) !== to) continue;
      if (endpointText(ends.remote.address, ends.remote.port) === from) incoming.letThrough(place);
    }
  }

  /** Resets all connections, or the one with this other side: both ends are told that it is over, and what is under way is lost. */
  reset(remote?: string): void {
    for (const stream of Array.from(this.#streams)) {
      const { ends } = stream;
      if (remote === undefined || (ends !== undefined && endpointText(ends.remote.address, ends.remote.port) === remote)) stream.reset();
    }
  }

  /** What waits at the moment. */
  get held(): Held {
    let nextSince: number | undefined;
    const streams: HeldStream[] = [];
    if (this.#held.in.pieces + this.#held.out.pieces > 0) {
      for (const { in: incoming, out, ends } of this.#streams) {
        for (const lane of [incoming, out]) {
          const since = lane.next()?.heldAt;
          if (since !== undefined && (nextSince === undefined || since < nextSince)) nextSince = since;
        }
        if ((incoming.isEmpty && out.isEmpty) || streams.length >= MAX_HELD_STREAMS_TOLD) continue;
        streams.push({
          ...(ends !== undefined && {
            local: endpointText(ends.local.address, ends.local.port),
            remote: endpointText(ends.remote.address, ends.remote.port),
          }),
          out: { pieces: out.heldPieces, bytes: out.heldBytes },
          in: { pieces: incoming.heldPieces, bytes: incoming.heldBytes },
        });
      }
    }
    return { out: { ...this.#held.out }, in: { ...this.#held.in }, ...(nextSince !== undefined && { nextSince }), streams };
  }

  /**
   * The program is over. What it has sent goes by its conditions for at most `waitMs` more, and at once after that, or where it would not
   * go by itself: during a pause or a stall, or with the cable out. From then on nothing is held. Resolves when nothing that was sent
   * waits here any more, which takes longer where the network below is full; after `limitMs` in any case. A second call may shorten the time.
   */
  finish(waitMs: number, limitMs: number): Promise<void> {
    const cannotGo = this.isPaused || this.isCut || this.#conditions.out.stalled;
    this.resume();
    if (this.#held.out.pieces === 0 || cannotGo || waitMs <= 0) this.#flush();
    if (this.#held.out.pieces === 0) return Promise.resolve();
    const timers: unknown[] = [];
    if (!this.#isFlushing && waitMs !== Number.POSITIVE_INFINITY) timers.push(this.#clock.setTimer(() => this.#flush(), waitMs));
    if (limitMs !== Number.POSITIVE_INFINITY) timers.push(this.#clock.setTimer(() => this.#endWaiting(), limitMs));
    return new Promise((resolve) =>
      this.#waitingForEnd.push(() => {
        for (const timer of timers) this.#clock.clearTimer(timer as never);
        resolve();
      }),
    );
  }

  /** Bytes of a program that may still be held before they go out, for a stream of which so many are. */
  roomFor(heldBytes: number): number {
    const room = Math.min(STREAM_BUFFER_BYTES - heldBytes, Math.max(SESSION_BUFFER_BYTES - this.#held.out.bytes, STREAM_RESERVE_BYTES - heldBytes));
    return Math.max(0, room);
  }

  /** A seed for one direction of the stream that has this name in the program. */
  seedFor(name: string): number {
    return seedFor(this.#conditions.seed, name);
  }

  /** A stream begins. */
  add(stream: ControlledStream): void {
    this.#streams.add(stream);
    if (this.isCut) this.#watchCut();
  }

  /** It is over. */
  remove(stream: ControlledStream): void {
    this.#streams.delete(stream);
  }

  now(): number {
    return (this.#pausedAt ?? this.#clock.now()) - this.#pausedMs;
  }

  time(): number {
    return this.#epoch + this.#clock.now();
  }

  nextOrder(): number {
    return this.#order++;
  }

  count(direction: Direction, pieces: number, bytes: number): void {
    const held = this.#held[direction];
    held.pieces += pieces;
    held.bytes += bytes;
    if (this.#waitingForEnd.length > 0 && this.#held.out.pieces === 0) this.#endWaiting();
    this.#onHeldChanged();
  }

  laneChanged(lane: Lane): void {
    this.#schedule.laneChanged(lane);
  }

  #endWaiting(): void {
    this.#isFlushing = true;
    for (const resolve of this.#waitingForEnd.splice(0)) resolve();
  }

  /** Everything goes now, and nothing is held any more. What a full network does not take yet follows when it does. */
  #flush(): void {
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      if (this.#cutTimer !== undefined) this.#clock.clearTimer(this.#cutTimer as never);
      this.#schedule.deliverDue(Number.POSITIVE_INFINITY);
    }
  }

  /** Looks, while the cable is out, which connections have been asked for in vain. */
  #watchCut(): void {
    if (!this.isCut || this.#isFlushing || this.#cutTimer !== undefined || this.#streams.size === 0) return;
    this.#cutTimer = this.#clock.setTimer(() => {
      this.#cutTimer = undefined;
      if (!this.isCut) return;
      const now = this.#clock.now();
      for (const stream of Array.from(this.#streams)) stream.checkConnecting(now);
      this.#watchCut();
    }, CUT_CHECK_MS);
  }

  /** By the clock, which goes on during a pause. */
  get clockNow(): number {
    return this.#clock.now();
  }
}
