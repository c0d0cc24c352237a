import type { Socket } from "node:net";
import {
  type ConnectEvents,
  type Endpoint,
  endpointText,
  type NetworkFailure,
  type NetworkStream,
  STREAM_BUFFER_BYTES,
  STREAM_RESERVE_BYTES,
  type StreamEvents,
  type StreamLevels,
  type WindowWish,
} from "@playground/network";
import { ClosingSocket } from "./closing-socket.ts";
import type { Dialling } from "./dialling.ts";
import { brokenAtOnce, brokenFailure } from "./failure.ts";
import { OutgoingBytes } from "./outgoing-bytes.ts";
import { ReceiveWindow, type WindowBudget } from "./receive-window.ts";
import { endpointOf } from "./socket-endpoint.ts";

/** What the streams of a network share. */
export interface StreamOwner extends WindowBudget {
  /** Bytes that may still be queued for sending, over all streams. */
  readonly sendRoom: number;
  /** So many more bytes wait for peers, or fewer. */
  buffered(byteCount: number): void;
  /** Nothing of the stream is left. */
  gone(stream: SocketStream): void;
}

/**
 * One TCP connection as a program sees it. A stream that its program has closed lives on for a moment: what was sent is flushed, FIN
 * follows, and what the peer still says is read and thrown away, so that it sees an ordinary end and no reset.
 */
export class SocketStream implements NetworkStream {
  readonly #owner: StreamOwner;
  readonly #window: ReceiveWindow;
  readonly #outgoing: OutgoingBytes;
  #dialling: Dialling | undefined;
  #connectEvents: ConnectEvents | undefined;
  #events: StreamEvents | undefined;
  #socket: Socket | undefined;
  #endpoints: { readonly remote: Endpoint; readonly local: Endpoint } | undefined;
  /** The peer as messages call it. */
  #where: string;
  #mayNotSend = false;
  /** The program is done with it. */
  #isClosed = false;
  #isGone = false;
  /** `send` has taken less than it was given. */
  #isRefused = false;
  #closing: ClosingSocket | undefined;

