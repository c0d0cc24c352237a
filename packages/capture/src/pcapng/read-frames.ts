import { CaptureError } from "../capture-error.ts";
import type { CaptureTime } from "../event.ts";
import { BYTE_ORDER_MAGIC, ENHANCED_PACKET, INTERFACE_DESCRIPTION, SECTION_HEADER, SIMPLE_PACKET } from "./blocks.ts";
import { EVENTS_BLOCK, EVENTS_MAGIC } from "./events-block.ts";

/** A packet as a file has it. */
export interface Frame {
  readonly at: CaptureTime;
  readonly linkType: number;
  /** What was kept of it, as a view into the file. */
  readonly bytes: Uint8Array;
  /** Bytes that it had. */
  readonly length: number;
}

/** What a file holds: its packets, and the parts of our own events. */
export interface FileContents {
  readonly frames: Iterable<Frame>;
  readonly parts: readonly EventsPart[];
}

export interface EventsPart {
  readonly part: number;
  readonly parts: number;
  readonly bytes: Uint8Array;
}

interface Interface {
  readonly linkType: number;
  readonly unitsAMs: number;
  readonly offsetMs: number;
}

interface Block {
  readonly type: number;
  readonly body: Uint8Array;
  readonly isLittle: boolean;
  /** From the file's beginning. */
  readonly position: number;
}

/** `if_tsresol` and `if_tsoffset`. */
const RESOLUTION_OPTION = 9;
const OFFSET_OPTION = 14;
/** The blocks of 12 bytes and what is in them, which is a multiple of 4. */
const BLOCK_FRAME_BYTES = 12;

/** The older format of tcpdump, by its first four bytes: times in microseconds or nanoseconds, in either order of bytes. */
const CLASSIC_MAGICS = new Map([
  [0xa1b2_c3d4, { unitsAMs: 1_000, isLittle: false }],
  [0xd4c3_b2a1, { unitsAMs: 1_000, isLittle: true }],
  [0xa1b2_3c4d, { unitsAMs: 1_000_000, isLittle: false }],
  [0x4d3c_b2a1, { unitsAMs: 1_000_000, isLittle: true }],
]);

/** Reads a file of pcapng, or of pcap. @throws {CaptureError} here, and while its frames are gone through */
export function readFile(bytes: Uint8Array): FileContents {
  const magic = bytes.length >= 4 ? viewOf(bytes).getUint32(0) : undefined;
  const classic = magic === undefined ? undefined : CLASSIC_MAGICS.get(magic);
  if (classic) return { frames: classicFrames(bytes, classic.isLittle, classic.unitsAMs), parts: [] };
  if (magic !== SECTION_HEADER) {
    const found = magic === undefined ? `has ${bytes.length} bytes` : `begins with 0x${magic.toString(16).padStart(8, "0")}`;
    throw new CaptureError("not-pcapng", `the file ${found}; a pcapng file begins with 0x0a0d0d0a`);
  }
  const parts: EventsPart[] = [];
  for (const block of blocks(bytes)) {
    if (block.type !== EVENTS_BLOCK) continue;
    const part = eventsPart(block);
    if (part) parts.push(part);
  }
  return { frames: pcapngFrames(bytes), parts };
}

function* blocks(bytes: Uint8Array): Generator<Block> {
  const view = viewOf(bytes);
  let isLittle = true;
  for (let position = 0; position < bytes.length;) {
    if (bytes.length - position < BLOCK_FRAME_BYTES) throw cut(position, BLOCK_FRAME_BYTES, bytes.length);
    const isSection = view.getUint32(position) === SECTION_HEADER;
    if (isSection) {
      const order = view.getUint32(position + 8, true);
      if (order !== BYTE_ORDER_MAGIC && order !== swapped(BYTE_ORDER_MAGIC)) {
        throw new CaptureError("invalid", `the section at byte ${position} has the byte order 0x${order.toString(16)}`);
      }
      isLittle = order === BYTE_ORDER_MAGIC;
    }
    const type = view.getUint32(position, isLittle);
    const size = view.getUint32(position + 4, isLittle);
    if (size < BLOCK_FRAME_BYTES || size % 4 !== 0) throw new CaptureError("invalid", `the block at byte ${position} has the length ${size}`);
    if (size > bytes.length - position) throw cut(position, size, bytes.length);
    yield { type, body: bytes.subarray(position + 8, position + size - 4), isLittle, position };
    position += size;
  }
}

