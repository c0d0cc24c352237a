import { formatIpAddress, type Endpoint } from "@playground/network";
import { CaptureError } from "../capture-error.ts";
import type { Frame } from "./read-frames.ts";

/** A segment of TCP as a packet of a file has it. */
export interface ReadSegment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly flags: number;
  readonly sequence: number;
  /** Bytes that it had; those that were kept, from the first. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const TCP = 6;
/** Headers of IPv6 that may lie between it and TCP, all with their length in the second byte: hop by hop, routing, destination. */
const PASSED_HEADERS = new Set([0, 43, 60]);
/** Tags of VLANs, 4 bytes each. */
const VLAN_TAGS = new Set([0x8100, 0x88a8]);
/** AF_INET6 of Linux, and of the BSDs and macOS. */
const BSD_IPV6 = new Set([10, 24, 28, 30]);

/** Where the IP packet begins, by the kind of link: raw IP, Ethernet, Linux cooked in both versions, loopback of the BSDs. */
const LINKS = new Map<number, (view: DataView) => { readonly start: number; readonly type: number } | undefined>([
  [101, (view) => ({ start: 0, type: view.getUint8(0) >> 4 === 6 ? IPV6 : IPV4 })],
  [228, () => ({ start: 0, type: IPV4 })],
  [229, () => ({ start: 0, type: IPV6 })],
  [1, ethernet],
  [113, (view) => ({ start: 16, type: view.getUint16(14) })],
  [276, (view) => ({ start: 20, type: view.getUint16(0) })],
  [0, loopback],
  [108, loopback],
]);

/**
 * The segment of a packet; undefined for one that has none, or not enough of it.
 *
 * @throws {CaptureError} for a kind of link that is not known
 */
export function readSegment({ linkType, bytes, length }: Frame): ReadSegment | undefined {
  const link = LINKS.get(linkType);
  if (!link) throw new CaptureError("unknown-link-type", `the packets' link type is ${linkType}; ${[...LINKS.keys()].join(", ")} are known`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const found = link(view);
    if (!found) return undefined;
    const packet = bytes.subarray(found.start);
    if (found.type === IPV4) return readIpv4(packet, length - found.start);
    return found.type === IPV6 ? readIpv6(packet, length - found.start) : undefined;
  } catch (error) {
    // Too short for its headers: there is nothing to be shown of it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function ethernet(view: DataView): { readonly start: number; readonly type: number } {
  let start = 12;
  while (VLAN_TAGS.has(view.getUint16(start)) && start < 20) start += 4;
  return { start: start + 2, type: view.getUint16(start) };
}

function loopback(view: DataView): { readonly start: number; readonly type: number } | undefined {
  // The family is in the order of the machine that wrote it.
  const family = view.getUint8(0) === 0 ? view.getUint32(0) : view.getUint32(0, true);
  if (family === 2) return { start: 4, type: IPV4 };
  return BSD_IPV6.has(family) ? { start: 4, type: IPV6 } : undefined;
}

function readIpv4(packet: Uint8Array, length: number): ReadSegment | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const header = (view.getUint8(0) & 0x0f) * 4;
  const isFragment = (view.getUint16(6) & 0x3fff) !== 0;
  if (view.getUint8(0) >> 4 !== 4 || header < 20 || view.getUint8(9) !== TCP || isFragment) return undefined;
  // A network card that cuts segments itself leaves 0 here.
  const total = view.getUint16(2) || length;
  return readTcp(packet.subarray(header), total - header, packet.subarray(12, 16), packet.subarray(16, 20));
}

function readIpv6(packet: Uint8Array, length: number): ReadSegment | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint8(0) >> 4 !== 6) return undefined;
  let next = view.getUint8(6);
  let start = 40;
  while (PASSED_HEADERS.has(next)) {
    next = view.getUint8(start);
    start += 8 + 8 * view.getUint8(start + 1);
  }
  if (next !== TCP) return undefined;
  const total = view.getUint16(4) === 0 ? length : 40 + view.getUint16(4);
  return readTcp(packet.subarray(start), total - start, packet.subarray(8, 24), packet.subarray(24, 40));
}

function readTcp(packet: Uint8Array, length: number, from: Uint8Array, to: Uint8Array): ReadSegment | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const header = (view.getUint8(12) >> 4) * 4;
  const size = length - header;
  if (header < 20 || size < 0) return undefined;
  return {
    from: { address: formatIpAddress(from) ?? "", port: view.getUint16(0) },
    to: { address: formatIpAddress(to) ?? "", port: view.getUint16(2) },
    sequence: view.getUint32(4),
    flags: view.getUint8(13),
    size,
    bytes: packet.subarray(header, header + size),
  };
}
