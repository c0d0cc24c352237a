import { MAX_WINDOW_BYTES } from "../codec/limits.ts";
import type { WindowGrowth } from "./window-growth.ts";

/** How many more bytes may be sent on one stream in one direction: the sender's half of byte credit. */
export class SendWindow {
  #available: number;

  /** `initial`: the window that the receiver announced, bytes. */
  constructor(initial: number) {
    this.#available = initial;
  }

  /** Bytes that may be sent now. */
  get available(): number {
    return this.#available;
  }

  /** Uses up credit. @throws {RangeError} when there is less: the caller has a fault */
  spend(byteCount: number): void {
    if (!(byteCount >= 0 && byteCount <= this.#available)) {
      throw new RangeError(`cannot send ${byteCount} bytes with credit for ${this.#available}`);
    }
    this.#available -= byteCount;
  }

  /** Takes up credit from a CREDIT packet. False when that is more than credit may ever be: a violation by the other side. */
  add(byteCount: number): boolean {
    if (byteCount > MAX_WINDOW_BYTES - this.#available) return false;
    this.#available += byteCount;
    return true;
  }
}

/** Part of the window that has to be used, at the most that has waited at a time, for a grown window to stay as it is. */
const LEAST_USE = 1 / 4;

/**
 * How many bytes may still arrive on one stream in one direction, and how many of those that came have
 * been done with: the receiver's half of byte credit. Credit goes back in batches of half a window, so
 * that the sender always has the other half to go on with and small reads cost no packet each.
 *
 * With a `WindowGrowth` the window grows when it is what holds the sender up: all of it has come before the reader took
 * any, and the reader wants more at once. It shrinks again, to what it was at first, when the reader asks for that or
 * when most of it is not used any more. A window shrinks by credit that is kept back: what the sender has been given it has.
 */
export class ReceiveWindow {
  readonly #initial: number;
  readonly #growth: WindowGrowth | undefined;
  /** Bytes that may be on their way, wait, or be owed: always the sum of these three. */
  #size: number;
  #available: number;
  #held = 0;
  #owed = 0;
  /** All that may come has come, since credit was last given. */
  #wasUsedUp = false;
  /** The most that has waited at a time since then. */
  #mostHeld = 0;

  /** `size`: the window that this side announced, bytes. `growth`: what it may grow by; without it, it stays as it is. */
  constructor(size: number, growth?: WindowGrowth) {
    this.#initial = size;
    this.#growth = growth;
    this.#size = size;
    this.#available = size;
  }

  /** Bytes of the window as it is. */
  get size(): number {
    return this.#size;
  }

  /** Bytes that the other side may still send. */
  get available(): number {
    return this.#available;
  }

  /** Bytes that arrived and have not been consumed. */
  get held(): number {
    return this.#held;
  }

  /** Counts bytes that arrived. False when there was no credit for them: a violation by the other side. */
  receive(byteCount: number): boolean {
    if (byteCount > this.#available) return false;
    this.#available -= byteCount;
    this.#held += byteCount;
    this.#mostHeld = Math.max(this.#mostHeld, this.#held);
    if (this.#available === 0) this.#wasUsedUp = true;
    return true;
  }

  /**
   * Marks bytes as done with. Returns the credit to send now, 0 while less than a batch has gathered. `wish`: what the reader asks of the window.
   * @throws {RangeError} when that many have not arrived: the caller has a fault
   */
  consume(byteCount: number, wish: "wider" | "same" | "narrower" = "same"): number {
    if (!(Number.isInteger(byteCount) && byteCount >= 0 && byteCount <= this.#held)) {
      throw new RangeError(`cannot consume ${byteCount} bytes: ${this.#held} have arrived and are not yet consumed`);
    }
    this.#held -= byteCount;
    this.#owed += byteCount;
    if (this.#owed < Math.ceil(this.#size / 2)) return 0;
    if (wish === "narrower" || this.#mostHeld < this.#size * LEAST_USE) this.#shrink();
    else if (wish === "wider" && this.#wasUsedUp) this.#grow();
    const credit = this.#owed;
    this.#owed = 0;
    this.#available += credit;
    this.#wasUsedUp = false;
    this.#mostHeld = this.#held;
    return credit;
  }

  /** The stream is over: gives back what the window has grown by. */
  release(): void {
    this.#growth?.giveBack(this.#size - this.#initial);
    this.#size = this.#initial;
  }

  /** To twice its size, as far as may be. */
  #grow(): void {
    const more = this.#growth?.take(this.#size) ?? 0;
    this.#size += more;
    this.#owed += more;
  }

  /** To half its size, as far as what is owed goes. */
  #shrink(): void {
    const less = Math.min(this.#size - Math.max(this.#initial, Math.ceil(this.#size / 2)), this.#owed);
    this.#size -= less;
    this.#owed -= less;
    this.#growth?.giveBack(less);
  }
}
