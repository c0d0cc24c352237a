import type { Socket } from "node:net";
import { recycle, takeBlock } from "./chunk.ts";

/** Room of the first block of a queue that starts with a tiny payload, bytes. */
const FIRST_ROOM_BYTES = 4_096;

/** Room of the blocks after it, bytes. */
const ROOM_BYTES = 16_384;

/** Payloads from this size on are copied into blocks that are used again, bytes; a smaller one alone in such a block would hold many times its size. */
const BLOCKS_FROM_BYTES = 32_768;

/** Where the direction to the peer tells of its progress. */
export interface PeerWriterEvents {
  /** So many more bytes have been taken by the kernel. */
  onWritten(byteCount: number): void;
  /** FIN has gone out after the last byte. */
  onFinished(): void;
}

/**
 * The direction from the client to the TCP peer. Queues what the client sends, hands it to the kernel in
 * one call when it can, and tells how much got there, which is what credit is given for.
 */
export class PeerWriter {
  readonly #events: PeerWriterEvents;
  #socket: Socket | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** The block at the end of the queue that payloads are copied into, and how much of it is used. */
  #block: Buffer | undefined;
  #blockUsed = 0;
  /** Blocks in the queue, and those that the kernel is being given, which are to be used again. */
  #queuedBlocks: Buffer[] = [];
  #givenBlocks: Buffer[] = [];
  /** All bytes ever pushed, and how many of them were reported as written. */
  #pushed = 0;
  #reported = 0;
  #ending = false;
  #endCalled = false;

  constructor(events: PeerWriterEvents) {
    this.#events = events;
  }

  attach(socket: Socket): void {
    this.#socket = socket;
    this.flush();
  }

  /** Bytes taken from the client that the kernel does not have yet. */
  get unwrittenBytes(): number {
    return this.#queuedBytes + (this.#socket?.writableLength ?? 0);
  }

  /** Queues a payload, in one piece or several, which must not change any more. Call `flush` once the packets at hand are in. */
  push(payload: Uint8Array, more?: readonly Uint8Array[]): void {
    // A view that had to wait would keep all that was read with it alive, and be old when the collector comes; and one
    // write of a block costs less than several of its pieces.
    if (more === undefined && payload.length < BLOCKS_FROM_BYTES && !this.#isBusy()) {
      this.#count(payload.length);
      this.#queue.push(payload);
      return;
    }
    let left = payload.length;
    if (more !== undefined) for (const piece of more) left += piece.length;
    this.#count(left);
    this.#copyIn(payload, left);
    if (more === undefined) return;
    left -= payload.length;
    for (const piece of more) {
      this.#copyIn(piece, left);
      left -= piece.length;
    }
  }

  /** Hands everything queued to the kernel, unless it is still busy with what it was given before. */
  readonly flush = (): void => {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    if (this.#givenBlocks.length > 0 && socket.writableLength === 0) {
      for (const block of this.#givenBlocks) recycle(block);
      this.#givenBlocks = [];
    }
    if (this.#queue.length > 0 && socket.writableLength === 0) this.#writeQueue(socket);
    if (this.#ending && !this.#endCalled && this.#queue.length === 0) {
      this.#endCalled = true;
      socket.end(() => this.#events.onFinished());
    }
    this.#report();
  };

  /** FIN follows the last queued byte. */
  end(): void {
    this.#ending = true;
    this.flush();
  }

  /** Drops what is queued. */
  dispose(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#block = undefined;
    this.#queuedBlocks = [];
    this.#givenBlocks = [];
    this.#reported = this.#pushed;
  }

  #isBusy(): boolean {
    return this.#socket === undefined || this.#socket.writableLength > 0;
  }

  #count(byteCount: number): void {
    this.#pushed += byteCount;
    this.#queuedBytes += byteCount;
  }

  /** `wanted`: bytes that will come, these included. */
  #copyIn(payload: Uint8Array, wanted: number): void {
    let at = 0;
    while (at < payload.length) {
      let block = this.#block;
      if (block === undefined || block.length === this.#blockUsed) {
        block = this.#newBlock(wanted - at);
        this.#block = block;
        this.#blockUsed = 0;
        this.#queue.push(block.subarray(0, 0));
      }
      const count = Math.min(payload.length - at, block.length - this.#blockUsed);
      block.set(payload.subarray(at, at + count), this.#blockUsed);
      at += count;
      this.#blockUsed += count;
      this.#queue[this.#queue.length - 1] = block.subarray(0, this.#blockUsed);
    }
  }

  #newBlock(wanted: number): Buffer {
    if (wanted >= BLOCKS_FROM_BYTES) {
      const block = takeBlock();
      this.#queuedBlocks.push(block);
      return block;
    }
    const room = this.#queuedBytes < ROOM_BYTES ? FIRST_ROOM_BYTES : ROOM_BYTES;
    return Buffer.allocUnsafeSlow(Math.max(room, wanted));
  }

  #writeQueue(socket: Socket): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#block = undefined;
    this.#givenBlocks = this.#queuedBlocks;
    this.#queuedBlocks = [];
    if (queue.length === 1 && queue[0] !== undefined) {
      socket.write(queue[0], this.flush);
      return;
    }
    socket.cork();
    const last = queue.length - 1;
    for (const [i, bytes] of queue.entries()) {
      if (i === last) socket.write(bytes, this.flush);
      else socket.write(bytes);
    }
    socket.uncork();
  }

  #report(): void {
    const written = this.#pushed - this.unwrittenBytes - this.#reported;
    if (written <= 0) return;
    this.#reported += written;
    this.#events.onWritten(written);
  }
}
