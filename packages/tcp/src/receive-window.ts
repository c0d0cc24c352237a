import { FIRST_WINDOW_BYTES, LARGEST_WINDOW_BYTES } from "./limits.ts";

/** Who bounds what all windows of a program may have beyond their first size. */
export interface WindowBudget {
  /** Takes so many bytes; false: not now. */
  takeWindow(byteCount: number): boolean;
  /** Gives them back. */
  releaseWindow(byteCount: number): void;
}

/**
 * How many bytes of a peer may wait for the script. It begins as a stream of the bridge does, and doubles each time that the script
 * has taken a full window at once: then the frames are what holds the peer up, and not the script.
 */
export class ReceiveWindow {
  readonly #budget: WindowBudget;
  #size = FIRST_WINDOW_BYTES;
  #waiting = 0;
  #wasFull = false;

  constructor(budget: WindowBudget) {
    this.#budget = budget;
  }

  /** Bytes that may wait. */
  get size(): number {
    return this.#size;
  }

  /** Whether as much waits as may. */
  get isFull(): boolean {
    return this.#waiting >= this.#size;
  }

  /** So many bytes have come. */
  received(byteCount: number): void {
    this.#waiting += byteCount;
    if (this.isFull) this.#wasFull = true;
  }

  /** The script has taken so many. */
  consumed(byteCount: number): void {
    this.#waiting -= byteCount;
    if (this.#waiting > 0 || !this.#wasFull) return;
    this.#wasFull = false;
    if (this.#size < LARGEST_WINDOW_BYTES && this.#budget.takeWindow(this.#size)) this.#size *= 2;
  }

  /** Gives back what it has taken of the budget. */
  dispose(): void {
    this.#budget.releaseWindow(this.#size - FIRST_WINDOW_BYTES);
    this.#size = FIRST_WINDOW_BYTES;
  }
}
