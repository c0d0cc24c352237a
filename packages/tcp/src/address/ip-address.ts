import { formatIpAddress, parseIpAddress as parseBytes } from "@playground/network";

/** An IP address as numbers, so that every spelling of it is the same value. */
export interface IpAddress {
  readonly family: 4 | 6;
  /** 4 or 16 bytes, network byte order. */
  readonly bytes: Uint8Array;
  /** The canonical spelling: dotted decimal, or IPv6 as RFC 5952 writes it. */
  readonly text: string;
}

/**
 * Reads an IP address in its strict spelling: four decimal numbers, or IPv6 without a zone id. Gives
 * undefined for everything else, also for the octal, hexadecimal and shortened forms that some
 * resolvers take (`0177.1`, `2130706433`).
 *
 * An IPv4 address that is wrapped in IPv6 (`::ffff:127.0.0.1`) comes out as IPv4: the kernel connects
 * to the same place, so the same rules have to apply.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const bytes = parseBytes(text);
  return bytes === undefined ? undefined : addressFromBytes(bytes);
}

/** The address with these 4 or 16 bytes; IPv4 wrapped in IPv6 comes out as IPv4. */
export function addressFromBytes(bytes: Uint8Array): IpAddress {
  if (bytes.length === 16 && isMapped(bytes)) return addressFromBytes(bytes.slice(12));
  const text = formatIpAddress(bytes);
  if (text === undefined) throw new TypeError(`an IP address has 4 or 16 bytes, not ${bytes.length}`);
  return { family: bytes.length === 4 ? 4 : 6, bytes, text };
}

/** An address in text that has to be one: what the operating system itself reported, or a constant. */
export function knownIpAddress(text: string): IpAddress {
  const address = parseIpAddress(text);
  if (address === undefined) throw new TypeError(`not an IP address: ${text}`);
  return address;
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}
