import { addressFromBytes, parseIpAddress, type IpAddress } from "./ip-address.ts";

/** A row of addresses that share their first bits. */
export interface Cidr {
  readonly network: IpAddress;
  /** Bits in common: 0 to 32 for IPv4, 0 to 128 for IPv6. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/8`, or a single address as the row of itself. Undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.bytes.length * 8;
  if (slash === -1) return { network: address, prefix: bits };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return undefined;
  // `::ffff:10.0.0.0/104` counts the 96 bits of the wrapping too.
  const wrapped = address.family === 4 && text.includes(":");
  const prefix = Number(digits) - (wrapped ? 96 : 0);
  if (prefix < 0 || prefix > bits) return undefined;
  return { network: masked(address, prefix), prefix };
}

/** A row that is known to be written correctly. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new TypeError(`not a CIDR range: ${text}`);
  return parsed;
}

/** Whether the address lies in the row. Addresses of the other family never do. */
export function cidrContains(range: Cidr, address: IpAddress): boolean {
  return range.network.family === address.family && sameBits(range.network.bytes, address.bytes, range.prefix);
}

/** Whether every address of `inner` lies in `outer`. */
export function cidrWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.prefix >= outer.prefix && cidrContains(outer, inner.network);
}

function sameBits(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i += 1) if (a[i] !== b[i]) return false;
  const rest = bits & 7;
  if (rest === 0) return true;
  const mask = 0xff << (8 - rest);
  return ((a[whole] ?? 0) & mask) === ((b[whole] ?? 0) & mask);
}

function masked(address: IpAddress, prefix: number): IpAddress {
  const bytes = address.bytes.slice();
  for (let i = 0; i < bytes.length; i += 1) {
    const kept = Math.min(8, Math.max(0, prefix - 8 * i));
    bytes[i] = (bytes[i] ?? 0) & (0xff << (8 - kept));
  }
  return addressFromBytes(bytes);
}
