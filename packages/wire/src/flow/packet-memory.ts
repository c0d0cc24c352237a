import { BlockPool } from "./block-pool.ts";
import { HEADER_BYTES } from "../codec/encode.ts";
import { MAX_DATA_BYTES } from "../codec/limits.ts";

/** Memory of one DATA packet of full size, bytes. */
const BLOCK_BYTES = HEADER_BYTES + MAX_DATA_BYTES;

/** Payloads from this size on get a block, bytes: a small one would hold many times its size until it is acknowledged. */
export const BLOCKS_FROM_BYTES = MAX_DATA_BYTES / 2;

/** Blocks that wait to be used again, at most: 4 MiB, as much as a session keeps unacknowledged. */
const MAX_IDLE_BLOCKS = 64;

/** Memory of acknowledged packets. New memory has to be cleared first, which takes longer than filling it. */
const pool = new BlockPool(() => new Uint8Array(BLOCK_BYTES), MAX_IDLE_BLOCKS);

/** Memory for a DATA packet of full size; whatever was in it still is. */
export function takeBlock(): Uint8Array<ArrayBuffer> {
  return pool.take();
}

/** Takes back the memory of a packet that the other side has acknowledged, if it is a whole block. */
export function recyclePacket(packet: Uint8Array<ArrayBuffer>): void {
  if (packet.byteOffset === 0 && packet.buffer.byteLength === BLOCK_BYTES) pool.giveBack(new Uint8Array(packet.buffer));
}
