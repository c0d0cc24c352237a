import { endpointText, type NetworkFailure } from "@playground/network";
import {
  type Cidr,
  cidrContains,
  failure,
  type IpAddress,
  isLocalhost,
  isWildcardAddress,
  LOOPBACK_OF_HOST,
  LOOPBACK_V4,
  notAnAddress,
  parseTarget,
  WILDCARD,
} from "@playground/tcp";
import type { AllowList } from "../policy/allow-list.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";
import { nothingListens, portOfPage, refuse, routeToAddress, routeToName } from "./outside.ts";
import type { Binding, Route, ScriptNetwork } from "./script-network.ts";
import type { RoomAddresses } from "../room/room-addresses.ts";
import { SubnetPool } from "./subnet-pool.ts";

/** Whether an address is one that rooms have, of this bridge or of another one on this machine. */
export function isOfRooms(address: IpAddress): boolean {
  return cidrContains(LOOPBACK_V4, address) && !cidrContains(LOOPBACK_OF_HOST, address);
}

/** In a script these mean: my own machine. */
const OWN_MACHINE = new Set(["127.0.0.1", "::1", WILDCARD[4], WILDCARD[6]]);

/**
 * Every room is a LAN on loopback: a subnet 127.x.y.0/24 of its own and an address in it for every
 * machine. Works where all of 127.0.0.0/8 is loopback, which is Linux.
 *
 * The operating system would deliver a connection to any address of 127.0.0.0/8 to whatever listens on
 * 0.0.0.0 of the host. So a connection inside the room is made only to what scripts of the room listen on.
 */
export class LanNetwork implements ScriptNetwork {
  readonly mode = "lan";
  readonly #allowList: AllowList;
  readonly #subnets: SubnetPool;
  readonly #isTaken: (port: number) => boolean;

  /**
   * `range`: where the rooms' subnets come from. `pages`: addresses at which the page can be opened, which are in no room's subnet.
   * `isTaken`: whether the bridge itself has a port at every address of this machine, those of rooms included.
   */
  constructor(allowList: AllowList, range?: Cidr, pages: readonly IpAddress[] = [], isTaken: (port: number) => boolean = () => false) {
    this.#subnets = new SubnetPool(range, pages);
    this.#allowList = allowList;
    this.#isTaken = isTaken;
  }

  /** Whether there is a subnet for a room at all. */
  get hasRooms(): boolean {
    return this.#subnets.hasAny;
  }

  isForScripts(address: IpAddress): boolean {
    return this.#subnets.contains(address);
  }

  openRoom(name: string): RoomAddresses | undefined {
    return this.#subnets.take(name);
  }

  bindingFor(machine: Machine, address: string, port: number): Binding {
    const target = parseTarget(address);
    if (target === undefined) return refuse(notAnAddress(address));
    if (this.#isTaken(port)) return refuse(portOfPage(port));
    const text = target.kind === "name" ? target.name : target.address.text;
    if (isLocalhost(text) || text === "127.0.0.1" || text === "::1") {
      return { kind: "bind", address: machine.address, isPrivate: true, isWildcard: false, mayHave };
    }
    if (isWildcardAddress(text) || text === machine.address) {
      return { kind: "bind", address: machine.address, isPrivate: false, isWildcard: isWildcardAddress(text), mayHave };
    }
    return refuse(
      failure(
        "address-not-ours",
        `${JSON.stringify(address)} is not an address of this machine, which is ${machine.address}. Listen on "0.0.0.0", or leave the address out.`,
      ),
    );
  }

  routeFor(room: Room, machine: Machine, host: string, port: number): Route {
    const target = parseTarget(host);
    if (target === undefined) return refuse(notAnAddress(host));
    if (target.kind === "address") return this.#routeToAddress(room, machine, target.address, port);
    if (isLocalhost(target.name)) return routeInRoom(room, machine, machine.address, port, host);
    const named = room.machineCalled(target.name);
    if (named !== undefined) return routeInRoom(room, machine, named.address, port, named.name);
    return routeToName(this.#allowList, room, machine, target.name, port, machine.address);
  }

  #routeToAddress(room: Room, machine: Machine, address: IpAddress, port: number): Route {
    if (OWN_MACHINE.has(address.text)) return routeInRoom(room, machine, machine.address, port, address.text);
    if (!cidrContains(LOOPBACK_V4, address)) return routeToAddress(this.#allowList, address, port);
    if (room.hasAddress(address.text)) return routeInRoom(room, machine, address.text, port, address.text);
    if (!isOfRooms(address)) return routeToAddress(this.#allowList, address, port);
    return sameSubnet(address.text, machine.address)
      ? refuse(failure("host-unreachable", `No machine in this room has the address ${address.text}.`))
      : refuse(anotherRoom(address.text, port));
  }
}

function routeInRoom(room: Room, from: Machine, address: string, port: number, asked: string): Route {
  const listener = room.listeners.at(address, port);
  if (listener === undefined || (listener.isPrivate && listener.machine !== from)) return refuse(nothingListens(asked, port));
  return { kind: "dial", to: { address, port, localAddress: from.address, listener } };
}

/** The page cannot be opened at an address of a room, so that every port there is the scripts'. */
function mayHave(): boolean {
  return true;
}

function sameSubnet(a: string, b: string): boolean {
  return a.slice(0, a.lastIndexOf(".")) === b.slice(0, b.lastIndexOf("."));
}

function anotherRoom(address: string, port: number): NetworkFailure {
  return failure("not-allowed", `${endpointText(address, port)} is not in this room, and one room cannot connect into another.`);
}
