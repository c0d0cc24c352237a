/**
 * IP addresses between text and bytes. IPv6 text is written as RFC 5952 asks for, so that one address
 * has one text. Zone indices (`fe80::1%eth0`) are not addresses of the wire and are refused.
 */

/** The 4 or 16 bytes, in network order, of an IPv4 or IPv6 address in text; undefined when the text is neither. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** The text of an address of 4 or 16 bytes; undefined for any other length. */
export function formatIpAddress(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return bytes.join(".");
  return bytes.length === 16 ? formatIpv6(bytes) : undefined;
}

// A leading zero is refused: some programs read it as octal, and what has two readings is no address.
const DECIMAL_BYTE = /^(?:0|[1-9][0-9]{0,2})$/;
const HEX_GROUP = /^[0-9a-fA-F]{1,4}$/;
// The longest text is eight groups of four, or six and a dotted IPv4 address: 45 characters.
const LONGEST_TEXT = 45;

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split(".", 5);
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    const value = Number(part);
    if (!DECIMAL_BYTE.test(part) || value > 255) return undefined;
    bytes[index] = value;
  }
  return bytes;
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const length = head.length + tail.length;
  // "::" stands for at least one group of zeros.
  if (halves.length === 2 ? length > 14 : length !== 16) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head, 0);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of groups separated by single colons; a dotted IPv4 address may be the last one of the whole text. */
function parseGroups(text: string, isEndOfText: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (HEX_GROUP.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
      continue;
    }
    const dotted = isEndOfText && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (dotted === undefined) return undefined;
    bytes.push(...dotted);
  }
  return bytes;
}

function formatIpv6(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(index * 2));
  // IPv4-mapped addresses are clearer with their dotted part (RFC 5952, section 5).
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.subarray(12).join(".")}`;
  }
  let start = -1;
  let length = 1; // one group of zeros alone is not shortened
  for (let index = 0; index < 8; index += 1) {
    let end = index;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - index > length) {
      start = index;
      length = end - index;
    }
    index = Math.max(index, end);
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}
