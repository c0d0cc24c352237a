import type { ClientAccount } from "../client/client-account.ts";
import { CLOSE_LATER_MS } from "../limits.ts";
import { type Turns, Work } from "../turns/turns.ts";

/** What is let go of in turns: thousands of sockets that are closed in one turn of the event loop would hold up everybody. */
export class ClosingQueue {
  readonly #turns: Turns;
  readonly #work: Work;
  /** The oldest first. */
  readonly #closings = new Set<() => void>();

  /** `account`: the client's whose sockets they are. */
  constructor(turns: Turns, account: ClientAccount) {
    this.#turns = turns;
    this.#work = new Work(account, (slice) => {
      for (const close of this.#closings) {
        if (!slice.take()) return true;
        slice.spendLater(CLOSE_LATER_MS);
        this.#closings.delete(close);
        close();
      }
      return false;
    });
  }

  /** Has `close` called now, or when it is the client's turn; it may have become needless by then. */
  add(close: () => void): void {
    this.#closings.add(close);
    this.#turns.run(this.#work);
  }
}
