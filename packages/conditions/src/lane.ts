import { ByteFifo } from "./byte-fifo.ts";
import { chance } from "./chance.ts";
import { type Direction, type DirectionConditions, isPlainDirection } from "./conditions.ts";
import { MAX_HELD_PIECES, RATE_STEP_MS, SLICE_GAP_MS } from "./limits.ts";

/** What a lane needs of the control that it belongs to. */
export interface LaneHost {
  /** Milliseconds; they stand still during a pause. */
  now(): number;
  /** Milliseconds since 1970, which go on during a pause. */
  time(): number;
  readonly isPaused: boolean;
  /** The cable is out. */
  readonly isCut: boolean;
  /** Everything goes at once: the program is over. */
  readonly isFlushing: boolean;
  /** Counts deliveries over all lanes, so that those that are due together go in the order in which they came. */
  nextOrder(): number;
  /** Something waits in the lane, more or less than before, or at another time. */
  laneChanged(lane: Lane): void;
  /** So many more pieces and bytes wait in a lane, or fewer. */
  count(direction: Direction, pieces: number, bytes: number): void;
}

/** Where a lane leads to. */
export interface LaneEnd {
  /** Takes bytes, and gives how many of them. */
  take(bytes: Uint8Array): number;
  /** There is more room in the lane than before. */
  onRoom?(): void;
}

/** One piece of bytes, or one thing that happens between bytes. */
interface Delivery {
  /** Bytes; 0 for what is none. */
  size: number;
  /** Absent for bytes. */
  readonly run?: () => void;
  /** When it may go, by the control's clock. */
  dueAt: number;
  readonly order: number;
  /** When it came, in milliseconds since 1970. */
  readonly heldAt: number;
  /** Until when what comes is added to it, by the control's clock. */
  readonly openUntil: number;
}

/** What waits first in a lane. */
export interface NextDelivery {
  readonly order: number;
  readonly heldAt: number;
  /** When it would go, by the control's clock. */
  readonly dueAt: number;
}

/**
 * One direction of one stream: a queue from which everything goes in the order in which it came, and no sooner than its conditions let it.
 * While nothing waits and nothing is to be done, whoever has the lane passes it by, and only counts.
 */
export class Lane {
  readonly direction: Direction;
  readonly #host: LaneHost;
  readonly #seed: number;
  readonly #end: LaneEnd;
  readonly #bytes = new ByteFifo();
  #deliveries: Delivery[] = [];
  #first = 0;
  /** Bytes that have come, held ones among them. */
  #offset = 0;
  #conditions: DirectionConditions;
  #isPlain: boolean;
  /** What was delivered last while slices were cut, and until when the rate is used up; by the control's clock. */
  #slicedAt = Number.NEGATIVE_INFINITY;
  #rateFreeAt = Number.NEGATIVE_INFINITY;
  /** Whoever takes the bytes is full. */
  #isBlocked = false;
  /** Everything before this place goes even during a pause. The end of the stream has the place behind its last byte. */
  #letThroughTo = 0;

  constructor(host: LaneHost, direction: Direction, seed: number, conditions: DirectionConditions, end: LaneEnd) {
    this.#host = host;
    this.direction = direction;
    this.#seed = seed;
    this.#conditions = conditions;
    this.#isPlain = isPlainDirection(conditions);
    this.#end = end;
  }

  /** Whether what comes may pass by: nothing waits, and nothing is done to it. */
  get isOpen(): boolean {
    const host = this.#host;
    return this.#deliveries.length === 0 && ((this.#isPlain && !host.isPaused && !host.isCut) || host.isFlushing);
  }

  get heldBytes(): number {
    return this.#bytes.length;
  }

  get heldPieces(): number {
    return this.#deliveries.length - this.#first;
  }

  /** Bytes that have come, held ones among them. */
  get offset(): number {
    return this.#offset;
  }

