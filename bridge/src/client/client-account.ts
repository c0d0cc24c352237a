import { BURST_SECONDS } from "../byte-rate.ts";
import { type BridgeLimits, MOST_OWED_MS } from "../limits.ts";
import { limitOption, type LimitFailure, overLimit } from "../over-limit.ts";
import { RateLimit } from "../rate-limit.ts";
import {
  burstLimit,
  type DividedName,
  HELD_NAMES,
  HELD_SHARES,
  type HeldName,
  heldLimit,
  isDivided,
  isPerRoom,
  RATE_NAMES,
  RATE_SHARES,
  type RateName,
  rateLimit,
  type UndividedName,
} from "../shares.ts";
import { DividedRate } from "./divided-rate.ts";

/** Seconds of what a rate counts by. */
const SECONDS = { Second: 1, Minute: 60 } as const;

/** What the sessions of an address share among them: those that have had too much of it wait, each for what it owes itself. */
export type DividedShare = DividedName | "bytes";

/** What an account needs of the ledger that it is in. */
export interface LedgerBook {
  readonly limits: BridgeLimits;
  /** Counts that a share was not enough. */
  refused(name: HeldName | RateName): void;
}

const NOTHING_HELD = Object.fromEntries(HELD_NAMES.map((name) => [name, 0])) as Record<HeldName, number>;

/**
 * What the clients at one address hold and do, all sessions together. An address of IPv6 is also counted in the account of its
 * network, which has `sharesPerNetwork` times as much: whoever has a whole network is not as many clients as it has addresses.
 */
export class ClientAccount {
  /** The account of the network that the address is a part of; undefined where there is none. */
  readonly network: ClientAccount | undefined;
  readonly #book: LedgerBook;
  /** How many times a share this account has. */
  readonly #times: number;
  readonly #held = { ...NOTHING_HELD };
  /** Made when they are first needed. */
  readonly #rates: { [Name in UndividedName]?: RateLimit } = {};
  readonly #divided: { [Name in DividedShare]?: DividedRate } = {};
  /** Whatever is held that has to be remembered, whatever the number of addresses. */
  #things = 0;

  constructor(book: LedgerBook, network: ClientAccount | undefined, times = 1) {
    this.#book = book;
    this.network = network;
    this.#times = times;
  }

  /** Counts what one of the sessions at the address has done or sent already, also beyond the share: then `waitMsOf` says how long that session has to wait. "bytes": of data on their way, in either direction. */
  spendAs(who: object, name: DividedShare, count = 1): void {
    this.#dividedRate(name)?.spend(who, count);
    this.network?.spendAs(who, name, count);
  }

  /** Time until one of the sessions at the address may do this again, ms; 0: now. */
  waitMsOf(who: object, name: DividedShare): number {
    return Math.max(this.#divided[name]?.waitMs(who) ?? 0, this.network?.waitMsOf(who, name) ?? 0);
  }

  /** How much the address holds. */
  held(name: HeldName): number {
    return this.#held[name];
  }

  /** Whether the address may hold so much more; gives what to say if not. */
  refusal(name: HeldName, more = 1): LimitFailure | undefined {
    return this.refusalAt(name, this.#held[name], more) ?? this.network?.refusal(name, more);
  }

  /** The same for a share that others count, each in its own place: whether so many may become more. */
  refusalAt(name: HeldName, held: number, more = 1): LimitFailure | undefined {
    const limit = heldLimit(name);
    if (held + more <= this.#book.limits[limit] * (isPerRoom(name) ? 1 : this.#times)) return undefined;
    this.#book.refused(name);
    return overLimit(limit, HELD_SHARES[name].sentence(held) + this.#hint);
  }

  /** Holds so much more, if the address may. */
  hold(name: HeldName, more = 1): LimitFailure | undefined {
    const refusal = this.refusal(name, more);
    if (refusal === undefined) this.add(name, more);
    return refusal;
  }

  /** Holds so much more, or less, whatever the limit. */
  add(name: HeldName, more = 1): void {
    this.#held[name] += more;
    this.#things += more;
    this.network?.add(name, more);
  }

  /** Gives back what was held. */
  release(name: HeldName, less = 1): void {
    this.add(name, -less);
  }

  /** Does something so many times, if the address may at the moment; gives what to say if not. */
  take(name: UndividedName, count = 1): LimitFailure | undefined {
    const refusal = this.network?.take(name, count);
    if (refusal !== undefined) return refusal;
    if (this.#rate(name).take(count)) return undefined;
    this.network?.giveBack(name, count);
    this.#book.refused(name);
    const limit = rateLimit(name);
    return overLimit(limit, RATE_SHARES[name].sentence(this.#book.limits[limit] * this.#times) + this.#hint);
  }

  /** What was taken turned out not to be needed. */
  giveBack(name: UndividedName, count = 1): void {
    this.#rates[name]?.giveBack(count);
    this.network?.giveBack(name, count);
  }

  /** Counts what has happened already, also beyond the share: then `waitMs` says how long the next has to wait. */
  spend(name: UndividedName, count = 1): void {
    this.#rate(name).spend(count);
    this.network?.spend(name, count);
  }

  /** Time until the address may do this again, ms; 0: now. */
  waitMs(name: UndividedName): number {
    return Math.max(this.#rates[name]?.waitMs ?? 0, this.network?.waitMs(name) ?? 0);
  }

  /** How much the address owes of a rate: what it did, less what the time since has paid for. */
  owed(name: RateName): number {
    return this.#rateOf(name)?.owed ?? 0;
  }

  /** Time until a new account would be the same, ms; Infinity while something is held. */
  get msUntilBlank(): number {
    if (this.#things > 0) return Number.POSITIVE_INFINITY;
    let longest = this.#divided.bytes?.msUntilFull ?? 0;
    for (const name of RATE_NAMES) longest = Math.max(longest, this.#rateOf(name)?.msUntilFull ?? 0);
    return longest;
  }

  get #hint(): string {
    return this.#times === 1 ? "" : ` These are all addresses of your IPv6 network together: --${limitOption("sharesPerNetwork")}.`;
  }

  /** As far as it has been needed. */
  #rateOf(name: RateName): RateLimit | DividedRate | undefined {
    return isDivided(name) ? this.#divided[name] : this.#rates[name];
  }

  #rate(name: UndividedName): RateLimit {
    this.#rates[name] ??= new RateLimit(...this.#rateAndBurst(name));
    return this.#rates[name];
  }

  /** Undefined: there is no limit. */
  #dividedRate(name: DividedShare): DividedRate | undefined {
    if (this.#divided[name] !== undefined) return this.#divided[name];
    if (name === "bytes") {
      const perSecond = this.#book.limits.bytesPerSecondPerAddress * this.#times;
      if (perSecond === 0) return undefined;
      this.#divided.bytes = new DividedRate(perSecond, perSecond * BURST_SECONDS, MOST_OWED_MS);
    } else {
      // Those that come back wait `MAX_RESUME_WAIT_MS` at most, whatever is owed: all would, where there are enough of them.
      this.#divided[name] = new DividedRate(...this.#rateAndBurst(name), name === "resumes" ? undefined : MOST_OWED_MS);
    }
    return this.#divided[name];
  }

  /** A second, and at once. */
  #rateAndBurst(name: RateName): [number, number] {
    const { limits } = this.#book;
    return [(limits[rateLimit(name)] * this.#times) / SECONDS[RATE_SHARES[name].per], limits[burstLimit(name)] * this.#times];
  }
}
