import { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES } from "@playground/network";
import type { SendWindow } from "../flow/byte-credit.ts";
import type { Continuity } from "../flow/continuity.ts";
import { encodeData, HEADER_BYTES, writeDataHeader } from "../codec/encode.ts";
import { MAX_DATA_BYTES } from "../codec/limits.ts";
import { BLOCKS_FROM_BYTES, takeBlock } from "../flow/packet-memory.ts";
import type { SendQueue } from "../flow/send-queue.ts";
import { SendScheduler } from "../flow/send-scheduler.ts";
import type { Schedule } from "../flow/schedule.ts";
import type { Transport } from "./transport.ts";

/** Fill of the WebSocket's own buffer, bytes, from which on streams wait their turn: what is in there already delays every message behind it. */
export const TRANSPORT_HIGH_WATER_BYTES = 131_072;

/** The same for small messages, which hardly add to the delay but suffer most from waiting for the next look at the buffer. */
export const TRANSPORT_SMALL_HIGH_WATER_BYTES = 262_144;

/** Size up to which a message counts as small, bytes. */
export const SMALL_SEND_BYTES = 4_096;

/** Time between two looks at the WebSocket's buffer while streams wait, ms: WebSocket has no event for it; browsers make it 4 ms. */
export const TRANSPORT_POLL_MS = 1;

/** A stream as far as sending is concerned. */
export interface Sender {
  readonly id: number;
  readonly queue: SendQueue;
  /** Undefined until the handshake is complete. */
  readonly sendWindow: SendWindow | undefined;
  /** A packet has been taken from the queue. */
  sent(): void;
  /** Room has come back after `write` took less than it was given. */
  roomAgain(): void;
}

/**
 * Everything that leaves a session: packets of the session at once, bytes of streams within their
 * credit, the room for buffering, and the state of the transport.
 */
export class Outbox {
  /** Undefined until the first WebSocket is opened, and while a session that can be resumed has none: packets are then only kept. */
  #transport: Transport | undefined;
  #continuity: Continuity | undefined;
  readonly #schedule: Schedule;
  readonly #onFailed: (error: unknown) => void;
  readonly #scheduler = new SendScheduler<Sender>();
  /** Streams that were refused room. */
  readonly #refused = new Set<Sender>();
  /** Senders with bytes waiting, for whatever reason. */
  #waitingSenders = 0;
  #idleWaiters: (() => void)[] = [];
  #cancelPoll: (() => void) | undefined;
  #isStopped = false;
  #depth = 0;
  #bufferedBytes = 0;
  #bytesOut = 0;

  /** `onFailed` is told when the transport throws. */
  constructor(schedule: Schedule, onFailed: (error: unknown) => void) {
    this.#schedule = schedule;
    this.#onFailed = onFailed;
  }

  /** Payload bytes of streams that wait here. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** Payload bytes of streams that were given to the transport. */
  get bytesOut(): number {
    return this.#bytesOut;
  }

  /** Whether the transport is being called right now: what it calls back meanwhile has to wait. */
  get isBusy(): boolean {
    return this.#depth > 0;
  }

  /** From now on packets are kept until they are acknowledged: the handshake is complete, and the session can be resumed. */
  keep(continuity: Continuity): void {
    this.#continuity = continuity;
  }

  /** The WebSocket is lost; what is sent from now on waits for the next one. */
  detach(): void {
    this.#transport = undefined;
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
  }

