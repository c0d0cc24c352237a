import type { ClientAccount } from "../client/client-account.ts";
import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";

/** The memory of one WebSocket's message that has not come whole yet. */
export interface UnfinishedMessage {
  /** It takes so many bytes now, those before included. May make others give theirs up, or this one. */
  hold(byteCount: number): void;
  /** It takes none any more. */
  release(): void;
}

/**
 * Bounds the bytes of messages that have begun and are not whole, which a client may leave so for as long as it likes. When an
 * address has too many, or all together, nobody is refused who sends one to its end: the WebSocket that holds most gives up, of
 * the address in question, or of the one that holds most.
 */
export class UnfinishedMessages {
  readonly #limits: BridgeLimits;
  readonly #byAccount = new Map<ClientAccount, Set<Holder>>();
  #bytes = 0;

  constructor(limits: BridgeLimits) {
    this.#limits = limits;
  }

  /** Bytes that all take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What counts the messages of one WebSocket. `giveUp` is told that its message takes too much: it has to let go of it. */
  open(account: ClientAccount, giveUp: (refusal: LimitFailure) => void): UnfinishedMessage {
    const holder: Holder = { account, byteCount: 0, giveUp };
    return { hold: (byteCount) => this.#hold(holder, byteCount), release: () => this.#change(holder, 0) };
  }

  #hold(holder: Holder, byteCount: number): void {
    const { account } = holder;
    const more = byteCount - holder.byteCount;
    this.#change(holder, byteCount);
    // What is over has been counted already, so that nothing more has to fit.
    for (let refusal = more > 0 ? account.refusal("unfinishedBytes", 0) : undefined; refusal !== undefined; refusal = account.refusal("unfinishedBytes", 0)) {
      if (
        !this.#giveUpOne(this.#byAccount.get(account), refusal) &&
        !this.#giveUpOne(
          this.#most((other) => other.network === account.network),
          refusal,
        )
      )
        break;
    }
    while (this.#bytes > this.#limits.unfinishedBytes) {
      const { unfinishedBytes } = this.#limits;
      const refusal = overLimit(
        "unfinishedBytes",
        `The bridge holds ${unfinishedBytes} bytes of messages that have not come whole, which is the most it takes. Send smaller ones, or try later.`,
      );
      if (
        !this.#giveUpOne(
          this.#most(() => true),
          refusal,
        )
      )
        break;
    }
  }

  #giveUpOne(holders: Iterable<Holder> | undefined, refusal: LimitFailure): boolean {
    let most: Holder | undefined;
    for (const holder of holders ?? []) if (most === undefined || holder.byteCount > most.byteCount) most = holder;
    if (most === undefined) return false;
    this.#change(most, 0);
    most.giveUp(refusal);
    return true;
  }

  #most(isMeant: (account: ClientAccount) => boolean): Set<Holder> | undefined {
    let most: Set<Holder> | undefined;
    let byteCount = 0;
    for (const [account, holders] of this.#byAccount) {
      if (!isMeant(account)) continue;
      const held = account.held("unfinishedBytes");
      if (most !== undefined && held <= byteCount) continue;
      most = holders;
      byteCount = held;
    }
    return most;
  }

  #change(holder: Holder, byteCount: number): void {
    const { account } = holder;
    const more = byteCount - holder.byteCount;
    if (more === 0) return;
    holder.byteCount = byteCount;
    account.add("unfinishedBytes", more);
    this.#bytes += more;
    const holders = this.#byAccount.get(account) ?? new Set();
    if (byteCount > 0) this.#byAccount.set(account, holders.add(holder));
    else if (holders.delete(holder) && holders.size === 0) this.#byAccount.delete(account);
  }
}

interface Holder {
  readonly account: ClientAccount;
  byteCount: number;
  readonly giveUp: (refusal: LimitFailure) => void;
}
