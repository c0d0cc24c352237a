import type { NetworkFailure } from "@playground/network";
import { FIRST_BRIDGE_STREAM_ID, LAST_ID } from "@playground/wire/codec";
import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import type { Refusals } from "../refusals.ts";
import { FlushQueue } from "../tcp/flush-queue.ts";
import { type StreamHost, TcpStream } from "../tcp/tcp-stream.ts";
import type { Turns } from "../turns/turns.ts";
import type { Usage } from "../usage.ts";
import { ClosingQueue } from "./closing-queue.ts";
import { PlainBound } from "./plain-bound.ts";
import type { SessionAccount } from "./session-account.ts";
import { logRefusal, type RefusedSession } from "./session-log.ts";
import type { SessionOutput } from "./session-output.ts";
import type { SessionProtocol } from "./session-protocol.ts";

/** The session whose streams they are, as they need it. */
export interface StreamsSession extends RefusedSession {
  readonly output: SessionOutput;
  readonly protocol: SessionProtocol;
  readonly services: { readonly limits: BridgeLimits; readonly refusals: Refusals; readonly turns: Turns; readonly usage: Usage };
}

/** The streams of a session: which ids they have, what they may hold together, and which of them are over to the client while their sockets still flush. */
export class SessionStreams implements StreamHost {
  readonly protocol: SessionProtocol;
  readonly output: SessionOutput;
  readonly account: SessionAccount;
  readonly flushQueue = new FlushQueue();
  readonly usage: Usage;
  readonly #session: StreamsSession;
  readonly #limits: BridgeLimits;
  readonly #onEmpty: () => void;
  readonly #plainBound: PlainBound;
  readonly #closingQueue: ClosingQueue;
  /** Sockets that are being connected: one for each stream that waits, and those that race with it. */
  #connecting = 0;
  /** Of these, the ones beside the stream's own. */
  #racing = 0;
  readonly #streams = new Map<number, TcpStream>();
  readonly #leaving = new Set<TcpStream>();
  /** How long those that leave wait for their peers, ms, when that is less than usual. */
  #lingerMs: number | undefined;
  /** Ids that were in use, by sequence: `docs/protocol.md`, section 4, "Ids". */
  #highestOfClient = 0;
  #nextOfBridge = FIRST_BRIDGE_STREAM_ID;

