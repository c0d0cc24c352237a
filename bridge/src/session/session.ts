import type { NetworkFailure } from "@playground/network";
import { CloseCode, CloseReason, type ClientMetadata } from "@playground/wire/codec";
import {
  CLOSE_ANSWER_MS,
  FORCED_SESSION_END_MS,
  HANDSHAKE_MESSAGE_BYTES,
  SESSION_END_MS,
  SHUTDOWN_CLOSE_ANSWER_MS,
  SHUTDOWN_LINGER_MS,
  SHUTDOWN_MS,
  UNREAD_CLOSE_MS,
} from "../limits.ts";
import { Admission } from "../room/admission.ts";
import type { Machine } from "../room/machine.ts";
import type { RoomMember } from "../room/room-member.ts";
import type { Room } from "../room/room.ts";
import { ABNORMAL_CLOSURE, type ClientWebSocket, type WebSocketEvents } from "../websocket/client-websocket.ts";
import type { BridgeServices } from "./bridge-services.ts";
import { Handshake } from "./handshake.ts";
import { SessionAccount } from "./session-account.ts";
import { SessionListeners } from "./session-listeners.ts";
import { logEnd, logRefusal, logStep } from "./session-log.ts";
import { SessionOutput } from "./session-output.ts";
import { SessionPlace } from "./session-place.ts";
import { SessionProtocol } from "./session-protocol.ts";
import { SessionStreams } from "./session-streams.ts";

/** Whom a session tells of what happens. */
export interface SessionEvents {
  /** A binary message of the client's has come, and the block that it lies in, if any. */
  onMessage(session: Session, message: Buffer, block: Buffer | undefined): void;
  /** It has ended, and nothing of it is left. */
  onGone(): void;
}

/**
 * The session of one client, from the first WebSocket to the last socket: how it begins, goes on over another WebSocket and
 * ends. What it consists of, and the `handlers/` work on, are its parts.
 */
export class Session {
  /** The IP address that the client came from first, for limits and the log. */
  readonly clientAddress: string;
  /** Counts the sessions of the process, for the log. */
  readonly number: number;
  readonly services: BridgeServices;
  readonly protocol = new SessionProtocol();
  readonly account: SessionAccount;
  readonly output: SessionOutput;
  readonly streams: SessionStreams;
  readonly listeners: SessionListeners;
  /** The client's password is being checked: it has to wait. */
  isBeingAdmitted = false;
  /** What it asks about the room; undefined for a client that cannot. */
  member: RoomMember | undefined;
  readonly #place: SessionPlace;
  readonly #handshake: Handshake;
  readonly #onMessage: SessionEvents["onMessage"];
  readonly #onGone: () => void;
  #hasEnded = false;
  /** Its page has gone, so that nobody can come back to it. */
  #isOrphan = false;
  /** Runs from the end until nothing of the streams is left. */
  #endTimer: NodeJS.Timeout | undefined;

