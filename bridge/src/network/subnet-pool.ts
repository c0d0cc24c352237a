import { createHash } from "node:crypto";
import { type Cidr, cidrContains, type IpAddress, LOOPBACK_V4 } from "@playground/tcp";
import type { RoomAddresses } from "../room/room-addresses.ts";

/** The first subnet of 127.0.0.0/8 that a room may have, counted in /24s: 127.0.x.y stays the host's own. */
const FIRST_SUBNET = 256;

/** Bits of the addresses that all machines of a room share. */
const SUBNET_PREFIX = 24;

/** Machines in a subnet: .1 to .254, the ends being the network and the broadcast address. */
const LAST_MACHINE = 254;

/** Hands out a /24 of loopback to each room. */
export class SubnetPool {
  readonly #first: number;
  readonly #count: number;
  /** Subnets that a room has, and those that none may have. */
  readonly #taken = new Set<number>();
  readonly #reserved = new Set<number>();

  /**
   * Subnets 127.1.0.0/24 to 127.255.255.0/24 unless told otherwise.
   *
   * @param range lies in 127.0.0.0/8, outside 127.0.0.0/16, or is all of it; at least one /24
   * @param reserved addresses whose subnets no room gets
   */
  constructor(range: Cidr = LOOPBACK_V4, reserved: readonly IpAddress[] = []) {
    const first = subnetOf(range.network);
    this.#first = Math.max(first, FIRST_SUBNET);
    this.#count = first + 2 ** (SUBNET_PREFIX - range.prefix) - this.#first;
    for (const address of reserved) if (this.#isInRange(address)) this.#reserved.add(subnetOf(address) - this.#first);
    for (const index of this.#reserved) this.#taken.add(index);
  }

  /** Whether a room can have a subnet at all. */
  get hasAny(): boolean {
    return this.#count > this.#reserved.size;
  }

  /** Whether the address is one that a machine of a room has, or may get. */
  contains(address: IpAddress): boolean {
    return this.#isInRange(address) && !this.#reserved.has(subnetOf(address) - this.#first);
  }

  #isInRange(address: IpAddress): boolean {
    const index = subnetOf(address) - this.#first;
    return cidrContains(LOOPBACK_V4, address) && index >= 0 && index < this.#count;
  }

  /**
   * A subnet for the room. The room's name chooses it, so that a room tends to get the same one again, also
   * after a restart; the next free one is taken when two names choose alike. Undefined when none is free.
   */
  take(roomName: string): RoomAddresses | undefined {
    if (this.#taken.size >= this.#count) return undefined;
    let index = createHash("sha256").update(roomName).digest().readUInt32BE(0) % this.#count;
    while (this.#taken.has(index)) index = (index + 1) % this.#count;
    this.#taken.add(index);
    const subnet = this.#first + index;
    return new Subnet(`127.${subnet >> 8}.${subnet & 0xff}`, () => this.#taken.delete(index));
  }
}

/** The number of the /24 of 127.0.0.0/8 that an address lies in. */
function subnetOf({ bytes }: IpAddress): number {
  return (bytes[1] ?? 0) * 256 + (bytes[2] ?? 0);
}

class Subnet implements RoomAddresses {
  readonly #prefix: string;
  readonly #onClose: () => void;
  readonly #taken = new Set<string>();

  constructor(prefix: string, onClose: () => void) {
    this.#prefix = prefix;
    this.#onClose = onClose;
  }

  take(): string | undefined {
    for (let number = 1; number <= LAST_MACHINE; number += 1) {
      const address = `${this.#prefix}.${number}`;
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return address;
    }
    return undefined;
  }

  release(address: string): void {
    this.#taken.delete(address);
  }

  close(): void {
    this.#onClose();
  }
}
