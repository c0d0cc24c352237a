import type { Socket } from "node:net";
import { MAX_MESSAGE_BYTES } from "@playground/wire/codec";
import type { WebSocket } from "ws";
import type { ClientAccount } from "../client/client-account.ts";
import { HANDSHAKE_MESSAGE_BYTES, WEBSOCKET_ABANDONED_BYTES, WEBSOCKET_ABANDONED_FRAMES, WEBSOCKET_HIGH_WATER_BYTES } from "../limits.ts";
import type { LimitFailure } from "../over-limit.ts";
import { recycle } from "../memory/chunk.ts";
import { type Slice, type Turns, Work } from "../turns/turns.ts";
import type { Frame } from "./packet-frame.ts";
import { Heartbeat } from "./heartbeat.ts";
import { MessageReader } from "./message-reader.ts";
import type { UnfinishedMessages } from "./unfinished-messages.ts";

/** Longest reason that a WebSocket close frame holds, bytes (RFC 6455, section 5.5). */
const MAX_CLOSE_TEXT_BYTES = 123;

/** Bytes that are gathered for one call to the kernel, at most: what it takes at once does not hold the streams back. */
const UNCORK_FROM_BYTES = WEBSOCKET_HIGH_WATER_BYTES / 2;

/** Why a client is not read from: its bytes wait for slow peers, it is over a rate of bytes or of packets, it is not its turn, or nothing that comes counts any more. */
export type HoldReason = "buffer" | "rate" | "packets" | "turn" | "over";

/** What happens on a WebSocket. */
export interface WebSocketEvents {
  /** A binary message, and the block that it lies in where that is to go back to `recycle` once nothing of it is read any more. */
  onMessage(message: Buffer, block: Buffer | undefined): void;
  /** A message that is text. */
  onText(): void;
  /** A message of so many bytes, which is more than may be at the moment. */
  onTooLong(byteCount: number): void;
  /** The memory for messages that have not come whole is used up, and the one at hand is given up. */
  onCrowded(refusal: LimitFailure): void;
  /** The WebSocket has closed: with this code of the client's, or 1006 when there was no close frame. */
  onClosed(code: number): void;
  /** Its frames are not those of a WebSocket; the connection is being closed. */
  onBroken(why: string): void;
  /** The client answers no pings. */
  onSilent(): void;
  /** The client does not read, and as much as may be waits for it. Comes later, not from inside `send`. */
  onAbandoned(): void;
  /** The socket's buffer has drained. */
  onDrained(): void;
  /** A frame of the client's begins, of whatever kind. */
  onFrame(): void;
  /** What was read of it in this slice has been handled. */
  onSliceEnd(): void;
}

/** What a WebSocket needs of the bridge. */
export interface WebSocketServices {
  /** Time between two pings, ms. */
  readonly pingIntervalMs: number;
  readonly turns: Turns;
  readonly unfinished: UnfinishedMessages;
}

/** One WebSocket and what it takes to send well over it. A session may have several of them, one after the other. */
export class ClientWebSocket {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #heartbeat: Heartbeat;
  /** Undefined once nobody wants to hear of it any more. */
  #events: WebSocketEvents | undefined;
  #isCorked = false;
  #corkedBytes = 0;
  /** Bytes of the frames that were sent. */
  #sentBytes = 0;
  /** Frames whose blocks are to be used again once the kernel has taken them, oldest first. */
  #untaken: Frame[] = [];
  /** Frames sent since the WebSocket was last below its high-water mark. */
  #framesAbove = 0;
  readonly #holds = new Set<HoldReason>();
  readonly #reader: MessageReader;
  readonly #turns: Turns;
  /** What has come, to be read in turns. */
  readonly #work: Work;

