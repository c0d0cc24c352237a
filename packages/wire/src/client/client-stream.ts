import { ReceiveWindow, SendWindow } from "../flow/byte-credit.ts";
import type { CallbackQueue } from "./callback-queue.ts";
import { encodePacket } from "../codec/encode.ts";
import { MAX_DATA_BYTES } from "../codec/limits.ts";
import {
  type ConnectEvents,
  type Endpoint,
  endpointText,
  type NetworkFailure,
  type NetworkStream,
  STREAM_BUFFER_BYTES,
  type StreamEvents,
  type StreamLevels,
  type WindowWish,
} from "@playground/network";
import type { Outbox, Sender } from "./outbox.ts";
import { PacketType } from "../codec/packet.ts";
import { CloseReason } from "../codec/reason.ts";
import { SendQueue } from "../flow/send-queue.ts";
import type { WindowGrowth } from "../flow/window-growth.ts";

/** What a stream needs of its session. */
export interface StreamHost {
  readonly outbox: Outbox;
  readonly callbacks: CallbackQueue;
  /** Credit of a new stream, bridge to client. */
  readonly receiveWindow: number;
  /** What the windows of all streams may grow by. */
  readonly windowGrowth: WindowGrowth;
  /** The stream is over; its id means nothing any more. */
  streamOver(stream: ClientStream): void;
}

/**
 * The client's end of one TCP stream: the state machine of section 6 of `docs/protocol.md`. The methods
 * of `NetworkStream` are the program's; all others are the session's.
 */
export class ClientStream implements NetworkStream, Sender {
  readonly id: number;
  readonly queue: SendQueue;
  /** The other side as the program knows it, for messages. */
  readonly #target: string;
  readonly #host: StreamHost;
  readonly #receiveWindow: ReceiveWindow;
  /** The CONNECT packet, until it is sent. */
  #connect: Uint8Array<ArrayBuffer> | undefined;
  #sendWindow: SendWindow | undefined;
  /** Present while connecting and somebody wants to know. */
  #connectEvents: ConnectEvents | undefined;
  /** Present while somebody wants to know. */
  #events: StreamEvents | undefined;
  #endpoints: { readonly remote: Endpoint; readonly local: Endpoint } | undefined;
  #hasWritten = false;
  #endRequested = false;
  #endSent = false;
  #endReceived = false;
  /** The program is done with it: what arrives is thrown away. */
  #isDiscarding = false;
  #isOver = false;

  private constructor(host: StreamHost, id: number, target: string) {
    this.#host = host;
    this.id = id;
    this.#target = target;
    this.queue = new SendQueue(id);
    this.#receiveWindow = new ReceiveWindow(host.receiveWindow, host.windowGrowth);
  }

  /** A stream that is to connect to `target`; `connect` is its packet. */
  static connecting(host: StreamHost, id: number, target: string, connect: Uint8Array<ArrayBuffer>, events: ConnectEvents): ClientStream {
    const stream = new ClientStream(host, id, target);
    stream.#connect = connect;
    stream.#connectEvents = events;
    stream.#events = events;
    return stream;
  }

  /** A stream that the bridge opened. Its events come with `attach`. */
  static accepted(host: StreamHost, id: number, remote: Endpoint, local: Endpoint, sendWindow: number): ClientStream {
    const stream = new ClientStream(host, id, endpointText(remote.address, remote.port));
    stream.#endpoints = { remote, local };
    stream.#sendWindow = new SendWindow(sendWindow);
    return stream;
  }

  get sendWindow(): SendWindow | undefined {
    return this.#sendWindow;
  }

  /** Whether nothing more happens on it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What to say, before the reason, when it fails. */
  get failureText(): string {
    return this.#endpoints === undefined ? `Connecting to ${this.#target} failed` : `The connection with ${this.#target} ended`;
  }

  get remote(): Endpoint {
    return this.#endpoint("remote");
  }

  get local(): Endpoint {
    return this.#endpoint("local");
  }