  get isEmpty(): boolean {
    return this.#deliveries.length === 0;
  }

  /** Bytes have passed by. */
  passed(byteCount: number): void {
    this.#offset += byteCount;
  }

  /** Bytes are to wait; borrowed ones are copied. */
  push(bytes: Uint8Array, { borrowed }: { readonly borrowed: boolean }): void {
    const { length } = bytes;
    if (length === 0) return;
    const host = this.#host;
    const now = host.now();
    const { glueMs } = this.#conditions;
    const last = this.#deliveries.at(-1);
    const dueAt = this.#dueFor(now + glueMs);
    this.#bytes.push(bytes, { borrowed });
    this.#offset += length;
    if (last !== undefined && last.run === undefined && (now < last.openUntil || this.heldPieces >= MAX_HELD_PIECES)) {
      last.size += length;
      if (now >= last.openUntil) last.dueAt = dueAt;
      host.count(this.direction, 0, length);
    } else this.#add({ size: length, dueAt, order: host.nextOrder(), heldAt: host.time(), openUntil: glueMs > 0 ? now + glueMs : now });
    host.laneChanged(this);
  }

  /** Something is to happen after everything that waits. */
  follow(run: () => void): void {
    const host = this.#host;
    const now = host.now();
    this.#add({ size: 0, run, dueAt: this.#dueFor(now), order: host.nextOrder(), heldAt: host.time(), openUntil: now });
    host.laneChanged(this);
  }

