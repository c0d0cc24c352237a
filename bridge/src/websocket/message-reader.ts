import type { Socket } from "node:net";
import bufferUtil from "bufferutil";
import { BLOCK_BYTES, recycle, takeBlock } from "../memory/chunk.ts";
import { freeMemory } from "../memory/free-memory.ts";
import type { UnfinishedMessage } from "./unfinished-messages.ts";
import {
  frameKindOf,
  type FrameKind,
  LENGTH_IN_2_BYTES,
  LENGTH_IN_8_BYTES,
  MASK_BYTES,
  MASKED,
  MAX_HEADER_BYTES,
  ORPHAN_FRAGMENT,
  tooLongFrame,
} from "./websocket-frame.ts";

/** Messages from this size on are put together in a block that is used again, bytes; a smaller one would hold many times its size. */
const BLOCKS_FROM_BYTES = 32_768;

/** Room that a message begins with that comes in fragments, bytes: how long it will be nobody knows. */
const FIRST_FRAGMENT_BYTES = 1_024;

/** What a reader tells. */
export interface MessageReaderEvents {
  /** Bytes have come: `read` is to be called until nothing is left. */
  onBytes(): void;
  /** A frame begins, of whatever kind and size: each costs something. */
  onFrame(): void;
  /** A binary message, and the block that it lies in where that is to go back to `recycle` once nothing of it is read any more. */
  onMessage(message: Buffer, block: Buffer | undefined): void;
  /** A message that is text begins; nothing of it is kept. */
  onText(): void;
  /** A message of so many bytes begins, which is longer than `limitMessages` allows; nothing is read any more. */
  onTooLong(byteCount: number): void;
}

/**
 * Reads the binary messages of a WebSocket past `ws`: one that came whole is unmasked where it lies, and any other while
 * it is copied to where it is put together, in memory that is used again. Control frames, and whatever is no good frame, go to
 * `ws` as they came: it answers, refuses and closes. What has come is kept until `read` is called, so that whoever reads
 * decides how much of it is handled at a time; one who leaves something should pause the socket.
 */
export class MessageReader {
  readonly #socket: Socket;
  readonly #events: MessageReaderEvents;
  readonly #maxMessageBytes: number;
  /** Counts what a message takes that has not come whole. */
  readonly #memory: UnfinishedMessage;
  /** Longest message at the moment, bytes. */
  #limit: number;
  /** What `ws` listens with. */
  readonly #forward: (chunk: Buffer) => void;
  /** What has come and is not read yet, from a place on. */
  #chunk: Buffer | undefined;
  #at = 0;
  readonly #header = Buffer.allocUnsafeSlow(MAX_HEADER_BYTES);
  #headerUsed = 0;
  /** The frame whose payload is being read. */
  #kind: FrameKind | undefined;
  #isLast = true;
  #left = 0;
  readonly #mask = Buffer.alloc(MASK_BYTES);
  /** What the fragments at hand are of, until their last. */
  #fragmentsOf: "message" | "text" | undefined;
  /** The message at hand, how much of it is there when it comes in pieces, and the block that it is then put together in. */
  #message: Buffer | undefined;
  #used = 0;
  #block: Buffer | undefined;
  #isClosed = false;

  /** `socket`: that of an open WebSocket, nothing of which has been read. */
  constructor(socket: Socket, maxMessageBytes: number, events: MessageReaderEvents, memory: UnfinishedMessage) {
    const [listener, ...others] = socket.listeners("data");
    if (listener === undefined || others.length > 0)
      throw new Error(`the socket of a WebSocket has ${others.length + (listener === undefined ? 0 : 1)} listeners for data instead of one`);
    this.#socket = socket;
    this.#events = events;
    this.#maxMessageBytes = maxMessageBytes;
    this.#limit = maxMessageBytes;
    this.#memory = memory;
    this.#forward = listener as (chunk: Buffer) => void;
  }

  /** Takes the place of the listener of `ws`. */
  start(): void {
    this.#socket.removeListener("data", this.#forward);
    this.#socket.on("data", this.#onData);
  }

  /** Whether something has come that is not read yet. */
  get hasMore(): boolean {
    return this.#chunk !== undefined;
  }

  /** From now on messages have at most so many bytes. */
  limitMessages(byteCount: number): void {
    this.#limit = byteCount;
  }

  /** Lets go of all memory and reads nothing any more, not even the answer to a close frame. */
  stop(): void {
    this.#isClosed = true;
    this.#chunk = undefined;
    this.#freeMessage();
    this.#dropMessage();
  }

