import type { Socket } from "node:net";
import { writeTogether } from "./write-together.ts";

/** Pieces shorter than this are copied together, bytes: one call to the kernel takes many of them. */
const GATHER_BELOW = 4_096;

/** Bytes of the rooms that short pieces are copied into. */
const GATHER_ROOM = 16_384;

/** Where it tells of its progress. */
export interface OutgoingEvents {
  /** So many more bytes have been taken by the kernel. */
  onWritten(byteCount: number): void;
  /** FIN has gone out after the last byte. */
  onFinished(): void;
}

/** Bytes on their way to a socket: what is pushed in one turn of the event loop goes to the kernel in one call. */
export class OutgoingBytes {
  readonly #events: OutgoingEvents;
  #socket: Socket | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** Where short pieces go, how much of it is used, and where the last piece of the queue begins in it. */
  #room: Uint8Array | undefined;
  #roomUsed = 0;
  #pieceBegins = 0;
  #isFlushPlanned = false;
  #ending = false;
  #endCalled = false;
  /** All bytes ever pushed, and how many of them were reported as written. */
  #pushed = 0;
  #reported = 0;

  constructor(events: OutgoingEvents) {
    this.#events = events;
  }

  /** The socket is connected: what has waited goes out. */
  attach(socket: Socket): void {
    this.#socket = socket;
    this.#flush();
  }

  /** Bytes that the kernel does not have yet. */
  get unwritten(): number {
    return this.#queuedBytes + (this.#socket?.writableLength ?? 0);
  }

  /** Queues a copy of the bytes. */
  push(bytes: Uint8Array): void {
    this.#pushed += bytes.length;
    this.#queuedBytes += bytes.length;
    if (bytes.length < GATHER_BELOW) this.#gather(bytes);
    else {
      this.#queue.push(bytes.slice());
      this.#pieceBegins = this.#roomUsed;
    }
    this.#planFlush();
  }

  /** FIN follows the last byte. */
  end(): void {
    this.#ending = true;
    this.#planFlush();
  }

  /** Drops what waits, and counts it as gone; nothing is reported afterwards. Gives how many bytes were never written. */
  dispose(): number {
    const lost = this.#pushed - this.#reported;
    this.#reported = this.#pushed;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#room = undefined;
    return lost;
  }

  #gather(bytes: Uint8Array): void {
    let room = this.#room;
    if (room === undefined || room.length - this.#roomUsed < bytes.length) {
      room = new Uint8Array(GATHER_ROOM);
      this.#room = room;
      this.#roomUsed = 0;
      this.#pieceBegins = 0;
    }
    room.set(bytes, this.#roomUsed);
    // The last piece of the queue grows, where it lies in this room.
    if (this.#pieceBegins < this.#roomUsed) this.#queue.pop();
    this.#roomUsed += bytes.length;
    this.#queue.push(room.subarray(this.#pieceBegins, this.#roomUsed));
  }

  #planFlush(): void {
    if (this.#isFlushPlanned || this.#socket === undefined) return;
    this.#isFlushPlanned = true;
    process.nextTick(() => {
      this.#isFlushPlanned = false;
      this.#flush();
    });
  }

  readonly #flush = (): void => {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    // While the kernel is busy, what comes is gathered.
    if (this.#queue.length > 0 && socket.writableLength === 0) this.#write(socket);
    if (this.#ending && !this.#endCalled && this.#queue.length === 0) {
      this.#endCalled = true;
      socket.end(() => this.#events.onFinished());
    }
    const written = this.#pushed - this.unwritten - this.#reported;
    if (written <= 0) return;
    this.#reported += written;
    this.#events.onWritten(written);
  };

  #write(socket: Socket): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#pieceBegins = this.#roomUsed;
    writeTogether(socket, queue, this.#flush);
  }
}
