import type { Schedule } from "../flow/schedule.ts";

/** Time before the first attempt, ms: most cuts are over at once. */
export const FIRST_REDIAL_MS = 100;

/** Longest time between two attempts, ms: within the grace time there have to be several. */
export const MAX_REDIAL_MS = 3_000;

/** Time for one attempt, from opening the WebSocket to the bridge's answer, ms. */
export const REDIAL_TIMEOUT_MS = 8_000;

/** What a reconnector does and tells. */
export interface ReconnectorEvents {
  /** Open a new WebSocket. `failed` or `succeeded` follows; an attempt that takes too long counts as failed, and the next `dial` replaces it. */
  dial(): void;
  /** The grace time has passed. */
  onGraceOver(): void;
}

/** Decides when to try to come back after a WebSocket was lost, and when to give up. Waits grow twofold, by random amounts, so that a class does not come back in one moment. */
export class Reconnector {
  readonly #schedule: Schedule;
  readonly #events: ReconnectorEvents;
  readonly #random: () => number;
  #cancelDeadline: (() => void) | undefined;
  #cancelNext: (() => void) | undefined;
  #attempt = 0;
  #isDialling = false;

  constructor(schedule: Schedule, events: ReconnectorEvents, random: () => number = Math.random) {
    this.#schedule = schedule;
    this.#events = events;
    this.#random = random;
  }

  /** Whether a WebSocket is missing. */
  get isActive(): boolean {
    return this.#cancelDeadline !== undefined;
  }

  /** The WebSocket is lost, or the one that was to replace it has failed. */
  lost(graceMs: number): void {
    this.#isDialling = false;
    if (!this.isActive) {
      this.#attempt = 0;
      this.#cancelDeadline = this.#schedule(() => {
        this.stop();
        this.#events.onGraceOver();
      }, graceMs);
    }
    const longest = Math.min(FIRST_REDIAL_MS * 2 ** Math.min(this.#attempt, 16), MAX_REDIAL_MS);
    this.#attempt += 1;
    this.#next(longest / 2 + (this.#random() * longest) / 2);
  }

  /** Tries at once, if a WebSocket is missing and no attempt is under way: the network is back, or a person wants it. */
  now(): void {
    if (!this.isActive || this.#isDialling) return;
    this.#attempt = 0;
    this.#dial();
  }

  /** There is a WebSocket again, or none is wanted any more. */
  stop(): void {
    this.#cancelDeadline?.();
    this.#cancelNext?.();
    this.#cancelDeadline = undefined;
    this.#cancelNext = undefined;
    this.#isDialling = false;
  }

  #next(delayMs: number): void {
    this.#cancelNext?.();
    this.#cancelNext = this.#schedule(() => this.#dial(), delayMs);
  }

  #dial(): void {
    this.#isDialling = true;
    // Also the time limit of this attempt: when it has come to nothing, the next one replaces it.
    this.#next(REDIAL_TIMEOUT_MS);
    this.#events.dial();
  }
}
