import { ByteRate } from "../byte-rate.ts";
import type { BridgeLimits } from "../limits.ts";
import { RateLimit } from "../rate-limit.ts";
import { addressGroup } from "./address-group.ts";

/** What the clients at one address hold and spend, all sessions together. */
export class ClientAccount {
  /** Sessions that have begun. */
  sessions = 0;
  /** TCP connections, those that only flush included. */
  sockets = 0;
  listeners = 0;
  /** Bytes on their way to TCP peers. */
  bufferedBytes = 0;
  readonly opens: RateLimit;
  readonly upgrades: RateLimit;
  /** Undefined: no limit. */
  readonly bytes: ByteRate | undefined;

  constructor(limits: BridgeLimits) {
    this.opens = new RateLimit(limits.opensPerSecondPerAddress, limits.opensBurstPerAddress);
    this.upgrades = new RateLimit(limits.upgradesPerSecondPerAddress, limits.upgradesBurstPerAddress);
    this.bytes = limits.bytesPerSecondPerAddress === 0 ? undefined : new ByteRate(limits.bytesPerSecondPerAddress);
  }

  /** Whether anything is held that has to be remembered, whatever the number of addresses. */
  get isInUse(): boolean {
    return this.sessions > 0 || this.sockets > 0 || this.listeners > 0 || this.bufferedBytes > 0;
  }
}

/** Addresses remembered that hold nothing, for their rates; beyond it the one seen longest ago is forgotten, and begins anew. */
const MAX_IDLE_ADDRESSES = 10_000;

/** The accounts of all addresses. */
export class ClientAccounts {
  readonly #limits: BridgeLimits;
  /** The one seen longest ago first. */
  readonly #accounts = new Map<string, ClientAccount>();

  constructor(limits: BridgeLimits) {
    this.#limits = limits;
  }

  /** The account of an address, whose clients are seen at this moment. */
  of(address: string): ClientAccount {
    const key = addressGroup(address);
    const account = this.#accounts.get(key) ?? new ClientAccount(this.#limits);
    this.#accounts.delete(key);
    this.#accounts.set(key, account);
    if (this.#accounts.size > MAX_IDLE_ADDRESSES) this.#forgetOne();
    return account;
  }

  /** Accounts with sessions are bounded by the limit of those; they move on to the end, so that few steps find one to forget. */
  #forgetOne(): void {
    let steps = this.#accounts.size - MAX_IDLE_ADDRESSES;
    for (const [key, account] of this.#accounts) {
      this.#accounts.delete(key);
      if (!account.isInUse) return;
      this.#accounts.set(key, account);
      steps -= 1;
      if (steps <= 0) return;
    }
  }
}