function* pcapngFrames(bytes: Uint8Array): Generator<Frame> {
  let interfaces: Interface[] = [];
  for (const block of blocks(bytes)) {
    if (block.type === SECTION_HEADER) interfaces = [];
    else if (block.type === INTERFACE_DESCRIPTION) interfaces.push(readInterface(block));
    else if (block.type === ENHANCED_PACKET || block.type === SIMPLE_PACKET) yield readPacket(block, interfaces);
  }
}

function readInterface(block: Block): Interface {
  const { body, isLittle } = block;
  need(block, 8);
  const view = viewOf(body);
  let unitsAMs = 1_000;
  let offsetMs = 0;
  for (let position = 8; position + 4 <= body.length;) {
    const code = view.getUint16(position, isLittle);
    const size = view.getUint16(position + 2, isLittle);
    if (code === 0) break;
    if (position + 4 + size > body.length) throw new CaptureError("invalid", `an option of the block at byte ${block.position} has the length ${size}`);
    if (code === RESOLUTION_OPTION && size === 1) {
      const exponent = body[position + 4] as number;
      unitsAMs = (exponent < 0x80 ? 10 ** exponent : 2 ** (exponent - 0x80)) / 1_000;
    }
    if (code === OFFSET_OPTION && size === 8) offsetMs = Number(view.getBigInt64(position + 4, isLittle)) * 1_000;
    position += 4 + size + ((4 - (size % 4)) % 4);
  }
  return { linkType: view.getUint16(0, isLittle), unitsAMs, offsetMs };
}

function readPacket(block: Block, interfaces: readonly Interface[]): Frame {
  const { body, isLittle } = block;
  const view = viewOf(body);
  const isEnhanced = block.type === ENHANCED_PACKET;
  need(block, isEnhanced ? 20 : 4);
  const number = isEnhanced ? view.getUint32(0, isLittle) : 0;
  const from = interfaces[number];
  if (!from) throw new CaptureError("invalid", `the packet at byte ${block.position} is of interface ${number} of ${interfaces.length}`);
  if (!isEnhanced) {
    const length = view.getUint32(0, isLittle);
    return { at: 0, linkType: from.linkType, bytes: body.subarray(4, 4 + length), length };
  }
  const units = view.getUint32(4, isLittle) * 2 ** 32 + view.getUint32(8, isLittle);
  const kept = view.getUint32(12, isLittle);
  need(block, 20 + kept);
  return {
    at: timeOf(units / from.unitsAMs + from.offsetMs),
    linkType: from.linkType,
    bytes: body.subarray(20, 20 + kept),
    length: view.getUint32(16, isLittle),
  };
}

function eventsPart({ body, isLittle }: Block): EventsPart | undefined {
  const start = EVENTS_MAGIC.length + 12;
  if (body.length < start || EVENTS_MAGIC.some((byte, index) => body[index] !== byte)) return undefined;
  const view = viewOf(body);
  const [part, parts, size] = [0, 4, 8].map((offset) => view.getUint32(EVENTS_MAGIC.length + offset, isLittle)) as [number, number, number];
  return size > body.length - start ? undefined : { part, parts, bytes: body.subarray(start, start + size) };
}

function* classicFrames(bytes: Uint8Array, isLittle: boolean, unitsAMs: number): Generator<Frame> {
  const view = viewOf(bytes);
  if (bytes.length < 24) throw cut(0, 24, bytes.length);
  const linkType = view.getUint32(20, isLittle) & 0xffff;
  for (let position = 24; position < bytes.length;) {
    if (bytes.length - position < 16) throw cut(position, 16, bytes.length);
    const seconds = view.getUint32(position, isLittle);
    const units = view.getUint32(position + 4, isLittle);
    const kept = view.getUint32(position + 8, isLittle);
    if (kept > bytes.length - position - 16) throw cut(position, 16 + kept, bytes.length);
    const data = bytes.subarray(position + 16, position + 16 + kept);
    yield { at: timeOf(seconds * 1_000 + units / unitsAMs), linkType, bytes: data, length: view.getUint32(position + 12, isLittle) };
    position += 16 + kept;
  }
}

/** A time that `Date` knows; a clock that was wrong is no reason not to show a packet. */
function timeOf(at: number): CaptureTime {
  return Number.isFinite(at) ? Math.min(Math.max(at, 0), 8.64e15) : 0;
}

function need(block: Block, size: number): void {
  if (block.body.length < size) throw new CaptureError("invalid", `the block at byte ${block.position} has ${block.body.length} bytes; ${size} are needed`);
}

function cut(position: number, size: number, length: number): CaptureError {
  return new CaptureError("cut", `the block at byte ${position} has ${size} bytes; ${length - position} are left`);
}

function swapped(value: number): number {
  return viewOf(Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24)).getUint32(0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
