import type { Socket } from "node:net";

/** Payloads below this size are copied together while the socket is busy, bytes: a queue of tiny pieces costs more than its bytes. */
const COPY_BELOW_BYTES = 4_096;

/** Size of the blocks that tiny payloads are copied into, bytes. */
const BLOCK_BYTES = 16_384;

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
  /** The block at the end of the queue that tiny payloads are copied into, and how much of it is used. */
  #block: Buffer | undefined;
  #blockUsed = 0;
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

  /** Queues a payload, which must not change any more. Call `flush` once the packets at hand are in. */
  push(payload: Uint8Array): void {
    this.#pushed += payload.length;
    this.#queuedBytes += payload.length;
    if (!this.#isBusy()) {
      this.#queue.push(payload);
    } else if (payload.length < COPY_BELOW_BYTES) {
      this.#copyIn(payload);
    } else {
      this.#block = undefined;
      // A view keeps the whole message alive, which may be far bigger.
      this.#queue.push(payload.length * 2 < payload.buffer.byteLength ? Buffer.from(payload) : payload);
    }
  }

  /** Hands everything queued to the kernel, unless it is still busy with what it was given before. */
  readonly flush = (): void => {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
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
    this.#reported = this.#pushed;
  }

  #isBusy(): boolean {
    return this.#socket === undefined || this.#socket.writableLength > 0;
  }

  #copyIn(payload: Uint8Array): void {
    let block = this.#block;
    if (block === undefined || block.length - this.#blockUsed < payload.length) {
      block = Buffer.allocUnsafeSlow(this.#queuedBytes < BLOCK_BYTES ? COPY_BELOW_BYTES : BLOCK_BYTES);
      this.#block = block;
      this.#blockUsed = 0;
      this.#queue.push(block.subarray(0, 0));
    }
    block.set(payload, this.#blockUsed);
    this.#blockUsed += payload.length;
    this.#queue[this.#queue.length - 1] = block.subarray(0, this.#blockUsed);
  }

  #writeQueue(socket: Socket): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#block = undefined;
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
