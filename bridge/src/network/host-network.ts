import { endpointText } from "@playground/network";
import {
  failure,
  HOST_MACHINE_NAME,
  type IpAddress,
  isLocalhost,
  isLoopback,
  isOwnAddress,
  isWildcardAddress,
  nameToListenOn,
  notAnAddress,
  notOurAddress,
  parseTarget,
  reachableAddress,
  WILDCARD,
} from "@playground/tcp";
import type { AllowList } from "../policy/allow-list.ts";
import type { LocalPorts } from "../policy/local-ports.ts";
import type { ListenerEntry } from "../room/listener-table.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";
import { nothingListens, portOfPage, refuse, routeToAddress, routeToHostMachine, routeToName } from "./outside.ts";
import type { Binding, Route, ScriptNetwork } from "./script-network.ts";
import type { RoomAddresses } from "../room/room-addresses.ts";

/**
 * Scripts share the addresses of the bridge's machine and its one space of ports. They may listen no
 * further away than the bridge itself does, and reach what scripts of their own room listen on.
 *
 * A browser takes whatever answers at the page's host and port for the page, at any address that the host's name leads to.
 * So no script listens on a port at which the page is opened, on any address: `docs/decisions/018-what-scripts-may-dial.md`.
 */
export class HostNetwork implements ScriptNetwork {
  readonly mode = "host";
  readonly #allowList: AllowList;
  readonly #bridgeAddress: IpAddress;
  readonly #localPorts: LocalPorts;

  /** `bridgeAddress`: what the bridge itself listens on. */
  constructor(allowList: AllowList, bridgeAddress: IpAddress, localPorts: LocalPorts) {
    this.#allowList = allowList;
    this.#bridgeAddress = bridgeAddress;
    this.#localPorts = localPorts;
  }

  openRoom(): RoomAddresses {
    const { text } = this.#bridgeAddress;
    const address = isWildcardAddress(text) ? "127.0.0.1" : text;
    return { take: () => address, release: () => {}, close: () => {} };
  }

  isForScripts(): boolean {
    return false;
  }

  bindingFor(_machine: Machine, address: string, port: number): Binding {
    const target = parseTarget(address);
    if (target === undefined) return refuse(notAnAddress(address));
    if (!this.#mayHave(port)) return refuse(portOfPage(port));
    const bind = (text: string, isWildcard: boolean): Binding => ({ kind: "bind", address: text, isPrivate: false, isWildcard, mayHave: this.#mayHave });
    if (target.kind === "name") {
      if (isLocalhost(target.name)) return bind("127.0.0.1", false);
      return refuse(nameToListenOn(target.name));
    }
    const { text } = target.address;
    if (isWildcardAddress(text)) return bind(this.#widestAddress(target.address), true);
    if (isLoopback(target.address)) return bind(text, false);
    if (!isOwnAddress(target.address)) {
      return refuse(notOurAddress(text));
    }
    if (isWildcardAddress(this.#bridgeAddress.text) || text === this.#bridgeAddress.text) return bind(text, false);
    return refuse(
      failure(
        "not-allowed",
        `The bridge listens on ${this.#bridgeAddress.text} only, so scripts cannot listen on ${text}. Whoever runs the bridge can start it with --host ${text}.`,
      ),
    );
  }

  routeFor(room: Room, machine: Machine, host: string, port: number): Route {
    const target = parseTarget(host);
    if (target === undefined) return refuse(notAnAddress(host));
    if (target.kind === "name" && !isLocalhost(target.name)) {
      const named = room.machineCalled(target.name);
      if (named !== undefined) return routeToMachine(room, named, port);
      const own = target.name === HOST_MACHINE_NAME ? findListener(room, undefined, port) : undefined;
      return own === undefined ? routeToName(this.#allowList, room, machine, target.name, port) : routeToListener(own, undefined);
    }
    // Undefined: this machine, by no particular address.
    const address = target.kind === "name" || isWildcardAddress(target.address.text) ? undefined : target.address;
    const listener = findListener(room, address, port);
    if (listener !== undefined) return routeToListener(listener, address);
    if (address !== undefined && address.text !== "127.0.0.1") return routeToAddress(this.#allowList, address, port);
    const allowed = routeToHostMachine(this.#allowList, port);
    if (allowed.kind === "dial" || this.#localPorts.isPage(port)) return allowed;
    const { code, message } = nothingListens(host, port);
    if (this.#allowList.hostMachineHolder(port) === "script") return refuse(failure(code, message));
    return refuse(failure(code, `${message} A server outside the room takes --allow ${endpointText(HOST_MACHINE_NAME, port)} on the bridge.`));
  }

  readonly #mayHave = (port: number): boolean => !this.#localPorts.isPage(port);

  /** What "every address" comes to for a bridge that itself listens only here. */
  #widestAddress(asked: IpAddress): string {
    if (isWildcardAddress(this.#bridgeAddress.text)) return asked.family === 6 && this.#bridgeAddress.family === 4 ? WILDCARD[4] : asked.text;
    return this.#bridgeAddress.text;
  }
}

/** To what a machine of the room listens on, which shares the address with the others. */
function routeToMachine(room: Room, machine: Machine, port: number): Route {
  const listener = room.listeners.ofMachineAt(machine, port);
  if (listener === undefined) return refuse(nothingListens(machine.name, port));
  return routeToListener(listener, undefined);
}

/** `address`: which of the addresses of a listener that has them all; undefined: any. */
function routeToListener(listener: ListenerEntry, address: IpAddress | undefined): Route {
  const reached = address !== undefined && isWildcardAddress(listener.address) ? address.text : reachableAddress(listener.address);
  return { kind: "dial", to: { address: reached, port: listener.port, listener } };
}

/** A listener has addresses of its own family only. */
function findListener(room: Room, address: IpAddress | undefined, port: number): ListenerEntry | undefined {
  if (address === undefined || isLoopback(address)) return room.listeners.onLoopback(address, port);
  return room.listeners.at(address.text, port) ?? (isOwnAddress(address) ? room.listeners.everywhere(address.family, port) : undefined);
}
