import type { BridgeLimits } from "../limits.ts";
import { addressGroup } from "./address-group.ts";
import { ClientAccount, type LedgerBook } from "./client-account.ts";
import { DebtMemory } from "./debt-memory.ts";
import { HELD_NAMES, type HeldName, heldLimit, isPerRoom, RATE_NAMES, type RateName, rateLimit, type ShareLimits } from "../shares.ts";

/** Addresses remembered, for what they owe, and as many networks: some 10 MiB. Those that hold something stay beyond it; they are bounded by the limits on what they hold. */
const MAX_ACCOUNTS = 20_000;

/** Networks of 64 bits that are remembered of one of 48, above which they count in its account alone: whoever has one has 65,536 of them. */
const MAX_ACCOUNTS_PER_NETWORK = 64;

/** How a share is used, for the metrics. */
export interface ShareUse {
  readonly limit: keyof ShareLimits;
  /** What the address with most of all holds, or owes. */
  readonly highest: number;
  /** How often a client was refused because its address had used up the share. */
  readonly refusals: number;
}

/** The account of a network, and those of its parts that have accounts of their own. */
interface NetworkEntry {
  readonly account: ClientAccount;
  readonly parts: Set<string>;
}

/** An account, and the network that it counts in as well. */
interface ClientEntry {
  readonly account: ClientAccount;
  readonly network: NetworkEntry | undefined;
}

/** The shares of all client addresses. What an address owes is remembered until time has paid for it, or until there are too many addresses. */
export class Ledger implements LedgerBook {
  readonly limits: BridgeLimits;
  readonly #clients = new DebtMemory<ClientEntry>(
    MAX_ACCOUNTS,
    ({ account }) => account.msUntilBlank,
    (key, { network }) => network?.parts.delete(key),
  );
  readonly #networks = new DebtMemory<NetworkEntry>(MAX_ACCOUNTS, ({ account, parts }) => (parts.size > 0 ? Number.POSITIVE_INFINITY : account.msUntilBlank));
  readonly #refusals = new Map<HeldName | RateName, number>();

  constructor(limits: BridgeLimits) {
    this.limits = limits;
  }

  /** Accounts that are remembered, those of networks included. */
  get size(): number {
    return this.#clients.size + this.#networks.size;
  }

  /** The account of an IP address. */
  of(address: string): ClientAccount {
    const group = addressGroup(address);
    const known = this.#clients.get(group.client);
    if (known !== undefined) return known.account;
    const network = group.network === undefined ? undefined : this.#network(group.network);
    if (network !== undefined && !this.#hasRoom(network)) return network.account;
    network?.parts.add(group.client);
    const account = new ClientAccount(this, network?.account);
    this.#clients.add(group.client, { account, network });
    return account;
  }

  refused(name: HeldName | RateName): void {
    this.#refusals.set(name, (this.#refusals.get(name) ?? 0) + 1);
  }

  /** How every share is used, except those that are counted anew in each room. */
  *uses(): Generator<ShareUse> {
    for (const name of HELD_NAMES)
      if (!isPerRoom(name)) yield { limit: heldLimit(name), highest: this.#highest((account) => account.held(name)), refusals: this.#refusals.get(name) ?? 0 };
    for (const name of RATE_NAMES)
      yield { limit: rateLimit(name), highest: this.#highest((account) => account.owed(name)), refusals: this.#refusals.get(name) ?? 0 };
  }

  #highest(of: (account: ClientAccount) => number): number {
    let highest = 0;
    for (const { account } of this.#clients.values()) highest = Math.max(highest, of(account));
    return Math.round(highest);
  }

  #network(key: string): NetworkEntry {
    const known = this.#networks.get(key);
    if (known !== undefined) return known;
    const entry = { account: new ClientAccount(this, undefined, this.limits.sharesPerNetwork), parts: new Set<string>() };
    this.#networks.add(key, entry);
    return entry;
  }

  /** Whether another part of the network may have an account of its own, perhaps for one that is as good as new; otherwise it counts in that of the network alone. */
  #hasRoom({ parts }: NetworkEntry): boolean {
    if (parts.size < MAX_ACCOUNTS_PER_NETWORK) return true;
    for (const part of parts) {
      if (this.#clients.get(part)?.account.msUntilBlank !== 0) continue;
      this.#clients.delete(part);
      return true;
    }
    return false;
  }
}
