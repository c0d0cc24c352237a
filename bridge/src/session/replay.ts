import { type Slice, type Turns, Work } from "../turns/turns.ts";
import type { SessionAccount } from "./session-account.ts";

/** What became of the next packet: it was sent, there is no room for it at the moment, or there is none. */
export type ReplayStep = "sent" | "wait" | "done";

/** What a replay does and tells. */
export interface ReplayEvents {
  next(): ReplayStep;
  /** Everything has been sent again. */
  onDone(): void;
}

/**
 * Sends what a client lacks when it has come back: in turns with what others want, and no faster than new bytes would be.
 * `docs/protocol.md`, section 9.
 */
export class Replay {
  readonly #turns: Turns;
  readonly #events: ReplayEvents;
  readonly #work: Work;

  constructor(account: SessionAccount, turns: Turns, events: ReplayEvents) {
    this.#turns = turns;
    this.#events = events;
    this.#work = new Work(account.client, (slice) => this.#send(slice));
  }

  /** There may be room for more. */
  resume(): void {
    this.#turns.run(this.#work);
  }

  /** Whether more can be sent at once. */
  #send(slice: Slice): boolean {
    while (slice.take()) {
      const step = this.#events.next();
      if (step === "wait") return false;
      if (step === "done") {
        this.#events.onDone();
        return false;
      }
    }
    return true;
  }
}