  /** Other conditions hold, for what waits too: nothing waits longer from now on than they say. */
  setConditions(conditions: DirectionConditions): void {
    const now = this.#host.now();
    // What was held up catches up, but no faster than the rate.
    if (this.#conditions.stalled && !conditions.stalled) this.caughtUp();
    this.#conditions = conditions;
    this.#isPlain = isPlainDirection(conditions);
    const latest = now + conditions.delayMs + conditions.jitterMs + conditions.glueMs;
    for (let index = this.#first; index < this.#deliveries.length; index += 1) {
      const delivery = this.#deliveries[index]!;
      delivery.dueAt = Math.min(delivery.dueAt, latest);
    }
    if (!this.isEmpty) this.#host.laneChanged(this);
  }

  /** A time in which nothing went through is over. */
  caughtUp(): void {
    this.#rateFreeAt = Math.max(this.#rateFreeAt, this.#host.now());
  }

  /** Lets everything before `place` through, even during a pause. */
  letThrough(place: number): void {
    this.#letThroughTo = Math.max(this.#letThroughTo, place);
    if (!this.isEmpty) this.#host.laneChanged(this);
  }

  /** Whoever was full has room again. */
  unblock(): void {
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    if (!this.isEmpty) this.#host.laneChanged(this);
  }

  /** When the next delivery goes, by the control's clock; Infinity: not by itself. */
  nextAt(): number {
    const first = this.#deliveries[this.#first];
    if (first === undefined || this.#isBlocked) return Number.POSITIVE_INFINITY;
    if (this.#host.isFlushing) return Number.NEGATIVE_INFINITY;
    if (this.#conditions.stalled || this.#host.isCut) return Number.POSITIVE_INFINITY;
    if (this.#host.isPaused) return this.#place < this.#letThroughTo ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return this.#dueAt(first);
  }

  /** The order in which the next delivery came; the lane must not be empty. */
  get order(): number {
    return this.#deliveries[this.#first]!.order;
  }

  /** What a step would let through; undefined: nothing, or nothing that could go. */
  next(): NextDelivery | undefined {
    const first = this.#deliveries[this.#first];
    if (first === undefined || this.#isBlocked || this.#conditions.stalled || this.#host.isCut) return undefined;
    return { order: first.order, heldAt: first.heldAt, dueAt: this.#dueAt(first) };
  }

  /** Lets the next delivery go, whether or not it is due. Gives the place up to which everything has gone. */
  deliver(): number {
    const first = this.#deliveries[this.#first];
    if (first === undefined) return this.#place;
    if (first.run !== undefined) {
      this.#drop(first);
      first.run();
      return this.#place + 1;
    }
    const now = this.#host.now();
    const part = this.#partOf(first);
    const { bytesPerSecond, sliceBytes } = this.#conditions;
    if (bytesPerSecond !== undefined) this.#rateFreeAt = Math.max(this.#rateFreeAt, Math.min(first.dueAt, now)) + (part * 1000) / bytesPerSecond;
    if (sliceBytes !== undefined) this.#slicedAt = now;
    const bytes = this.#bytes.peek(part);
    if (this.direction === "in") {
      // Before it is told: whoever hears of the bytes may clear the lane.
      this.#gone(first, part);
      this.#end.take(bytes);
    } else {
      const taken = this.#end.take(bytes);
      if (taken < part) this.#isBlocked = true;
      this.#gone(first, taken);
      if (taken > 0) this.#end.onRoom?.();
    }
    return this.#place;
  }

  /** Throws away what waits. Gives how many bytes that were. */
  clear(): number {
    const { heldPieces, heldBytes } = this;
    this.#deliveries = [];
    this.#first = 0;
    this.#bytes.clear();
    this.#isBlocked = false;
    if (heldPieces > 0) this.#host.count(this.direction, -heldPieces, -heldBytes);
    return heldBytes;
  }

  /** The place of the next delivery in the stream. */
  get #place(): number {
    return this.#offset - this.#bytes.length;
  }

  /** When a delivery that comes now may go: never before the one in front of it. */
  #dueFor(from: number): number {
    const { delayMs, jitterMs } = this.#conditions;
    const dueAt = from + delayMs + (jitterMs === 0 ? 0 : jitterMs * chance(this.#seed, this.#offset));
    return Math.max(dueAt, this.#deliveries.at(-1)?.dueAt ?? dueAt);
  }

  /** When the first delivery goes, with what its rate and its slices add. */
  #dueAt(first: Delivery): number {
    if (first.run !== undefined) return first.dueAt;
    const { bytesPerSecond, sliceBytes } = this.#conditions;
    let dueAt = first.dueAt;
    if (bytesPerSecond !== undefined) dueAt = Math.max(dueAt, this.#rateFreeAt) + (this.#partOf(first) * 1000) / bytesPerSecond;
    if (sliceBytes !== undefined) dueAt = Math.max(dueAt, this.#slicedAt + SLICE_GAP_MS);
    return dueAt;
  }

  /** How many bytes of the first delivery go at a time. */
  #partOf({ size }: Delivery): number {
    if (this.#host.isFlushing) return size;
    const { bytesPerSecond = Number.POSITIVE_INFINITY, sliceBytes = Number.POSITIVE_INFINITY } = this.#conditions;
    const step = Math.max(1, Math.floor((bytesPerSecond * RATE_STEP_MS) / 1000));
    return Math.min(size, sliceBytes, step);
  }

  #add(delivery: Delivery): void {
    this.#deliveries.push(delivery);
    this.#host.count(this.direction, 1, delivery.size);
  }

  #gone(first: Delivery, byteCount: number): void {
    this.#bytes.drop(byteCount);
    first.size -= byteCount;
    if (first.size === 0) this.#drop(first);
    if (byteCount > 0) this.#host.count(this.direction, 0, -byteCount);
  }

  #drop(first: Delivery): void {
    if (this.#deliveries[this.#first] !== first) return;
    this.#first += 1;
    if (this.#first === this.#deliveries.length) {
      this.#deliveries = [];
      this.#first = 0;
    } else if (this.#first * 2 >= this.#deliveries.length && this.#first > 32) {
      this.#deliveries = this.#deliveries.slice(this.#first);
      this.#first = 0;
    }
    this.#host.count(this.direction, -1, 0);
  }
}
