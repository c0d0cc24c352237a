import type { NetworkFailure } from "@playground/network";
import { encodePacket, type Packet, PacketType } from "@playground/wire/codec";
import { WEBSOCKET_HIGH_WATER_BYTES } from "../limits.ts";
import { type Chunk, chunkLength } from "../memory/chunk.ts";
import type { StreamOutput } from "../tcp/tcp-stream.ts";
import { SendGate } from "../tcp/send-gate.ts";
import type { ClientWebSocket, WebSocketEvents } from "../websocket/client-websocket.ts";
import { dataFrame, type Frame, frameOf, ownFrame, type SharedFrame } from "../websocket/packet-frame.ts";
import { Throttle } from "../websocket/throttle.ts";
import type { BridgeServices } from "./bridge-services.ts";
import { Replay, type ReplayStep } from "./replay.ts";
import { Resumption } from "./resumption.ts";
import type { SessionAccount } from "./session-account.ts";
import type { SessionProtocol } from "./session-protocol.ts";

/** The session whose output it is, as the output needs it. */
export interface OutputSession {
  readonly account: SessionAccount;
  readonly protocol: SessionProtocol;
  readonly services: BridgeServices;
  /** Ends the session; `cut`: without waiting for what was sent. */
  end(why: string, cut?: boolean): void;
}

/**
 * What goes out to a client: over the one WebSocket that its session has at a time, no faster than that takes it and the rates
 * allow; in a session that can be resumed also what the client has not acknowledged, which it gets again over the next one.
 */
