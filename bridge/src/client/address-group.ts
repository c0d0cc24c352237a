import { parseIpAddress } from "../address/ip-address.ts";

/** Bytes of an IPv6 address that name the network. */
const NETWORK_BYTES = 8;

/**
 * What limits count as one client: an IPv4 address, wrapped in IPv6 or not, or an IPv6 network of 64 bits, which belongs
 * to one household and has a new address for every attempt.
 */
export function addressGroup(address: string): string {
  const parsed = parseIpAddress(address.replace(/%.*/, ""));
  if (parsed === undefined) return address;
  return parsed.family === 4 ? parsed.text : `${Buffer.from(parsed.bytes.subarray(0, NETWORK_BYTES)).toString("hex")}/64`;
}