  /** `account`: the client's, whose turns it is read in. */
  constructor(ws: WebSocket, socket: Socket, { pingIntervalMs, turns, unfinished }: WebSocketServices, account: ClientAccount) {
    this.#ws = ws;
    this.#socket = socket;
    this.#turns = turns;
    this.#work = new Work(account, (slice) => this.#read(slice));
    this.#heartbeat = new Heartbeat(ws, pingIntervalMs, () => this.#events?.onSilent());
    const onMessage = (message: Buffer, block: Buffer | undefined): void => {
      this.#heartbeat.seen();
      this.#events?.onMessage(message, block);
    };
    this.#reader = new MessageReader(
      socket,
      MAX_MESSAGE_BYTES,
      {
        onBytes: () => {
          this.#turns.run(this.#work);
          // It may not have been its turn at all.
          if (this.#reader.hasMore) this.hold("turn");
        },
        onFrame: () => this.#events?.onFrame(),
        onMessage,
        onText: () => this.#events?.onText(),
        onTooLong: (byteCount) => {
          // The rest of the message would be read only to be thrown away.
          this.hold("over");
          this.#events?.onTooLong(byteCount);
        },
      },
      unfinished.open(account, (refusal) => this.#giveUpMessage(refusal)),
    );
    this.#reader.limitMessages(HANDSHAKE_MESSAGE_BYTES);
    this.#reader.start();
    ws.on("close", (code) => this.#closed(code));
    // One that is not being read from tells of its end here only; any other still hands out what has come. Before `ws`
    // hears of it, which takes what was not read for the start of a frame.
    socket.prependListener("close", () => {
      if (ws.isPaused) this.#closed(ABNORMAL_CLOSURE);
    });
    // Broken frames end up here; `ws` closes the connection itself, with the fitting code.
    ws.on("error", (error) => this.#events?.onBroken(error.message));
    // Answers are for those who read them: `ws` by itself would queue one for every ping.
    ws.on("ping", (data) => {
      this.#heartbeat.seen();
      if (this.bufferedAmount < WEBSOCKET_HIGH_WATER_BYTES) ws.pong(data);
    });
    socket.on("drain", () => this.#events?.onDrained());
    socket.on("close", () => this.#reader.stop());
  }

  /** The handshake is complete: from now on messages may be long. */
  allowLongMessages(): void {
    this.#reader.limitMessages(MAX_MESSAGE_BYTES);
  }

  /** From now on the WebSocket is a session's, which hears of what happens; the one before does not any more. */
  attach(events: WebSocketEvents): void {
    this.#events = events;
  }

  /** Nobody hears of it any more, and nobody is pinged. The WebSocket itself stays as it is. */
  detach(): void {
    this.#events = undefined;
    this.#heartbeat.stop();
  }

  /** Bytes that wait in the WebSocket. */
  get bufferedAmount(): number {
    return this.#ws.bufferedAmount;
  }

  /**
   * Sends one message, if the WebSocket is open. Its frame goes past `ws` straight to the socket, between whole frames
   * of `ws` (pings, close): nothing here is compressed, so that `ws` keeps none back. `isKept`: the sender has further use
   * for the frame.
   */
  send(frame: Frame, isKept: boolean): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#isCorked) {
      // Everything that one turn of the event loop brings leaves in one call to the kernel.
      this.#isCorked = true;
      this.#socket.cork();
      setImmediate(this.#uncork);
    }
    this.#sentBytes += frame.length;
    frame.end = this.#sentBytes;
    this.#socket.write(frame.bytes);
    this.#corkedBytes += frame.length;
    if (this.#corkedBytes >= UNCORK_FROM_BYTES) this.#uncork();
    if (!isKept && frame.block !== undefined) this.#recycleLater(frame);
    this.#watchUnread();
  }

  /** Bytes that the kernel has taken at least, counted like the `end` of a frame. */
  get takenBytes(): number {
    return this.#sentBytes - this.bufferedAmount;
  }

  /** Stops reading from the client, for one of the reasons that there are. */
  hold(why: HoldReason): void {
    this.#holds.add(why);
    this.#ws.pause();
  }

  /** Goes on reading when it is its turn, unless there is another reason not to. */
  release(why: HoldReason): void {
    if (!this.#holds.delete(why) || this.#isHeldBack) return;
    // What has come is read first; to be read from again is a part of the turn, too.
    this.#holds.add("turn");
    this.#turns.run(this.#work);
  }

  /** Whether it could not be read from even if it was its turn. */
  get #isHeldBack(): boolean {
    return this.#holds.has("buffer") || this.#holds.has("rate") || this.#holds.has("packets");
  }

  /** Reads a slice of what has come. Whether more of it can be read. */
  #read(slice: Slice): boolean {
    this.#reader.read(() => !this.#isHeldBack && slice.take());
    this.#events?.onSliceEnd();
    if (this.#reader.hasMore) this.hold("turn");
    else if (this.#holds.delete("turn") && this.#holds.size === 0) this.#ws.resume();
    return this.#reader.hasMore && !this.#isHeldBack;
  }

  #giveUpMessage(refusal: LimitFailure): void {
    this.#reader.stop();
    this.hold("over");
    if (this.#events === undefined) this.#ws.terminate();
    else this.#events.onCrowded(refusal);
  }

  ping(): void {
    this.#ws.ping();
  }

  /** Closes the WebSocket after what was sent, and cuts it if the client does not answer within `answerMs`. */
  close(code: number, reason: string, answerMs: number): void {
    this.#uncork();
    this.#ws.close(code, shorten(reason));
    setTimeout(() => this.#ws.terminate(), answerMs).unref();
  }

  /** Cuts the WebSocket without waiting for anything. */
  terminate(): void {
    this.#ws.terminate();
  }

  /** Streams wait while the WebSocket is full. Answers, credit and news cannot; so whoever does not read them is cut off. */
  #watchUnread(): void {
    const bytes = this.bufferedAmount;
    if (bytes < WEBSOCKET_HIGH_WATER_BYTES) {
      this.#framesAbove = 0;
      return;
    }
    this.#framesAbove += 1;
    if (bytes > WEBSOCKET_ABANDONED_BYTES || this.#framesAbove > WEBSOCKET_ABANDONED_FRAMES) setImmediate(() => this.#events?.onAbandoned());
  }

  #recycleLater(frame: Frame): void {
    const taken = this.takenBytes;
    const done = this.#untaken.findIndex(({ end }) => end > taken);
    for (const { block } of this.#untaken.splice(0, done === -1 ? this.#untaken.length : done)) if (block !== undefined) recycle(block);
    this.#untaken.push(frame);
  }

  #closed(code: number): void {
    const events = this.#events;
    this.detach();
    events?.onClosed(code);
  }

  readonly #uncork = (): void => {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#corkedBytes = 0;
    this.#socket.uncork();
  };
}

/** What a WebSocket is said to have closed with when there was no close frame (RFC 6455, section 7.4.1). */
export const ABNORMAL_CLOSURE = 1006;

function shorten(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_CLOSE_TEXT_BYTES) return text;
  // A character that was cut in two goes too.
  return bytes
    .subarray(0, MAX_CLOSE_TEXT_BYTES)
    .toString("utf8")
    .replace(/\ufffd{1,3}$/, "");
}
