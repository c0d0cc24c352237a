import { parseIpAddress } from "@playground/tcp";

/** Bytes of an IPv6 address that name the network of one household. */
const ADDRESS_BYTES = 8;

/** Bytes that name the network of one customer of a provider, who may have 65,536 of those. */
const NETWORK_BYTES = 6;

/** What limits count as one client, and as one network of clients. */
export interface AddressGroup {
  /** An IPv4 address, wrapped in IPv6 or not, or an IPv6 network of 64 bits, which belongs to one household and has a new address for every attempt. */
  readonly client: string;
  /** The IPv6 network of 48 bits that it is a part of; undefined for IPv4, whose addresses are dear. */
  readonly network: string | undefined;
}

/** Finds whose shares an address uses. What is no address is a client of its own. */
export function addressGroup(address: string): AddressGroup {
  const parsed = parseIpAddress(address.replace(/%.*/, ""));
  if (parsed === undefined) return { client: address, network: undefined };
  if (parsed.family === 4) return { client: parsed.text, network: undefined };
  const hex = (length: number): string => Buffer.from(parsed.bytes.subarray(0, length)).toString("hex");
  return { client: `${hex(ADDRESS_BYTES)}/64`, network: `${hex(NETWORK_BYTES)}/48` };
}

/** Bytes that name what a provider of IPv6 has, and what an organisation has of IPv4. */
const PROVIDER_BYTES = 4;
const ORGANISATION_BYTES = 2;

/**
 * The groups that an address is in, the largest first, and the client itself last: for queues in which groups take turns. IPv4
 * and IPv6 take turns as well, since whoever has many addresses has them of one family.
 */
export function addressPath(address: string): readonly string[] {
  const { client, network } = addressGroup(address);
  const parsed = parseIpAddress(address.replace(/%.*/, ""));
  if (parsed === undefined) return ["other", client];
  const hex = (length: number): string => Buffer.from(parsed.bytes.subarray(0, length)).toString("hex");
  return parsed.family === 4 ? ["IPv4", hex(ORGANISATION_BYTES), client] : ["IPv6", hex(PROVIDER_BYTES), network ?? "", client];
}
