import { MAX_GROWN_WINDOW_BYTES, type WindowWish } from "@playground/network";
import { FIRST_WINDOW_BYTES } from "./limits.ts";

/** Who bounds what all windows of a program may have beyond their first size. */
export interface WindowBudget {
  /** Takes so many bytes; false: not now. */
  takeWindow(byteCount: number): boolean;
  /** Gives them back. */
  releaseWindow(byteCount: number): void;
}

/** Part of the window that has to be used, at the most that has waited at a time, for a grown window to stay as it is. */
const LEAST_USE = 1 / 4;

/**
 * How many bytes of a peer may wait for the script. As a stream of the bridge (decision 026) it doubles when a full window has waited and
 * the script, which has taken it at once, wants more; and halves, down to what it was at first, when the script wants less or little of it is used.
 */
export class ReceiveWindow {
  readonly #budget: WindowBudget;
  #size = FIRST_WINDOW_BYTES;
  #waiting = 0;
  /** The most that has waited since the script last took everything. */
  #most = 0;

  constructor(budget: WindowBudget) {
    this.#budget = budget;
  }

  /** Bytes that may wait. */
  get size(): number {
    return this.#size;
  }

  /** Bytes that may still come. What the kernel had read already may be more than the window, and then it is 0. */
  get room(): number {
    return Math.max(0, this.#size - this.#waiting);
  }

  /** Whether as much waits as may. */
  get isFull(): boolean {
    return this.#waiting >= this.#size;
  }

  /** So many bytes have come. */
  received(byteCount: number): void {
    this.#waiting += byteCount;
    this.#most = Math.max(this.#most, this.#waiting);
  }

  /** The script has taken so many, and wishes for a window that is wider, narrower, or the same. */
  consumed(byteCount: number, wish: WindowWish = "same"): void {
    this.#waiting -= byteCount;
    if (this.#waiting > 0) return;
    const most = this.#most;
    this.#most = 0;
    if (wish === "narrower" || most < this.#size * LEAST_USE) this.#shrink();
    else if (wish === "wider" && most >= this.#size) this.#grow();
  }

  /** Gives back what it has taken of the budget. */
  dispose(): void {
    this.#budget.releaseWindow(this.#size - FIRST_WINDOW_BYTES);
    this.#size = FIRST_WINDOW_BYTES;
  }

  #grow(): void {
    if (this.#size < MAX_GROWN_WINDOW_BYTES && this.#budget.takeWindow(this.#size)) this.#size *= 2;
  }

  #shrink(): void {
    if (this.#size === FIRST_WINDOW_BYTES) return;
    this.#size /= 2;
    this.#budget.releaseWindow(this.#size);
  }
}
