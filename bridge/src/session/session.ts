import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import {
  CloseCode,
  CloseReason,
  codeToPlainReason,
  codeToReason,
  decodePacket,
  encodePacket,
  FIRST_BRIDGE_STREAM_ID,
  HEADER_BYTES,
  type ClientMetadata,
  type NetworkFailure,
  type Packet,
  PacketType,
  packetTypeName,
  WireError,
  SESSION_ID_BYTES,
} from "@playground/wire";
import type { WebSocket } from "ws";
import { failure } from "../failure.ts";
import { FORCED_SESSION_END_MS, PAUSED_PING_MS, PLAIN_BUFFER_BYTES, SESSION_END_MS, WEBSOCKET_ABANDONED_BYTES } from "../limits.ts";
import { RateLimit } from "../rate-limit.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";
import type { BridgeServices } from "../services.ts";
import { SendGate } from "../tcp/send-gate.ts";
import type { TcpListener } from "../tcp/tcp-listener.ts";
import type { StreamHost, TcpStream } from "../tcp/tcp-stream.ts";
import type { ListenerEntry } from "../room/listener-table.ts";
import { dispatch } from "./dispatch.ts";
import { Heartbeat } from "./heartbeat.ts";

const BINARY = { binary: true, compress: false } as const;

/** Longest reason that a WebSocket close frame holds, bytes (RFC 6455, section 5.5). */
const MAX_CLOSE_TEXT_BYTES = 123;

/** Time for a client to answer our close frame before its socket is cut, ms: a session that has ended must not hold one. */
const CLOSE_ANSWER_MS = 1_000;

/** What has been agreed with the client: `handshake` until the first packet of a v2 client. */
export type SessionMode = "handshake" | "plain" | "zone";

/** A listener of the session, and its place in the room once the port is bound. */
export interface SessionListener {
  readonly listener: TcpListener;
  entry?: ListenerEntry;
}

/** One WebSocket: the state that the handlers of `verbs/` work on, and everything that leaves by it. */
export class Session implements StreamHost {
  /** Counts the sessions of the process, for the log. */
  readonly number: number;
  readonly room: Room;
  readonly services: BridgeServices;
  readonly gate: SendGate;
  readonly opens: RateLimit;
  readonly streams = new Map<number, TcpStream>();
  readonly listeners = new Map<number, SessionListener>();
  /** Closed before their port was bound: the port is free only when the attempt has ended. */
  readonly settling = new Set<TcpListener>();
  mode: SessionMode = "handshake";
  /** Bytes that the client takes on each new stream before it has to give credit. */
  clientWindow = Number.POSITIVE_INFINITY;
  /** Streams that wait for a connection. */
  connecting = 0;
  /** Highest ids that were in use, by sequence: `docs/protocol.md`, section 4, "Ids". */
  highestClientStream = 0;
  highestListener = 0;
  nextBridgeStream = FIRST_BRIDGE_STREAM_ID;
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #onGone: () => void;
  readonly #heartbeat: Heartbeat;
  /** Streams that are over, but whose sockets still flush. */
  readonly #leaving = new Set<TcpStream>();
  #machine: Machine | undefined;
  #id: string | undefined;
  #handshakeTimer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;
  /** Streams to flush once the packets at hand are handled. */
  #unflushed = new Set<TcpStream>();
  #isCorked = false;
  /** Runs while a plain client's WebSocket is not read from. */
  #pausedPings: NodeJS.Timeout | undefined;
  #hasEnded = false;

