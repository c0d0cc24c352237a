import type { Usage } from "../usage.ts";

/** A session that keeps bytes for sending again. */
export interface ResendHolder {
  readonly keptBytes: number;
  /** Ends the session and lets go of the bytes. */
  giveUp(): void;
  /** There may be room again, after `mustWait` has said that there is none. */
  resumeSending(): void;
}

/**
 * Bounds the bytes that all sessions together keep for sending again after a cut. When they are too many, sessions whose client
 * is away are given up, those that keep most first; then those that keep more than an equal share wait for acknowledgements.
 */
export class ResendBudget {
  readonly #holders = new Set<ResendHolder>();
  /** Those whose client is away: few, where all others are many. */
  readonly #away = new Set<ResendHolder>();
  readonly #limit: number;
  readonly #usage: Usage;
  #isChecking = false;
  /** Whether a session was told to wait since all were last told to go on. */
  #isWaitedFor = false;

  /** @param limit bytes */
  constructor(limit: number, usage: Usage) {
    this.#limit = limit;
    this.#usage = usage;
  }

  add(holder: ResendHolder): void {
    this.#holders.add(holder);
  }

  delete(holder: ResendHolder): void {
    this.#holders.delete(holder);
    this.#away.delete(holder);
    this.#wakeLater();
  }

  /** So many more bytes are kept, or fewer. */
  changed(byteCount: number): void {
    this.#usage.resendBytes += byteCount;
    if (byteCount > 0) this.check();
    else if (this.#usage.resendBytes <= this.#limit) this.#wakeLater();
  }

  /** The client of a session has gone away. */
  wentAway(holder: ResendHolder): void {
    this.#away.add(holder);
    this.check();
  }

  /** The client is back. */
  isBack(holder: ResendHolder): void {
    this.#away.delete(holder);
  }

  /** Gives sessions up later if too many bytes are kept. */
  check(): void {
    if (this.#isChecking || this.#usage.resendBytes <= this.#limit) return;
    if (this.#away.size === 0) return;
    // Not at once: whoever sends is in the middle of a step.
    this.#isChecking = true;
    setImmediate(() => this.#shed());
  }

  /** Whether a session has to wait for acknowledgements before it sends more. */
  mustWait(keptBytes: number): boolean {
    const hasTo = this.#usage.resendBytes > this.#limit && keptBytes > this.#limit / Math.max(this.#holders.size, 1);
    if (hasTo) this.#isWaitedFor = true;
    return hasTo;
  }

  /** Those that wait may have nothing else that would tell them: their own client need not acknowledge anything. */
  #wakeLater(): void {
    if (!this.#isWaitedFor) return;
    this.#isWaitedFor = false;
    setImmediate(() => {
      for (const holder of this.#holders) holder.resumeSending();
    });
  }

  #shed(): void {
    this.#isChecking = false;
    while (this.#usage.resendBytes > this.#limit) {
      let most: ResendHolder | undefined;
      for (const holder of this.#away) if (most === undefined || holder.keptBytes > most.keptBytes) most = holder;
      if (most === undefined) return;
      this.#away.delete(most);
      most.giveUp();
    }
  }
}
