import { networkInterfaces } from "node:os";
import { endpointText } from "@playground/network";
import { isWildcardAddress } from "@playground/tcp";

/** Interfaces of containers, virtual machines and tunnels: their addresses are seldom in the network that others are in. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|VMware|VirtualBox|lxc|lxd|podman|cni|flannel|utun|tun|tap|wg|zt|tailscale|ppp)/i;

/** An address that a computer gives itself when nobody gives it one (RFC 3927). */
const SELF_GIVEN = /^169\.254\./;

type Interfaces = ReturnType<typeof networkInterfaces>;

/** The links by which other computers reach a bridge that listens on every address: one for each IPv4 address of the machine, the likeliest first. */
export function linksForOthers(host: string, port: number, interfaces: Interfaces = networkInterfaces()): string[] {
  if (!isWildcardAddress(host)) return [];
  return Object.entries(interfaces)
    .flatMap(([name, entries = []]) => entries.map((entry) => ({ ...entry, rank: SELF_GIVEN.test(entry.address) ? 2 : Number(VIRTUAL.test(name)) })))
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ address }) => `http://${endpointText(address, port)}/`);
}
