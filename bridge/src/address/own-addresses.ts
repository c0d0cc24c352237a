import { networkInterfaces } from "node:os";
import { parseIpAddress, type IpAddress } from "./ip-address.ts";

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
  return (address.family === 4 && address.bytes[0] === 127) || ownAddresses().has(address.text);
}
