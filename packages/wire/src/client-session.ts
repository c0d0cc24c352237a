import { CallbackQueue } from "./callback-queue.ts";
import { ClientHandshake, type HandshakeStep, type ResumableSession, type SessionInfo } from "./client-handshake.ts";
import { ClientListener } from "./client-listener.ts";
import { ClientStream } from "./client-stream.ts";
import { ClientRoom, type RoomNews } from "./client-room.ts";
import { Continuity } from "./continuity.ts";
import { decodePacket } from "./decode.ts";
import { encodePacket } from "./encode.ts";
import { failedListener, failedStream } from "./failed-network.ts";
import * as failures from "./failure.ts";
import { Inbox } from "./inbox.ts";
import { LinkWatch } from "./link-watch.ts";
import {
  DEFAULT_WINDOW_BYTES,
  FIRST_BRIDGE_STREAM_ID,
  LAST_ID,
  MACHINE_TOKEN_BYTES,
  MAX_WINDOW_BYTES,
  MIN_WINDOW_BYTES,
} from "./limits.ts";
import type { ConnectEvents, ListenerEvents, Network, NetworkFailure, NetworkListener, NetworkStream } from "./network.ts";
import { Outbox } from "./outbox.ts";
import { type AcceptPacket, type Packet, PacketType, packetTypeName, StreamType } from "./packet.ts";
import { CloseReason } from "./reason.ts";
import { Reconnector } from "./reconnector.ts";
import { CloseCode, type Schedule, scheduleByTimer, type Transport, type TransportEvents } from "./transport.ts";
import { WireError } from "./wire-error.ts";

/** Time from making a session until READY, ms: long enough for a slow network, short enough that a person has not given up. */
export const HANDSHAKE_TIMEOUT_MS = 15_000;

/** What the host of a session is told. */
export interface ClientSessionEvents {
  /** The handshake is complete. */
  onReady(info: SessionInfo): void;
  /** The session is over, after everything in it was told so. Not called after `close()`. */
  onEnded(failure: NetworkFailure): void;
  /** The WebSocket is lost. The session goes on if another one leads to the bridge within `graceMs`, ms; otherwise `onEnded` follows. */
  onInterrupted?(graceMs: number): void;
  /** The session goes on over a new WebSocket, and nothing was lost. */
  onResumed?(): void;
  /** Who is in the room, after `room.request({ kind: "watch" })`. */
  onRoomNews?(news: RoomNews): void;
  /** A callback has thrown. Without this the error is thrown again on its own, outside every call of the session. */
  onCallbackError?(error: unknown): void;
}

/** How a session is set up. */
export interface ClientSessionOptions {
  /** `MACHINE_TOKEN_BYTES` random bytes, the same for all programs of one page. */
  readonly machineToken: Uint8Array;
  readonly events: ClientSessionEvents;
  /** The room's password, up to `MAX_PASSWORD_BYTES` bytes of UTF-8; default none. */
  readonly password?: string;
  /** Byte credit of each stream, bridge to client; `MIN_WINDOW_BYTES` to `MAX_WINDOW_BYTES`, default `DEFAULT_WINDOW_BYTES`. */
  readonly receiveWindow?: number;
  /**
   * Opens another WebSocket to the same address, after the one before was lost, and gives what happens
   * on it to `events`. Without this a session ends with its WebSocket.
   */
  readonly redial?: (events: TransportEvents) => Transport;
  /** The clock; default `setTimeout`. */
  readonly schedule?: Schedule;
}

/** Figures of a session for people to look at. */
export interface SessionStats {
  /** Payload bytes of streams that arrived. */
  readonly bytesIn: number;
  /** Payload bytes of streams that were given to the WebSocket. */
  readonly bytesOut: number;
  readonly streams: number;
  readonly listeners: number;
  /** Payload bytes that wait for credit or for the WebSocket. */
  readonly bufferedBytes: number;
}

type State = "handshake" | "ready" | "ended";

/**
 * The client's end of a session, without the WebSocket: bytes go in by `receive` and out by the
 * transport. `listen` and `connect` may be called at any time: before the handshake is complete they
 * wait, after the session has ended they fail. With `redial`, and a bridge that can do it, the session
 * outlives its WebSocket. The rules are those of `docs/protocol.md`.
 *
 * What the bridge gets wrong ends the session; what a callback throws is reported and changes nothing.
 */
