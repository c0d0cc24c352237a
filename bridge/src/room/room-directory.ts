import type { NetworkFailure } from "@playground/wire";
import type { BridgeLimits } from "../limits.ts";
import type { ScriptNetwork } from "../network/script-network.ts";
import { overLimit } from "../over-limit.ts";
import { Admission } from "./admission.ts";
import { OperatorPasswords } from "./operator-password.ts";
import { RoomPassword } from "./room-password.ts";
import { Room } from "./room.ts";

/** All rooms. A room comes into being with its first session and goes with its last machine. */
export class RoomDirectory {
  /** Who may enter a room that has a password. */
  readonly admission = new Admission();
  readonly #network: ScriptNetwork;
  readonly #limits: BridgeLimits;
  readonly #passwords: OperatorPasswords;
  readonly #rooms = new Map<string, Room>();

  constructor(network: ScriptNetwork, limits: BridgeLimits, passwords = new OperatorPasswords()) {
    this.#network = network;
    this.#limits = limits;
    this.#passwords = passwords;
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** Machines of all rooms, those whose address is only kept for them included. */
  get machineCount(): number {
    let sum = 0;
    for (const room of this.#rooms.values()) sum += room.machineCount;
    return sum;
  }

  /** The room with this name, which the caller has to `leave`. */
  enter(name: string): Room | NetworkFailure {
    const room = this.#rooms.get(name) ?? this.#open(name);
    if (room instanceof Room) room.enter();
    return room;
  }

  /** Forgets all rooms; no session may be left. */
  close(): void {
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  #open(name: string): Room | NetworkFailure {
    const isFull = this.#rooms.size >= this.#limits.rooms;
    const addresses = isFull ? undefined : this.#network.openRoom(name);
    if (addresses === undefined) {
      return overLimit("rooms", `The bridge has ${this.#rooms.size} rooms, which is the most it takes. Use a room that exists, or try later.`);
    }
    const room = new Room(name, new RoomPassword(this.#passwords.of(name)), addresses, this.#limits, (empty) => {
      this.#rooms.delete(empty.name);
      empty.close();
    });
    this.#rooms.set(name, room);
    return room;
  }
}
