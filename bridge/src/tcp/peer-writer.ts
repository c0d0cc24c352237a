import type { Socket } from "node:net";
import { writeTogether } from "@playground/tcp";
import { PEER_WRITE_BYTES } from "../limits.ts";
import { recycle, takeBlock } from "../memory/chunk.ts";

/** Room of the first block of a queue that starts with a tiny payload, bytes. */
const FIRST_ROOM_BYTES = 4_096;

/** The rooms after it, bytes. */
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
  /** Room at the end of the queue that payloads are copied into, and how much of it is used. */
  #room: Buffer | undefined;
  #roomUsed = 0;
  /** The blocks that the parts of the queue lie in, where they are to be used again, and those that the kernel is being given. */
  #queuedBlocks: (Buffer | undefined)[] = [];
  #givenBlocks: Buffer[] = [];
  /** As much was written as may be in one turn of the event loop, and more waits for the next. */
  #isWaitingForTurn = false;
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

  /** Queues a payload, which must not change any more, and takes over the block that it lies in, if any. Call `flush` once the packets at hand are in. */
  push(payload: Uint8Array, block?: Buffer): void {
    this.#pushed += payload.length;
    this.#queuedBytes += payload.length;
    if (block !== undefined || (payload.length < BLOCKS_FROM_BYTES && !this.#isBusy())) {
      this.#queue.push(payload);
      this.#queuedBlocks.push(block);
      this.#room = undefined;
    } else this.#copyIn(payload);
  }

  /** Hands everything queued to the kernel, unless it is still busy with what it was given before. */
  readonly flush = (): void => {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    if (this.#givenBlocks.length > 0 && socket.writableLength === 0) {
      for (const block of this.#givenBlocks) recycle(block);
      this.#givenBlocks = [];
    }
    if (this.#queue.length > 0 && !this.#isWaitingForTurn && socket.writableLength === 0) this.#writeQueue(socket);
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
    this.#room = undefined;
    this.#queuedBlocks = [];
    this.#givenBlocks = [];
    this.#reported = this.#pushed;
  }

  #isBusy(): boolean {
    return this.#socket === undefined || this.#isWaitingForTurn || this.#socket.writableLength > 0;
  }

  /** A view that had to wait would keep all that was read with it alive, and be old when the collector comes. */
  #copyIn(payload: Uint8Array): void {
    let at = 0;
    while (at < payload.length) {
      let room = this.#room;
      if (room === undefined || room.length === this.#roomUsed) {
        const wanted = payload.length - at;
        const block = wanted >= BLOCKS_FROM_BYTES ? takeBlock() : undefined;
        room = block ?? this.#makeRoom(wanted);
        this.#room = room;
        this.#roomUsed = 0;
        this.#queue.push(room.subarray(0, 0));
        this.#queuedBlocks.push(block);
      }
      const count = Math.min(payload.length - at, room.length - this.#roomUsed);
      room.set(payload.subarray(at, at + count), this.#roomUsed);
      at += count;
      this.#roomUsed += count;
      this.#queue[this.#queue.length - 1] = room.subarray(0, this.#roomUsed);
    }
  }

  #makeRoom(wanted: number): Buffer {
    const bytes = this.#queuedBytes < ROOM_BYTES ? FIRST_ROOM_BYTES : ROOM_BYTES;
    return Buffer.allocUnsafeSlow(Math.max(bytes, wanted));
  }

  #writeQueue(socket: Socket): void {
    const [queue, blocks] = this.#takeFromQueue();
    this.#givenBlocks = blocks.filter((block) => block !== undefined);
    writeTogether(socket, queue, this.flush);
  }

  /** What may be written in this turn of the event loop: all of the queue, or as much as `PEER_WRITE_BYTES`. */
  #takeFromQueue(): [Uint8Array[], (Buffer | undefined)[]] {
    let [count, byteCount] = [0, 0];
    while (count < this.#queue.length && byteCount < PEER_WRITE_BYTES) {
      byteCount += this.#queue[count]?.length ?? 0;
      count += 1;
    }
    const taken: [Uint8Array[], (Buffer | undefined)[]] = [this.#queue, this.#queuedBlocks];
    this.#queue = taken[0].splice(count);
    this.#queuedBlocks = taken[1].splice(count);
    this.#queuedBytes -= byteCount;
    if (this.#queue.length === 0) this.#room = undefined;
    else this.#waitForNextTurn();
    return taken;
  }

  #waitForNextTurn(): void {
    this.#isWaitingForTurn = true;
    setImmediate(() => {
      this.#isWaitingForTurn = false;
      this.flush();
    });
  }

  #report(): void {
    const written = this.#pushed - this.unwrittenBytes - this.#reported;
    if (written <= 0) return;
    this.#reported += written;
    this.#events.onWritten(written);
  }
}