export class ClientSession implements Network {
  /** @internal For streams and listeners of this session. */
  readonly outbox: Outbox;
  /** @internal For streams and listeners of this session. */
  readonly callbacks: CallbackQueue;
  /** @internal For streams of this session. */
  readonly receiveWindow: number;
  /** What can be asked about the room, in a session that can be resumed. */
  readonly room: ClientRoom;
  readonly #events: ClientSessionEvents;
  readonly #machineToken: Uint8Array;
  readonly #schedule: Schedule;
  readonly #redial: ((events: TransportEvents) => Transport) | undefined;
  /** The one that is going on: the first, or that of another WebSocket. Undefined once a WebSocket is in use. */
  #handshake: ClientHandshake | undefined;
  readonly #streams = new Map<number, ClientStream>();
  readonly #listeners = new Map<number, ClientListener>();
  readonly #cancelTimeout: () => void;
  readonly #reconnector: Reconnector;
  readonly #watch: LinkWatch;
  /** Counts WebSockets, so that what comes from one that was replaced is told from this one's. */
  #linkNumber = 0;
  /** The WebSocket of an attempt to come back. */
  #nextTransport: Transport | undefined;
  /** Present from READY on, in a session that can be resumed. */
  #continuity: Continuity | undefined;
  #resumable: ResumableSession | undefined;
  readonly #inbox = new Inbox(() => this.outbox.isBusy);
  #state: State = "handshake";
  /** Why it ended. */
  #failure: NetworkFailure = failures.SESSION_CLOSED;
  #sendWindow = 0;
  /** What was asked for before the handshake was complete, in that order. */
  #opening: (ClientStream | ClientListener)[] = [];
  #readyWaiters: (() => void)[] = [];
  #nextStreamId = 1;
  #nextListenerId = 1;
  #lastBridgeStreamId = FIRST_BRIDGE_STREAM_ID - 1;
  #bytesIn = 0;

