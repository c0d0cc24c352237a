import { CallbackQueue } from "./callback-queue.ts";
import { ClientHandshake, type HandshakeStep, type ResumableSession, type SessionInfo } from "./client-handshake.ts";
import { ClientRoom } from "./client-room.ts";
import { checkedWindow, HANDSHAKE_TIMEOUT_MS, type ClientSessionEvents, type ClientSessionOptions, type SessionStats } from "./client-session-options.ts";
import { ClientStreams } from "./client-streams.ts";
import { Continuity } from "../flow/continuity.ts";
import { decodePacket } from "../codec/decode.ts";
import { encodePacket } from "../codec/encode.ts";
import * as failures from "./failure.ts";
import { Keepalive } from "./keepalive.ts";
import type { ConnectEvents, ListenerEvents, Network, NetworkFailure, NetworkListener, NetworkStream } from "@playground/network";
import { Outbox } from "./outbox.ts";
import { type Packet, PacketType } from "../codec/packet.ts";
import { recyclePacket } from "../flow/packet-memory.ts";
import { CloseReason } from "../codec/reason.ts";
import { Reconnector } from "./reconnector.ts";
import { CloseCode } from "../codec/close-code.ts";
import { type Schedule, scheduleByTimer } from "../flow/schedule.ts";
import { Transports } from "./transports.ts";
import { WireError } from "../codec/wire-error.ts";

type State = "handshake" | "ready" | "ended";

/**
 * The client's end of a session, over WebSockets that its options open. `listen` and `connect` may be
 * called at any time: before the handshake is complete they wait, after the session has ended they fail.
 * With a bridge that can do it, the session outlives its WebSocket. The rules are those of `docs/protocol.md`.
 *
 * What the bridge gets wrong ends the session; what a callback throws is reported and changes nothing.
 */
export class ClientSession implements Network {
  /** What can be asked about the room, in a session that can be resumed. */
  readonly room: ClientRoom;
  readonly #events: ClientSessionEvents;
  readonly #machineToken: Uint8Array;
  readonly #schedule: Schedule;
  /** The one that is going on: the first, or that of another WebSocket. Undefined once a WebSocket is in use. */
  #handshake: ClientHandshake | undefined;
  readonly #outbox: Outbox;
  readonly #transports: Transports;
  readonly #callbacks: CallbackQueue;
  readonly #streams: ClientStreams;
  readonly #cancelTimeout: () => void;
  readonly #reconnector: Reconnector;
  readonly #keepalive: Keepalive;
  /** Present from READY on, in a session that can be resumed. */
  #continuity: Continuity | undefined;
  #resumable: ResumableSession | undefined;
  #state: State = "handshake";
  /** Why it ended. */
  #failure: NetworkFailure = failures.SESSION_CLOSED;
  #endHandshake!: () => void;
  /** Resolves once the handshake is complete, or the session over before. */
  readonly #handshakeEnded = new Promise<void>((resolve) => (this.#endHandshake = resolve));

