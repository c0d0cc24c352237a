import type { Lane } from "./lane.ts";
import { MAX_DELIVERIES_AT_ONCE, TICK_MS } from "./limits.ts";

/** The clocks of whoever runs a program. */
export interface ConditionClock {
  /** Milliseconds, which never go back. */
  now(): number;
  /** Calls back once, no sooner than so many milliseconds from now. */
  setTimer(callback: () => void, delayMs: number): unknown;
  clearTimer(handle: never): void;
}

/** Lets the deliveries of all lanes go when they are due: by one timer, in the order in which they became due over all streams. */
export class Schedule {
  readonly #clock: ConditionClock;
  /** Milliseconds that stand still during a pause: those in which lanes count. */
  readonly #now: () => number;
  /** Lanes in which something waits. */
  readonly #lanes = new Set<Lane>();
  #timer: unknown;
  /** When the timer is due; Infinity where there is none. */
  #timerAt = Number.POSITIVE_INFINITY;
  #isDelivering = false;

  constructor(clock: ConditionClock, now: () => number) {
    this.#clock = clock;
    this.#now = now;
  }

  /** Something waits in a lane, more or less than before, or at another time. */
  laneChanged(lane: Lane): void {
    if (lane.isEmpty) this.#lanes.delete(lane);
    else {
      this.#lanes.add(lane);
      this.#wakeAt(lane.nextAt());
    }
  }

  /** Looks again at all lanes: conditions have changed, or time goes on after a pause. */
  again(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer as never);
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    let soonest = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes) {
      if (lane.isEmpty) this.#lanes.delete(lane);
      else soonest = Math.min(soonest, lane.nextAt());
    }
    this.#wakeAt(soonest);
  }

  /** Lets go whatever is due, `most` deliveries at most; the rest follows by the timer. */
  deliverDue(most: number): void {
    const now = this.#now();
    // The soonest is last.
    const due: Due[] = [];
    for (const lane of this.#lanes) {
      const at = lane.nextAt();
      if (at <= now) due.push({ lane, at, order: lane.order });
    }
    due.sort((one, other) => (isSooner(one, other) ? 1 : -1));
    this.#isDelivering = true;
    try {
      for (let count = 0; count < most; count += 1) {
        const soonest = due.pop();
        if (soonest === undefined) break;
        const { lane } = soonest;
        // A delivery before it may have ended the stream.
        if (lane.nextAt() <= now) lane.deliver();
        if (lane.isEmpty) this.#lanes.delete(lane);
        const at = lane.nextAt();
        if (at <= now) insert(due, { lane, at, order: lane.order });
      }
    } finally {
      this.#isDelivering = false;
      this.again();
    }
  }

  #wakeAt(at: number): void {
    if (this.#isDelivering || at === Number.POSITIVE_INFINITY) return;
    const now = this.#now();
    // What is due already waits for the next tick too: an endless row of deliveries leaves the thread to others in between.
    const wanted = Math.max(at, now + TICK_MS);
    if (this.#timerAt <= wanted) return;
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer as never);
    this.#timerAt = wanted;
    this.#timer = this.#clock.setTimer(this.#tick, Math.ceil(wanted - now));
  }

  readonly #tick = (): void => {
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.deliverDue(MAX_DELIVERIES_AT_ONCE);
  };
}

/** A lane whose next delivery is due. */
interface Due {
  readonly lane: Lane;
  readonly at: number;
  readonly order: number;
}

function isSooner(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Puts one where it belongs in a list whose last is the soonest. */
function insert(due: Due[], added: Due): void {
  let low = 0;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSooner(added, due[middle]!)) low = middle + 1;
    else high = middle;
  }
  due.splice(low, 0, added);
}