  /** `onEmpty`: nothing of the last stream is left. */
  constructor(session: StreamsSession, onEmpty: () => void) {
    const { account, output, protocol, services } = session;
    this.#session = session;
    this.protocol = protocol;
    this.output = output;
    this.usage = services.usage;
    this.account = account;
    this.#limits = services.limits;
    this.#onEmpty = onEmpty;
    this.#closingQueue = new ClosingQueue(services.turns, account.client);
    this.#plainBound = new PlainBound(
      () => output.webSocket,
      () => account.bufferedBytes,
    );
  }

  /** Why there may not be another TCP connection; undefined: there may. */
  refusal(): LimitFailure | undefined {
    // Those that only flush count too.
    const sockets = this.#streams.size + this.#leaving.size + this.#racing;
    if (sockets >= this.#limits.streamsPerSession) {
      return overLimit("streamsPerSession", `This program has ${sockets} connections, which is the most the bridge takes. Close some of them.`);
    }
    return this.account.client.refusal("streams") ?? this.account.bufferRefusal(1);
  }

  /** Why none may be made at the moment; undefined: one may. */
  connectingRefusal(): LimitFailure | undefined {
    const { connectingPerSession } = this.#limits;
    if (this.#connecting < connectingPerSession) return undefined;
    return overLimit(
      "connectingPerSession",
      `This program already waits for ${connectingPerSession} connections, which is the most the bridge takes. Wait for some of them.`,
    );
  }

  /** Whether no socket is left, not even one that flushes. */
  get isEmpty(): boolean {
    return this.#streams.size === 0 && this.#leaving.size === 0;
  }

  get(id: number): TcpStream | undefined {
    return this.#streams.get(id);
  }

  has(id: number): boolean {
    return this.#streams.has(id);
  }

  /** Takes an id that the client has chosen. Gives what is wrong with it, if it is a violation. */
  takeId(id: number): string | undefined {
    if (id <= this.#highestOfClient || id >= FIRST_BRIDGE_STREAM_ID)
      return `id ${id} after ${this.#highestOfClient}; ids grow and stay below ${FIRST_BRIDGE_STREAM_ID}`;
    this.#highestOfClient = id;
    return undefined;
  }

  /** A new id of the bridge's; undefined when the session has used them all up. */
  nextId(): number | undefined {
    if (this.#nextOfBridge > LAST_ID) return undefined;
    const id = this.#nextOfBridge;
    this.#nextOfBridge += 1;
    return id;
  }

  /** Whether a stream ever had this id. */
  wasUsed(id: number): boolean {
    return id < FIRST_BRIDGE_STREAM_ID ? id <= this.#highestOfClient : id < this.#nextOfBridge;
  }

  /** Makes the stream with this id, which has to connect, or to accept. */
  open(id: number): TcpStream {
    const stream = new TcpStream(id, this);
    this.#streams.set(id, stream);
    this.account.streamAdded();
    return stream;
  }

  dialBegins(): void {
    this.#connecting += 1;
  }

  dialEnds(): void {
    this.#connecting -= 1;
  }

  takeAttempt(): boolean {
    if ((this.refusal() ?? this.connectingRefusal()) !== undefined) return false;
    this.#connecting += 1;
    this.#racing += 1;
    this.account.socketAdded();
    return true;
  }

  releaseAttempt(): void {
    this.#connecting -= 1;
    this.#racing -= 1;
    this.account.socketGone();
  }

  bufferRefusal(byteCount: number): NetworkFailure | undefined {
    const refusal = this.account.bufferRefusal(byteCount);
    if (refusal !== undefined) logRefusal(this.#session, refusal);
    return refusal;
  }

  bufferShrank(): void {
    this.#plainBound.shrank();
  }

  /** To be called when a plain client's bytes have been queued: its window counts packets, so bytes have to be bounded here. */
  boundPlainBytes(): void {
    this.#plainBound.grew();
  }

  over(stream: TcpStream): void {
    if (!this.#streams.delete(stream.id)) return;
    this.account.streamOver();
    this.#leaving.add(stream);
  }

  gone(stream: TcpStream): void {
    this.#leaving.delete(stream);
    this.account.streamGone();
    if (this.isEmpty) this.#onEmpty();
  }

  /** The client may send what it likes: the session has ended. */
  stop(): void {
    this.#plainBound.stop();
  }

  /** Ends all, in turns: those that are connected once what the client sent is flushed. */
  finish(): void {
    for (const stream of this.#streams.values()) {
      this.closeInTurn(() => {
        // Over meanwhile: its peer has gone, or it was cut.
        if (!this.#streams.has(stream.id)) return;
        stream.finishOrCancel();
        if (this.#lingerMs !== undefined) stream.hurry(this.#lingerMs);
      });
    }
  }

  /** Shortens the time that flushed sockets wait for their peers, ms. */
  hurry(lingerMs: number): void {
    this.#lingerMs = lingerMs;
    for (const stream of this.#leaving) stream.hurry(lingerMs);
  }

  /** Cuts what is left, in turns. */
  cut(): void {
    for (const stream of [...this.#streams.values(), ...this.#leaving]) this.closeInTurn(() => stream.destroy());
  }

  closeInTurn(close: () => void): void {
    this.#closingQueue.add(close);
  }

  /** Cuts all that is left at once. */
  destroy(): void {
    for (const stream of [...this.#streams.values(), ...this.#leaving]) stream.destroy();
  }
}
