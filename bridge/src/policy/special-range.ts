import { type Cidr, cidr, cidrContains, embeddingOf, type IpAddress, LOOPBACK_V4, LOOPBACK_V6 } from "@playground/tcp";

/** Addresses that mean something else than a host somewhere on the public internet. */
export interface SpecialRange {
  /** A rule opens an address of it only when all of the rule lies in here. */
  readonly range: Cidr;
  /** For messages: `a loopback address`. */
  readonly name: string;
}

/**
 * What no host name and no wide range may open: IANA's special-purpose address registries for IPv4 and IPv6 (RFC 6890, as
 * of 2025), without the few rows that are ordinary addresses in use (AS112, AMT), and the parts of IPv6 that IANA has given
 * to nobody. They lead back into the machine that the bridge runs on, to everybody on its wire, into private networks, or
 * through a gateway to an address that is written inside.
 */
const RANGES: readonly SpecialRange[] = [
  { range: cidr("0.0.0.0/8"), name: "an unspecified address" },
  { range: cidr("10.0.0.0/8"), name: "a private address" },
  { range: cidr("100.64.0.0/10"), name: "a private address of a provider" },
  { range: LOOPBACK_V4, name: "a loopback address" },
  { range: cidr("169.254.0.0/16"), name: "a link-local address" },
  { range: cidr("172.16.0.0/12"), name: "a private address" },
  { range: cidr("192.0.0.0/24"), name: "an address of IETF protocols" },
  { range: cidr("192.0.2.0/24"), name: "an address for documentation" },
  { range: cidr("192.88.99.0/24"), name: "an address of 6to4 relays" },
  { range: cidr("192.168.0.0/16"), name: "a private address" },
  { range: cidr("198.18.0.0/15"), name: "an address for benchmarks" },
  { range: cidr("198.51.100.0/24"), name: "an address for documentation" },
  { range: cidr("203.0.113.0/24"), name: "an address for documentation" },
  { range: cidr("224.0.0.0/4"), name: "a multicast address" },
  { range: cidr("240.0.0.0/4"), name: "a reserved address" },
  { range: cidr("255.255.255.255/32"), name: "the broadcast address" },
  { range: cidr("::/128"), name: "an unspecified address" },
  { range: LOOPBACK_V6, name: "a loopback address" },
  { range: cidr("64:ff9b::/32"), name: "an address of gateways to IPv4" },
  { range: cidr("100::/64"), name: "an address that discards" },
  { range: cidr("2001::/23"), name: "an address of IETF protocols" },
  { range: cidr("2001:db8::/32"), name: "an address for documentation" },
  { range: cidr("3fff::/20"), name: "an address for documentation" },
  { range: cidr("5f00::/16"), name: "an address of segment routing" },
  { range: cidr("fc00::/7"), name: "a private address" },
  { range: cidr("fe80::/10"), name: "a link-local address" },
  { range: cidr("fec0::/10"), name: "a private address of a site" },
  { range: cidr("ff00::/8"), name: "a multicast address" },
  // All that is not 2000::/3.
  ...["::/3", "4000::/3", "6000::/3", "8000::/3", "a000::/3", "c000::/3", "e000::/3"].map((text) => ({ range: cidr(text), name: "a reserved address" })),
];

/**
 * Where clouds tell whoever asks from inside which passwords the machine has. Only a rule for just the address opens one:
 * whoever opens 169.254.0.0/16 or 10.0.0.0/8 hardly means these.
 */
const METADATA: readonly Cidr[] = [
  "169.254.169.254", // AWS, Google, Azure, Oracle, DigitalOcean, OpenStack and most others
  "169.254.170.2", // AWS, containers
  "169.254.170.23", // AWS, pods
  "169.254.0.23", // Tencent
  "169.254.42.42", // Scaleway
  "100.100.100.200", // Alibaba
  "100.96.0.96", // Volcano Engine
  "168.63.129.16", // Azure, of its public range
  "192.0.0.192", // Oracle, old
  "fd00:ec2::254", // AWS
  "fd00:ec2::23", // AWS, pods
  "fd20:ce::254", // Google
  "fd00:42::42", // Scaleway
  "fd00:c1::a9fe:a9fe", // Oracle
  "fe80::a9fe:a9fe", // OpenStack
].map(cidr);

/** The special range that the address, or an IPv4 address inside it, lies in; undefined for an ordinary address. */
export function specialRangeOf(address: IpAddress): SpecialRange | undefined {
  const metadata = METADATA.find((range) => cidrContains(range, address));
  if (metadata !== undefined) return { range: metadata, name: `${registeredRangeOf(address)?.name ?? "a public address"} of cloud metadata` };
  const embedding = embeddingOf(address);
  if (embedding !== undefined) {
    for (const inner of embedding.inner) {
      const special = specialRangeOf(inner);
      // Nothing but the wrapped spelling itself may be named to open it.
      if (special !== undefined) return { range: { network: address, prefix: 128 }, name: `${embedding.name} with ${inner.text} inside, ${special.name}` };
    }
    return { range: embedding.range, name: `${embedding.name} with ${embedding.inner[0]?.text ?? ""} inside` };
  }
  return registeredRangeOf(address);
}

/** The smallest range of the registries that the address lies in. */
function registeredRangeOf(address: IpAddress): SpecialRange | undefined {
  let found: SpecialRange | undefined;
  for (const special of RANGES) {
    if (cidrContains(special.range, address) && (found === undefined || special.range.prefix > found.range.prefix)) found = special;
  }
  return found;
}
