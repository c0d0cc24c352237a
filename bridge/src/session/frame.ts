import { HEADER_BYTES, PacketType } from "@playground/wire";

/** First byte of a frame that is a whole binary message: FIN, no reserved bits, opcode 2 (RFC 6455, section 5.2). */
const WHOLE_BINARY_MESSAGE = 0x82;

/** Values of the length byte that say that the length follows in two bytes, or in eight (RFC 6455, section 5.2). */
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** Payloads up to this size are copied behind their head, bytes: one write of a few kilobytes costs less than two. */
const COPY_UP_TO_BYTES = 4_096;

/**
 * One packet as the frame of the WebSocket that carries it. Frames of a server are not masked, so that a frame is the
 * same on whatever WebSocket it travels, and the bytes of a peer can go out as they came in, without a copy.
 */
export interface Frame {
  /** Header of the frame, header of the packet, and its payload unless `payload` has it. */
  readonly head: Buffer;
  /** Must not change any more. */
  readonly payload: Uint8Array | undefined;
  /** Bytes of both. */
  readonly length: number;
}

/** The frame of a packet that is encoded already. */
export function frameOf(packet: Uint8Array): Frame {
  const start = headerBytes(packet.length);
  const head = Buffer.allocUnsafe(start + packet.length);
  writeHeader(head, packet.length);
  head.set(packet, start);
  return { head, payload: undefined, length: head.length };
}

/** The frame of a DATA packet. The bytes belong to it from now on. */
export function dataFrame(streamId: number, bytes: Uint8Array): Frame {
  const messageBytes = HEADER_BYTES + bytes.length;
  const start = headerBytes(messageBytes);
  const isCopied = bytes.length <= COPY_UP_TO_BYTES;
  const head = Buffer.allocUnsafe(start + (isCopied ? messageBytes : HEADER_BYTES));
  writeHeader(head, messageBytes);
  head[start] = PacketType.DATA;
  head.writeUInt32LE(streamId, start + 1);
  if (isCopied) head.set(bytes, start + HEADER_BYTES);
  return { head, payload: isCopied ? undefined : bytes, length: start + messageBytes };
}

function headerBytes(messageBytes: number): number {
  if (messageBytes < LENGTH_IN_2_BYTES) return 2;
  return messageBytes <= 0xffff ? 4 : 10;
}

function writeHeader(head: Buffer, messageBytes: number): void {
  head[0] = WHOLE_BINARY_MESSAGE;
  if (messageBytes < LENGTH_IN_2_BYTES) head[1] = messageBytes;
  else if (messageBytes <= 0xffff) {
    head[1] = LENGTH_IN_2_BYTES;
    head.writeUInt16BE(messageBytes, 2);
  } else {
    head[1] = LENGTH_IN_8_BYTES;
    head.writeBigUInt64BE(BigInt(messageBytes), 2);
  }
}
