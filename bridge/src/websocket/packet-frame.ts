import { HEADER_BYTES, writeDataHeader } from "@playground/wire/codec";
import type { Chunk } from "../memory/chunk.ts";
import { LENGTH_IN_2_BYTES, LENGTH_IN_8_BYTES, WHOLE_BINARY_MESSAGE } from "./websocket-frame.ts";

/**
 * One packet as the frame of the WebSocket that carries it. Frames of a server are not masked, so that a frame is the
 * same on whatever WebSocket it travels.
 */
export interface Frame {
  /** Must not change any more. */
  readonly bytes: Buffer;
  readonly length: number;
  /** What its bytes lie in, where that is to be used again. */
  block: Buffer | undefined;
  /** Bytes that the WebSocket had been given when it had this frame, its own included. */
  end: number;
}

/** The frame of a packet that is encoded already. */
export function frameOf(packet: Uint8Array): Frame {
  const start = headerBytes(packet.length);
  const bytes = Buffer.allocUnsafe(start + packet.length);
  writeHeader(bytes, packet.length);
  bytes.set(packet, start);
  return { bytes, length: bytes.length, block: undefined, end: 0 };
}

/** A frame whose bytes many sessions send: encoded once, it lies in memory once. */
export type SharedFrame = Pick<Frame, "bytes">;

/** One session's own frame of bytes that it shares with others. */
export function ownFrame({ bytes }: SharedFrame): Frame {
  return { bytes, length: bytes.length, block: undefined, end: 0 };
}

/** The frame of a DATA packet, in the chunk itself, which is of no other use from now on. */
export function dataFrame(streamId: number, { buffer, start, block }: Chunk): Frame {
  const packetAt = start - HEADER_BYTES;
  const messageBytes = buffer.length - packetAt;
  const bytes = buffer.subarray(packetAt - headerBytes(messageBytes));
  writeHeader(bytes, messageBytes);
  writeDataHeader(buffer, packetAt, streamId);
  return { bytes, length: bytes.length, block, end: 0 };
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