  /** Reads what has come. `mayGoOn` is asked before each frame, and before what has come of the rest of one. */
  read(mayGoOn: () => boolean): void {
    while (this.#chunk !== undefined && mayGoOn()) {
      const chunk = this.#chunk;
      // Nothing counts that comes after a close frame (RFC 6455, section 1.4).
      if (this.#isClosed) this.#chunk = undefined;
      else if (this.#kind === undefined) this.#readHeader(chunk);
      else this.#readPayload(chunk);
      if (this.#chunk === chunk && this.#at >= chunk.length) this.#chunk = undefined;
    }
  }

  readonly #onData = (chunk: Buffer): void => {
    // A socket that was paused hands out nothing more; this is for the case that it does.
    this.#chunk = this.#chunk === undefined ? chunk : Buffer.concat([this.#chunk.subarray(this.#at), chunk]);
    this.#at = 0;
    this.#events.onBytes();
  };

  /** Takes the bytes of a header, as far as they are there. */
  #readHeader(chunk: Buffer): void {
    const header = this.#header;
    while (this.#at < chunk.length) {
      header[this.#headerUsed] = chunk[this.#at] as number;
      this.#headerUsed += 1;
      this.#at += 1;
      if (this.#headerUsed < 2) continue;
      const second = header[1] as number;
      const kind = frameKindOf(header[0] as number, second);
      if (kind === undefined) {
        this.#giveUp(Buffer.concat([header.subarray(0, this.#headerUsed), chunk.subarray(this.#at)]));
        return;
      }
      const short = second & ~MASKED;
      const lengthBytes = short === LENGTH_IN_2_BYTES ? 2 : short === LENGTH_IN_8_BYTES ? 8 : 0;
      if (this.#headerUsed < 2 + lengthBytes + MASK_BYTES) continue;
      const length = lengthBytes === 0 ? short : lengthBytes === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
      header.copy(this.#mask, 0, 2 + lengthBytes, this.#headerUsed);
      this.#beginFrame(kind, length, header.subarray(0, this.#headerUsed));
      this.#headerUsed = 0;
      return;
    }
  }

  #beginFrame(kind: FrameKind, length: number, header: Buffer): void {
    this.#events.onFrame();
    const isFragment = this.#fragmentsOf !== undefined;
    if (kind === "control" || kind === "close") this.#forward.call(this.#socket, Buffer.from(header));
    else if ((kind === "fragment") !== isFragment) {
      // To `ws`, who knows nothing of the fragments before, it would look like a good one.
      this.#giveUp(ORPHAN_FRAGMENT);
      return;
    } else if (length + this.#used > this.#maxMessageBytes) {
      this.#giveUp(tooLongFrame(this.#maxMessageBytes));
      return;
    } else if (length + this.#used > this.#limit) {
      const byteCount = length + this.#used;
      this.stop();
      this.#events.onTooLong(byteCount);
      return;
    } else {
      this.#isLast = ((header[0] as number) & 0x80) !== 0;
      if (kind !== "fragment") this.#fragmentsOf = kind;
      if (kind === "text") this.#events.onText();
    }
    this.#kind = kind;
    this.#left = length;
    if (length === 0) this.#endFrame();
  }

  #readPayload(chunk: Buffer): void {
    const piece = chunk.subarray(this.#at, this.#at + this.#left);
    this.#at += piece.length;
    this.#left -= piece.length;
    if (this.#kind === "control" || this.#kind === "close") this.#forward.call(this.#socket, piece);
    else if (this.#fragmentsOf === "message") this.#takePiece(piece);
    if (this.#left === 0) this.#endFrame();
  }

  /** Leaves the WebSocket to `ws`, which has its listener back and is given what it cannot take. */
  #giveUp(rest: Buffer): void {
    this.#isClosed = true;
    this.#chunk = undefined;
    this.#freeMessage();
    this.#dropMessage();
    this.#socket.removeListener("data", this.#onData);
    this.#socket.on("data", this.#forward);
    this.#forward.call(this.#socket, rest);
  }

  #takePiece(piece: Buffer): void {
    if (this.#message === undefined && this.#left === 0 && this.#isLast) {
      bufferUtil.unmask(piece, this.#mask);
      this.#message = piece;
      this.#used = piece.length;
      return;
    }
    const message = this.#roomFor(this.#isLast ? piece.length + this.#left : piece.length);
    // The memory of all may be used up, and this the message that has to go for it.
    if (this.#isClosed) return;
    bufferUtil.mask(piece, this.#mask, message, this.#used, piece.length);
    this.#used += piece.length;
    for (let turn = piece.length % MASK_BYTES; turn > 0 && this.#left > 0; turn -= 1) rotate(this.#mask);
  }

  /** Makes room for so many bytes more, and gives what the message is put together in. How much more is to come of fragments, nobody knows: room for them grows twofold. */
  #roomFor(more: number): Buffer {
    const needed = this.#used + more;
    const old = this.#message;
    if (old !== undefined && old.length >= needed) return old;
    const isWhole = old === undefined && this.#isLast;
    const length = isWhole ? needed : Math.min(Math.max(needed, 2 * (old?.length ?? 0), FIRST_FRAGMENT_BYTES), this.#maxMessageBytes);
    const isForBlock = isWhole && length >= BLOCKS_FROM_BYTES && length <= BLOCK_BYTES;
    this.#block = isForBlock ? takeBlock() : undefined;
    const room = this.#block?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
    old?.copy(room, 0, 0, this.#used);
    if (old !== undefined) freeMemory(old);
    this.#message = room;
    this.#memory.hold(room.length);
    return room;
  }

  #endFrame(): void {
    const kind = this.#kind;
    this.#kind = undefined;
    if (kind === "close") this.#isClosed = true;
    if (kind === "control" || kind === "close" || !this.#isLast) return;
    const isMessage = this.#fragmentsOf === "message";
    const message = this.#message?.subarray(0, this.#used) ?? Buffer.alloc(0);
    const block = this.#block;
    this.#dropMessage();
    if (isMessage) this.#events.onMessage(message, block);
  }

  /** Nobody will read what there is of the message at hand. */
  #freeMessage(): void {
    if (this.#block !== undefined) recycle(this.#block);
    else if (this.#message !== undefined) freeMemory(this.#message);
  }

  #dropMessage(): void {
    this.#fragmentsOf = undefined;
    this.#message = undefined;
    this.#block = undefined;
    this.#used = 0;
    this.#memory.release();
  }
}

function rotate(mask: Buffer): void {
  const first = mask[0] as number;
  mask.copyWithin(0, 1);
  mask[MASK_BYTES - 1] = first;
}