  /**
   * The transport may still be connecting: nothing is sent before the bridge has spoken.
   * @throws {RangeError} for a token or a window of the wrong size
   */
  constructor(transport: Transport, options: ClientSessionOptions) {
    const { machineToken, events, receiveWindow = DEFAULT_WINDOW_BYTES, schedule = scheduleByTimer } = options;
    if (machineToken.length !== MACHINE_TOKEN_BYTES) {
      throw new RangeError(`a machine token has ${MACHINE_TOKEN_BYTES} bytes, this one ${machineToken.length}`);
    }
    if (!(Number.isInteger(receiveWindow) && receiveWindow >= MIN_WINDOW_BYTES && receiveWindow <= MAX_WINDOW_BYTES)) {
      throw new RangeError(`a window has ${MIN_WINDOW_BYTES} to ${MAX_WINDOW_BYTES} bytes, not ${receiveWindow}`);
    }
    this.#machineToken = machineToken.slice();
    this.#schedule = schedule;
    this.#redial = options.redial;
    this.#handshake = new ClientHandshake(this.#machineToken, receiveWindow, { kind: this.#redial === undefined ? "plain" : "resumable" }, options.password);
    this.#events = events;
    this.receiveWindow = receiveWindow;
    this.callbacks = new CallbackQueue(events.onCallbackError && ((error) => events.onCallbackError?.(error)));
    this.outbox = new Outbox(transport, schedule, (error) => this.#lost(() => failures.transportBroken(error)));
    this.room = new ClientRoom(
      (packet) => this.outbox.transmit(packet),
      (news) => this.callbacks.defer(() => events.onRoomNews?.(news)),
    );
    this.#reconnector = new Reconnector(schedule, {
      dial: () => this.#inbox.take(() => this.#dial()),
      onGraceOver: () => this.#inbox.take(() => this.#endAndClose(failures.graceOver(this.#resumable?.graceMs ?? 0), CloseCode.NORMAL, "")),
    });
    this.#watch = new LinkWatch(schedule, () => this.#continuity?.repeatAck(), () => this.#inbox.take(() => this.#lost(() => failures.SESSION_CLOSED)));
    this.#cancelTimeout = schedule(() => {
      this.#endAndClose(failures.handshakeTimedOut(HANDSHAKE_TIMEOUT_MS), CloseCode.REFUSED, "handshake timed out");
    }, HANDSHAKE_TIMEOUT_MS);
  }

  /** Whether the handshake is complete and the session has not ended. */
  get isReady(): boolean {
    return this.#state === "ready";
  }

  /** Figures as they are now. */
  get stats(): SessionStats {
    return {
      bytesIn: this.#bytesIn,
      bytesOut: this.outbox.bytesOut,
      streams: this.#streams.size,
      listeners: this.#listeners.size,
      bufferedBytes: this.outbox.bufferedBytes,
    };
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    const refusal = this.#refusal(address, port, 0) ?? (this.#nextListenerId > LAST_ID ? failures.IDS_EXHAUSTED : undefined);
    if (refusal !== undefined) return failedListener(this.callbacks, refusal, events);
    const id = this.#nextListenerId++;
    const packet = encodePacket({ type: PacketType.LISTEN, listenerId: id, port, address });
    const listener = new ClientListener(this, id, failures.endpointText(address, port), packet, events);
    this.#listeners.set(id, listener);
    if (this.#state === "ready") listener.start();
    else this.#opening.push(listener);
    return listener;
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    const refusal = this.#refusal(host, port, 1) ?? (this.#nextStreamId >= FIRST_BRIDGE_STREAM_ID ? failures.IDS_EXHAUSTED : undefined);
    if (refusal !== undefined) return failedStream(this.callbacks, refusal, events);
    const id = this.#nextStreamId++;
    const packet = encodePacket({ type: PacketType.CONNECT, streamId: id, streamType: StreamType.TCP, port, host });
    const stream = ClientStream.connecting(this, id, failures.endpointText(host, port), packet, events);
    this.#streams.set(id, stream);
    if (this.#state === "ready") stream.start(this.#sendWindow);
    else this.#opening.push(stream);
    return stream;
  }

  /** Takes one binary message of the first WebSocket. The session owns the bytes from now on: streams are given views of them. */
  receive(message: Uint8Array): void {
    this.#firstLink.receive(message);
  }

  /** Takes a text message of the first WebSocket, which the protocol has not. */
  receiveText(): void {
    this.#firstLink.receiveText();
  }

  /** The first WebSocket has closed, or could not be opened. */
  transportClosed(code: number, reason: string): void {
    this.#firstLink.closed(code, reason);
  }

  /** The WebSocket may have room again. Calling it is never needed, and saves waiting for the next look at `bufferedAmount`. */
  transportDrained(): void {
    this.outbox.pump();
  }

  /** Whether the WebSocket is lost and the session may still come back. */
  get isInterrupted(): boolean {
    return this.#reconnector.isActive;
  }

  /** Tries to come back at once, if the WebSocket is lost: the network is there again, or the machine has woken up. */
  reconnectNow(): void {
    this.#reconnector.now();
  }

  /** Gives up the WebSocket that there is for another one, as when it was lost. Does nothing for a session that cannot be resumed. */
  reconnect(): void {
    if (this.#continuity !== undefined && !this.isInterrupted) this.#inbox.take(() => this.#lost(() => failures.SESSION_CLOSED));
  }

  /**
   * Tells the bridge that another session of this machine is over, when that one's client cannot: it hangs, or was killed.
   * `id` is what `onReady` gave it. Does nothing before the handshake and after the end; an id that the bridge does not know is ignored.
   */
  endSession(id: Uint8Array): void {
    if (this.#state === "ready") this.outbox.transmit(encodePacket({ type: PacketType.END_SESSION, sessionId: id }));
  }

  /**
   * Closes every listener and stream in good order, so that nothing more is told of them. Resolves when
   * all that was queued has left the WebSocket or the session has ended; the caller decides how long to
   * wait for that, since a peer that does not read can hold it up for ever.
   */
  closeAll(): Promise<void> {
    for (const listener of this.#listeners.values()) listener.close();
    for (const stream of this.#streams.values()) stream.close();
    return this.whenIdle();
  }

  /** Resolves when all that was queued has left the WebSocket, or the session has ended. */
  async whenIdle(): Promise<void> {
    if (this.#streams.size > 0 && this.#state === "handshake") {
      await new Promise<void>((resolve) => {
        this.#readyWaiters.push(resolve);
      });
    }
    return this.outbox.whenIdle();
  }

  /** Ends the session at once and closes the WebSocket. What is queued is lost, and no event follows for anything in it. */
  close(): void {
    if (this.#state === "ended") return;
    this.#stop(failures.SESSION_CLOSED);
    for (const stream of this.#streams.values()) stream.abort();
    for (const listener of this.#listeners.values()) listener.close();
    this.#closeTransports(CloseCode.NORMAL, "");
  }

  /** @internal Called by a stream of this session. */
  streamOver(stream: ClientStream): void {
    this.#streams.delete(stream.id);
  }

  /** @internal Called by a listener of this session. */
  listenerOver(listener: ClientListener): void {
    this.#listeners.delete(listener.id);
  }

  /** Why something cannot even be asked for. */
  #refusal(host: string, port: number, leastPort: number): NetworkFailure | undefined {
    return this.#state === "ended" ? this.#failure : failures.invalidTarget(host, port, leastPort);
  }

  readonly #firstLink = this.#linkEvents(0);

  /** What the host tells about one of the WebSockets. */
  #linkEvents(number: number): TransportEvents {
    const whenCurrent = (step: () => void): void => {
      this.#inbox.take(() => {
        if (number === this.#linkNumber) step();
      });
    };
    return {
      receive: (message) => whenCurrent(() => this.#receive(message)),
      receiveText: () => whenCurrent(() => this.#violate("a text message")),
      closed: (code, reason) => whenCurrent(() => this.#lost(() => failures.bridgeLost(this.#state === "ready", code, reason))),
      drained: () => whenCurrent(() => this.outbox.pump()),
    };
  }

  /** The WebSocket is of no use any more: comes back over another one, or ends with the failure. */
  #lost(failure: () => NetworkFailure): void {
    const resumable = this.#resumable;
    if (resumable === undefined || this.#state === "ended") {
      this.#end(failure());
      return;
    }
    this.#leaveLink();
    if (!this.isInterrupted) this.callbacks.defer(() => this.#events.onInterrupted?.(resumable.graceMs));
    this.#reconnector.lost(resumable.graceMs);
  }

  /** Lets go of the WebSocket in use and of the one that was to replace it. */
  #leaveLink(): void {
    this.#linkNumber += 1;
    this.#handshake = undefined;
    this.#watch.stop();
    // With a code that tells the bridge, should it hear of it, that the session is not meant.
    this.outbox.closeTransport(CloseCode.RECONNECTING, "");
    this.outbox.detach();
    const next = this.#nextTransport;
    this.#nextTransport = undefined;
    try {
      next?.close(CloseCode.RECONNECTING, "");
    } catch {
      // It is of no use any more; that it cannot be closed changes nothing.
    }
  }

  #dial(): void {
    const sessionId = this.#resumable?.sessionId;
    if (this.#state === "ended" || sessionId === undefined || this.#redial === undefined) return;
    this.#leaveLink();
    const request = { sessionId, received: this.#continuity?.received ?? 0 };
    this.#handshake = new ClientHandshake(this.#machineToken, this.receiveWindow, { kind: "resume", request });
    try {
      this.#nextTransport = this.#redial(this.#linkEvents(this.#linkNumber));
    } catch (error) {
      this.#lost(() => failures.transportBroken(error));
    }
  }

  /** The session goes on. `received`: how many of the packets sent the bridge has. */
  #resume(received: number): void {
    const transport = this.#nextTransport;
    const continuity = this.#continuity;
    if (transport === undefined || continuity === undefined) return;
    if (!continuity.sent.acknowledge(received)) {
      this.#violate(`RESUMED with ${received} packets received of ${continuity.sent.sent} sent`);
      return;
    }
    this.#handshake = undefined;
    this.#nextTransport = undefined;
    this.#reconnector.stop();
    continuity.told();
    this.#watch.start();
    this.outbox.attach(transport);
    this.callbacks.run(() => this.#events.onResumed?.());
  }

  #receive(message: Uint8Array): void {
    if (this.#state === "ended") return;
    this.#watch.seen();
    let packet: Packet;
    try {
      packet = decodePacket(message);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#violate(error.message);
      return;
    }
    if (this.#handshake !== undefined) this.#shakeHands(this.#handshake.receive(packet));
    else {
      this.#continuity?.receive(packet);
      this.#handle(packet);
    }
    // What arrives shows that the bridge is alive and has read: a good moment to look for room.
    this.outbox.pump();
  }

  #shakeHands(step: HandshakeStep): void {
    switch (step.kind) {
      case "wait":
        return;
      case "answer":
        this.#answer(step.packet);
        return;
      case "ready":
        this.#start(step.info, step.sendWindow, step.resumable, step.hasRoom);
        return;
      case "resumed":
        this.#resume(step.received);
        return;
      case "failed":
        this.#lost(() => failures.SESSION_CLOSED);
        return;
      case "ended":
        this.#endAndClose(step.failure, CloseCode.NORMAL, "");
        return;
      case "refuse":
        this.#transmitClose(CloseReason.INCOMPATIBLE_EXTENSIONS, step.failure.message);
        this.#endAndClose(step.failure, CloseCode.REFUSED, "incompatible");
        return;
      case "violation":
        this.#violate(step.detail);
    }
  }

  /** Sends a packet of the handshake. */
  #answer(packet: Uint8Array<ArrayBuffer>): void {
    if (this.#nextTransport === undefined) {
      this.outbox.transmitUncounted(packet);
      return;
    }
    try {
      this.#nextTransport.send(packet);
    } catch (error) {
      this.#lost(() => failures.transportBroken(error));
    }
  }

  /** The handshake is complete: sends what waited for it. */
  #start(info: SessionInfo, sendWindow: number, resumable: ResumableSession | undefined, hasRoom: boolean): void {
    this.#cancelTimeout();
    this.#handshake = undefined;
    if (resumable !== undefined) {
      this.#resumable = resumable;
      this.#continuity = new Continuity((packet) => this.outbox.transmitUncounted(packet), this.#schedule);
      this.outbox.keep(this.#continuity);
      this.#watch.start();
    }
    this.#state = "ready";
    if (hasRoom) this.room.open();
    this.#sendWindow = sendWindow;
    const opening = this.#opening;
    this.#opening = [];
    for (const waiting of opening) waiting.start(sendWindow);
    this.#releaseReadyWaiters();
    this.callbacks.run(() => this.#events.onReady(info));
  }

  #handle(packet: Packet): void {
    switch (packet.type) {
      case PacketType.DATA: {
        const stream = this.#stream(packet.streamId, packet);
        if (stream === undefined) return;
        this.#bytesIn += packet.payload.length;
        this.#check(stream.data(packet.payload), stream.id);
        return;
      }
      case PacketType.CREDIT: {
        const stream = this.#stream(packet.streamId, packet);
        if (stream?.credit(packet.bytes) === false) this.#violate(`credit above ${MAX_WINDOW_BYTES} bytes on stream ${stream.id}`);
        return;
      }
      case PacketType.END: {
        const stream = this.#stream(packet.streamId, packet);
        if (stream !== undefined) this.#check(stream.peerEnded(), stream.id);
        return;
      }
      case PacketType.CLOSE: {
        if (packet.streamId === 0) {
          const failure = failures.failureFromReason(packet.reason, packet.message, "The bridge ended the session");
          this.#endAndClose(failure, CloseCode.NORMAL, "");
          return;
        }
        const stream = this.#stream(packet.streamId, packet);
        stream?.failed(failures.failureFromReason(packet.reason, packet.message, stream.failureText));
        return;
      }
      case PacketType.OPENED: {
        const stream = this.#stream(packet.streamId, packet);
        if (stream?.opened(packet.remote, packet.local) === false) this.#violate(`OPENED for stream ${stream.id}, which is open`);
        return;
      }
      case PacketType.ACCEPT:
        this.#accept(packet);
        return;
      case PacketType.LISTENING: {
        const listener = this.#listener(packet.listenerId, packet);
        if (listener?.listening(packet.bound) === false) this.#violate(`LISTENING twice for listener ${listener.id}`);
        return;
      }
      case PacketType.LISTEN_FAILED: {
        const listener = this.#listener(packet.listenerId, packet);
        listener?.failed(failures.failureFromReason(packet.reason, packet.message, listener.failureText));
        return;
      }
      case PacketType.CONTINUE:
        // The one for plain clients may come late; on a stream it has no meaning here.
        if (packet.streamId !== 0) this.#violate(`CONTINUE for stream ${packet.streamId}`);
        return;
      case PacketType.ACK:
        if (this.#continuity?.sent.acknowledge(packet.received) === true) return;
        this.#violate(`ACK for ${packet.received} packets${this.#continuity === undefined ? ", without resuming" : ` of ${this.#continuity.sent.sent}`}`);
        return;
      case PacketType.ROOM_EVENT: {
        const fault = this.room.receive(packet);
        if (fault !== undefined) this.#violate(fault);
        return;
      }
      default:
        this.#violate(`${packetTypeName(packet.type)} from the bridge after the handshake`);
    }
  }

  #accept(packet: AcceptPacket): void {
    const { streamId, listenerId, remote, local } = packet;
    if (streamId <= this.#lastBridgeStreamId) {
      this.#violate(`ACCEPT with stream id ${streamId}, after ${this.#lastBridgeStreamId}`);
      return;
    }
    this.#lastBridgeStreamId = streamId;
    const listener = this.#listener(listenerId, packet);
    if (this.#state === "ended") return;
    if (listener?.isListening === false) {
      this.#violate(`ACCEPT for listener ${listenerId} before LISTENING`);
      return;
    }
    const stream = ClientStream.accepted(this, streamId, remote, local, this.#sendWindow);
    if (listener === undefined) {
      stream.abort();
      return;
    }
    this.#streams.set(streamId, stream);
    listener.accept(stream);
  }

  /** The stream of an id; undefined when it is over. An id that never was in use is a violation. */
  #stream(id: number, packet: Packet): ClientStream | undefined {
    const stream = this.#streams.get(id);
    if (stream !== undefined) return stream;
    const wasUsed = id < FIRST_BRIDGE_STREAM_ID ? id < this.#nextStreamId : id <= this.#lastBridgeStreamId;
    if (!wasUsed) this.#violate(`${packetTypeName(packet.type)} for stream ${id}, which never was`);
    return undefined;
  }

  /** The same for listeners. */
  #listener(id: number, packet: Packet): ClientListener | undefined {
    const listener = this.#listeners.get(id);
    if (listener === undefined && id >= this.#nextListenerId) {
      this.#violate(`${packetTypeName(packet.type)} for listener ${id}, which never was`);
    }
    return listener;
  }

  #check(fault: string | undefined, streamId: number): void {
    if (fault !== undefined) this.#violate(`${fault} on stream ${streamId}`);
  }

  #violate(detail: string): void {
    if (this.#state === "ended") return;
    this.#transmitClose(CloseReason.PROTOCOL_VIOLATION, detail);
    this.#endAndClose(failures.brokenProtocol(detail), CloseCode.VIOLATION, "protocol violation");
  }

  /** The last packet of the session: says why. */
  #transmitClose(reason: number, message: string): void {
    this.#answer(encodePacket({ type: PacketType.CLOSE, streamId: 0, reason, message }));
  }

  #endAndClose(failure: NetworkFailure, code: number, reason: string): void {
    if (this.#state === "ended") return;
    this.#end(failure);
    this.#closeTransports(code, reason);
  }

  #closeTransports(code: number, reason: string): void {
    this.outbox.closeTransport(code, reason);
    try {
      this.#nextTransport?.close(code, reason);
    } catch {
      // It is of no use any more; that it cannot be closed changes nothing.
    }
  }

  /** Tells everything in the session that it is over. All of it asynchronously: the cause may lie inside a call of the program. */
  #end(failure: NetworkFailure): void {
    if (this.#state === "ended") return;
    this.#stop(failure);
    for (const stream of this.#streams.values()) stream.lost(failure);
    for (const listener of this.#listeners.values()) listener.lost(failure);
    this.callbacks.defer(() => this.#events.onEnded(failure));
  }

  #stop(failure: NetworkFailure): void {
    this.#state = "ended";
    this.#failure = failure;
    this.#opening = [];
    this.#cancelTimeout();
    this.#reconnector.stop();
    this.#watch.stop();
    this.#continuity?.stop();
    this.outbox.stop();
    this.room.close();
    this.#releaseReadyWaiters();
  }

  #releaseReadyWaiters(): void {
    const waiters = this.#readyWaiters;
    this.#readyWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
