import { type Endpoint, parseIpAddress } from "@playground/network";

/** Flags of TCP, as RFC 9293 has them. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
const TCP_HEADER_BYTES = 20;
const TCP = 6;
/** Routers that a packet may pass: what systems begin with. */
const HOP_LIMIT = 64;
/** "Don't fragment". */
const DF = 0x4000;
/** Bytes that would still fit a buffer; what it really was is not known. */
const WINDOW = 0xffff;
/** ::ffff:0:0/96, in which IPv6 writes addresses of IPv4. */
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

export interface TcpSegment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly flags: number;
  /** Counted modulo 2^32. */
  readonly sequence: number;
  readonly acknowledgement: number;
  /** Bytes that the segment has, whether they are known or not. */
  readonly size: number;
  /** The first of them, or all. */
  readonly bytes: Uint8Array;
  /** What tells packets of one sender apart: 0 to 65535. */
  readonly identification: number;
}

/** The bytes of an address: of 4, where it is one of IPv4 in either form. One that cannot be read is 0.0.0.0. */
export function addressBytes(text: string): Uint8Array {
  const bytes = parseIpAddress(text) ?? new Uint8Array(4);
  return bytes.length === 16 && MAPPED_PREFIX.every((byte, index) => bytes[index] === byte) ? bytes.subarray(12) : bytes;
}

/** An IP packet with headers of 20 bytes (IPv6: 40) and 20 of TCP, and the bytes that are known; `length` is what it would have with all of them. */
export function ipPacket(segment: TcpSegment): { readonly bytes: Uint8Array; readonly length: number } {
  const [from, to] = sameFamily(addressBytes(segment.from.address), addressBytes(segment.to.address));
  const isIpv4 = from.length === 4;
  const tcpStart = isIpv4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
  const tcpLength = TCP_HEADER_BYTES + segment.size;
  const bytes = new Uint8Array(tcpStart + TCP_HEADER_BYTES + segment.bytes.length);
  const view = new DataView(bytes.buffer);
  if (isIpv4) {
    view.setUint16(0, 0x4500);
    view.setUint16(2, IPV4_HEADER_BYTES + tcpLength);
    view.setUint16(4, segment.identification);
    view.setUint16(6, DF);
    view.setUint16(8, (HOP_LIMIT << 8) | TCP);
    bytes.set(from, 12);
    bytes.set(to, 16);
    view.setUint16(10, checksum(sum(bytes.subarray(0, IPV4_HEADER_BYTES))));
  } else {
    view.setUint32(0, 0x6000_0000);
    view.setUint16(4, tcpLength);
    view.setUint16(6, (TCP << 8) | HOP_LIMIT);
    bytes.set(from, 8);
    bytes.set(to, 24);
  }
  view.setUint16(tcpStart, segment.from.port);
  view.setUint16(tcpStart + 2, segment.to.port);
  view.setUint32(tcpStart + 4, segment.sequence % 2 ** 32);
  view.setUint32(tcpStart + 8, segment.acknowledgement % 2 ** 32);
  view.setUint16(tcpStart + 12, ((TCP_HEADER_BYTES / 4) << 12) | segment.flags);
  view.setUint16(tcpStart + 14, WINDOW);
  bytes.set(segment.bytes, tcpStart + TCP_HEADER_BYTES);
  // The pseudo-header: both addresses, the protocol, the length.
  const pseudo = sum(from) + sum(to) + TCP + tcpLength;
  view.setUint16(tcpStart + 16, checksum(pseudo + sum(bytes.subarray(tcpStart))));
  return { bytes, length: tcpStart + tcpLength };
}

function sameFamily(one: Uint8Array, two: Uint8Array): [Uint8Array, Uint8Array] {
  return one.length === two.length ? [one, two] : [mapped(one), mapped(two)];
}

function mapped(address: Uint8Array): Uint8Array {
  return address.length === 16 ? address : Uint8Array.of(...MAPPED_PREFIX, ...address);
}

/** Of numbers of 16 bits, the last byte filled up with 0. */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let index = 0; index < bytes.length; index += 1) total += index % 2 === 0 ? (bytes[index] as number) << 8 : (bytes[index] as number);
  return total;
}

/** The one's complement of the one's complement sum, as RFC 1071 has it. */
function checksum(total: number): number {
  let folded = total;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
}
