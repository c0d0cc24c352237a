import type { NetworkFailure } from "@playground/network";
import type { ClientAccount } from "../client/client-account.ts";
import { ADDRESS_LEASE_MS, type BridgeLimits } from "../limits.ts";
import type { RoomAddresses } from "./room-addresses.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import { ListenerTable } from "./listener-table.ts";
import { defaultMachineName } from "./machine-name.ts";
import { MachineNames } from "./machine-names.ts";
import { Machine } from "./machine.ts";
import type { RoomPassword } from "./room-password.ts";
import { RoomPresence } from "./room-presence.ts";
import { Stay } from "./stay.ts";

/** What a room is made of. */
export interface RoomDetails {
  readonly password: RoomPassword;
  readonly addresses: RoomAddresses;
  readonly limits: BridgeLimits;
  /** Of the client that opens it. */
  readonly owner: ClientAccount;
  /** The last session has left, and places are kept for machines that may come back. */
  readonly onNobodyIn: () => void;
  /** The last session has left, and no machine has a place any more. */
  readonly onUnused: () => void;
}

/** A named place that pages meet in. Knows its machines and what they listen on; sockets are the sessions' matter. */
export class Room {
  readonly name: string;
  readonly listeners = new ListenerTable((machine) => this.presence.changed(machine));
  readonly password: RoomPassword;
  readonly presence: RoomPresence = new RoomPresence(this);
  readonly #addresses: RoomAddresses;
  readonly #limits: BridgeLimits;
  readonly #onNobodyIn: () => void;
  readonly #onUnused: () => void;
  /** While there are sessions. */
  readonly #stay = new Stay();
  #owner: ClientAccount;
  /** How many machines each client address has here. */
  readonly #counts = new Map<ClientAccount, number>();
  readonly #machines = new Map<string, Machine>();
  readonly #names = new MachineNames();
  /** Machines whose clients have a token, in the order in which they came: the first is the keeper. */
  readonly #withToken = new Set<Machine>();
  /** How many machines have each address. */
  readonly #addressCounts = new Map<string, number>();
  #machinesEver = 0;
  /** Sessions that are open, those without a machine yet included. */
  #sessions = 0;

  constructor(name: string, { password, addresses, limits, owner, onNobodyIn, onUnused }: RoomDetails) {
    this.name = name;
    this.password = password;
    this.#addresses = addresses;
    this.#limits = limits;
    this.#owner = owner;
    this.#onNobodyIn = onNobodyIn;
    this.#onUnused = onUnused;
    owner.add("rooms");
  }

  /** Among whose rooms it counts: who opened it, for as long as they have a place in it, and then another who has. */
  get owner(): ClientAccount {
    return this.#owner;
  }

  /** How long there were sessions in it, ms. */
  get livedInMs(): number {
    return this.#stay.ms;
  }

  /** Machines of the room, those whose address is only kept for them included. */
  get machineCount(): number {
    return this.#machines.size;
  }

  /** Whether a machine of the room has this address. */
  hasAddress(address: string): boolean {
    return this.#addressCounts.has(address);
  }

  /** Whether the machine with this key is in the room, or its place is kept for it. */
  hasMachine(key: string): boolean {
    return this.#machines.has(key);
  }

  /** The machine that a host name means, in ASCII and lower case: its name, alone or as `<name>.zone.internal`. */
  machineCalled(host: string): Machine | undefined {
    return this.#names.get(host);
  }

  /** The machine that has this name, or one that is taken for it. */
  holderOf(name: string): Machine | undefined {
    return this.#names.holder(name);
  }

  /** In the order in which they came. */
  machines(): Iterable<Machine> {
    return this.#machines.values();
  }

  /** The machine that has been there longest of those that come back as themselves: it may set the password. None where the operator has. */
  get keeper(): Machine | undefined {
    if (this.password.isFixed) return undefined;
    const [first] = this.#withToken;
    return first;
  }

  /** Gives a machine another name, a good one; false when another machine of the room has it, or one that is taken for it. */
  rename(machine: Machine, name: string): boolean {
    const holder = this.#names.holder(name);
    if (holder !== undefined && holder !== machine) return false;
    if (machine.name === name) return true;
    this.#names.remove(machine.name);
    this.#names.add(name, machine);
    machine.name = name;
    this.presence.changed(machine);
    return true;
  }

  /** Sets the password for whoever enters from now on, or with an empty text takes it away. `path`: see `RoomPassword.set`. */
  async setPassword(password: string, path?: readonly string[]): Promise<void> {
    if (await this.password.set(password, path)) this.presence.passwordChanged();
  }

  /** A session has come into the room. */
  enter(): void {
    this.#sessions += 1;
    this.#stay.begin();
  }

