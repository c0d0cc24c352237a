import type { ClientAccount } from "../client/client-account.ts";
import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit, overRange } from "../over-limit.ts";
import { Admission } from "./admission.ts";
import { EmptyRooms } from "./empty-rooms.ts";
import { OperatorPasswords } from "./operator-password.ts";
import type { RoomAddresses } from "./room-addresses.ts";
import { RoomPassword } from "./room-password.ts";
import { Room } from "./room.ts";

/** Gives the addresses for a new room; undefined when there are none left. */
export type OpenAddresses = (name: string) => RoomAddresses | undefined;

/** All rooms. A room comes into being with its first session and goes with its last machine. */
export class RoomDirectory {
  /** Who may enter a room that has a password. */
  readonly admission = new Admission();
  readonly #openAddresses: OpenAddresses;
  readonly #limits: BridgeLimits;
  readonly #passwords: OperatorPasswords;
  readonly #rooms = new Map<string, Room>();
  readonly #empty = new EmptyRooms();

  constructor(openAddresses: OpenAddresses, limits: BridgeLimits, passwords = new OperatorPasswords()) {
    this.#openAddresses = openAddresses;
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

  /** The room with this name, which the caller has to `leave`. `account`: of the client, which opens it when it is not there. */
  enter(name: string, account: ClientAccount): Room | LimitFailure {
    const room = this.#rooms.get(name) ?? this.#open(name, account);
    if (!(room instanceof Room)) return room;
    this.#empty.delete(room);
    room.enter();
    return room;
  }

  /** Forgets all rooms; no session may be left. */
  close(): void {
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  #open(name: string, account: ClientAccount): Room | LimitFailure {
    const tooFast = account.take("newRooms");
    if (tooFast !== undefined) return tooFast;
    const refusal = account.refusal("rooms");
    if (refusal !== undefined && !this.#makeRoom(this.#empty.firstOf(account))) return refusal;
    const count = this.#rooms.size;
    if (count >= this.#limits.rooms && !this.#makeRoom(this.#empty.first())) {
      return overLimit("rooms", `The bridge has ${count} rooms, which is the most it takes. Use a room that exists, or try later.`);
    }
    const addresses = this.#openAddresses(name) ?? (this.#makeRoom(this.#empty.first()) ? this.#openAddresses(name) : undefined);
    if (addresses === undefined) return overRange(`The bridge has ${count} rooms, and no addresses for another one. Use a room that exists, or try later.`);
    const room = new Room(name, {
      password: new RoomPassword(this.#passwords.of(name)),
      addresses,
      limits: this.#limits,
      owner: account,
      onNobodyIn: () => this.#emptied(room),
      onUnused: () => {
        this.#close(room);
        // Nothing of it is left, not even a place that is kept: it may be opened again.
        account.giveBack("newRooms");
      },
    });
    this.#rooms.set(name, room);
    return room;
  }

  #emptied(room: Room): void {
    this.#makeRoom(this.#empty.add(room));
  }

  /** Closes an empty room for another. */
  #makeRoom(room: Room | undefined): boolean {
    if (room !== undefined) this.#close(room);
    return room !== undefined;
  }

  #close(room: Room): void {
    this.#empty.delete(room);
    this.#rooms.delete(room.name);
    room.close();
  }
}