  /** Goes on over a WebSocket, the first or another one: first what the bridge lacks, then what has waited. */
  attach(transport: Transport): void {
    this.#transport = transport;
    for (const packet of this.#continuity?.sent.frames() ?? []) this.transmitUncounted(packet);
    this.pump();
    this.#afterProgress();
  }

  /** Sends a packet at once, or when there is a WebSocket again; nothing after `stop`. */
  transmit(packet: Uint8Array<ArrayBuffer>): void {
    if (this.#isStopped) return;
    this.#continuity?.sent.push(packet);
    this.transmitUncounted(packet);
  }

  /** Sends CREDIT. What it is given for is acknowledged first, so that the bridge never keeps more than a window of a stream. */
  transmitCredit(packet: Uint8Array<ArrayBuffer>): void {
    this.#continuity?.acknowledge();
    this.transmit(packet);
  }

  /** Sends a packet that is about this WebSocket only, and is not kept. */
  transmitUncounted(packet: Uint8Array<ArrayBuffer>): void {
    if (this.#isStopped || this.#transport === undefined) return;
    this.#depth += 1;
    try {
      this.#transport.send(packet);
    } catch (error) {
      this.#onFailed(error);
    } finally {
      this.#depth -= 1;
    }
  }

  /** Sends or queues bytes of a stream and returns how many were taken. */
  write(sender: Sender, bytes: Uint8Array): number {
    if (this.#isStopped) return 0;
    let direct = 0;
    if (sender.queue.length === 0) {
      if (!this.#scheduler.isEmpty) this.pump();
      direct = this.#writeDirect(sender, bytes);
      if (direct === bytes.length) return direct;
    }
    const taken = direct + Math.min(bytes.length - direct, this.#room(sender));
    if (taken > direct) this.#enqueue(sender, bytes.subarray(direct, taken));
    if (taken < bytes.length && !this.#isStopped) this.#refused.add(sender);
    return taken;
  }

  /** A stream may go on sending: credit came, or the handshake is complete. */
  wake(sender: Sender): void {
    if (sender.queue.length > 0 && !this.#isStopped) this.#scheduler.addToTurns(sender);
  }

  /** Drops what a stream has waiting: it is over. */
  forget(sender: Sender): void {
    this.#scheduler.remove(sender);
    this.#refused.delete(sender);
    if (sender.queue.length > 0) this.#waitingSenders -= 1;
    this.#bufferedBytes -= sender.queue.length;
    sender.queue.clear();
    this.#afterProgress();
  }

  /** Sends what the transport has room for. To be called when it may have some again. */
  pump(): void {
    let hasSent = false;
    while (!this.#scheduler.isEmpty && this.#canSend(TRANSPORT_HIGH_WATER_BYTES)) {
      const sender = this.#scheduler.next();
      if (sender !== undefined && this.#sendTurn(sender)) hasSent = true;
    }
    if (hasSent || this.#idleWaiters.length > 0) this.#afterProgress();
    if (!this.#scheduler.isEmpty) this.#pollLater();
  }

  /** Resolves once every byte has left the transport, or the session is over. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve);
      this.#afterProgress();
    });
  }

  /** The session is over: nothing is sent any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
    this.#scheduler.clear();
    this.#refused.clear();
    this.#afterProgress();
  }

  /** Closes the transport, after `stop`. */
  closeTransport(code: number, reason: string): void {
    this.#depth += 1;
    try {
      this.#transport?.close(code, reason);
    } catch {
      // It is of no use any more; that it cannot be closed changes nothing.
    } finally {
      this.#depth -= 1;
    }
  }

  /** Whether the transport has room. Never from inside of it: the packet would overtake the one being sent. */
  #canSend(highWater: number): boolean {
    if (this.#isStopped || this.#depth > 0 || this.#transport === undefined || this.#isLogFull) return false;
    return this.#transport.bufferedAmount() < highWater;
  }

  /** Whether so much is not acknowledged that streams have to wait for an ACK. */
  get #isLogFull(): boolean {
    return this.#continuity?.sent.isFull === true;
  }

  /** Sends from the caller's bytes, without queueing, as far as credit and transport allow. */
  #writeDirect(sender: Sender, bytes: Uint8Array): number {
    const highWater = bytes.length <= SMALL_SEND_BYTES ? TRANSPORT_SMALL_HIGH_WATER_BYTES : TRANSPORT_HIGH_WATER_BYTES;
    let offset = 0;
    while (offset < bytes.length && this.#canSend(highWater)) {
      const count = Math.min(bytes.length - offset, sender.sendWindow?.available ?? 0, MAX_DATA_BYTES);
      if (count === 0) break;
      sender.sendWindow?.spend(count);
      this.#bytesOut += count;
      this.transmit(dataPacket(sender.id, bytes.subarray(offset, offset + count)));
      offset += count;
    }
    return offset;
  }

  #enqueue(sender: Sender, bytes: Uint8Array): void {
    if (this.#isStopped) return;
    const wasEmpty = sender.queue.length === 0;
    sender.queue.push(bytes);
    this.#bufferedBytes += bytes.length;
    if (!wasEmpty) return;
    this.#waitingSenders += 1;
    // Without credit it is CREDIT that wakes the stream.
    if (sender.sendWindow === undefined || sender.sendWindow.available === 0) return;
    if (bytes.length <= SMALL_SEND_BYTES) this.#scheduler.addFresh(sender);
    else this.#scheduler.addToTurns(sender);
    this.#pollLater();
  }

  /** One packet of a stream; false when it has no credit after all. */
  #sendTurn(sender: Sender): boolean {
    const window = sender.sendWindow;
    if (window === undefined || window.available === 0) return false;
    const packet = sender.queue.take(Math.min(window.available, MAX_DATA_BYTES));
    if (packet === undefined) return false;
    const count = packet.length - HEADER_BYTES;
    window.spend(count);
    this.#bufferedBytes -= count;
    this.#bytesOut += count;
    const isEmpty = sender.queue.length === 0;
    if (isEmpty) this.#waitingSenders -= 1;
    else if (window.available > 0) this.#scheduler.addToTurns(sender);
    this.transmit(packet);
    sender.sent();
    return true;
  }

  #room(sender: Sender): number {
    const queued = sender.queue.length;
    const shared = Math.min(STREAM_BUFFER_BYTES - queued, SESSION_BUFFER_BYTES - this.#bufferedBytes);
    return Math.max(shared, STREAM_RESERVE_BYTES - queued, 0);
  }

  #afterProgress(): void {
    for (const sender of this.#refused) {
      if (this.#room(sender) < STREAM_RESERVE_BYTES) continue;
      this.#refused.delete(sender);
      sender.roomAgain();
    }
    if (this.#idleWaiters.length === 0) return;
    if (!this.#isStopped) {
      // Until the last stream is through, it is their progress that leads here again.
      if (this.#waitingSenders > 0 || this.#transport === undefined) return;
      if (this.#transport.bufferedAmount() > 0) {
        this.#pollLater();
        return;
      }
    }
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const resolve of waiters) resolve();
  }

  #pollLater(): void {
    // Without a WebSocket it is `attach` that goes on, and with too much unacknowledged it is an ACK.
    if (this.#cancelPoll !== undefined || this.#isStopped || this.#transport === undefined || this.#isLogFull) return;
    this.#cancelPoll = this.#schedule(() => {
      this.#cancelPoll = undefined;
      this.pump();
    }, TRANSPORT_POLL_MS);
  }
}

/** As `encodeData`, for at most `MAX_DATA_BYTES`, in memory that is used again where it pays. */
function dataPacket(streamId: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.length < BLOCKS_FROM_BYTES) return encodeData(streamId, payload);
  const block = takeBlock();
  writeDataHeader(block, 0, streamId);
  block.set(payload, HEADER_BYTES);
  return block.subarray(0, HEADER_BYTES + payload.length);
}
