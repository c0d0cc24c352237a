import type { Suspension } from "../task/task.ts";

/** The call of the script that waits for a server or a client; it is answered once. */
export class WaitingCall {
  #suspension: Suspension | undefined;

  /** A call waits from now on. */
  begin(suspension: Suspension): void {
    this.#suspension = suspension;
  }

  /** Lets the call return. */
  succeed(): void {
    this.#take()?.resume();
  }

  /** Lets the call raise an error. */
  fail(message: string): void {
    this.#take()?.fail(message);
  }

  /** As `fail`, after the script code that is running now. */
  failLater(message: string): void {
    const waiting = this.#take();
    if (waiting) queueMicrotask(() => waiting.fail(message));
  }

  /** The answer may lead to another call: this one has to be over by then. */
  #take(): Suspension | undefined {
    const waiting = this.#suspension;
    this.#suspension = undefined;
    return waiting;
  }
}
