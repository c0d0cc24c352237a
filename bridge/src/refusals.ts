import type { Log } from "./log/log.ts";

/** Something that a client asked for and did not get. */
export interface Refusal {
  /** What it is counted as: an error code, or the limit that was reached. One of few, never a client's words. */
  readonly reason: string;
  /** The client's IP address. */
  readonly client: string;
  readonly message: string;
  readonly session?: number;
  /** What was asked for, such as a host and port. */
  readonly target?: string;
}

/** Counts refusals, for the metrics, and logs each. */
export class Refusals {
  readonly #log: Log;
  readonly #counts = new Map<string, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** How often each reason came up. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  add({ reason, client, session, target, message }: Refusal): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#log({ level: "warn", event: "refusal", reason, client, session, target, message });
  }
}
