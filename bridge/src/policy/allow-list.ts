import {
  cidrContains,
  cidrWithin,
  embeddingOf,
  HOST_MACHINE_NAME,
  type IpAddress,
  isLoopback,
  knownIpAddress,
  LOOPBACK_V4,
  ownAddresses,
} from "@playground/tcp";
import { specialRangeOf } from "./special-range.ts";
import type { AllowRule } from "./allow-rule.ts";
import { LocalPorts, type PortHolder } from "./local-ports.ts";

const HOST_MACHINE_ADDRESS = knownIpAddress("127.0.0.1");

/**
 * What the operator has opened outside the rooms. Decides on addresses, never on a name alone: a name
 * says only which rules may apply to the addresses found under it.
 */
export class AllowList {
  readonly #rules: readonly AllowRule[];
  readonly #localPorts: LocalPorts;

  /** `localPorts`: what no rule opens. */
  constructor(rules: readonly AllowRule[], localPorts = new LocalPorts()) {
    this.#rules = rules;
    this.#localPorts = localPorts;
  }

  /** Whether looking this name up could lead to a connection. When not, no resolver hears of the name. */
  mayOpen(name: string, port: number): boolean {
    return this.#rules.some(
      ({ target, ports }) => inPorts(ports, port) && (target.kind === "range" ? !cidrWithin(target.range, LOOPBACK_V4) : target.name === name),
    );
  }

  /** Whether a rule is for just this name. */
  names(name: string): boolean {
    return this.#rules.some(({ target }) => target.kind === "name" && target.name === name);
  }

  /**
   * Whether a connection to this address and port is open. `name` is the host name that led to it.
   *
   * A name or a wide range opens ordinary addresses only. Special ones (private, loopback, link-local, metadata of clouds,
   * IPv4 wrapped in IPv6 and more) take a rule that lies wholly inside their range, and an address of the bridge's own
   * machine takes a rule for just that address or for `host.zone.internal`: so neither DNS answers that change under a name
   * nor `--allow 0.0.0.0/0` lead into the machine or the networks that it stands in. Ports of the bridge itself and of
   * scripts' listeners are opened by nothing.
   */
  allows(address: IpAddress, port: number, name?: string): boolean {
    if (this.holder(address, port) !== undefined) return false;
    const special = specialRangeOf(address);
    const own = ownAddresses();
    const isOwn = own.has(address.text) && !isLoopback(address);
    const carriesOwn = embeddingOf(address)?.inner.some(({ text }) => own.has(text)) === true;
    return this.#rules.some(({ target, ports }) => {
      if (!inPorts(ports, port)) return false;
      if (target.kind === "name") {
        if (target.name === HOST_MACHINE_NAME) return isOwn;
        return target.name === name && special === undefined && !isOwn;
      }
      if (!cidrContains(target.range, address)) return false;
      if (isOwn || carriesOwn) return target.range.prefix === address.bytes.length * 8;
      return special === undefined || cidrWithin(target.range, special.range);
    });
  }

  /** Who holds this port of the bridge's machine, so that no rule opens it; undefined when rules decide. */
  holder(address: IpAddress, port: number): PortHolder | undefined {
    return this.#localPorts.holder(address, port);
  }

  /** The same of the machine itself, by no particular address. */
  hostMachineHolder(port: number): PortHolder | undefined {
    return this.holder(HOST_MACHINE_ADDRESS, port);
  }

  /** Whether the bridge's own machine is open at this port: `host.zone.internal`, `localhost` or 127.0.0.1 was allowed. */
  allowsHostMachine(port: number): boolean {
    if (this.hostMachineHolder(port) !== undefined) return false;
    return this.#rules.some(({ target, ports }) => {
      if (!inPorts(ports, port)) return false;
      if (target.kind === "name") return target.name === HOST_MACHINE_NAME;
      return cidrWithin(target.range, LOOPBACK_V4) && cidrContains(target.range, HOST_MACHINE_ADDRESS);
    });
  }
}

function inPorts(range: { first: number; last: number }, port: number): boolean {
  return port >= range.first && port <= range.last;
}
