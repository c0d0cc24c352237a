import type { Figures } from "./samples.ts";

/** What somebody who did nothing wrong has seen. */
export interface PartyReport {
  /** Round trips, ms. */
  readonly roundTrips: Figures;
  /** Time for what a newcomer does: a page, a short link, a session in a new room. */
  readonly arrivals: Figures;
  /** The same round trip without the target, ms: how far the machine itself was behind. */
  readonly machine: Figures;
  /** What was refused, cut or lost, in words. */
  readonly losses: readonly string[];
}

/** Someone whom an attack must not touch. */
export interface Party {
  /** Forgets what was measured so far. */
  reset(): void;
  report(): PartyReport;
}

/** Losses that are told; a flood of them says no more. */
const MAX_LOSSES_TOLD = 400;

/** Keeps what was lost, each kind of it with a count. */
export class Losses {
  readonly #texts: string[] = [];

  add(text: string): void {
    if (this.#texts.length < MAX_LOSSES_TOLD) this.#texts.push(text);
  }

  clear(): void {
    this.#texts.length = 0;
  }

  get all(): readonly string[] {
    return [...this.#texts];
  }
}
