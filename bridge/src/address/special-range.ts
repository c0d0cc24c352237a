import { cidr, cidrContains, type Cidr } from "./cidr.ts";
import { addressFromBytes, type IpAddress } from "./ip-address.ts";

/** Addresses that mean something else than a host somewhere on the network. */
export interface SpecialRange {
  readonly range: Cidr;
  /** For messages: `a loopback address`. */
  readonly name: string;
}

/**
 * What no host name and no wide range may open, because it leads back into the machine that the bridge
 * runs on or to everybody on its wire (IANA's special-purpose registries, RFC 6890). A rule opens one of
 * these only when all of the rule lies inside it.
 */
const SPECIAL_RANGES: readonly SpecialRange[] = [
  { range: cidr("127.0.0.0/8"), name: "a loopback address" },
  { range: cidr("::1/128"), name: "a loopback address" },
  { range: cidr("0.0.0.0/8"), name: "an unspecified address" },
  { range: cidr("::/128"), name: "an unspecified address" },
  { range: cidr("169.254.0.0/16"), name: "a link-local address" },
  { range: cidr("fe80::/10"), name: "a link-local address" },
  { range: cidr("224.0.0.0/4"), name: "a multicast address" },
  { range: cidr("ff00::/8"), name: "a multicast address" },
  { range: cidr("255.255.255.255/32"), name: "the broadcast address" },
];

/** Rows of IPv6 that carry an IPv4 address inside, which a gateway may unwrap, and where it starts. */
const EMBEDDINGS: readonly { readonly range: Cidr; readonly offset: number }[] = [
  { range: cidr("::/96"), offset: 12 }, // IPv4-compatible, RFC 4291
  { range: cidr("64:ff9b::/96"), offset: 12 }, // NAT64, RFC 6052
  { range: cidr("2002::/16"), offset: 2 }, // 6to4, RFC 3056
];

/** The special range that the address, or an IPv4 address inside it, lies in; undefined for an ordinary address. */
export function specialRangeOf(address: IpAddress): SpecialRange | undefined {
  const own = SPECIAL_RANGES.find((special) => cidrContains(special.range, address));
  if (own !== undefined || address.family === 4) return own;
  const embedding = EMBEDDINGS.find((candidate) => cidrContains(candidate.range, address));
  if (embedding === undefined) return undefined;
  const inner = specialRangeOf(addressFromBytes(address.bytes.slice(embedding.offset, embedding.offset + 4)));
  // Nothing but the wrapped spelling itself may be named to open it.
  return inner === undefined ? undefined : { range: { network: address, prefix: 128 }, name: inner.name };
}