  constructor(number: number, webSocket: ClientWebSocket, room: Room, services: BridgeServices, clientAddress: string, { onMessage, onGone }: SessionEvents) {
    this.number = number;
    this.clientAddress = clientAddress;
    this.services = services;
    this.#place = new SessionPlace(room);
    this.#onMessage = onMessage;
    this.#onGone = onGone;
    this.account = new SessionAccount(services.ledger.of(clientAddress), services);
    this.#handshake = new Handshake(services.handshakes, this.account.client, (reason) => this.refuse(reason));
    this.output = new SessionOutput(this, webSocket, this.#webSocketEvents);
    this.streams = new SessionStreams(this, () => {
      if (this.#endTimer !== undefined) this.#gone();
    });
    this.listeners = new SessionListeners(this.account, room.listeners, services);
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

  /**
   * Completes the handshake: in the zone extension with what the client has said, in plain Wisp without. Gives a failure when
   * the room cannot take the client; the session has ended then.
   */
  begin(metadata?: ClientMetadata): NetworkFailure | undefined {
    this.#handshake.end();
    this.protocol.agree(metadata);
    // A client without a token is a machine for as long as its session lasts.
    const key = metadata === undefined ? `session ${this.number}` : Buffer.from(metadata.machineToken).toString("hex");
    const refusal = metadata === undefined ? Admission.refusalOfPlain(this.room) : undefined;
    const fault = refusal ?? this.account.begin() ?? this.#place.enter(key, metadata !== undefined, this.account.client);
    if (fault !== undefined) {
      this.refuse(fault);
      return fault;
    }
    this.output.webSocket?.allowLongMessages();
    logStep(this, "session-begin", { mode: this.protocol.mode, machine: this.machine.address, machineNumber: this.machine.id });
    return undefined;
  }

  /** Gives a zone session the id under which other sessions of its machine may end it. */
  makeId(): Uint8Array {
    return this.#place.makeId({
      endByPage: () => this.end("its page has ended it", true, FORCED_SESSION_END_MS),
      pageLeaves: () => {
        this.#isOrphan = true;
        if (this.output.webSocket === undefined) this.end("its page has gone");
      },
    });
  }

  /** From now on the session outlives its WebSocket: `docs/protocol.md`, section 9. READY has been sent. */
  makeResumable(sessionId: Uint8Array, machineToken: Uint8Array): void {
    this.output.makeResumable();
    this.services.resumable.add(sessionId, this, machineToken);
  }

  /** Whether a client that has handled so many packets can go on with this session. */
  canResumeAt(received: number): boolean {
    return !this.#hasEnded && this.output.canResumeAt(received);
  }

  /** Gives the WebSocket away to the session that its client comes back to; this one, which had hardly begun, is gone. */
  yieldWebSocket(): ClientWebSocket {
    const webSocket = this.output.yieldWebSocket();
    this.end("its client came back to an older one");
    return webSocket;
  }

  /** Goes on over another WebSocket, on which the client has said how many packets it has handled. The one before is cut. */
  resume(webSocket: ClientWebSocket, received: number): void {
    this.output.resume(webSocket, received);
    this.account.resumptions += 1;
    this.services.totals.resumptions += 1;
    logStep(this, "session-resumed", { packets: this.output.keptPackets });
  }

  /** The client broke the protocol: `docs/protocol.md`, section 7. */
  violation(message: string): void {
    this.#bye(CloseReason.PROTOCOL_VIOLATION, message, CloseCode.VIOLATION);
  }

  /** The client cannot be taken: `docs/protocol.md`, section 3. */
  refuse(reason: NetworkFailure): void {
    logRefusal(this, reason);
    this.refuseFor(this.protocol.closeReason(reason.code), reason.message);
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
    this.output.webSocket?.terminate();
    this.streams.destroy();
  }

  /**
   * Ends the session: listeners at once, streams as soon as what the client sent is flushed, and all of them
   * within `lingerMs`. `cut`: the WebSocket at once, too.
   */
  end(why: string, cut = false, lingerMs = SESSION_END_MS): void {
    if (cut) this.output.webSocket?.terminate();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#handshake.end();
    this.output.stop();
    this.streams.stop();
    this.listeners.closeAll();
    this.streams.finish();
    if (this.#place.id !== undefined) this.services.resumable.delete(this.#place.id);
    this.member?.leave();
    this.#place.leave(this.protocol.isZone);
    this.account.end();
    logEnd(this, this.#place.logged, why);
    if (this.streams.isEmpty) this.#gone();
    else this.#endTimer = setTimeout(() => this.streams.cut(), lingerMs);
  }

  /** The last packet of the session, and its end. */
  #bye(reason: CloseReason, message: string, closeCode: number, { answerMs = CLOSE_ANSWER_MS, lingerMs = SESSION_END_MS } = {}): void {
    if (this.#hasEnded) return;
    this.output.sendUncounted(this.protocol.closePacket(0, reason, message));
    this.output.webSocket?.close(closeCode, message, answerMs);
    this.end(message, false, lingerMs);
  }

  #gone(): void {
    clearTimeout(this.#endTimer);
    this.#onGone();
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
        if (code === CloseCode.LEAVING) this.#place.pageLeaves();
        this.end("the client has gone");
      }
    },
    onBroken: (why) => this.end(`WebSocket: ${why}`),
    onSilent: () => this.#cut("the client no longer answers"),
    onAbandoned: () => this.end("the client does not read", true),
    onDrained: () => this.output.drained(),
    onFrame: () => this.account.countFrame(),
    // Within the slice, so that the time that the kernel takes counts for who has sent it.
    onSliceEnd: () => this.streams.flushQueue.flush(),
  };

  /** The WebSocket is lost without the client's wish: waits for it to come back. */
  #cut(why: string): void {
    if (!this.output.isResumable || this.#hasEnded || this.#isOrphan) {
      this.end(why, true);
      return;
    }
    const { graceMs } = this.services;
    this.output.detach(graceMs, () => this.end("the client did not come back"));
    logStep(this, "session-detached", { graceSeconds: graceMs / 1000, why });
  }
}
