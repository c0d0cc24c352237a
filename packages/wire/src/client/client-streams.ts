import type { CallbackQueue } from "./callback-queue.ts";
import { ClientListener, type ListenerHost } from "./client-listener.ts";
import { ClientStream, type StreamHost } from "./client-stream.ts";
import { encodePacket } from "../codec/encode.ts";
import { failedListener, failedStream } from "./failed-network.ts";
import * as failures from "./failure.ts";
import { FIRST_BRIDGE_STREAM_ID, LAST_ID, MAX_WINDOW_BYTES } from "../codec/limits.ts";
import { type ConnectEvents, endpointText, type ListenerEvents, type NetworkFailure, type NetworkListener, type NetworkStream } from "@playground/network";
import type { Outbox } from "./outbox.ts";
import {
  type AcceptPacket,
  type ClosePacket,
  type CreditPacket,
  type DataPacket,
  type EndPacket,
  type ListenFailedPacket,
  type ListeningPacket,
  type OpenedPacket,
  type Packet,
  PacketType,
  packetTypeName,
  StreamType,
} from "../codec/packet.ts";
import { WindowGrowth } from "../flow/window-growth.ts";

/** Packets about one stream. */
type StreamPacket = DataPacket | CreditPacket | EndPacket | ClosePacket | OpenedPacket;
/** Packets about one listener, besides ACCEPT. */
type ListenerPacket = ListeningPacket | ListenFailedPacket;

/**
 * The streams and listeners of a client's session: which ids they have, and what the packets say that name one.
 * Sections 4 to 6 of `docs/protocol.md`.
 */
export class ClientStreams implements StreamHost, ListenerHost {
  readonly outbox: Outbox;
  readonly callbacks: CallbackQueue;
  readonly receiveWindow: number;
  readonly windowGrowth = new WindowGrowth();
  readonly #streams = new Map<number, ClientStream>();
  readonly #listeners = new Map<number, ClientListener>();
  /** What was asked for before the handshake was complete, in that order; undefined since then. */
  #opening: (ClientStream | ClientListener)[] | undefined = [];
  /** Credit of a new stream, client to bridge. */
  #sendWindow = 0;
  #nextStreamId = 1;
  #nextListenerId = 1;
  #lastBridgeStreamId = FIRST_BRIDGE_STREAM_ID - 1;
  #bytesIn = 0;

  constructor(outbox: Outbox, callbacks: CallbackQueue, receiveWindow: number) {
    this.outbox = outbox;
    this.callbacks = callbacks;
    this.receiveWindow = receiveWindow;
  }

  /** Payload bytes that have arrived. */
  get bytesIn(): number {
    return this.#bytesIn;
  }

