import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import type { ClientAccount } from "./client-account.ts";
import type { HeldName } from "../shares.ts";

/** What a kind of place is limited by. */
export interface PlaceLimits {
  /** The share of an address. */
  readonly share: HeldName;
  /** The limit of the process. */
  readonly limit: keyof BridgeLimits;
  /** What a client is told when the process has no place, and nobody can give way. */
  readonly sentence: (limit: number) => string;
  /** Time for which one that is being served keeps its place whatever happens, ms. */
  readonly servedMs: number;
}

/** The places of one address: those whose client is being waited for, and those that are being served, each the oldest first. */
interface Places {
  readonly waiting: Set<Place>;
  readonly served: Set<Place>;
}

/** A place that is taken. Whoever waits for the client may have to give way to another. */
export interface Place {
  /** It is the client's turn: what it does next is waited for. */
  wait(): void;
  /** What the client asked for is being done. */
  serve(): void;
  /** The place is free again. May be called more than once. */
  leave(): void;
}

/**
 * Places of one kind (handshakes, connections, bodies of requests) that a client holds for as long as it likes by doing nothing.
 * So nobody is refused because others do nothing: at its share, an address's newcomer takes the place of what has waited longest
 * for a client of the same address; when the process has no place, the address with most of them gives one up.
 */
export class WaitingPlaces {
  readonly #limits: BridgeLimits;
  readonly #kind: PlaceLimits;
  readonly #byAccount = new Map<ClientAccount, Places>();
  #count = 0;

  constructor(limits: BridgeLimits, kind: PlaceLimits) {
    this.#limits = limits;
    this.#kind = kind;
  }

  /** Places that are taken. */
  get size(): number {
    return this.#count;
  }

  /** Takes a place, which begins as one that waits. `giveWay` is told, at most once, that it was given to another; the place is left then. */
  take(account: ClientAccount, giveWay: (refusal: LimitFailure) => void): Place | LimitFailure {
    const refusal = account.refusal(this.#kind.share);
    if (refusal !== undefined && !this.#makeRoomAt(account, refusal)) return refusal;
    const max = this.#limits[this.#kind.limit];
    if (this.#count >= max) {
      const isFull = overLimit(this.#kind.limit, this.#kind.sentence(max));
      const most = this.#placesOfMost(() => true);
      if (most === undefined || !this.#displace(most, isFull)) return isFull;
    }
    return this.#add(account, giveWay);
  }

  #add(account: ClientAccount, giveWay: (refusal: LimitFailure) => void): Place {
    const places = this.#byAccount.get(account) ?? { waiting: new Set(), served: new Set() };
    this.#byAccount.set(account, places);
    account.add(this.#kind.share);
    this.#count += 1;
    const place = new TakenPlace(places, giveWay, () => {
      account.release(this.#kind.share);
      this.#count -= 1;
      if (places.waiting.size + places.served.size === 0) this.#byAccount.delete(account);
    });
    place.wait();
    return place;
  }

  /** An address of IPv6 may be refused because of others in its network: then the one of them with most gives way. */
  #makeRoomAt(account: ClientAccount, refusal: LimitFailure): boolean {
    const own = this.#byAccount.get(account);
    if (own !== undefined && this.#displace(own, refusal)) return account.refusal(this.#kind.share) === undefined;
    const { network } = account;
    const most = network && this.#placesOfMost((other) => other.network === network);
    return most !== undefined && this.#displace(most, refusal) && account.refusal(this.#kind.share) === undefined;
  }

  #placesOfMost(isMeant: (account: ClientAccount) => boolean): Places | undefined {
    let most: Places | undefined;
    for (const [account, places] of this.#byAccount) if (isMeant(account) && (most === undefined || sizeOf(places) > sizeOf(most))) most = places;
    return most;
  }

  #displace({ waiting, served }: Places, refusal: LimitFailure): boolean {
    const [longest] = waiting as Set<TakenPlace>;
    const [slowest] = served as Set<TakenPlace>;
    const victim = longest ?? (slowest !== undefined && slowest.ageMs >= this.#kind.servedMs ? slowest : undefined);
    victim?.giveWay(refusal);
    return victim !== undefined;
  }
}

function sizeOf({ waiting, served }: Places): number {
  return waiting.size + served.size;
}

class TakenPlace implements Place {
  readonly #places: Places;
  readonly #giveWay: (refusal: LimitFailure) => void;
  readonly #onLeft: () => void;
  #since = performance.now();
  #isLeft = false;

  constructor(places: Places, giveWay: (refusal: LimitFailure) => void, onLeft: () => void) {
    this.#places = places;
    this.#giveWay = giveWay;
    this.#onLeft = onLeft;
  }

  /** Time since it last began to wait or to be served, ms. */
  get ageMs(): number {
    return performance.now() - this.#since;
  }

  wait(): void {
    this.#moveTo(this.#places.waiting, this.#places.served);
  }

  serve(): void {
    this.#moveTo(this.#places.served, this.#places.waiting);
  }

  leave(): void {
    if (this.#isLeft) return;
    this.#isLeft = true;
    this.#places.waiting.delete(this);
    this.#places.served.delete(this);
    this.#onLeft();
  }

  /** Leaves the place to another. */
  giveWay(refusal: LimitFailure): void {
    this.leave();
    this.#giveWay(refusal);
  }

  #moveTo(to: Set<Place>, from: Set<Place>): void {
    if (this.#isLeft) return;
    from.delete(this);
    to.delete(this);
    to.add(this);
    this.#since = performance.now();
  }
}
