import { FIRST_BRIDGE_STREAM_ID, LAST_ID } from "@playground/wire/codec";
import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import type { TcpStream } from "../tcp/tcp-stream.ts";
import type { Slice } from "../turns/turns.ts";
import type { SessionAccount } from "./session-account.ts";

/** The streams of a session: which ids they have, and which of them are over to the client while their sockets still flush. */
export class SessionStreams {
  /** Sockets that are being connected: one for each stream that waits, and those that race with it. */
  connecting = 0;
  /** Of these, the ones beside the stream's own. */
  #racing = 0;
  readonly #account: SessionAccount;
  readonly #limits: BridgeLimits;
  readonly #streams = new Map<number, TcpStream>();
  readonly #leaving = new Set<TcpStream>();
  /** How long those that leave wait for their peers, ms, when that is less than usual. */
  #lingerMs: number | undefined;
  /** Ids that were in use, by sequence: `docs/protocol.md`, section 4, "Ids". */
  #highestOfClient = 0;
  #nextOfBridge = FIRST_BRIDGE_STREAM_ID;

  constructor(account: SessionAccount, limits: BridgeLimits) {
    this.#account = account;
    this.#limits = limits;
  }

  /** Why there may not be another TCP connection; undefined: there may. */
  refusal(): LimitFailure | undefined {
    // Those that only flush count too.
    const sockets = this.#streams.size + this.#leaving.size + this.#racing;
    if (sockets >= this.#limits.streamsPerSession) {
      return overLimit("streamsPerSession", `This program has ${sockets} connections, which is the most the bridge takes. Close some of them.`);
    }
    return this.#account.client.refusal("streams") ?? this.#account.bufferRefusal(1);
  }

  /** Why none may be made at the moment; undefined: one may. */
  connectingRefusal(): LimitFailure | undefined {
    const { connectingPerSession } = this.#limits;
    if (this.connecting < connectingPerSession) return undefined;
    return overLimit("connectingPerSession", `This program already waits for ${connectingPerSession} connections, which is the most the bridge takes. Wait for some of them.`);
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
    if (id <= this.#highestOfClient || id >= FIRST_BRIDGE_STREAM_ID) return `id ${id} after ${this.#highestOfClient}; ids grow and stay below ${FIRST_BRIDGE_STREAM_ID}`;
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

  /** Keeps a new stream. */
  add(stream: TcpStream): void {
    this.#streams.set(stream.id, stream);
    this.#account.streamAdded();
  }

  /** A stream that waits tries another address beside the one before. */
  raceBegins(): void {
    this.connecting += 1;
    this.#racing += 1;
    this.#account.socketAdded();
  }

  /** One of its attempts is over. */
  raceEnds(): void {
    this.connecting -= 1;
    this.#racing -= 1;
    this.#account.socketGone();
  }

  /** To the client the stream is over. */
  over(stream: TcpStream): void {
    if (!this.#streams.delete(stream.id)) return;
    this.#account.streamOver();
    this.#leaving.add(stream);
  }

  /** Nothing of the stream is left. */
  gone(stream: TcpStream): void {
    this.#leaving.delete(stream);
    this.#account.streamGone();
  }

  /** Ends all, as long as the slice goes on: those that are connected once what the client sent is flushed. Whether more are left. */
  finish(slice: Slice): boolean {
    for (const stream of this.#streams.values()) {
      if (!slice.take()) return true;
      stream.finishOrCancel();
      if (this.#lingerMs !== undefined) stream.hurry(this.#lingerMs);
    }
    return false;
  }

  /** Shortens the time that flushed sockets wait for their peers, ms. */
  hurry(lingerMs: number): void {
    this.#lingerMs = lingerMs;
    for (const stream of this.#leaving) stream.hurry(lingerMs);
  }

  /** Cuts what is left. */
  destroy(): void {
    for (const stream of [...this.#streams.values(), ...this.#leaving]) stream.destroy();
  }
}
