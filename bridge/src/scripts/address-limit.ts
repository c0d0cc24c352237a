import { addressGroup } from "../client/address-group.ts";
import { RateLimit } from "../rate-limit.ts";

/** Addresses that are remembered: the one that was quiet for longest is forgotten first, and begins anew. */
const MAX_ADDRESSES = 10_000;

/** A token bucket for each client address. */
export class AddressLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, RateLimit>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Takes one token of an address; false when it has none. */
  take(address: string): boolean {
    const key = addressGroup(address);
    const bucket = this.#buckets.get(key) ?? new RateLimit(this.#perSecond, this.#burst);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MAX_ADDRESSES) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.take();
  }

  /** Gives a token of an address back that turned out not to be needed. */
  giveBack(address: string): void {
    this.#buckets.get(addressGroup(address))?.giveBack();
  }
}
