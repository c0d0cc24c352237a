import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import { type Bridge } from "../../src/index.ts";
import type { Endpoint, NetworkFailure, NetworkListener, NetworkStream, StreamEvents, WindowWish } from "@playground/network";
import { ClientSession, type RoomAnswer, type RoomNews, type SessionInfo, transportOver } from "@playground/wire/client";
import { type RoomMachine, WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";
import type { Schedule } from "@playground/wire/flow";
import { WebSocket } from "ws";

/** A script's end of one TCP connection, for tests: collects what happens. */
export class TestStream {
  stream!: NetworkStream;
  readonly chunks: Uint8Array[] = [];
  receivedBytes = 0;
  hasEnded = false;
  isClosed = false;
  failure: NetworkFailure | undefined;
  /** Whether credit is given back; a script that does not call `update()` does not. */
  takes = true;
  #owed = 0;
  #wakers: (() => void)[] = [];

  readonly events: StreamEvents = {
    onData: (bytes) => {
      this.chunks.push(bytes);
      this.receivedBytes += bytes.length;
      if (this.takes) this.stream.consumed(bytes.length);
      else this.#owed += bytes.length;
      this.#wake();
    },
    onEnd: () => {
      this.hasEnded = true;
      this.#wake();
    },
    onClosed: (failure) => {
      this.isClosed = true;
      this.failure = failure;
      this.#wake();
    },
    onWritable: () => this.#wake(),
  };

  /** Gives back all credit that was held, and goes on doing so. */
  takeAgain(): void {
    this.takes = true;
    this.takeHeld();
  }

  /** Gives back all credit that was held, as a script that calls `update()` once. */
  takeHeld(wish?: WindowWish): void {
    const held = this.#owed;
    this.#owed = 0;
    this.stream.consumed(held, wish);
  }

  text(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }

  /** Waits for something to be true; looks whenever anything happens. */
  async until(condition: () => boolean, what = "the condition", timeoutMs = PATIENCE_MS): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!condition()) {
      if (Date.now() > end)
        throw new Error(
          `not within ${timeoutMs} ms: ${what}; received: ${this.receivedBytes}, ended: ${this.hasEnded}, closed: ${this.isClosed}, failure: ${JSON.stringify(this.failure)}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#wakers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Sends everything, waiting for room whenever there is none. */
  async sendAll(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      const taken = this.stream.send(bytes.subarray(sent));
      sent += taken;
      if (taken > 0) continue;
      if (this.isClosed) throw new Error(`closed: ${JSON.stringify(this.failure)}`);
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}

/** A listening script. */
export interface TestListener {
  readonly listener: NetworkListener;
  readonly bound: Endpoint;
  readonly accepted: TestStream[];
}

/** A failure that was told instead of success. */
export class RefusedError extends Error {
  readonly failure: NetworkFailure;
  constructor(failure: NetworkFailure) {
    super(`${failure.code}: ${failure.message}`);
    this.failure = failure;
  }
}

/** How a client is set up. */
export interface ZoneClientOptions {
  readonly room?: string;
  readonly token?: Uint8Array;
  readonly window?: number;
  /** The port to reach the bridge by, such as a proxy's. */
  readonly port?: number;
  /** Whether it comes back over another WebSocket after a cut. */
  readonly resumes?: boolean;
  readonly schedule?: Schedule;
  /** Of the room. Sent only by a client that resumes. */
  readonly password?: string;
  /** The address of loopback that it comes from. Default: 127.0.0.1. */
  readonly localAddress?: string | undefined;
}

/** A program in a page, as the bridge sees it: the real client session over a real WebSocket. */
export class ZoneClient {
  /** The WebSocket that was opened last. */
  ws!: WebSocket;
  /** Who is in the room, by id. */
  readonly machines = new Map<number, RoomMachine>();
  /** Every packet of news. */
  readonly news: RoomNews[] = [];
  interruptions = 0;
  resumptions = 0;
  readonly session: ClientSession;
  readonly ready: Promise<SessionInfo>;
  ended: NetworkFailure | undefined;

  constructor(bridge: Bridge, options: ZoneClientOptions = {}) {
    const base = options.port === undefined ? bridge.url.replace("http", "ws") : `ws://127.0.0.1:${options.port}/`;
    const url = `${base}room/${options.room ?? "test"}/`;
    const { localAddress } = options;
    let isReady!: (info: SessionInfo) => void;
    let isLost!: (error: Error) => void;
    this.ready = new Promise((resolve, reject) => {
      isReady = resolve;
      isLost = reject;
    });
    this.ready.catch(() => {});
    this.session = new ClientSession({
      ...(options.schedule !== undefined && { schedule: options.schedule }),
      isResumable: options.resumes === true,
      open: (events) => {
        this.ws = new WebSocket(url, WISP_V2_SUBPROTOCOL, { perMessageDeflate: false, ...(localAddress !== undefined && { localAddress }) });
        return transportOver(this.ws, events);
      },
      ...(options.password !== undefined && { password: options.password }),
      machineToken: options.token ?? randomBytes(16),
      ...(options.window === undefined ? {} : { receiveWindow: options.window }),
      events: {
        onReady: isReady,
        onInterrupted: () => (this.interruptions += 1),
        onRoomNews: (news) => this.#follow(news),
        onResumed: () => (this.resumptions += 1),
        onEnded: (failure) => {
          this.ended = failure;
          isLost(new RefusedError(failure));
        },
      },
    });
    onTestFinished(() => {
      this.session.close();
      this.ws.terminate();
    });
  }

  /** Asks to be told of the room. */
  async watch(): Promise<void> {
    const answer = await this.session.room.request({ kind: "watch" });
    if (answer?.result !== 0) throw new Error(`cannot watch: ${JSON.stringify(answer)}`);
  }

  async rename(name: string): Promise<RoomAnswer | undefined> {
    return this.session.room.request({ kind: "rename", name });
  }

  async setPassword(password: string): Promise<RoomAnswer | undefined> {
    return this.session.room.request({ kind: "set-password", password });
  }

  /** What the room is like by all that was told: names, and ports in brackets. */
  get roomText(): string {
    return [...this.machines.values()]
      .map(({ name, listeners }) => `${name}[${listeners.map(({ port, isPrivate }) => `${port}${isPrivate ? "p" : ""}`).join(" ")}]`)
      .join(" ");
  }

  #follow(news: RoomNews): void {
    this.news.push(news);
    if (news.isAll) this.machines.clear();
    for (const id of news.gone) this.machines.delete(id);
    for (const machine of news.machines) this.machines.set(machine.machineId, machine);
  }

  /** @throws {RefusedError} */
  async listen(port: number, address = "0.0.0.0", onAccept: (stream: TestStream) => void = () => {}): Promise<TestListener> {
    const accepted: TestStream[] = [];
    return new Promise((resolve, reject) => {
      const listener = this.session.listen(address, port, {
        onListening: (bound) => resolve({ listener, bound, accepted }),
        onFailed: (failure) => reject(new RefusedError(failure)),
        onLost: () => {},
        onAccept: (stream) => {
          const test = new TestStream();
          test.stream = stream;
          accepted.push(test);
          onAccept(test);
          return test.events;
        },
      });
    });
  }

  /** @throws {RefusedError} */
  async connect(host: string, port: number): Promise<TestStream> {
    const test = new TestStream();
    return new Promise((resolve, reject) => {
      test.stream = this.session.connect(host, port, {
        ...test.events,
        onOpened: () => resolve(test),
        onFailed: (failure) => reject(new RefusedError(failure)),
      });
    });
  }

  /** What `connect` is refused with. */
  async refusal(host: string, port: number): Promise<NetworkFailure> {
    try {
      (await this.connect(host, port)).stream.abort();
    } catch (error) {
      if (error instanceof RefusedError) return error.failure;
      throw error;
    }
    throw new Error(`${host}:${port} was not refused`);
  }
}