  /** The session has gone, after giving its machine back. */
  leave(): void {
    this.#sessions -= 1;
    if (this.#sessions > 0) return;
    this.#stay.end();
    if (this.#machines.size > 0) this.#onNobodyIn();
    else this.#onUnused();
  }

  /**
   * Gives a session its machine: the one that had this key before, with the same address, or a new one.
   * Every call that succeeds takes a `releaseMachine`. `hasToken`: the key is a client's token. `account`: of the client.
   */
  takeMachine(key: string, hasToken: boolean, account: ClientAccount): Machine | NetworkFailure {
    const machine = this.#machines.get(key) ?? this.#newMachine(key, hasToken, account);
    if (!(machine instanceof Machine)) return machine;
    if (machine.sessions >= this.#limits.sessionsPerMachine) {
      return overLimit("sessionsPerMachine", `This page has ${machine.sessions} programs connected, which is the most the bridge takes. Stop some of them.`);
    }
    clearTimeout(machine.lease);
    machine.sessions += 1;
    machine.stay.begin();
    if (machine.sessions === 1) this.presence.changed(machine);
    return machine;
  }

  /** A session is done with its machine. `keep`: whether the address stays reserved for a while. */
  releaseMachine(machine: Machine, keep: boolean): void {
    machine.sessions -= 1;
    if (machine.sessions > 0) return;
    machine.stay.end();
    this.presence.changed(machine);
    if (!keep) {
      this.#forget(machine);
      return;
    }
    machine.lease = setTimeout(() => this.#forget(machine), ADDRESS_LEASE_MS);
    machine.lease.unref();
  }

  /** Gives everything back; no session may be left. */
  close(): void {
    for (const machine of this.#machines.values()) {
      clearTimeout(machine.lease);
      machine.account.release("machines");
    }
    this.#machines.clear();
    this.#owner.release("rooms");
    this.#names.clear();
    this.#withToken.clear();
    this.#addressCounts.clear();
    this.presence.close();
    this.#addresses.close();
  }

  #newMachine(key: string, hasToken: boolean, account: ClientAccount): Machine | NetworkFailure {
    const refusal = account.take("newMachines") ?? this.#placeRefusal(account);
    if (refusal !== undefined) return refusal;
    const address = this.#addresses.take();
    if (address === undefined) return this.#fullness;
    this.#machinesEver += 1;
    const name = defaultMachineName(address, this.hasAddress(address), this.#machinesEver, (candidate) => this.holderOf(candidate) !== undefined);
    const machine = new Machine({ key, address, id: this.#machinesEver, name, hasToken, account });
    this.#machines.set(key, machine);
    this.#count(account, 1);
    this.#names.add(name, machine);
    this.#addressCounts.set(address, (this.#addressCounts.get(address) ?? 0) + 1);
    if (hasToken) this.#withToken.add(machine);
    return machine;
  }

  /** Whether there is a place for one more machine of this address; makes one by giving up one that the address has here for a machine that is away. */
  #placeRefusal(account: ClientAccount): LimitFailure | undefined {
    const isFull = this.#machines.size >= this.#limits.machinesPerRoom;
    const refusal = isFull
      ? this.#fullness
      : (account.refusalAt("machinesPerRoom", this.#counts.get(account.network ?? account) ?? 0) ?? account.refusal("machines"));
    return refusal === undefined || this.#giveUpPlaceOf(account) ? undefined : refusal;
  }

  get #fullness(): LimitFailure {
    return overLimit("machinesPerRoom", `This room is full: it has ${this.#machines.size} machines. Use another room, or ask someone to leave.`, "room-full");
  }

  /**
   * Forgets a machine of this address that is away, the one that was here for the shortest time; false when there is none. Whoever
   * came from another address keeps their place, and the keeper does as long as there is anybody else to give one up: strangers
   * that fill a room cannot take it over.
   */
  #giveUpPlaceOf(account: ClientAccount): boolean {
    const { keeper } = this;
    let least: Machine | undefined;
    let isAnybodyHere = false;
    for (const machine of this.#machines.values()) {
      if (machine.sessions > 0) isAnybodyHere = true;
      else if (machine !== keeper && machine.account === account && (least === undefined || machine.stay.ms < least.stay.ms)) least = machine;
    }
    if (least === undefined && !isAnybodyHere && keeper?.account === account) least = keeper;
    if (least !== undefined) this.#forget(least);
    return least !== undefined;
  }

  /** So many more machines of an address, or less. A network of IPv6 counts as one address here: a room is small. */
  #count(account: ClientAccount, more: number): void {
    account.add("machines", more);
    const whole = account.network ?? account;
    const count = (this.#counts.get(whole) ?? 0) + more;
    if (count > 0) this.#counts.set(whole, count);
    else this.#counts.delete(whole);
  }

  /** The room counts among those of an address that has a place in it, if there is any. */
  #findOwner(): void {
    const [first] = this.#machines.values();
    if (first === undefined || this.#counts.has(this.#owner.network ?? this.#owner)) return;
    this.#owner.release("rooms");
    this.#owner = first.account;
    this.#owner.add("rooms");
  }

  #forget(machine: Machine): void {
    clearTimeout(machine.lease);
    const wasKeeper = this.keeper === machine;
    this.#machines.delete(machine.key);
    this.#names.remove(machine.name);
    this.#withToken.delete(machine);
    const left = (this.#addressCounts.get(machine.address) ?? 1) - 1;
    if (left === 0) this.#addressCounts.delete(machine.address);
    else this.#addressCounts.set(machine.address, left);
    const keeper = wasKeeper ? this.keeper : undefined;
    if (keeper !== undefined) this.presence.changed(keeper);
    this.#addresses.release(machine.address);
    this.#count(machine.account, -1);
    this.#findOwner();
    if (this.#sessions === 0 && this.#machines.size === 0) this.#onUnused();
  }
}