export class SessionOutput implements StreamOutput {
  readonly gate = new SendGate(() => this.#queuedBytes());
  readonly #session: OutputSession;
  readonly #events: WebSocketEvents;
  readonly #throttle: Throttle;
  /** The same for packets that come from the client: only these wait, and not what goes out to it. */
  readonly #packetThrottle: Throttle;
  readonly #replay: Replay;
  #webSocket: ClientWebSocket | undefined;
  /** Present in a session that can be resumed. */
  #resumption: Resumption | undefined;
  #hasStopped = false;

  /** `events`: who hears of what happens on the WebSocket, and on each that follows it. */
  constructor(session: OutputSession, webSocket: ClientWebSocket, events: WebSocketEvents) {
    this.#session = session;
    this.#events = events;
    const { account, services } = session;
    this.#throttle = new Throttle(
      () => account.bytesWaitMs,
      () => this.#webSocket?.hold("rate"),
      () => {
        this.#webSocket?.release("rate");
        this.drained();
      },
    );
    this.#packetThrottle = new Throttle(
      () => account.packetsWaitMs,
      () => this.#webSocket?.hold("packets"),
      () => this.#webSocket?.release("packets"),
    );
    account.onBytes = () => this.#throttle.check();
    account.onPacket = () => this.#packetThrottle.check();
    this.#replay = new Replay(account, services.turns, {
      next: () => this.#resendNext(),
      onDone: () => this.gate.drained(),
    });
    this.#use(webSocket);
  }

  /** Undefined while a session that can be resumed waits for its client to come back. */
  get webSocket(): ClientWebSocket | undefined {
    return this.#webSocket;
  }

  /** Sends one packet. */
  send(packet: Packet): void {
    // So the client never has to keep more than a window of a stream.
    if (packet.type === PacketType.CREDIT) this.#resumption?.acknowledge();
    this.#send(frameOf(encodePacket(packet)));
  }

  /** Sends one packet that other sessions send as well. */
  sendShared(frame: SharedFrame): void {
    this.#send(ownFrame(frame));
  }

  /** Sends a packet that is about this WebSocket only, and is not repeated on another. */
  sendUncounted(packet: Packet): void {
    this.#webSocket?.send(frameOf(encodePacket(packet)), false);
  }

  sendData(streamId: number, chunk: Chunk): void {
    this.#send(dataFrame(streamId, chunk));
    this.#session.account.toClient(chunkLength(chunk));
  }

  sendClose(streamId: number, reason: NetworkFailure): void {
    this.send(this.#session.protocol.closeOf(streamId, reason));
  }

  /** The WebSocket has room for more, or the session. */
  drained(): void {
    if (this.#resumption?.isBehind === true) this.#replay.resume();
    else this.gate.drained();
  }

  /** From now on what is sent is kept until the client has acknowledged it: `docs/protocol.md`, section 9. READY has been sent. */
  makeResumable(): void {
    this.#resumption = new Resumption((packet) => this.#webSocket?.send(frameOf(packet), false), this.#session.services, {
      giveUp: () => this.#session.end("its client is away, and the bridge has no room to keep so many bytes for it"),
      resumeSending: () => this.gate.drained(),
    });
  }

  get isResumable(): boolean {
    return this.#resumption !== undefined;
  }

  /** Packets that are kept for sending them again. */
  get keptPackets(): number {
    return this.#resumption?.keptPackets ?? 0;
  }

  /** Counts a packet from the client, which in a session that can be resumed gets an ACK for it in the end. */
  countReceived(packet: Packet): void {
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

  /** Whether a client that has handled so many packets can be sent all that it lacks. */
  canResumeAt(received: number): boolean {
    return this.#resumption?.canResumeAt(received) === true;
  }

  /** Gives the WebSocket away, to another session. */
  yieldWebSocket(): ClientWebSocket {
    const webSocket = this.#webSocket;
    if (webSocket === undefined) throw new Error("a session without a WebSocket has none to give away");
    this.#webSocket = undefined;
    return webSocket;
  }

  /** The WebSocket is lost: cuts it, and calls `onOver` unless `resume` brings another one in time. */
  detach(graceMs: number, onOver: () => void): void {
    this.#dropWebSocket();
    this.#resumption?.startGrace(graceMs, onOver);
  }

  /** Goes on over another WebSocket, on which the client has said how many packets it has handled, as `canResumeAt` has let pass. The one before is cut. */
  resume(webSocket: ClientWebSocket, received: number): void {
    const resumption = this.#resumption;
    if (resumption === undefined || this.#hasStopped) throw new Error("the session cannot be resumed");
    this.#dropWebSocket();
    resumption.acknowledged(received, undefined);
    this.#use(webSocket);
    webSocket.allowLongMessages();
    this.sendUncounted({ type: PacketType.RESUMED, received: resumption.resume() });
    this.#replay.resume();
  }

  /** The session has ended: nothing is kept any more, and nobody hears of the WebSocket, which is read to the answer to its close frame. */
  stop(): void {
    this.#hasStopped = true;
    this.#webSocket?.detach();
    this.#resumption?.stop();
    this.#throttle.stop();
    this.#packetThrottle.stop();
    this.#webSocket?.release("rate");
    this.#webSocket?.release("packets");
  }

  #send(frame: Frame): void {
    const resumption = this.#hasStopped ? undefined : this.#resumption;
    resumption?.push(frame);
    // Not at once: whoever sends is in the middle of a step.
    if (resumption?.isAbandoned === true) setImmediate(() => this.#session.end("the client acknowledges nothing", true));
    // Behind what is sent again it is kept, and its turn comes.
    if (resumption?.isBehind !== true) this.#webSocket?.send(frame, resumption !== undefined);
  }

  /** Sends the next packet that the client lacks, if there is room for it. `done`: none is left. */
  #resendNext(): ReplayStep {
    const [webSocket, resumption] = [this.#webSocket, this.#resumption];
    if (resumption?.isBehind !== true || this.#hasStopped) return "done";
    if (webSocket === undefined || this.#throttle.isHeld || webSocket.bufferedAmount >= WEBSOCKET_HIGH_WATER_BYTES) return "wait";
    const frame = resumption.nextToResend();
    if (frame === undefined) return "done";
    webSocket.send(frame, true);
    this.#session.account.countResent(frame.length);
    return "sent";
  }

  /** How full the way to the client is, for streams; without a WebSocket, over a rate, or with too much unacknowledged, nothing more fits. */
  #queuedBytes(): number {
    if (this.#webSocket === undefined || this.#throttle.isHeld || this.#resumption?.isFull === true || this.#resumption?.isBehind === true)
      return Number.POSITIVE_INFINITY;
    return this.#webSocket.bufferedAmount;
  }

  #use(webSocket: ClientWebSocket): void {
    this.#webSocket = webSocket;
    webSocket.attach(this.#events);
    if (this.#throttle.isHeld) webSocket.hold("rate");
    if (this.#packetThrottle.isHeld) webSocket.hold("packets");
  }

  #dropWebSocket(): void {
    this.#webSocket?.detach();
    this.#webSocket?.terminate();
    this.#webSocket = undefined;
  }
}
