import { ByteRate } from "../byte-rate.ts";
import type { ClientAccount } from "../client/client-account.ts";
import { RateLimit } from "../rate-limit.ts";
import { overLimit, type LimitFailure } from "../over-limit.ts";
import type { BridgeServices } from "./bridge-services.ts";

/** What one session holds and has done: counted for itself, its client's address and the process at the same time. */
export class SessionAccount {
  readonly client: ClientAccount;
  readonly #services: BridgeServices;
  /** Undefined: no limit. */
  readonly #rate: ByteRate | undefined;
  readonly #opens: RateLimit;
  readonly #packets: RateLimit;
  readonly #resumes: RateLimit;
  readonly #began = performance.now();
  #bufferedBytes = 0;
  #isBegun = false;
  streams = 0;
  listeners = 0;
  resumptions = 0;
  refusals = 0;
  bytesFromClient = 0;
  bytesToClient = 0;
  /** Called after bytes that count against a rate: `bytesWaitMs` may have grown. */
  onBytes: () => void = () => {};
  /** Called after each packet that does: `packetsWaitMs` may have grown. */
  onPacket: () => void = () => {};

  constructor(client: ClientAccount, services: BridgeServices) {
    this.client = client;
    this.#services = services;
    const { bytesPerSecond, opensPerSecond, opensBurst, packetsPerSecond, packetsBurst, resumesPerMinute, resumesBurst } = services.limits;
    this.#opens = new RateLimit(opensPerSecond, opensBurst);
    this.#packets = new RateLimit(packetsPerSecond, packetsBurst);
    this.#resumes = new RateLimit(resumesPerMinute / 60, resumesBurst);
    this.#rate = bytesPerSecond === 0 ? undefined : new ByteRate(bytesPerSecond);
    services.usage.sessions += 1;
    services.usage.handshakes += 1;
  }

  /** Seconds since the session came. */
  get seconds(): number {
    return Math.round(performance.now() - this.#began) / 1000;
  }

  /** The handshake is complete; gives a failure when there are as many sessions as may be. */
  begin(): LimitFailure | undefined {
    const { limits, totals, usage } = this.#services;
    if (usage.sessions - usage.handshakes >= limits.sessions) {
      return overLimit("sessions", `The bridge has ${limits.sessions} sessions, which is the most it takes. Stop some programs, or try later.`);
    }
    const refusal = this.client.hold("sessions");
    if (refusal !== undefined) return refusal;
    this.#isBegun = true;
    usage.handshakes -= 1;
    totals.sessions += 1;
    return undefined;
  }

  /** The session has ended. */
  end(): void {
    this.#services.usage.sessions -= 1;
    if (this.#isBegun) this.client.release("sessions");
    else this.#services.usage.handshakes -= 1;
  }

  /** Takes one of the connections and ports that may be opened at a time; gives a failure when the session, or its client's address, has opened too much in a short time. */
  takeOpen(): LimitFailure | undefined {
    if (this.#opens.take()) return this.client.take("opens");
    return overLimit(
      "opensPerSecond",
      `This program opens more than ${this.#services.limits.opensPerSecond} connections and ports a second. Open fewer, or wait between them.`,
    );
  }

  streamAdded(): void {
    this.streams += 1;
    this.client.add("streams");
    this.#services.usage.streams += 1;
    this.#services.totals.streams += 1;
  }

  /** The client hears no more of it. */
  streamOver(): void {
    this.#services.usage.streams -= 1;
  }

  /** Nothing of it is left. */
  streamGone(): void {
    this.client.release("streams");
  }

  /** A stream has one socket more, while it connects. */
  socketAdded(): void {
    this.client.add("streams");
    this.#services.usage.sockets += 1;
  }

  /** Such a socket is closed. */
  socketGone(): void {
    this.client.release("streams");
    this.#services.usage.sockets -= 1;
  }

  listenerAdded(): void {
    this.listeners += 1;
    this.client.add("listeners");
    this.#services.usage.listeners += 1;
    this.#services.totals.listeners += 1;
  }

  listenerClosed(): void {
    this.client.release("listeners");
    this.#services.usage.listeners -= 1;
  }

  /** Bytes from the client that no peer's kernel has taken yet. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** So many more bytes, or fewer, are on their way to peers. */
  buffered(byteCount: number): void {
    this.#bufferedBytes += byteCount;
    this.client.add("bufferedBytes", byteCount);
    this.#services.usage.bufferedBytes += byteCount;
  }

  /** Why so many bytes more may not be on their way to peers; undefined: they may. */
  bufferRefusal(byteCount: number): LimitFailure | undefined {
    const { bufferedBytes, bufferedBytesPerSession } = this.#services.limits;
    if (this.#bufferedBytes + byteCount > bufferedBytesPerSession) {
      return overLimit(
        "bufferedBytesPerSession",
        `This program has sent ${this.#bufferedBytes} bytes that its peers do not read, and the bridge keeps no more. Send less at a time, or close connections that nobody reads from.`,
      );
    }
    const refusal = this.client.refusal("bufferedBytes", byteCount);
    if (refusal !== undefined) return refusal;
    if (this.#services.usage.bufferedBytes + byteCount > bufferedBytes) {
      return overLimit(
        "bufferedBytes",
        `The bridge holds ${this.#services.usage.bufferedBytes} bytes for peers that do not read, which is the most it takes. Try again later.`,
      );
    }
    return undefined;
  }

  fromClient(byteCount: number): void {
    this.bytesFromClient += byteCount;
    this.#services.totals.bytesFromClients += byteCount;
    this.#spend(byteCount);
  }

  toClient(byteCount: number): void {
    this.bytesToClient += byteCount;
    this.#services.totals.bytesToClients += byteCount;
    this.#spend(byteCount);
  }

  /** Counts a frame of the client's WebSocket, of whatever kind. */
  countFrame(): void {
    this.#packets.spend(1);
    this.client.spendAs(this, "packets");
    this.onPacket();
  }

  /** Time until the session may come back from this address, ms; 0: now. */
  resumeWaitMs(from: ClientAccount): number {
    return Math.max(this.#resumes.waitMs, from.waitMsOf(this, "resumes"));
  }

  /** Counts that the session has come back from this address. */
  countResume(from: ClientAccount): void {
    this.#resumes.spend(1);
    from.spendAs(this, "resumes");
  }

  /** Counts bytes that are sent again. */
  countResent(byteCount: number): void {
    this.#spend(byteCount);
  }

  /** Time until bytes of the session may go on, in either direction, ms; 0: now. */
  get bytesWaitMs(): number {
    return Math.max(this.#rate?.waitMs ?? 0, this.client.waitMsOf(this, "bytes"));
  }

  /** Time until more packets may come from its client, ms; 0: now. */
  get packetsWaitMs(): number {
    return Math.max(this.#packets.waitMs, this.client.waitMsOf(this, "packets"));
  }

  #spend(byteCount: number): void {
    this.#rate?.spend(byteCount);
    this.client.spendAs(this, "bytes", byteCount);
    this.onBytes();
  }
}
