import { MAX_WINDOW_BYTES } from "../codec/limits.ts";

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

/**
 * How many bytes may still arrive on one stream in one direction, and how many of those that came have
 * been done with: the receiver's half of byte credit. Credit goes back in batches of half a window, so
 * that the sender always has the other half to go on with and small reads cost no packet each.
 */
export class ReceiveWindow {
  readonly #batch: number;
  #available: number;
  #held = 0;
  #owed = 0;

  /** `size`: the window that this side announced, bytes. */
  constructor(size: number) {
    this.#available = size;
    this.#batch = Math.ceil(size / 2);
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
    return true;
  }

  /**
   * Marks bytes as done with. Returns the credit to send now, 0 while less than a batch has gathered.
   * @throws {RangeError} when that many have not arrived: the caller has a fault
   */
  consume(byteCount: number): number {
    if (!(Number.isInteger(byteCount) && byteCount >= 0 && byteCount <= this.#held)) {
      throw new RangeError(`cannot consume ${byteCount} bytes: ${this.#held} have arrived and are not yet consumed`);
    }
    this.#held -= byteCount;
    this.#owed += byteCount;
    if (this.#owed < this.#batch) return 0;
    const credit = this.#owed;
    this.#owed = 0;
    this.#available += credit;
    return credit;
  }
}
