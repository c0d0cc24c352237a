import type { NetworkFailure } from "@playground/network";
import { CloseCode, CloseReason, codeToPlainReason, codeToReason, encodePacket, type ClientMetadata, type Packet, PacketType } from "@playground/wire/codec";
import {
  CLOSE_ANSWER_MS,
  FORCED_SESSION_END_MS,
  HANDSHAKE_MESSAGE_BYTES,
  SESSION_END_MS,
  SHUTDOWN_CLOSE_ANSWER_MS,
  SHUTDOWN_LINGER_MS,
  SHUTDOWN_MS,
  UNREAD_CLOSE_MS,
  WEBSOCKET_HIGH_WATER_BYTES,
} from "../limits.ts";
import { refusalReason } from "../over-limit.ts";
import { Admission } from "../room/admission.ts";
import type { Machine } from "../room/machine.ts";
import type { RoomMember } from "../room/room-member.ts";
import type { Room } from "../room/room.ts";
import type { BridgeServices } from "./bridge-services.ts";
import { type Chunk, chunkLength } from "../memory/chunk.ts";
import { SendGate } from "../tcp/send-gate.ts";
import type { StreamHost, TcpStream } from "../tcp/tcp-stream.ts";
import { Work } from "../turns/turns.ts";
import { dataFrame, type Frame, frameOf, ownFrame, type SharedFrame } from "../websocket/packet-frame.ts";
import { FlushQueue } from "./flush-queue.ts";
import { Handshake } from "./handshake.ts";
import { ABNORMAL_CLOSURE, type ClientWebSocket, type WebSocketEvents } from "../websocket/client-websocket.ts";
import { PlainBound } from "./plain-bound.ts";
import { Replay, type ReplayStep } from "./replay.ts";
import { Resumption } from "./resumption.ts";
import { SessionAccount } from "./session-account.ts";
import { SessionListeners } from "./session-listeners.ts";
import { logEnd, logStep } from "./session-log.ts";
import { SessionPlace } from "./session-place.ts";
import { SessionStreams } from "./session-streams.ts";
import { Throttle } from "../websocket/throttle.ts";

/** What has been agreed with the client: `handshake` until the first packet of a v2 client. */
export type SessionMode = "handshake" | "plain" | "zone";

/** Whom a session tells of what happens. */
export interface SessionEvents {
  /** A binary message of the client's has come, and the block that it lies in, if any. */
  onMessage(session: Session, message: Buffer, block: Buffer | undefined): void;
  /** It has ended, and nothing of it is left. */
  onGone(): void;
}

/**
 * The session of one client: the state that the `handlers/` work on, and everything that leaves to the
 * client. It has one WebSocket; one that can be resumed may be without for the grace time, and go on over another.
 */
export class Session implements StreamHost {
  /** The IP address that the client came from first, for limits and the log. */
  readonly clientAddress: string;
  /** Counts the sessions of the process, for the log. */
  readonly number: number;
  readonly services: BridgeServices;
  readonly gate: SendGate;
  readonly account: SessionAccount;
  readonly streams: SessionStreams;
  readonly listeners: SessionListeners;
  mode: SessionMode = "handshake";
  /** The client's password is being checked: it has to wait. */
  isBeingAdmitted = false;
  /** What it asks about the room; undefined for a client that cannot. */
  member: RoomMember | undefined;
  /** Bytes that the client takes on each new stream before it has to give credit. */
  clientWindow = Number.POSITIVE_INFINITY;
  /** Undefined while a session that can be resumed waits for its client to come back. */
  #webSocket: ClientWebSocket | undefined;
  readonly #onMessage: SessionEvents["onMessage"];
  readonly #onGone: () => void;
  /** Present in a session that can be resumed. */
  #resumption: Resumption | undefined;
  readonly #throttle: Throttle;
  readonly #replay: Replay;
  readonly #flushQueue = new FlushQueue();
  readonly #place: SessionPlace;
  readonly #handshake: Handshake;
  #endTimer: NodeJS.Timeout | undefined;
  readonly #plainBound = new PlainBound(() => this.#webSocket, () => this.account.bufferedBytes);
  #hasEnded = false;
  /** Its page has gone, so that nobody can come back to it. */
  #isOrphan = false;

