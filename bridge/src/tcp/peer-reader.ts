import type { Socket } from "node:net";
import { MAX_DATA_BYTES } from "@playground/wire/codec";
import { type Chunk, chunkLength, chunkOf, MAX_CHUNK_BYTES, splitChunk } from "../memory/chunk.ts";
import type { PeerSocket } from "./peer-socket.ts";
import type { GateWaiter, SendGate } from "./send-gate.ts";

/** Where the bytes of a peer go. */
export interface PeerReaderEvents {
  /** Bytes for the client; the chunk belongs to the receiver. */
  onChunk(chunk: Chunk): void;
  /** The peer has ended its direction, and every byte before that has been handed out. */
  onEnd(): void;
}

/**
 * The direction from the TCP peer to the client: reads only while the client has credit and its
 * WebSocket has room, and holds at most the one chunk that the last read brought.
 */
export class PeerReader implements GateWaiter {
  readonly #gate: SendGate;
  readonly #events: PeerReaderEvents;
  #socket: Socket | undefined;
  /** Bytes that the client may still be sent; Infinity for plain Wisp, which has no such window. */
  #credit: number;
  #held: Chunk | undefined;
  /** What came although the socket is paused, after `#held`. */
  readonly #behind: Chunk[] = [];
  #peerEnded = false;
  #discarding = false;
  #done = false;

  constructor(gate: SendGate, credit: number, events: PeerReaderEvents) {
    this.#gate = gate;
    this.#credit = credit;
    this.#events = events;
  }

  /** Starts to read. The socket must be paused or fresh. */
  attach(peer: PeerSocket): void {
    const { socket } = peer;
    this.#socket = socket;
    peer.onBytes(this.#onBytes);
    socket.on("end", this.#onEnd);
    socket.resume();
  }

  /** Bytes that may be on their way to the client without more credit. */
  get credit(): number {
    return this.#credit;
  }

  /** Whether the peer has ended, and bytes from before that still wait to be handed out. */
  get holdsLastBytes(): boolean {
    return this.#peerEnded && this.#held !== undefined;
  }

  addCredit(byteCount: number): void {
    this.#credit += byteCount;
    this.#pump();
  }

  gateOpened(): void {
    this.#pump();
  }

  /** From now on whatever comes is read and thrown away: the peer is neither blocked nor reset. */
  discard(): void {
    if (this.#discarding) return;
    this.#discarding = true;
    this.#held = undefined;
    this.#behind.length = 0;
    this.#gate.leave(this);
    this.#socket?.resume();
    if (this.#peerEnded) this.#finish();
  }

  /** Lets go of everything; no event follows. */
  dispose(): void {
    this.#done = true;
    this.#held = undefined;
    this.#behind.length = 0;
    this.#gate.leave(this);
  }

  readonly #onBytes = (bytes: Uint8Array): void => {
    if (this.#discarding || this.#done) return;
    // What an accepted socket had read before may be more than a chunk holds.
    for (let at = 0; at < bytes.length; at += MAX_CHUNK_BYTES) this.#hold(chunkOf(bytes.subarray(at, at + MAX_CHUNK_BYTES)));
    this.#pump();
  };

  #hold(chunk: Chunk): void {
    if (this.#held === undefined) this.#held = chunk;
    else this.#behind.push(chunk);
  }

  readonly #onEnd = (): void => {
    this.#peerEnded = true;
    if (this.#held === undefined) this.#finish();
  };

  #pump(): void {
    while (this.#held !== undefined) {
      const length = chunkLength(this.#held);
      const size = Math.min(length, this.#credit, MAX_DATA_BYTES);
      if (size === 0) {
        this.#socket?.pause();
        return;
      }
      if (!this.#gate.admits(size)) {
        this.#socket?.pause();
        this.#gate.wait(this);
        return;
      }
      const { front, rest } = size === length ? { front: this.#held, rest: this.#behind.shift() } : splitChunk(this.#held, size);
      this.#held = rest;
      this.#credit -= size;
      this.#events.onChunk(front);
    }
    // Also without credit: the next thing to come may be the end, which needs none.
    if (this.#peerEnded) this.#finish();
    else if (this.#socket?.isPaused() === true) this.#socket.resume();
  }

  #finish(): void {
    if (this.#done || this.#held !== undefined) return;
    this.#done = true;
    this.#gate.leave(this);
    this.#events.onEnd();
  }
}