  get streamCount(): number {
    return this.#streams.size;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** As `Network.listen`. `refusal`: why it cannot even be asked for. */
  listen(address: string, port: number, events: ListenerEvents, refusal: NetworkFailure | undefined): NetworkListener {
    const failure = refusal ?? (this.#nextListenerId > LAST_ID ? failures.IDS_EXHAUSTED : undefined);
    if (failure !== undefined) return failedListener(this.callbacks, failure, events);
    const id = this.#nextListenerId++;
    const packet = encodePacket({ type: PacketType.LISTEN, listenerId: id, port, address });
    const listener = new ClientListener(this, id, endpointText(address, port), packet, events);
    this.#listeners.set(id, listener);
    if (this.#opening === undefined) listener.start();
    else this.#opening.push(listener);
    return listener;
  }

  /** As `Network.connect`. `refusal`: why it cannot even be asked for. */
  connect(host: string, port: number, events: ConnectEvents, refusal: NetworkFailure | undefined): NetworkStream {
    const failure = refusal ?? (this.#nextStreamId >= FIRST_BRIDGE_STREAM_ID ? failures.IDS_EXHAUSTED : undefined);
    if (failure !== undefined) return failedStream(this.callbacks, failure, events);
    const id = this.#nextStreamId++;
    const packet = encodePacket({ type: PacketType.CONNECT, streamId: id, streamType: StreamType.TCP, port, host });
    const stream = ClientStream.connecting(this, id, endpointText(host, port), packet, events);
    this.#streams.set(id, stream);
    if (this.#opening === undefined) stream.start(this.#sendWindow);
    else this.#opening.push(stream);
    return stream;
  }

  /** The handshake is complete: sends what waited for it. */
  start(sendWindow: number): void {
    this.#sendWindow = sendWindow;
    const opening = this.#opening ?? [];
    this.#opening = undefined;
    for (const waiting of opening) waiting.start(sendWindow);
  }

  /** Closes all in good order, so that nothing more is told of them. */
  close(): void {
    for (const listener of this.#listeners.values()) listener.close();
    for (const stream of this.#streams.values()) stream.close();
  }

  /** Lets go of all at once, without an event. */
  abort(): void {
    for (const stream of this.#streams.values()) stream.abort();
    for (const listener of this.#listeners.values()) listener.close();
  }

  /** The session is over: tells all of them, asynchronously. */
  lost(failure: NetworkFailure): void {
    for (const stream of this.#streams.values()) stream.lost(failure);
    for (const listener of this.#listeners.values()) listener.lost(failure);
  }

  streamOver(stream: ClientStream): void {
    this.#streams.delete(stream.id);
  }

  listenerOver(listener: ClientListener): void {
    this.#listeners.delete(listener.id);
  }

  /** Handles a packet after the handshake that is none of the whole session's. Gives what is wrong with it, if it is a violation. */
  handle(packet: Packet): string | undefined {
    switch (packet.type) {
      case PacketType.DATA:
      case PacketType.CREDIT:
      case PacketType.END:
      case PacketType.CLOSE:
      case PacketType.OPENED: {
        const stream = this.#streams.get(packet.streamId);
        return stream === undefined ? this.#withoutStream(packet) : this.#toStream(stream, packet);
      }
      case PacketType.ACCEPT:
        return this.#accept(packet);
      case PacketType.LISTENING:
      case PacketType.LISTEN_FAILED: {
        const listener = this.#listeners.get(packet.listenerId);
        return listener === undefined ? this.#withoutListener(packet) : toListener(listener, packet);
      }
      default:
        return `${packetTypeName(packet.type)} from the bridge after the handshake`;
    }
  }

  #toStream(stream: ClientStream, packet: StreamPacket): string | undefined {
    switch (packet.type) {
      case PacketType.DATA:
        this.#bytesIn += packet.payload.length;
        return on(stream, stream.data(packet.payload));
      case PacketType.CREDIT:
        return stream.credit(packet.bytes) ? undefined : `credit above ${MAX_WINDOW_BYTES} bytes on stream ${stream.id}`;
      case PacketType.END:
        return on(stream, stream.peerEnded());
      case PacketType.CLOSE:
        stream.failed(failures.failureFromReason(packet.reason, packet.message, stream.failureText));
        return undefined;
      case PacketType.OPENED:
        return stream.opened(packet.remote, packet.local) ? undefined : `OPENED for stream ${stream.id}, which is open`;
    }
  }

  #accept(packet: AcceptPacket): string | undefined {
    const { streamId, listenerId, remote, local } = packet;
    if (streamId <= this.#lastBridgeStreamId) return `ACCEPT with stream id ${streamId}, after ${this.#lastBridgeStreamId}`;
    this.#lastBridgeStreamId = streamId;
    const listener = this.#listeners.get(listenerId);
    const fault = listener === undefined ? this.#withoutListener(packet) : undefined;
    if (fault !== undefined) return fault;
    if (listener?.isListening === false) return `ACCEPT for listener ${listenerId} before LISTENING`;
    const stream = ClientStream.accepted(this, streamId, remote, local, this.#sendWindow);
    if (listener === undefined) {
      // It was closed while the packet was under way.
      stream.abort();
      return undefined;
    }
    this.#streams.set(streamId, stream);
    listener.accept(stream);
    return undefined;
  }

  /** A packet for a stream that is over is nothing; an id that never was in use is a violation. */
  #withoutStream({ type, streamId }: StreamPacket): string | undefined {
    const wasUsed = streamId < FIRST_BRIDGE_STREAM_ID ? streamId < this.#nextStreamId : streamId <= this.#lastBridgeStreamId;
    return wasUsed ? undefined : `${packetTypeName(type)} for stream ${streamId}, which never was`;
  }

  /** The same for listeners. */
  #withoutListener({ type, listenerId }: ListenerPacket | AcceptPacket): string | undefined {
    return listenerId < this.#nextListenerId ? undefined : `${packetTypeName(type)} for listener ${listenerId}, which never was`;
  }
}

function toListener(listener: ClientListener, packet: ListenerPacket): string | undefined {
  if (packet.type === PacketType.LISTENING) return listener.listening(packet.bound) ? undefined : `LISTENING twice for listener ${listener.id}`;
  listener.failed(failures.failureFromReason(packet.reason, packet.message, listener.failureText));
  return undefined;
}

function on(stream: ClientStream, fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `${fault} on stream ${stream.id}`;
}