  constructor(number: number, webSocket: ClientWebSocket, room: Room, services: BridgeServices, clientAddress: string, { onMessage, onGone }: SessionEvents) {
    this.number = number;
    this.clientAddress = clientAddress;
    this.#place = new SessionPlace(room);
    this.services = services;
    this.#webSocket = webSocket;
    this.#onMessage = onMessage;
    this.#onGone = onGone;
    this.gate = new SendGate(() => this.#queuedBytes());
    this.account = new SessionAccount(services.ledger.of(clientAddress), services);
    this.#handshake = new Handshake(services.handshakes, this.account.client, (reason) => this.refuse(reason));
    this.streams = new SessionStreams(this.account, services.limits);
    this.listeners = new SessionListeners(this.account, room.listeners, services);
    this.#throttle = new Throttle(
      () => this.account.waitMs,
      () => this.#webSocket?.hold("rate"),
      () => {
        this.#webSocket?.release("rate");
        this.#drained();
      },
    );
    this.#replay = new Replay(this.account, services.turns, {
      next: () => this.#nextAgain(),
      onDone: () => this.gate.drained(),
    });
    webSocket.tell(this.#webSocketEvents);
  }

  get usage(): BridgeServices["usage"] {
    return this.services.usage;
  }

  get isZone(): boolean {
    return this.mode === "zone";
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get room(): Room {
    return this.#place.room;
  }

  /** The machine that the client is. Handlers of packets that come after the handshake may rely on it. */
  get machine(): Machine {
    return this.#place.machine;
  }

  /** Ends the session unless the handshake completes in time, or when others of its address are at the door and it is the one that was silent longest. */
  expectHandshake(timeoutMs: number): void {
    this.#handshake.start(timeoutMs);
  }

  /** The client has said INFO, and waits for its password to be checked: how long that takes is the bridge's doing, and bounded by the queue of hashes. */
  startAdmission(): void {
    this.#handshake.end();
    this.isBeingAdmitted = true;
  }

  /** Completes the handshake. Gives a failure when the room cannot take the client; the session has ended then. */
  begin(mode: "plain" | "zone", metadata?: ClientMetadata): NetworkFailure | undefined {
    this.#handshake.end();
    // A client without a token is a machine for as long as its session lasts.
    const key = metadata === undefined ? `session ${this.number}` : Buffer.from(metadata.machineToken).toString("hex");
    this.mode = mode;
    const refusal = metadata === undefined ? Admission.refusalOfPlain(this.room) : undefined;
    const fault = refusal ?? this.account.begin() ?? this.#place.take(key, metadata !== undefined, this.account.client);
    if (fault !== undefined) {
      this.refuse(fault);
      return fault;
    }
    this.#webSocket?.allowLongMessages();
    if (metadata !== undefined) this.clientWindow = metadata.window;
    logStep(this, "session-begin", { mode, machine: this.machine.address });
    return undefined;
  }

  /** Gives a zone session the id under which other sessions of its machine may end it. */
  makeId(): Uint8Array {
    return this.#place.makeId({
      endByPage: () => this.end("its page has ended it", true, FORCED_SESSION_END_MS),
      pageLeaves: () => {
        this.#isOrphan = true;
        if (this.#webSocket === undefined) this.end("its page has gone");
      },
    });
  }

  /** From now on the session outlives its WebSocket: `docs/protocol.md`, section 9. READY has been sent. */
  makeResumable(sessionId: Uint8Array, machineToken: Uint8Array): void {
    const giveUp = (): void => this.end("its client is away, and the bridge has no room to keep so many bytes for it");
    this.#resumption = new Resumption((packet) => this.#webSocket?.send(frameOf(packet), false), this.services, { giveUp, resumeSending: () => this.gate.drained() });
    this.services.resumable.add(sessionId, this, machineToken);
  }

  /** Counts a packet from the client, in a session that can be resumed. */
  count(packet: Packet): void {
    this.#resumption?.receive(packet);
  }

  /** The client has handled so many packets. False when that cannot be. */
  acknowledged(received: number): boolean {
    const resumption = this.#resumption;
    if (resumption === undefined || !resumption.canResumeAt(received)) return false;
    if (resumption.acknowledged(received, this.#webSocket?.takenBytes)) this.gate.drained();
    // What waits for the client already is answer enough, and one that only asks must not pile answers up.
    else if ((this.#webSocket?.bufferedAmount ?? 0) < WEBSOCKET_HIGH_WATER_BYTES) resumption.repeatAck();
    return true;
  }

  /** Whether a client that has handled so many packets can go on with this session. */
  canResumeAt(received: number): boolean {
    return !this.#hasEnded && this.#resumption?.canResumeAt(received) === true;
  }

  /** Gives the WebSocket away to the session that its client comes back to; this one, which had hardly begun, is gone. */
  yieldWebSocket(): ClientWebSocket {
    const webSocket = this.#webSocket;
    if (webSocket === undefined) throw new Error("a session without a WebSocket has none to give away");
    this.#webSocket = undefined;
    this.end("its client came back to an older one");
    return webSocket;
  }

  /** Goes on over another WebSocket, on which the client has said how many packets it has handled. The one before is cut. */
  resume(webSocket: ClientWebSocket, received: number): void {
    const resumption = this.#resumption;
    if (resumption === undefined || this.#hasEnded) throw new Error("the session cannot be resumed");
    this.#dropWebSocket();
    resumption.acknowledged(received, undefined);
    this.#webSocket = webSocket;
    webSocket.tell(this.#webSocketEvents);
    webSocket.allowLongMessages();
    if (this.#throttle.isHeld) webSocket.hold("rate");
    this.account.resumptions += 1;
    this.services.totals.resumptions += 1;
    logStep(this, "session-resumed", { packets: resumption.keptPackets });
    this.sendUncounted({ type: PacketType.RESUMED, received: resumption.resume() });
    this.#replay.resume();
  }

  /** Sends one packet. */
  send(packet: Packet): void {
    // So the client never has to keep more than a window of a stream.
    if (packet.type === PacketType.CREDIT) this.#resumption?.acknowledge();
    this.#sendFrame(frameOf(encodePacket(packet)));
  }

  /** Sends one packet that other sessions send as well. */
  sendShared(frame: SharedFrame): void {
    this.#sendFrame(ownFrame(frame));
  }

  /** Sends a packet that is about this WebSocket only, and is not repeated on another. */
  sendUncounted(packet: Packet): void {
    this.#webSocket?.send(frameOf(encodePacket(packet)), false);
  }

  sendData(streamId: number, chunk: Chunk): void {
    this.#sendFrame(dataFrame(streamId, chunk));
    this.account.toClient(chunkLength(chunk));
    this.#throttle.check();
  }

  /** Counts bytes of data from the client. */
  received(byteCount: number): void {
    this.account.fromClient(byteCount);
    this.#throttle.check();
  }

  /** Counts a frame of the client's WebSocket, of whatever kind. */
  frameArrived(): void {
    this.account.packet();
    this.#throttle.check();
  }

  sendClose(streamId: number, { code, message }: NetworkFailure): void {
    const reason = this.isZone ? codeToReason(code) : codeToPlainReason(code);
    this.send({ type: PacketType.CLOSE, streamId, reason, message: this.isZone ? message : "" });
  }

  sendListenFailed(listenerId: number, { code, message }: NetworkFailure): void {
    this.send({ type: PacketType.LISTEN_FAILED, listenerId, reason: codeToReason(code), message });
  }

  /** The client broke the protocol: `docs/protocol.md`, section 7. */
  violation(message: string): void {
    this.#bye(CloseReason.PROTOCOL_VIOLATION, message, CloseCode.VIOLATION);
  }

  /** Counts and logs something that the client does not get. `target`: what it asked for. */
  refused(reason: NetworkFailure, target?: string): void {
    this.account.refusals += 1;
    this.services.refusals.add({
      reason: refusalReason(reason),
      client: this.clientAddress,
      session: this.number,
      message: reason.message,
      ...(target !== undefined && { target }),
    });
  }

  /** The client cannot be taken: `docs/protocol.md`, section 3. */
  refuse(reason: NetworkFailure): void {
    const { code, message } = reason;
    this.refused(reason);
    this.#bye(this.mode === "plain" ? codeToPlainReason(code) : codeToReason(code), message, CloseCode.REFUSED);
  }

  /** As `refuse`, for a reason that only the wire knows. */
  refuseFor(reason: CloseReason, message: string): void {
    this.#bye(reason, message, CloseCode.REFUSED);
  }

  /** The bridge is being stopped. What was sent is still brought out, on both sides, as far as `SHUTDOWN_MS` allows. */
  shutDown(): void {
    this.#bye(CloseReason.SHUTTING_DOWN, "The bridge is being stopped.", CloseCode.GOING_AWAY, { answerMs: SHUTDOWN_CLOSE_ANSWER_MS, lingerMs: SHUTDOWN_MS });
    this.streams.hurry(SHUTDOWN_LINGER_MS);
  }

  /** Cuts everything without waiting. */
  terminate(): void {
    this.#webSocket?.terminate();
    this.streams.destroy();
  }

  flushSoon(stream: TcpStream): void {
    this.#flushQueue.add(stream);
  }

  buffered(byteCount: number): void {
    this.account.buffered(byteCount);
  }

  bufferRefusal(byteCount: number): NetworkFailure | undefined {
    const limit = this.account.bufferRefusal(byteCount);
    if (limit !== undefined) this.refused(limit);
    return limit;
  }

  bytesLeft(): void {
    this.#plainBound.left();
  }

  /** To be called when a plain client's bytes have been queued: its window counts packets, so bytes have to be bounded here. */
  boundPlainBytes(): void {
    this.#plainBound.queued();
  }

  takeAttempt(): boolean {
    if ((this.streams.refusal() ?? this.streams.connectingRefusal()) !== undefined) return false;
    this.streams.raceBegins();
    return true;
  }

  releaseAttempt(): void {
    this.streams.raceEnds();
  }

  dialSettled(): void {
    this.streams.connecting -= 1;
  }

  streamOver(stream: TcpStream): void {
    this.streams.over(stream);
  }

  streamGone(stream: TcpStream): void {
    this.streams.gone(stream);
    if (this.#endTimer !== undefined && this.streams.isEmpty) this.#gone();
  }

  /**
   * Ends the session: listeners at once, streams as soon as what the client sent is flushed, and all of them
   * within `lingerMs`.
   */
  end(why: string, cut = false, lingerMs = SESSION_END_MS): void {
    if (cut) this.#webSocket?.terminate();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#handshake.end();
    this.#webSocket?.silence();
    this.#resumption?.stop();
    this.#throttle.stop();
    // The answer to the close frame has to be read.
    this.#webSocket?.release("rate");
    this.#plainBound.stop();
    this.listeners.closeAll();
    // Thousands of sockets that are closed at once would hold up everybody.
    this.services.turns.run(new Work(this.account.client, (slice) => this.streams.finish(slice)));
    if (this.#place.id !== undefined) this.services.resumable.delete(this.#place.id);
    this.member?.leave();
    this.#place.leave(this.isZone);
    this.account.end();
    logEnd(this, this.#place.address, why);
    if (this.streams.isEmpty) this.#gone();
    else this.#endTimer = setTimeout(() => this.streams.destroy(), lingerMs);
  }

  /** The last packet of the session, and its end. */
  #bye(reason: number, message: string, closeCode: number, { answerMs = CLOSE_ANSWER_MS, lingerMs = SESSION_END_MS } = {}): void {
    if (this.#hasEnded) return;
    this.sendUncounted({ type: PacketType.CLOSE, streamId: 0, reason, message: this.mode === "plain" ? "" : message });
    this.#webSocket?.close(closeCode, message, answerMs);
    this.end(message, false, lingerMs);
  }

  #gone(): void {
    clearTimeout(this.#endTimer);
    this.#onGone();
  }

  #sendFrame(frame: Frame): void {
    const isKept = this.#resumption !== undefined && !this.#hasEnded;
    if (isKept) {
      this.#resumption?.push(frame);
      // Not at once: whoever sends is in the middle of a step.
      if (this.#resumption?.isAbandoned === true) setImmediate(() => this.end("the client acknowledges nothing", true));
      // It is kept behind them, and its turn comes.
      if (this.#resumption?.isBehind === true) return;
    }
    this.#webSocket?.send(frame, isKept);
  }

  readonly #webSocketEvents: WebSocketEvents = {
    onMessage: (message, block) => {
      if (!this.#hasEnded) this.#onMessage(this, message, block);
    },
    onTooLong: (byteCount) => {
      const message = `a message of ${byteCount} bytes before READY; at most ${HANDSHAKE_MESSAGE_BYTES} are taken`;
      this.#bye(CloseReason.PROTOCOL_VIOLATION, message, CloseCode.VIOLATION, { answerMs: UNREAD_CLOSE_MS });
    },
    onCrowded: (refusal) => this.refuse(refusal),
    onText: () => this.violation("a message is text; packets are binary messages"),
    onClosed: (code) => {
      // A close frame is a client that is done, or a page that goes away; only a cut is none of these.
      if (code === ABNORMAL_CLOSURE || code === CloseCode.RECONNECTING) this.#cut("the client has gone");
      else {
        if (code === CloseCode.LEAVING) this.#place.leaves();
        this.end("the client has gone");
      }
    },
    onBroken: (why) => this.end(`WebSocket: ${why}`),
    onSilent: () => this.#cut("the client no longer answers"),
    onAbandoned: () => this.end("the client does not read", true),
    onDrained: () => this.#drained(),
    onFrame: () => this.frameArrived(),
  };

  /** The WebSocket is lost without the client's wish: waits for it to come back. */
  #cut(why: string): void {
    if (this.#resumption === undefined || this.#hasEnded || this.#isOrphan) {
      this.end(why, true);
      return;
    }
    this.#dropWebSocket();
    const { graceMs } = this.services;
    logStep(this, "session-detached", { graceSeconds: graceMs / 1000, why });
    this.#resumption.wait(graceMs, () => this.end("the client did not come back"));
  }

  #dropWebSocket(): void {
    this.#webSocket?.silence();
    this.#webSocket?.terminate();
    this.#webSocket = undefined;
  }

  /** There is room for more. */
  #drained(): void {
    if (this.#resumption?.isBehind === true) this.#replay.resume();
    else this.gate.drained();
  }

  /** Sends the next packet that the client lacks, if there is room for it. `done`: none is left. */
  #nextAgain(): ReplayStep {
    const [webSocket, resumption] = [this.#webSocket, this.#resumption];
    if (resumption?.isBehind !== true || this.#hasEnded) return "done";
    if (webSocket === undefined || this.#throttle.isHeld || webSocket.bufferedAmount >= WEBSOCKET_HIGH_WATER_BYTES) return "wait";
    const frame = resumption.nextAgain();
    if (frame === undefined) return "done";
    webSocket.send(frame, true);
    this.account.again(frame.length);
    this.#throttle.check();
    return "sent";
  }

  /** How full the way to the client is, for streams; without a WebSocket, over a rate, or with too much unacknowledged, nothing more fits. */
  #queuedBytes(): number {
    if (this.#webSocket === undefined || this.#throttle.isHeld || this.#resumption?.isFull === true || this.#resumption?.isBehind === true) return Number.POSITIVE_INFINITY;
    return this.#webSocket.bufferedAmount;
  }
}
