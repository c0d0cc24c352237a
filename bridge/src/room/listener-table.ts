import { type IpAddress, WILDCARD } from "@playground/tcp";
import type { Machine } from "./machine.ts";

/** A port that a script of the room listens on. */
export interface ListenerEntry {
  readonly machine: Machine;
  /** The address really bound. */
  readonly address: string;
  readonly port: number;
  /** Only the machine itself may connect. */
  readonly isPrivate: boolean;
  /** The script asked for every address. */
  readonly isWildcard: boolean;
}

/** What the scripts of one room listen on: the only places inside the room that can be connected to. */
export class ListenerTable {
  readonly #entries = new Map<string, ListenerEntry>();
  readonly #byMachine = new Map<Machine, Set<ListenerEntry>>();
  readonly #byMachineAndPort = new Map<string, Set<ListenerEntry>>();
  /** Those that asked for every address, by port. */
  readonly #wildcards = new Map<number, Set<ListenerEntry>>();
  readonly #onChange: (machine: Machine) => void;

  /** `onChange` is told whenever a machine listens on another port, or on one less. */
  constructor(onChange: (machine: Machine) => void) {
    this.#onChange = onChange;
  }

  add(entry: ListenerEntry): void {
    this.#entries.set(key(entry.address, entry.port), entry);
    addTo(this.#byMachine, entry.machine, entry);
    addTo(this.#byMachineAndPort, machineKey(entry.machine, entry.port), entry);
    if (entry.isWildcard) addTo(this.#wildcards, entry.port, entry);
    this.#onChange(entry.machine);
  }

  delete(entry: ListenerEntry): void {
    this.#entries.delete(key(entry.address, entry.port));
    deleteFrom(this.#byMachine, entry.machine, entry);
    deleteFrom(this.#byMachineAndPort, machineKey(entry.machine, entry.port), entry);
    if (entry.isWildcard) deleteFrom(this.#wildcards, entry.port, entry);
    this.#onChange(entry.machine);
  }

  /** What this machine listens on, in the order in which it began. */
  of(machine: Machine): Iterable<ListenerEntry> {
    return this.#byMachine.get(machine) ?? [];
  }

  /** What this machine listens on with this port, whatever the address. */
  ofMachineAt(machine: Machine, port: number): ListenerEntry | undefined {
    const [first] = this.#byMachineAndPort.get(machineKey(machine, port)) ?? [];
    return first;
  }

  /** Listens on just this address. */
  at(address: string, port: number): ListenerEntry | undefined {
    return this.#entries.get(key(address, port));
  }

  /** Listens on every address of the bridge's machine of this family: a listener on `::` has none of IPv4. */
  everywhere(family: 4 | 6, port: number): ListenerEntry | undefined {
    return this.at(WILDCARD[family], port);
  }

  /**
   * What a script reaches as its own machine where all machines share the bridge's: at the loopback address that
   * it named, or anywhere on loopback when it named none (`localhost`, `0.0.0.0`).
   */
  onLoopback(address: IpAddress | undefined, port: number): ListenerEntry | undefined {
    if (address !== undefined) {
      const found = this.at(address.text, port) ?? this.everywhere(address.family, port);
      return found ?? (address.text === "127.0.0.1" || address.text === "::1" ? this.#cutDown(address.family, port) : undefined);
    }
    const exact = this.at("127.0.0.1", port) ?? this.at("::1", port);
    return exact ?? this.everywhere(4, port) ?? this.everywhere(6, port) ?? this.#cutDown(undefined, port);
  }

  /** Asked to listen everywhere, but the bridge let it have one address only. */
  #cutDown(family: 4 | 6 | undefined, port: number): ListenerEntry | undefined {
    for (const entry of this.#wildcards.get(port) ?? []) {
      if (family === undefined || family === (entry.address.includes(":") ? 6 : 4)) return entry;
    }
    return undefined;
  }

  get size(): number {
    return this.#entries.size;
  }

  values(): Iterable<ListenerEntry> {
    return this.#entries.values();
  }
}

function key(address: string, port: number): string {
  return `${address} ${port}`;
}

function machineKey({ id }: Machine, port: number): string {
  return `${id} ${port}`;
}

function addTo<Key>(sets: Map<Key, Set<ListenerEntry>>, at: Key, entry: ListenerEntry): void {
  const set = sets.get(at);
  if (set === undefined) sets.set(at, new Set([entry]));
  else set.add(entry);
}

function deleteFrom<Key>(sets: Map<Key, Set<ListenerEntry>>, at: Key, entry: ListenerEntry): void {
  const set = sets.get(at);
  set?.delete(entry);
  if (set?.size === 0) sets.delete(at);
}
