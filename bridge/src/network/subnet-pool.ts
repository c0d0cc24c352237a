import { createHash } from "node:crypto";
import type { RoomAddresses } from "./script-network.ts";

/** Subnets 127.1.0.0/24 to 127.255.255.0/24; 127.0.x.y stays the host's own. */
const SUBNET_COUNT = 255 * 256;

/** Machines in a subnet: .1 to .254, the ends being the network and the broadcast address. */
const LAST_MACHINE = 254;

/** Hands out a /24 of loopback to each room. */
export class SubnetPool {
  readonly #taken = new Set<number>();

  /**
   * A subnet for the room. The room's name chooses it, so that a room tends to get the same one again, also
   * after a restart; the next free one is taken when two names choose alike. Undefined when none is free.
   */
  take(roomName: string): RoomAddresses | undefined {
    if (this.#taken.size >= SUBNET_COUNT) return undefined;
    let index = createHash("sha256").update(roomName).digest().readUInt32BE(0) % SUBNET_COUNT;
    while (this.#taken.has(index)) index = (index + 1) % SUBNET_COUNT;
    this.#taken.add(index);
    return new Subnet(`127.${1 + (index >> 8)}.${index & 0xff}`, () => this.#taken.delete(index));
  }
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