  send(bytes: Uint8Array): number {
    if (this.#endRequested || this.#isOver || bytes.length === 0) return 0;
    this.#hasWritten = true;
    return this.#host.outbox.write(this, bytes);
  }

  end(): void {
    if (this.#endRequested || this.#isOver) return;
    this.#endRequested = true;
    this.#endIfFlushed();
  }

  close(): void {
    this.#detach();
    if (this.#isDiscarding || this.#isOver) return;
    // An attempt that was to carry nothing has no last byte to deliver: it is called off.
    if (this.#endpoints === undefined && !this.#hasWritten && !this.#endRequested) {
      this.abort();
      return;
    }
    this.#isDiscarding = true;
    this.#endRequested = true;
    if (this.#sendWindow !== undefined && !this.#endReceived) this.#transmit(PacketType.STOP_SENDING);
    if (this.#endSent) this.#finish();
    else this.#endIfFlushed();
  }

  abort(): void {
    this.abortFor(CloseReason.VOLUNTARY);
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    // Credit for a stream that is over would be the answer to nothing; the program need not keep track of that.
    if (this.#isOver || this.#isDiscarding) return;
    const credit = this.#receiveWindow.consume(byteCount, wish);
    if (credit === 0 || this.#endReceived) return;
    this.#host.outbox.transmitCredit(encodePacket({ type: PacketType.CREDIT, streamId: this.id, bytes: credit }));
  }

  levels(): StreamLevels {
    return { sendBuffer: this.queue.length, sendBufferLimit: STREAM_BUFFER_BYTES, window: this.#receiveWindow.available };
  }

  /** As `abort`, for another reason. */
  abortFor(reason: number): void {
    this.#detach();
    if (this.#isOver) return;
    if (this.#sendWindow !== undefined) {
      this.#host.outbox.transmit(encodePacket({ type: PacketType.CLOSE, streamId: this.id, reason, message: "" }));
    }
    this.#finish();
  }

  /** Takes the events of an accepted stream, unless the program has closed it already. */
  attach(events: StreamEvents): void {
    if (!this.#isOver && !this.#isDiscarding) this.#events = events;
  }

  /** The handshake is complete: asks for the connection, and sends what has gathered meanwhile. */
  start(sendWindow: number): void {
    const connect = this.#connect;
    if (this.#isOver || connect === undefined) return;
    this.#connect = undefined;
    this.#sendWindow = new SendWindow(sendWindow);
    this.#host.outbox.transmit(connect);
    if (this.#isDiscarding) this.#transmit(PacketType.STOP_SENDING);
    this.#endIfFlushed();
    this.#host.outbox.wake(this);
  }

  /** OPENED has come. False when it must not: a violation. */
  opened(remote: Endpoint, local: Endpoint): boolean {
    if (this.#endpoints !== undefined) return false;
    this.#endpoints = { remote, local };
    const events = this.#connectEvents;
    this.#connectEvents = undefined;
    if (events !== undefined) this.#host.callbacks.run(() => events.onOpened());
    return true;
  }

  /** DATA has come. Returns what is wrong with it, if anything. */
  data(payload: Uint8Array): string | undefined {
    if (this.#endpoints === undefined) return "DATA before OPENED";
    if (this.#endReceived) return "DATA after END";
    if (payload.length === 0 || payload.length > MAX_DATA_BYTES) return `DATA with ${payload.length} bytes`;
    if (this.#isDiscarding) return undefined;
    if (!this.#receiveWindow.receive(payload.length)) {
      return `DATA with ${payload.length} bytes, ${this.#receiveWindow.available} within the window`;
    }
    const events = this.#events;
    if (events !== undefined) this.#host.callbacks.run(() => events.onData(payload));
    return undefined;
  }

  /** CREDIT has come. False when it is more than credit may be. */
  credit(byteCount: number): boolean {
    if (this.#sendWindow?.add(byteCount) !== true) return false;
    this.#host.outbox.wake(this);
    return true;
  }

  /** END has come. Returns what is wrong with it, if anything. */
  peerEnded(): string | undefined {
    if (this.#endpoints === undefined) return "END before OPENED";
    if (this.#endReceived) return "END after END";
    this.#endReceived = true;
    const events = this.#events;
    const wasEnded = this.#endSent;
    if (events !== undefined) this.#host.callbacks.run(() => events.onEnd());
    // When the program ended its side just now, inside onEnd, the stream has been finished by that.
    if (wasEnded && !this.#isOver) {
      this.#finish();
      this.#tellClosed((closed) => this.#host.callbacks.run(closed));
    }
    return undefined;
  }

  /** CLOSE has come: the connection failed or broke. */
  failed(failure: NetworkFailure): void {
    this.#fail(failure, (callback) => this.#host.callbacks.run(callback));
  }

  /** The session is over. */
  lost(failure: NetworkFailure): void {
    this.#fail(failure, (callback) => this.#host.callbacks.defer(callback));
  }

  sent(): void {
    this.#endIfFlushed();
  }

  roomAgain(): void {
    this.#host.callbacks.defer(() => {
      if (!this.#endRequested && !this.#isOver) this.#events?.onWritable?.();
    });
  }

  #endpoint(side: "remote" | "local"): Endpoint {
    if (this.#endpoints === undefined) throw new Error(`the ${side} address of the connection to ${this.#target} is known once it is connected`);
    return this.#endpoints[side];
  }

  #transmit(type: typeof PacketType.END | typeof PacketType.STOP_SENDING): void {
    this.#host.outbox.transmit(encodePacket({ type, streamId: this.id }));
  }

  /** Sends END when it is asked for and all bytes are out; the stream may be over by that. */
  #endIfFlushed(): void {
    if (!this.#endRequested || this.#endSent || this.#isOver) return;
    if (this.#sendWindow === undefined || this.queue.length > 0) return;
    this.#endSent = true;
    this.#transmit(PacketType.END);
    if (this.#isOver || !(this.#endReceived || this.#isDiscarding)) return;
    this.#finish();
    this.#tellClosed((callback) => this.#host.callbacks.defer(callback));
  }

  #tellClosed(by: (callback: () => void) => void): void {
    // Looked up when it runs: the program may have closed or aborted the stream until then, and wants no event.
    by(() => this.#events?.onClosed());
  }

  #fail(failure: NetworkFailure, by: (callback: () => void) => void): void {
    if (this.#isOver) return;
    this.#finish();
    by(() => {
      if (this.#connectEvents !== undefined) this.#connectEvents.onFailed(failure);
      else this.#events?.onClosed(failure);
    });
  }

  /** Tells the program nothing more, not even what is already on its way to it. */
  #detach(): void {
    this.#events = undefined;
    this.#connectEvents = undefined;
  }

  #finish(): void {
    this.#isOver = true;
    this.#receiveWindow.release();
    this.#host.outbox.forget(this);
    this.#host.streamOver(this);
  }
}
