import { networkInterfaces } from "node:os";
import { cidr, cidrContains } from "./cidr.ts";
import { embeddingOf } from "./embedded-ipv4.ts";
import { parseIpAddress, type IpAddress } from "./ip-address.ts";
import { isLoopback } from "./loopback.ts";

/** The kernel takes them for loopback when somebody connects. */
const UNSPECIFIED = ["0.0.0.0/8", "::"].map(cidr);

/** Canonical spellings of the addresses of this machine's network interfaces, as they are now. */
export function ownAddresses(): Set<string> {
  const texts = new Set<string>();
  for (const entries of Object.values(networkInterfaces())) {
    for (const entry of entries ?? []) {
      const address = parseIpAddress(entry.address);
      if (address !== undefined) texts.add(address.text);
    }
  }
  return texts;
}

/** Whether the address is one of this machine's own, all of 127.0.0.0/8 included. */
export function isOwnAddress(address: IpAddress): boolean {
  return isLoopback(address) || ownAddresses().has(address.text);
}

/** Whether a connection to the address could end at this machine: also by the unspecified addresses, and by one that is wrapped in IPv6. */
export function leadsHere(address: IpAddress): boolean {
  const own = ownAddresses();
  const candidates = [address, ...(embeddingOf(address)?.inner ?? [])];
  return candidates.some((candidate) => isLoopback(candidate) || own.has(candidate.text) || UNSPECIFIED.some((range) => cidrContains(range, candidate)));
}
