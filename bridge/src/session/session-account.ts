import { ByteRate } from "../byte-rate.ts";
import type { ClientAccount } from "../client/client-account.ts";
import { overLimit, type LimitFailure } from "../over-limit.ts";
import type { BridgeServices } from "../services.ts";

/** What one session holds and has done: counted for itself, its client's address and the process at the same time. */
export class SessionAccount {
  readonly client: ClientAccount;
  readonly #services: BridgeServices;
  /** Undefined: no limit. */
  readonly #rate: ByteRate | undefined;
  readonly #began = performance.now();
  #bufferedBytes = 0;
  #isBegun = false;
  streams = 0;
  listeners = 0;
  resumptions = 0;
  refusals = 0;
  bytesFromClient = 0;
  bytesToClient = 0;

  constructor(client: ClientAccount, services: BridgeServices) {
    this.client = client;
    this.#services = services;
    const { bytesPerSecond } = services.limits;
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
    if (this.client.sessions >= limits.sessionsPerAddress) {
      return overLimit("sessionsPerAddress", `Your network's address has ${this.client.sessions} sessions with the bridge, which is the most it takes. Stop some programs, or try later.`);
    }
    this.#isBegun = true;
    this.client.sessions += 1;
    usage.handshakes -= 1;
    totals.sessions += 1;
    return undefined;
  }

  /** The session has ended. */
  end(): void {
    this.#services.usage.sessions -= 1;
    if (this.#isBegun) this.client.sessions -= 1;
    else this.#services.usage.handshakes -= 1;
  }

  streamAdded(): void {
    this.streams += 1;
    this.client.sockets += 1;
    this.#services.usage.streams += 1;
    this.#services.totals.streams += 1;
  }

  /** The client hears no more of it. */
  streamOver(): void {
    this.#services.usage.streams -= 1;
  }

  /** Nothing of it is left. */
  streamGone(): void {
    this.client.sockets -= 1;
  }

  /** A stream has one socket more, while it connects. */
  socketAdded(): void {
    this.client.sockets += 1;
    this.#services.usage.sockets += 1;
  }

  /** Such a socket is closed. */
  socketGone(): void {
    this.client.sockets -= 1;
    this.#services.usage.sockets -= 1;
  }

  listenerAdded(): void {
    this.listeners += 1;
    this.client.listeners += 1;
    this.#services.usage.listeners += 1;
    this.#services.totals.listeners += 1;
  }

  listenerClosed(): void {
    this.client.listeners -= 1;
    this.#services.usage.listeners -= 1;
  }

  /** So many more bytes, or fewer, are on their way to peers. */
  buffered(byteCount: number): void {
    this.#bufferedBytes += byteCount;
    this.client.bufferedBytes += byteCount;
    this.#services.usage.bufferedBytes += byteCount;
  }

  /** Whether so many bytes more would be too many. */
  bufferLimit(byteCount: number): LimitFailure | undefined {
    const { bufferedBytes, bufferedBytesPerAddress, bufferedBytesPerSession } = this.#services.limits;
    if (this.#bufferedBytes + byteCount > bufferedBytesPerSession) {
      return overLimit("bufferedBytesPerSession", `This program has sent ${this.#bufferedBytes} bytes that its peers do not read, and the bridge keeps no more. Send less at a time, or close connections that nobody reads from.`);
    }
    if (this.client.bufferedBytes + byteCount > bufferedBytesPerAddress) {
      return overLimit("bufferedBytesPerAddress", `Programs at your network's address have sent ${this.client.bufferedBytes} bytes that nobody reads, and the bridge keeps no more. Try again later.`);
    }
    if (this.#services.usage.bufferedBytes + byteCount > bufferedBytes) {
      return overLimit("bufferedBytes", `The bridge holds ${this.#services.usage.bufferedBytes} bytes for peers that do not read, which is the most it takes. Try again later.`);
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

  /** Time until the session may send or receive more bytes, ms; 0: now. */
  get waitMs(): number {
    return Math.max(this.#rate?.waitMs ?? 0, this.client.bytes?.waitMs ?? 0);
  }

  #spend(byteCount: number): void {
    this.#rate?.spend(byteCount);
    this.client.bytes?.spend(byteCount);
  }
}