  /** `onGone` is called when the session has ended and nothing of it is left. */
  constructor(number: number, ws: WebSocket, socket: Socket, room: Room, services: BridgeServices, onGone: () => void) {
    this.number = number;
    this.room = room;
    this.services = services;
    this.#ws = ws;
    this.#socket = socket;
    this.#onGone = onGone;
    this.opens = new RateLimit(services.limits.opensPerSecond, services.limits.opensBurst);
    this.gate = new SendGate(() => ws.bufferedAmount);
    this.#heartbeat = new Heartbeat(ws, () => this.end("the client no longer answers", true));
    services.usage.sessions += 1;
    ws.on("message", (data, isBinary) => this.#onMessage(data as Buffer, isBinary));
    ws.on("close", () => this.end("the client has gone"));
    socket.on("close", () => this.end("the client has gone"));
    // Broken frames end up here; `ws` closes the connection itself, with the fitting code.
    ws.on("error", (error) => this.end(`WebSocket: ${error.message}`));
    socket.on("drain", () => this.gate.drained());
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

  /** The machine that the client is. Handlers of packets that come after the handshake may rely on it. */
  get machine(): Machine {
    if (this.#machine === undefined) throw new Error("the session has no machine before its handshake is complete");
    return this.#machine;
  }

  /** TCP connections of the session, those that only flush included. */
  get socketCount(): number {
    return this.streams.size + this.#leaving.size;
  }

  /** Ends the session unless the handshake completes in time. */
  expectHandshake(timeoutMs: number): void {
    this.#handshakeTimer = setTimeout(() => {
      this.refuse(failure("timed-out", `The client sent no INFO within ${timeoutMs / 1000} seconds.`));
    }, timeoutMs);
  }

  /** Completes the handshake. Gives a failure when the room cannot take the client; the session has ended then. */
  begin(mode: "plain" | "zone", metadata?: ClientMetadata): NetworkFailure | undefined {
    clearTimeout(this.#handshakeTimer);
    // A client without a token is a machine for as long as its session lasts.
    const key = metadata === undefined ? `session ${this.number}` : Buffer.from(metadata.machineToken).toString("hex");
    const machine = this.room.takeMachine(key);
    this.mode = mode;
    if ("code" in machine) {
      this.refuse(machine);
      return machine;
    }
    this.#machine = machine;
    if (metadata !== undefined) this.clientWindow = metadata.window;
    this.services.log(`session ${this.number} began: ${mode}, ${machine.address}`);
    return undefined;
  }

  /** Gives a zone session the id under which other sessions of its machine may end it. */
  makeId(): Uint8Array {
    const id = randomBytes(SESSION_ID_BYTES);
    this.#id = id.toString("hex");
    this.machine.addSession(this.#id, () => this.end("its page has ended it", true, FORCED_SESSION_END_MS));
    return id;
  }

  /** Sends one packet. */
  send(packet: Packet): void {
    this.#sendBytes(encodePacket(packet));
  }

  sendData(streamId: number, bytes: Uint8Array): void {
    // As `encodeData` does it, but in memory that is not cleared first: this is the path of every byte.
    const message = Buffer.allocUnsafe(HEADER_BYTES + bytes.length);
    message[0] = PacketType.DATA;
    message.writeUInt32LE(streamId, 1);
    message.set(bytes, HEADER_BYTES);
    this.#sendBytes(message);
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

  /** The client cannot be taken: `docs/protocol.md`, section 3. */
  refuse({ code, message }: NetworkFailure): void {
    this.#bye(this.mode === "plain" ? codeToPlainReason(code) : codeToReason(code), message, CloseCode.REFUSED);
  }

  /** The bridge is being stopped. Every socket is closed at once. */
  shutDown(): void {
    this.#bye(CloseReason.SHUTTING_DOWN, "The bridge is being stopped.", CloseCode.GOING_AWAY);
    this.#destroyStreams();
  }

  /** Cuts the WebSocket without waiting for anything. */
  terminate(): void {
    this.#ws.terminate();
  }

  flushSoon(stream: TcpStream): void {
    if (this.#unflushed.size === 0) process.nextTick(this.#flush);
    this.#unflushed.add(stream);
  }

  bytesWritten(): void {
    if (this.#pausedPings === undefined || this.#unwrittenBytes() >= PLAIN_BUFFER_BYTES / 2) return;
    clearInterval(this.#pausedPings);
    this.#pausedPings = undefined;
    this.#ws.resume();
  }

  /** To be called when a plain client's bytes have been queued: its window counts packets, so bytes have to be bounded here. */
  boundPlainBytes(): void {
    if (this.#pausedPings !== undefined || this.#unwrittenBytes() < PLAIN_BUFFER_BYTES) return;
    this.#ws.pause();
    // A socket that is not read from does not tell that its other end has gone; one that is written to does.
    this.#pausedPings = setInterval(() => this.#ws.ping(), PAUSED_PING_MS);
  }

  dialSettled(): void {
    this.connecting -= 1;
  }

  /** Keeps a new stream. */
  addStream(stream: TcpStream): void {
    this.streams.set(stream.id, stream);
    this.usage.streams += 1;
  }

  streamOver(stream: TcpStream): void {
    if (!this.streams.delete(stream.id)) return;
    this.usage.streams -= 1;
    this.#leaving.add(stream);
  }

  streamGone(stream: TcpStream): void {
    this.#leaving.delete(stream);
    if (this.#endTimer !== undefined && this.#leaving.size === 0) this.#gone();
  }

  /** Stops listening, if the listener is there. */
  closeListener(id: number): void {
    const held = this.listeners.get(id);
    if (held === undefined) return;
    this.listeners.delete(id);
    this.usage.listeners -= 1;
    held.listener.close();
    if (held.entry !== undefined) this.room.listeners.delete(held.entry);
    else {
      this.settling.add(held.listener);
      void held.listener.settled.then(() => this.settling.delete(held.listener));
    }
  }

  /**
   * Ends the session: listeners at once, streams as soon as what the client sent is flushed, and all of them
   * within `lingerMs`.
   */
  end(why: string, cut = false, lingerMs = SESSION_END_MS): void {
    if (cut) this.#ws.terminate();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#handshakeTimer);
    this.#heartbeat.stop();
    clearInterval(this.#pausedPings);
    for (const id of this.listeners.keys()) this.closeListener(id);
    for (const stream of this.streams.values()) stream.finishOrCancel();
    if (this.#id !== undefined) this.#machine?.removeSession(this.#id);
    if (this.#machine !== undefined) this.room.releaseMachine(this.#machine, this.isZone);
    this.room.leave();
    this.usage.sessions -= 1;
    this.services.log(`session ${this.number} ended: ${why}`);
    if (this.#leaving.size === 0) this.#gone();
    else this.#endTimer = setTimeout(() => this.#destroyStreams(), lingerMs);
  }

  #onMessage(data: Buffer, isBinary: boolean): void {
    if (this.#hasEnded) return;
    this.#heartbeat.seen();
    if (!isBinary) {
      this.violation("a message is text; packets are binary messages");
      return;
    }
    let packet: Packet;
    try {
      packet = decodePacket(data);
    } catch (error) {
      this.#onBadPacket(error);
      return;
    }
    dispatch(this, packet);
    if (this.#ws.bufferedAmount > WEBSOCKET_ABANDONED_BYTES) this.end("the client asks, but does not read the answers", true);
  }

  #onBadPacket(error: unknown): void {
    if (!(error instanceof WireError)) throw error;
    const { packetType, id } = error;
    if (this.mode === "plain" && packetType === PacketType.CONNECT && id !== undefined && id !== 0 && !this.streams.has(id)) {
      this.sendClose(id, failure("invalid-address", error.message));
      return;
    }
    this.violation(packetType === undefined ? error.message : `${packetTypeName(packetType)}: ${error.message}`);
  }

  /** The last packet of the session, and its end. */
  #bye(reason: number, message: string, closeCode: number): void {
    if (this.#hasEnded) return;
    this.send({ type: PacketType.CLOSE, streamId: 0, reason, message: this.mode === "plain" ? "" : message });
    this.#uncork();
    this.#ws.close(closeCode, shorten(message));
    setTimeout(() => this.#ws.terminate(), CLOSE_ANSWER_MS).unref();
    this.end(message);
  }

  #gone(): void {
    clearTimeout(this.#endTimer);
    this.#onGone();
  }

  #destroyStreams(): void {
    for (const stream of this.#leaving) stream.destroy();
  }

  #sendBytes(bytes: Uint8Array): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.#isCorked) {
      // Everything that one turn of the event loop brings leaves in one call to the kernel.
      this.#isCorked = true;
      this.#socket.cork();
      setImmediate(this.#uncork);
    }
    this.#ws.send(bytes, BINARY);
  }

  readonly #uncork = (): void => {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#socket.uncork();
  };

  readonly #flush = (): void => {
    const streams = this.#unflushed;
    this.#unflushed = new Set();
    for (const stream of streams) stream.flush();
  };

  #unwrittenBytes(): number {
    let sum = 0;
    for (const stream of this.streams.values()) sum += stream.unwrittenBytes;
    for (const stream of this.#leaving) sum += stream.unwrittenBytes;
    return sum;
  }
}

function shorten(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_CLOSE_TEXT_BYTES) return text;
  // A character that was cut in two goes too.
  return bytes.subarray(0, MAX_CLOSE_TEXT_BYTES).toString("utf8").replace(/\ufffd+$/, "");
}