  /** `where`: what messages call the peer. */
  constructor(owner: StreamOwner, where: string) {
    this.#owner = owner;
    this.#where = where;
    this.#window = new ReceiveWindow(owner);
    this.#outgoing = new OutgoingBytes({
      onWritten: (byteCount) => this.#onWritten(byteCount),
      onFinished: () => this.#watchFlush(),
    });
  }

  /** A connection that is being made; `dialling` leads to `connected` or `failed`. */
  dial(dialling: Dialling, events: ConnectEvents): void {
    this.#dialling = dialling;
    this.#connectEvents = events;
  }

  /** The connection that was dialled is there. */
  connected(socket: Socket): void {
    const events = this.#connectEvents;
    this.#dialling = undefined;
    this.#connectEvents = undefined;
    if (!this.#remember(socket)) return this.#fail(brokenAtOnce(this.#where), events);
    if (events === undefined) return;
    events.onOpened();
    this.attach(events);
  }

  /** There is no connection to be had. */
  failed(failure: NetworkFailure): void {
    const events = this.#connectEvents;
    this.#dialling = undefined;
    this.#connectEvents = undefined;
    this.#fail(failure, events);
  }

  /** Takes over an accepted socket, which must be paused; `attach` has to follow. False: it is gone already. */
  accepted(socket: Socket): boolean {
    return this.#remember(socket);
  }

  /** From now on the program hears of what comes. */
  attach(events: StreamEvents): void {
    const socket = this.#socket;
    if (socket === undefined || this.#isGone) return;
    if (!this.#isClosed) this.#events = events;
    socket.on("data", (bytes: Buffer) => this.#onData(bytes));
    socket.on("end", () => this.#events?.onEnd());
    this.#outgoing.attach(socket);
    socket.resume();
  }

  get remote(): Endpoint {
    return this.#known().remote;
  }

  get local(): Endpoint {
    return this.#known().local;
  }

  send(bytes: Uint8Array): number {
    if (this.#mayNotSend || this.#isGone) return 0;
    const { unwritten } = this.#outgoing;
    const room = Math.min(STREAM_BUFFER_BYTES - unwritten, Math.max(this.#owner.sendRoom, STREAM_RESERVE_BYTES - unwritten));
    const taken = Math.max(0, Math.min(bytes.length, room));
    if (taken > 0) {
      this.#owner.buffered(taken);
      this.#outgoing.push(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    }
    if (taken < bytes.length) this.#isRefused = true;
    return taken;
  }

  end(): void {
    if (this.#mayNotSend || this.#isGone) return;
    this.#mayNotSend = true;
    this.#outgoing.end();
  }

  close(): void {
    if (this.#isClosed || this.#isGone) return;
    this.#leave();
    if (this.#socket === undefined) return this.#cancelDialling();
    this.end();
    this.#socket.resume();
    this.#watchFlush();
  }

  abort(): void {
    if (this.#isGone) return;
    this.#leave();
    this.#mayNotSend = true;
    if (this.#socket === undefined) this.#cancelDialling();
    else this.#socket.resetAndDestroy();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.#window.consumed(byteCount, wish);
    if (!this.#window.isFull && this.#socket?.isPaused() === true) this.#socket.resume();
  }

  levels(): StreamLevels {
    return { sendBuffer: this.#outgoing.unwritten, sendBufferLimit: STREAM_BUFFER_BYTES, window: this.#window.room };
  }

  /** Cuts the connection, whatever is left to send. */
  destroy(): void {
    this.#leave();
    if (this.#socket === undefined) this.#cancelDialling();
    else this.#socket.destroy();
  }

  #known(): { readonly remote: Endpoint; readonly local: Endpoint } {
    if (this.#endpoints === undefined) throw new Error(`the addresses of the connection to ${this.#where} are known once it is connected`);
    return this.#endpoints;
  }

  /** False: the kernel has forgotten the connection already. */
  #remember(socket: Socket): boolean {
    socket.on("error", (error) => this.#onError(error));
    const remote = endpointOf(socket.remoteAddress, socket.remotePort);
    const local = endpointOf(socket.localAddress, socket.localPort);
    if (remote === undefined || local === undefined) {
      socket.destroy();
      return false;
    }
    this.#socket = socket;
    this.#endpoints = { remote, local };
    this.#where = endpointText(remote.address, remote.port);
    socket.on("close", () => this.#onSocketClosed());
    return true;
  }

  #onData(bytes: Buffer): void {
    const events = this.#events;
    if (events === undefined) return;
    this.#window.received(bytes.length);
    if (this.#window.isFull) this.#socket?.pause();
    // No Buffer: what it means by `slice` is not what its receivers mean.
    events.onData(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  #onError(error: Error): void {
    const events = this.#events;
    this.#leave();
    this.#mayNotSend = true;
    events?.onClosed(brokenFailure(error, this.#where));
  }

  #onSocketClosed(): void {
    const events = this.#events;
    this.#gone();
    events?.onClosed();
  }

  #onWritten(byteCount: number): void {
    this.#owner.buffered(-byteCount);
    if (!this.#isRefused || this.#isClosed || this.#mayNotSend) return;
    this.#isRefused = false;
    this.#events?.onWritable?.();
  }

  #fail(failure: NetworkFailure, events: ConnectEvents | undefined): void {
    this.#gone();
    events?.onFailed(failure);
  }

  #cancelDialling(): void {
    this.#dialling?.cancel();
    this.#dialling = undefined;
    this.#gone();
  }

  /** The program hears nothing more. */
  #leave(): void {
    this.#isClosed = true;
    this.#events = undefined;
    this.#connectEvents = undefined;
  }

  /** Nobody waits for it once its program has closed it. */
  #watchFlush(): void {
    const socket = this.#socket;
    if (socket === undefined || this.#isGone || !this.#isClosed) return;
    this.#closing ??= new ClosingSocket(socket, () => this.#outgoing.unwritten);
    this.#closing.watch();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#closing?.dispose();
    this.#owner.buffered(-this.#outgoing.dispose());
    this.#window.dispose();
    this.#events = undefined;
    this.#owner.gone(this);
  }
}
