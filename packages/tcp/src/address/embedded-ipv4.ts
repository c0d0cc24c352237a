import { type Cidr, cidr, cidrContains } from "./cidr.ts";
import { addressFromBytes, type IpAddress } from "./ip-address.ts";
import { LOOPBACK_V6 } from "./loopback.ts";

/** An IPv6 address that carries IPv4 addresses, which a gateway on the way may unwrap and connect to. */
export interface Embedding {
  /** Every address that carries them in the same way. */
  readonly range: Cidr;
  /** For messages: `a NAT64 address`. */
  readonly name: string;
  /** The addresses inside, at least one: all that a gateway could read. */
  readonly inner: readonly IpAddress[];
}

/** Bytes of an IPv6 address, in order, that make up the IPv4 address inside. */
type Layout = readonly [number, number, number, number];

const LAST: Layout = [12, 13, 14, 15];

/** Where RFC 6052, section 2.2, puts the address behind prefixes of 48, 56, 64 and 96 bits. */
const NAT64_LAYOUTS: readonly Layout[] = [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12], LAST];

/** The kinds that can be told by their first bits. IPv4-mapped addresses are read as IPv4 before they come here. */
const KINDS: readonly { readonly range: Cidr; readonly name: string; readonly layouts: readonly Layout[]; readonly invert?: Layout }[] = [
  { range: cidr("::ffff:0:0:0/96"), name: "an IPv4-translated address", layouts: [LAST] }, // RFC 2765
  { range: cidr("64:ff9b::/96"), name: "a NAT64 address", layouts: [LAST] }, // RFC 6052
  { range: cidr("64:ff9b:1::/48"), name: "a local NAT64 address", layouts: NAT64_LAYOUTS }, // RFC 8215
  { range: cidr("2002::/16"), name: "a 6to4 address", layouts: [[2, 3, 4, 5]] }, // RFC 3056
  // The server that carries the packets, and with all bits turned over the host behind it: RFC 4380, section 4.
  { range: cidr("2001::/32"), name: "a Teredo address", layouts: [[4, 5, 6, 7]], invert: LAST },
];

const UNSPECIFIED = cidr("::/128");
const COMPATIBLE = cidr("::/96");

/** The IPv4 addresses that an IPv6 address carries; undefined when it carries none. */
export function embeddingOf(address: IpAddress): Embedding | undefined {
  if (address.family === 4) return undefined;
  const kind = KINDS.find(({ range }) => cidrContains(range, address));
  if (kind !== undefined) {
    const inner = kind.layouts.map((layout) => at(address, layout));
    if (kind.invert !== undefined) inner.push(at(address, kind.invert, 0xff));
    // Of several readings those that find nothing there are none.
    const found = inner.filter(({ bytes }) => bytes[0] !== 0);
    return { range: kind.range, name: kind.name, inner: found.length > 0 ? found : inner };
  }
  // RFC 4291, section 2.5.5.1; the two addresses that look like it are not of this kind.
  if (cidrContains(COMPATIBLE, address)) {
    if (cidrContains(UNSPECIFIED, address) || cidrContains(LOOPBACK_V6, address)) return undefined;
    return { range: COMPATIBLE, name: "an IPv4-compatible address", inner: [at(address, LAST)] };
  }
  return isIsatap(address.bytes) ? { range: { network: masked96(address), prefix: 96 }, name: "an ISATAP address", inner: [at(address, LAST)] } : undefined;
}

/** Behind any prefix: `0:5efe` or `200:5efe`, then the address (RFC 5214, section 6.1). */
function isIsatap(bytes: Uint8Array): boolean {
  return (bytes[8] === 0 || bytes[8] === 2) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
}

function at({ bytes }: IpAddress, layout: Layout, mask = 0): IpAddress {
  return addressFromBytes(Uint8Array.from(layout, (index) => (bytes[index] ?? 0) ^ mask));
}

function masked96({ bytes }: IpAddress): IpAddress {
  return addressFromBytes(bytes.slice().fill(0, 12));
}
