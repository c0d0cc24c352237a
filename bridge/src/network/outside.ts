import { endpointText, type NetworkFailure } from "@playground/network";
import { failure, HOST_MACHINE_NAME, type IpAddress, MAX_ADDRESSES_TRIED, unknownHost } from "@playground/tcp";
import { specialRangeOf } from "../policy/special-range.ts";
import type { AllowList } from "../policy/allow-list.ts";
import type { PortHolder } from "../policy/local-ports.ts";
import { INTERNAL_SUFFIX } from "../room/machine-names.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";
import type { Route } from "./script-network.ts";
import { unknownMachine } from "./unknown-name.ts";

/** Address of the bridge's own machine, under which services on it are reached. */
const HOST_MACHINE_ADDRESS = "127.0.0.1";

/** Where a connection to an address outside the room goes. */
export function routeToAddress(allowList: AllowList, address: IpAddress, port: number): Route {
  if (allowList.allows(address, port)) return { kind: "dial", to: { address: address.text, port } };
  return refuse(addressNotAllowed(allowList, address, port));
}

/** Where a connection of a machine to a name goes that is no machine of its room. `localAddress`: the machine's, when it has one on loopback. */
export function routeToName(allowList: AllowList, room: Room, from: Machine, name: string, port: number, localAddress?: string): Route {
  if (name === HOST_MACHINE_NAME) return routeToHostMachine(allowList, port, localAddress);
  // `.invalid` never exists (RFC 6761): nobody has to be asked.
  if (name.endsWith(".invalid")) return refuse(unknownHost(name));
  // No public name has just one label.
  const isOfRoom = !name.includes(".") || name.endsWith(INTERNAL_SUFFIX);
  if (name.endsWith(INTERNAL_SUFFIX) || !allowList.mayOpen(name, port)) return refuse(isOfRoom ? unknownMachine(room, from, name) : notAllowed(name, port));
  return { kind: "lookup", name, unknown: () => (isOfRoom ? unknownMachine(room, from, name) : unknownHost(name)) };
}

/** Where a connection to a service on the bridge's own machine goes. */
export function routeToHostMachine(allowList: AllowList, port: number, localAddress?: string): Route {
  const holder = allowList.hostMachineHolder(port);
  if (holder !== undefined) return refuse(held(holder, endpointText(HOST_MACHINE_NAME, port)));
  if (!allowList.allowsHostMachine(port)) return refuse(notAllowed(HOST_MACHINE_NAME, port));
  const to = { address: HOST_MACHINE_ADDRESS, port };
  return { kind: "dial", to: localAddress === undefined ? to : { ...to, localAddress } };
}

/** A rule is missing; the sentence says which one. */
function notAllowed(host: string, port: number): NetworkFailure {
  const where = endpointText(host, port);
  return failure(
    "not-allowed",
    `The bridge does not let scripts connect to ${where} outside the room. Whoever runs the bridge can open it with --allow ${where}.`,
  );
}

/** Why no rule opens the address, and which one would. */
export function addressNotAllowed(allowList: AllowList, address: IpAddress, port: number): NetworkFailure {
  const where = endpointText(address.text, port);
  const holder = allowList.holder(address, port);
  if (holder !== undefined) return held(holder, where);
  const special = specialRangeOf(address);
  if (special === undefined) return notAllowed(address.text, port);
  return failure(
    "not-allowed",
    `The bridge does not let scripts connect to ${where}, ${special.name}, outside the room. Neither a name nor a wider range opens it. Whoever runs the bridge can open it with --allow ${where}.`,
  );
}

/** A name leads to addresses that no rule opens; the sentence says which, and why not the first of them. */
export function nameNotAllowed(allowList: AllowList, name: string, addresses: readonly IpAddress[], port: number): NetworkFailure {
  const [first] = addresses;
  if (first === undefined) return notAllowed(name, port);
  const listed = addresses.slice(0, MAX_ADDRESSES_TRIED).map(({ text }) => text);
  return failure("not-allowed", `The name "${name}" leads to ${listed.join(", ")}. ${addressNotAllowed(allowList, first, port).message}`);
}

/** The port is not for scripts, whatever is allowed. */
function held(holder: PortHolder, where: string): NetworkFailure {
  return holder === "bridge"
    ? failure("not-allowed", `${where} is a port of the bridge itself, which scripts cannot connect to, whatever is allowed. Use another port.`)
    : failure("not-allowed", `At ${where} a program of another room listens, and one room cannot connect into another.`);
}

/** The bridge has the port itself, at every address of this machine. */
export function portOfPage(port: number): NetworkFailure {
  return failure(
    "address-in-use",
    `Port ${port} is the one at which the bridge serves its page, so scripts cannot listen on it, on no address. Choose another port.`,
  );
}

/** Nothing of the room listens there. */
export function nothingListens(host: string, port: number): NetworkFailure {
  return failure(
    "connection-refused",
    `${endpointText(host, port)} refused the connection: no program in this room listens there. Start the server first, and check the port.`,
  );
}

/** A route that ends here. */
export function refuse(reason: NetworkFailure): Route & { kind: "refuse" } {
  return { kind: "refuse", failure: reason };
}