  /**
   * Opens the first WebSocket; what that throws, this throws.
   * @throws {RangeError} for a token or a window of the wrong size
   */
  constructor(options: ClientSessionOptions) {
    const { machineToken, events, isResumable = true, schedule = scheduleByTimer } = options;
    const receiveWindow = checkedWindow(options);
    this.#machineToken = machineToken.slice();
    this.#schedule = schedule;
    this.#handshake = new ClientHandshake(this.#machineToken, receiveWindow, { kind: isResumable ? "resumable" : "plain" }, options.password);
    this.#events = events;
    this.#callbacks = new CallbackQueue(events.onCallbackError && ((error) => events.onCallbackError?.(error)));
    this.#outbox = new Outbox(schedule, (error) => this.#lost(() => failures.transportBroken(error)));
    this.#transports = new Transports(options.open, this.#outbox, {
      receive: (message) => this.#receive(message),
      receiveText: () => this.#violate("a text message"),
      closed: (code, reason) => this.#lost(() => failures.bridgeLost(this.#state === "ready", code, reason)),
      drained: () => this.#outbox.pump(),
    });
    this.#streams = new ClientStreams(this.#outbox, this.#callbacks, receiveWindow);
    this.room = new ClientRoom(
      (packet) => this.#outbox.transmit(packet),
      (news) => this.#callbacks.defer(() => events.onRoomNews?.(news)),
    );
    this.#reconnector = new Reconnector(schedule, {
      dial: () => this.#transports.run(() => this.#dial()),
      onGraceOver: () => this.#transports.run(() => this.#endAndClose(failures.graceOver(this.#resumable?.graceMs ?? 0), CloseCode.NORMAL, "")),
    });
    this.#keepalive = new Keepalive(
      schedule,
      () => this.#continuity?.repeatAck(),
      () => this.#transports.run(() => this.#lost(() => failures.SESSION_CLOSED)),
    );
    this.#transports.openFirst();
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
      bytesIn: this.#streams.bytesIn,
      bytesOut: this.#outbox.bytesOut,
      streams: this.#streams.streamCount,
      listeners: this.#streams.listenerCount,
      bufferedBytes: this.#outbox.bufferedBytes,
    };
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    return this.#streams.listen(address, port, events, this.#refusal(address, port, 0));
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    return this.#streams.connect(host, port, events, this.#refusal(host, port, 1));
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
    if (this.#continuity !== undefined && !this.isInterrupted) this.#transports.run(() => this.#lost(() => failures.SESSION_CLOSED));
  }

  /**
   * Tells the bridge that another session of this machine is over, when that one's client cannot: it hangs, or was killed.
   * `id` is what `onReady` gave it. Does nothing before the handshake and after the end; an id that the bridge does not know is ignored.
   */
  endSession(id: Uint8Array): void {
    if (this.#state === "ready") this.#outbox.transmit(encodePacket({ type: PacketType.END_SESSION, sessionId: id }));
  }

  /**
   * Closes every listener and stream in good order, so that nothing more is told of them. Resolves when
   * all that was queued has left the WebSocket or the session has ended; the caller decides how long to
   * wait for that, since a peer that does not read can hold it up for ever.
   */
  closeAll(): Promise<void> {
    this.#streams.close();
    return this.whenIdle();
  }

  /** Resolves when all that was queued has left the WebSocket, or the session has ended. */
  async whenIdle(): Promise<void> {
    if (this.#streams.streamCount > 0) await this.#handshakeEnded;
    return this.#outbox.whenIdle();
  }

  /** Ends the session at once and closes the WebSocket. What is queued is lost, and no event follows for anything in it. */
  close(): void {
    this.#close(CloseCode.NORMAL);
  }

  /** Like `close`, and tells the bridge that the machine's other sessions go too: what they still say is heard, but none of them is waited for. */
  leave(): void {
    this.#close(CloseCode.LEAVING);
  }

  #close(code: CloseCode): void {
    if (this.#state === "ended") return;
    this.#stop(failures.SESSION_CLOSED);
    this.#streams.abort();
    this.#transports.close(code, "");
  }

  /** Why something cannot even be asked for. */
  #refusal(host: string, port: number, leastPort: number): NetworkFailure | undefined {
    return this.#state === "ended" ? this.#failure : failures.invalidTarget(host, port, leastPort);
  }

  /** The WebSocket is of no use any more: comes back over another one, or ends with the failure. */
  #lost(failure: () => NetworkFailure): void {
    const resumable = this.#resumable;
    if (resumable === undefined || this.#state === "ended") {
      this.#end(failure());
      return;
    }
    this.#leaveTransports();
    if (!this.isInterrupted) this.#callbacks.defer(() => this.#events.onInterrupted?.(resumable.graceMs));
    this.#reconnector.lost(resumable.graceMs);
  }

  /** Lets go of the WebSocket in use and of the one that was to replace it. */
  #leaveTransports(): void {
    this.#handshake = undefined;
    this.#keepalive.stop();
    this.#transports.leave();
  }

  #dial(): void {
    const sessionId = this.#resumable?.sessionId;
    if (this.#state === "ended" || sessionId === undefined) return;
    this.#leaveTransports();
    const request = { sessionId, received: this.#continuity?.received ?? 0 };
    this.#handshake = new ClientHandshake(this.#machineToken, this.#streams.receiveWindow, { kind: "resume", request });
    try {
      this.#transports.openNext();
    } catch (error) {
      this.#lost(() => failures.transportBroken(error));
    }
  }

  /** The session goes on. `received`: how many of the packets sent the bridge has. */
  #resume(received: number): void {
    const continuity = this.#continuity;
    if (continuity === undefined) return;
    if (!continuity.sent.acknowledge(received)) {
      this.#violate(`RESUMED with ${received} packets received of ${continuity.sent.sent} sent`);
      return;
    }
    this.#handshake = undefined;
    this.#reconnector.stop();
    continuity.markAcknowledged();
    this.#keepalive.start();
    this.#transports.useNext();
    this.#callbacks.run(() => this.#events.onResumed?.());
  }

  #receive(message: Uint8Array): void {
    if (this.#state === "ended") return;
    this.#keepalive.received();
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
    this.#outbox.pump();
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

  /** Sends a packet of the handshake, or the last one. */
  #answer(packet: Uint8Array<ArrayBuffer>): void {
    try {
      this.#transports.send(packet);
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
      this.#continuity = new Continuity((packet) => this.#outbox.transmitUncounted(packet), this.#schedule);
      this.#outbox.keep(this.#continuity);
      this.#keepalive.start();
    }
    this.#state = "ready";
    if (hasRoom) this.room.open();
    this.#streams.start(sendWindow);
    this.#endHandshake();
    this.#callbacks.run(() => this.#events.onReady(info));
  }

  #handle(packet: Packet): void {
    switch (packet.type) {
      case PacketType.CLOSE:
        if (packet.streamId !== 0) break;
        this.#endAndClose(failures.failureFromReason(packet.reason, packet.message, "The bridge ended the session"), CloseCode.NORMAL, "");
        return;
      case PacketType.CONTINUE:
        // The one for plain clients may come late; on a stream it has no meaning here.
        if (packet.streamId !== 0) this.#violate(`CONTINUE for stream ${packet.streamId}`);
        return;
      case PacketType.ACK:
        if (this.#continuity?.sent.acknowledge(packet.received, recyclePacket) === true) return;
        this.#violate(`ACK for ${packet.received} packets${this.#continuity === undefined ? ", without resuming" : ` of ${this.#continuity.sent.sent}`}`);
        return;
      case PacketType.ROOM_EVENT:
        this.#check(this.room.receive(packet));
        return;
      default:
    }
    this.#check(this.#streams.handle(packet));
  }

  #check(fault: string | undefined): void {
    if (fault !== undefined) this.#violate(fault);
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
    this.#transports.close(code, reason);
  }

  /** Tells everything in the session that it is over. All of it asynchronously: the cause may lie inside a call of the program. */
  #end(failure: NetworkFailure): void {
    if (this.#state === "ended") return;
    this.#stop(failure);
    this.#streams.lost(failure);
    this.#callbacks.defer(() => this.#events.onEnded(failure));
  }

  #stop(failure: NetworkFailure): void {
    this.#state = "ended";
    this.#failure = failure;
    this.#cancelTimeout();
    this.#reconnector.stop();
    this.#keepalive.stop();
    this.#continuity?.stop();
    this.#outbox.stop();
    this.room.close();
    this.#endHandshake();
  }
}
