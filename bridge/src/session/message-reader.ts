import type { Socket } from "node:net";
import bufferUtil from "bufferutil";
import { BLOCK_BYTES, takeBlock } from "../tcp/chunk.ts";
import { LENGTH_IN_2_BYTES, LENGTH_IN_8_BYTES, WHOLE_BINARY_MESSAGE } from "./websocket-frame.ts";

/** First bytes of the control frames: FIN, no reserved bits, opcodes 8 to 10 (RFC 6455, section 5.5). */
const CLOSE_FRAME = 0x88;
const PING_FRAME = 0x89;
const PONG_FRAME = 0x8a;

/** Bit of the second byte that says that the payload is masked, as it is in every frame of a client (RFC 6455, section 5.1). */
const MASKED = 0x80;
const MASK_BYTES = 4;
/** Longest header of a frame, bytes: two, a length in eight, a mask. */
const MAX_HEADER_BYTES = 2 + 8 + MASK_BYTES;

/** Messages from this size on are put together in a block that is used again, bytes; a smaller one would hold many times its size. */
const BLOCKS_FROM_BYTES = 32_768;

/** A binary message, and the block that it lies in where that is to go back to `recycle` once nothing of it is read any more. */
export type OnMessage = (message: Buffer, block: Buffer | undefined) => void;

/** What becomes of the bytes of the frame at hand. */
type FrameKind = "message" | "control" | "close";

/**
 * Reads the binary messages of a WebSocket past `ws`: one that came whole is unmasked where it lies, and any other while
 * it is copied to where it is put together, in memory that is used again. All other frames, and whatever is no good frame,
 * go to `ws` as they came: it answers, refuses and closes.
 */
export class MessageReader {
  readonly #socket: Socket;
  readonly #onMessage: OnMessage;
  readonly #maxMessageBytes: number;
  /** What `ws` listens with. */
  readonly #forward: (chunk: Buffer) => void;
  readonly #header = Buffer.allocUnsafeSlow(MAX_HEADER_BYTES);
  #headerUsed = 0;
  /** The frame whose payload is being read. */
  #kind: FrameKind | undefined;
  #left = 0;
  readonly #mask = Buffer.alloc(MASK_BYTES);
  /** The message at hand, how much of it is there when it comes in pieces, and the block that it is then put together in. */
  #message: Buffer | undefined;
  #used = 0;
  #block: Buffer | undefined;
  #isClosed = false;

  /** `socket`: that of an open WebSocket, nothing of which has been read. */
  constructor(socket: Socket, maxMessageBytes: number, onMessage: OnMessage) {
    const [listener, ...others] = socket.listeners("data");
    if (listener === undefined || others.length > 0) throw new Error(`the socket of a WebSocket has ${others.length + (listener === undefined ? 0 : 1)} listeners for data instead of one`);
    this.#socket = socket;
    this.#onMessage = onMessage;
    this.#maxMessageBytes = maxMessageBytes;
    this.#forward = listener as (chunk: Buffer) => void;
  }

  /** Takes the place of the listener of `ws`. */
  start(): void {
    this.#socket.removeListener("data", this.#forward);
    this.#socket.on("data", this.#onData);
  }

  readonly #onData = (chunk: Buffer): void => {
    let at = 0;
    // Nothing counts that comes after a close frame (RFC 6455, section 1.4).
    while (at < chunk.length && !this.#isClosed) {
      if (this.#kind === undefined) {
        const earlier = this.#headerUsed;
        const used = this.#readHeader(chunk, at);
        if (used === undefined) {
          this.#giveUp(earlier, chunk.subarray(at));
          return;
        }
        at += used;
        continue;
      }
      const piece = chunk.subarray(at, at + this.#left);
      at += piece.length;
      this.#left -= piece.length;
      if (this.#kind === "message") this.#takePiece(piece);
      else this.#forward.call(this.#socket, piece);
      if (this.#left === 0) this.#endFrame();
    }
  };

  /** Takes bytes of a header from the chunk, and says how many; undefined when the frame is none for this reader. */
  #readHeader(chunk: Buffer, from: number): number | undefined {
    const header = this.#header;
    let at = from;
    while (at < chunk.length) {
      header[this.#headerUsed] = chunk[at] as number;
      this.#headerUsed += 1;
      at += 1;
      if (this.#headerUsed < 2) continue;
      const second = header[1] as number;
      const kind = kindOf(header[0] as number, second);
      if (kind === undefined) return undefined;
      const short = second & ~MASKED;
      const lengthBytes = short === LENGTH_IN_2_BYTES ? 2 : short === LENGTH_IN_8_BYTES ? 8 : 0;
      if (this.#headerUsed < 2 + lengthBytes + MASK_BYTES) continue;
      const length = lengthBytes === 0 ? short : lengthBytes === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
      if (kind === "message" && (length === 0 || length > this.#maxMessageBytes)) return undefined;
      this.#kind = kind;
      this.#left = length;
      header.copy(this.#mask, 0, 2 + lengthBytes, this.#headerUsed);
      if (kind !== "message") {
        this.#forward.call(this.#socket, Buffer.from(header.subarray(0, this.#headerUsed)));
        if (length === 0) this.#endFrame();
      }
      this.#headerUsed = 0;
      return at - from;
    }
    return at - from;
  }

  /** From the header at hand on, of which so many bytes came in earlier chunks, everything is for `ws`, which has its listener back. */
  #giveUp(earlier: number, rest: Buffer): void {
    this.#socket.removeListener("data", this.#onData);
    this.#socket.on("data", this.#forward);
    this.#forward.call(this.#socket, Buffer.concat([this.#header.subarray(0, earlier), rest]));
  }

  #takePiece(piece: Buffer): void {
    if (this.#message === undefined && this.#left === 0) {
      bufferUtil.unmask(piece, this.#mask);
      this.#message = piece;
      return;
    }
    const message = this.#message ?? this.#makeRoom(piece.length + this.#left);
    bufferUtil.mask(piece, this.#mask, message, this.#used, piece.length);
    this.#used += piece.length;
    for (let turn = piece.length % MASK_BYTES; turn > 0 && this.#left > 0; turn -= 1) rotate(this.#mask);
  }

  /** Makes room for a message of so many bytes. */
  #makeRoom(length: number): Buffer {
    const isForBlock = length >= BLOCKS_FROM_BYTES && length <= BLOCK_BYTES;
    this.#block = isForBlock ? takeBlock() : undefined;
    this.#message = this.#block?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
    return this.#message;
  }

  #endFrame(): void {
    if (this.#kind === "close") this.#isClosed = true;
    this.#kind = undefined;
    const message = this.#message;
    if (message === undefined) return;
    const block = this.#block;
    this.#message = undefined;
    this.#block = undefined;
    this.#used = 0;
    this.#onMessage(message, block);
  }
}

function rotate(mask: Buffer): void {
  const first = mask[0] as number;
  mask.copyWithin(0, 1);
  mask[MASK_BYTES - 1] = first;
}

/** Undefined for a frame that is left to `ws`: a fragment, a text, or none that a client may send. */
function kindOf(first: number, second: number): FrameKind | undefined {
  if ((second & MASKED) === 0) return undefined;
  if (first === WHOLE_BINARY_MESSAGE) return "message";
  if ((second & ~MASKED) >= LENGTH_IN_2_BYTES) return undefined;
  if (first === PING_FRAME || first === PONG_FRAME) return "control";
  return first === CLOSE_FRAME ? "close" : undefined;
}
