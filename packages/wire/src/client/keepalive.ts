import type { Schedule } from "../flow/schedule.ts";

/** Time between two looks at whether anything has arrived, ms. */
export const KEEPALIVE_CHECK_MS = 5_000;

/** Looks in a row without a sign of life after which a WebSocket is given up: 15 s, long for a network and short for a person. */
const SILENT_CHECKS = 3;

/**
 * Notices a WebSocket that neither carries anything nor closes, as after a change of networks. A page
 * cannot send pings, so it asks the bridge by a packet of its own when nothing came for a while.
 */
export class Keepalive {
  readonly #schedule: Schedule;
  readonly #ask: () => void;
  readonly #onSilent: () => void;
  #silentChecks = 0;
  #cancel: (() => void) | undefined;

  /** `ask` sends what the bridge has to answer; `onSilent` is called when it does not. */
  constructor(schedule: Schedule, ask: () => void, onSilent: () => void) {
    this.#schedule = schedule;
    this.#ask = ask;
    this.#onSilent = onSilent;
  }

  /** Starts to watch a new WebSocket. */
  start(): void {
    this.stop();
    this.#silentChecks = 0;
    this.#cancel = this.#schedule(this.#check, KEEPALIVE_CHECK_MS);
  }

  /** Something has arrived. */
  received(): void {
    this.#silentChecks = -1;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #check = (): void => {
    this.#cancel = undefined;
    this.#silentChecks += 1;
    if (this.#silentChecks > SILENT_CHECKS) {
      this.#onSilent();
      return;
    }
    if (this.#silentChecks > 0) this.#ask();
    this.#cancel = this.#schedule(this.#check, KEEPALIVE_CHECK_MS);
  };
}
