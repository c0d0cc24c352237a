import { MAX_DATA_BYTES } from "@playground/wire/codec";
import { BlockPool } from "@playground/wire/flow";

/** Room in front of the bytes of a chunk, for the headers of a frame and of a packet: 10 and 5 bytes at most. */
export const CHUNK_ROOM_BYTES = 15;

/** Most bytes in a chunk: what one read brings, and what one DATA packet holds. */
export const MAX_CHUNK_BYTES = MAX_DATA_BYTES;

/** Memory of one block, bytes. */
export const BLOCK_BYTES = CHUNK_ROOM_BYTES + MAX_CHUNK_BYTES;

/** Chunks above this size get a block that is used again, bytes; a small one in a whole block would hold many times its size. */
const BLOCKS_ABOVE_BYTES = MAX_CHUNK_BYTES / 2;

/** Blocks that wait to be used again, at most: 16 MiB, as much as three busy sessions keep. */
const MAX_IDLE_BLOCKS = 256;

/** Bytes of a peer on their way to the client, with room in front of them for headers. */
export interface Chunk {
  /** The bytes are at its end, from `start` on. */
  readonly buffer: Buffer;
  /** At least `CHUNK_ROOM_BYTES`. */
  readonly start: number;
  /** What has to go back to `recycle`; undefined where the garbage collector does. */
  readonly block: Buffer | undefined;
}

/** Blocks for one chunk each. With new memory for every chunk the garbage collector took a fifth of a busy bridge's time. */
const pool = new BlockPool<Buffer>(() => Buffer.allocUnsafeSlow(BLOCK_BYTES), MAX_IDLE_BLOCKS);

/** Memory for a chunk and its room, which has to go back to `recycle`. */
export function takeBlock(): Buffer {
  return pool.take();
}

/** Copies bytes into a chunk of their own, at most `MAX_CHUNK_BYTES` of them. */
export function chunkOf(bytes: Uint8Array): Chunk {
  const end = CHUNK_ROOM_BYTES + bytes.length;
  const block = bytes.length > BLOCKS_ABOVE_BYTES ? takeBlock() : undefined;
  const buffer = block === undefined ? Buffer.allocUnsafe(end) : end === block.length ? block : block.subarray(0, end);
  buffer.set(bytes, CHUNK_ROOM_BYTES);
  return { buffer, start: CHUNK_ROOM_BYTES, block };
}

/** Bytes in a chunk. */
export function chunkLength({ buffer, start }: Chunk): number {
  return buffer.length - start;
}

/** Splits so many bytes off the front of a chunk, as a chunk of their own. */
export function splitChunk({ buffer, start, block }: Chunk, byteCount: number): { readonly front: Chunk; readonly rest: Chunk } {
  return { front: chunkOf(buffer.subarray(start, start + byteCount)), rest: { buffer, start: start + byteCount, block } };
}

/** Takes back the block of a chunk of which nothing will be read any more, not even by the kernel. */
export function recycle(block: Buffer): void {
  pool.giveBack(block);
}
