import type { ClientAccount } from "../client/client-account.ts";
import { ACCEPTING_MS, ACCEPTING_TURN_MS, ADDRESS_TURN_MS, LEAST_SLICE_MS, SLICE_MS, SLICE_PACKETS, TURN_MS } from "../limits.ts";
import { FairQueue, Flow } from "./fair-queue.ts";

/** Turns of the event loop one after the other that accept a connection, from which on more of them are expected. */
const CROWD_TURNS = 2;

/** What is left of a slice. */
export class Slice {
  #end: number;
  #packets = SLICE_PACKETS;
  /** What is done behind the turn for this slice, ms. */
  laterMs = 0;

  /** `ms`: how long it lasts. */
  constructor(now: number, ms: number) {
    this.#end = now + ms;
  }

  /** Takes one packet; false when the slice is over. */
  take(): boolean {
    if (this.#packets <= 0 || performance.now() >= this.#end) return false;
    this.#packets -= 1;
    return true;
  }

  /** Ends so much earlier as is done later for it. */
  spendLater(ms: number): void {
    this.#end -= ms;
    this.laterMs += ms;
  }
}

/** Work that is done in slices, such as what a session's client has sent. */
export class Work extends Flow {
  readonly account: ClientAccount;
  /** Does some of it, until the slice is over. Whether more is left that can be done. */
  readonly work: (slice: Slice) => boolean;
  /** Whether it waits for its turn. */
  isQueued = false;
  isRunning = false;

  constructor(account: ClientAccount, work: (slice: Slice) => boolean) {
    super();
    this.account = account;
    this.work = work;
  }
}

/** The work of one address, or of one network of IPv6. */
class AddressTurns extends Flow {
  readonly queue = new FairQueue<Work>();
  isQueued = false;
  /** What it has had in this turn of the event loop, ms. */
  usedMs = 0;
}

/**
 * Serves clients in turns: the addresses among each other, and the sessions of each address among each other. What arrives is
 * handled at once while its address has had little of this turn of the event loop; the rest waits, and whoever has had least is
 * served first, a slice at a time. So a turn takes some milliseconds whatever clients send, and another client's packet
 * waits for a turn or two, not for all that others have sent. Only time is shared here; who has had too much of a rate does not
 * ask for a turn: `DividedRate`. `docs/decisions/017-served-in-turns.md`.
 */
export class Turns {
  readonly #addresses = new WeakMap<ClientAccount, AddressTurns>();
  readonly #queue = new FairQueue<AddressTurns>();
  /** Addresses that have had something of this turn of the event loop. */
  readonly #served = new Set<AddressTurns>();
  #usedMs = 0;
  /** The slice that is being served. */
  #slice: Slice | undefined;
  /** How long this turn may take, ms. */
  #turnMs = TURN_MS;
  /** When a turn last ended in which somebody could be served. */
  #servedAt = 0;
  /** Whether a connection has been accepted in this turn of the event loop, and in how many right before it. */
  #hasAccepted = false;
  #turnsAccepting = 0;
  #isScheduled = false;

  /**
   * A connection has been accepted. Each turn of the event loop accepts one, so others may stand behind it: while every turn brings
   * one, nobody is served for `ACCEPTING_MS` at a time.
   */
  accepted(): void {
    this.#hasAccepted = true;
    this.#schedule();
  }

  /** There is work: does some of it now, or when it is its turn. Not to be called again while it waits; that changes nothing. */
  run(work: Work): void {
    if (work.isQueued || work.isRunning) return;
    const address = this.#of(work.account);
    const mayNow = address.usedMs < ADDRESS_TURN_MS && this.#usedMs < this.#turnMs && !address.isQueued;
    if (mayNow && !this.#serve(address, work, Math.min(SLICE_MS, ADDRESS_TURN_MS - address.usedMs))) return;
    this.#enqueue(address, work);
  }

  /** What is being done has the platform do more once the turn is over, so many ms of it: they count in the slice that is being served, if any. */
  expectLater(ms: number): void {
    this.#slice?.spendLater(ms);
  }

  #of(account: ClientAccount): AddressTurns {
    const whole = account.network ?? account;
    const known = this.#addresses.get(whole);
    if (known !== undefined) return known;
    const address = new AddressTurns();
    this.#addresses.set(whole, address);
    return address;
  }

  /** One slice. Whether work is left. */
  #serve(address: AddressTurns, work: Work, ms: number): boolean {
    const begin = performance.now();
    const slice = new Slice(begin, ms);
    const outer = this.#slice;
    this.#slice = slice;
    work.isRunning = true;
    let isLeft: boolean;
    try {
      isLeft = work.work(slice);
    } finally {
      work.isRunning = false;
      this.#slice = outer;
    }
    const used = Math.max(performance.now() - begin + slice.laterMs, LEAST_SLICE_MS);
    address.queue.charge(work, used);
    this.#count(address, used);
    return isLeft;
  }

  #count(address: AddressTurns, used: number): void {
    if (!address.isQueued) this.#queue.charge(address, used);
    address.usedMs += used;
    this.#usedMs += used;
    this.#served.add(address);
    this.#schedule();
  }

  #enqueue(address: AddressTurns, work: Work): void {
    work.isQueued = true;
    address.queue.add(work);
    this.#enqueueAddress(address);
  }

  #enqueueAddress(address: AddressTurns): void {
    if (address.isQueued || address.queue.size === 0) return;
    address.isQueued = true;
    this.#queue.add(address);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#turn);
  }

  /** Comes after everything that has arrived in this turn of the event loop. */
  readonly #turn = (): void => {
    this.#isScheduled = false;
    this.#beginTurn();
    if (this.#isCrowd && performance.now() - this.#servedAt >= ACCEPTING_MS) this.#turnMs = ACCEPTING_TURN_MS;
    while (this.#usedMs < this.#turnMs) {
      const address = this.#queue.take();
      if (address === undefined) break;
      address.isQueued = false;
      const work = address.queue.take();
      if (work !== undefined) {
        work.isQueued = false;
        if (this.#serve(address, work, SLICE_MS)) this.#enqueue(address, work);
      }
      this.#enqueueAddress(address);
    }
    this.#endTurn();
    if (this.#queue.size > 0) this.#schedule();
  };

  /** What has been served at once so far was the last turn's, and what arrives next is another's. */
  #beginTurn(): void {
    for (const address of this.#served) address.usedMs = 0;
    this.#served.clear();
    this.#usedMs = 0;
  }

  #endTurn(): void {
    this.#beginTurn();
    if (this.#turnMs > 0) this.#servedAt = performance.now();
    this.#turnsAccepting = this.#hasAccepted ? this.#turnsAccepting + 1 : 0;
    this.#hasAccepted = false;
    this.#turnMs = this.#isCrowd ? 0 : TURN_MS;
  }

  /** Whether more connections are expected behind those that were accepted. */
  get #isCrowd(): boolean {
    return this.#turnsAccepting >= CROWD_TURNS;
  }
}
