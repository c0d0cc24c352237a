import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type {
  ConnectEvents,
  Endpoint,
  Network,
  NetworkErrorCode,
  NetworkFailure,
  NetworkListener,
  NetworkStream,
  StreamEvents,
  WindowWish,
} from "@playground/network";
import type { TestNetwork } from "./test-network.ts";

/** Bytes that a stream of the tests queues for sending, small so that a full buffer is quickly reached. */
export const TEST_SEND_BUFFER = 4 * 1024 * 1024;

/** Received bytes that may wait for their credit. */
export const TEST_WINDOW = 128 * 1024;

const CODES: Readonly<Record<string, NetworkErrorCode>> = {
  EADDRINUSE: "address-in-use",
  EADDRNOTAVAIL: "address-not-ours",
  ECONNREFUSED: "connection-refused",
  ENOTFOUND: "unknown-host",
};

function failure(error: NodeJS.ErrnoException) {
  return { code: CODES[error.code ?? ""] ?? ("internal" as const), message: error.message };
}

/** The interface `Network` over Node's own TCP sockets: the same machine, no bridge in between. */
export class NodeNetwork implements TestNetwork {
  readonly sockets = new Set<Socket>();
  /** Clients accepted, chunks and ends so far: what a test waits for that must know that they have come. */
  happened = 0;
  /** What the program last wished for the window of a connection. */
  lastWish: WindowWish | undefined;
  readonly #streams = new Set<NodeStream>();
  readonly #listeners = new Map<NetworkListener, (failure: NetworkFailure) => void>();

  get openSockets(): number {
    return this.sockets.size;
  }

  /** Everything ends, as when whatever carries the network goes away. */
  lose(failure: NetworkFailure): void {
    for (const [listener, onLost] of this.#listeners) {
      listener.close();
      onLost(failure);
    }
    for (const stream of this.#streams) stream.lose(failure);
  }

  listen(address: string, port: number, events: Parameters<Network["listen"]>[2]): NetworkListener {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const stream = this.#track(socket);
      stream.attach(events.onAccept(stream));
      this.happened++;
    });
    server.once("error", (error) => events.onFailed(failure(error)));
    server.listen(port, address === "0.0.0.0" ? "127.0.0.1" : address, () => {
      const bound = server.address() as AddressInfo;
      events.onListening({ address: bound.address, port: bound.port });
    });
    const listener: NetworkListener = {
      close: () => {
        this.#listeners.delete(listener);
        server.close();
      },
    };
    this.#listeners.set(listener, (lost) => events.onLost(lost));
    return listener;
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const stream = this.#track(socket);
    socket.once("error", (error) => {
      if (!stream.opened) events.onFailed(failure(error));
    });
    socket.once("connect", () => {
      stream.opened = true;
      events.onOpened();
      stream.attach(events);
    });
    return stream;
  }

  #track(socket: Socket): NodeStream {
    const stream = new NodeStream(
      socket,
      () => this.happened++,
      (wish) => {
        this.lastWish = wish;
      },
    );
    this.sockets.add(socket);
    this.#streams.add(stream);
    socket.once("close", () => {
      this.sockets.delete(socket);
      this.#streams.delete(stream);
    });
    return stream;
  }
}

class NodeStream implements NetworkStream {
  opened = false;
  readonly #socket: Socket;
  #events: StreamEvents | undefined;
  #credit = TEST_WINDOW;
  #sending = true;
  #deaf = false;
  readonly #count: () => void;
  readonly #onWish: (wish: WindowWish | undefined) => void;

  constructor(socket: Socket, count: () => void, onWish: (wish: WindowWish | undefined) => void) {
    this.#socket = socket;
    this.#count = count;
    this.#onWish = onWish;
  }

  attach(events: StreamEvents): void {
    this.#events = events;
    const socket = this.#socket;
    socket.on("data", (bytes) => {
      if (this.#deaf) return;
      this.#credit -= bytes.length;
      if (this.#credit <= 0) socket.pause();
      this.#events?.onData(new Uint8Array(bytes));
      this.#count();
    });
    socket.on("end", () => {
      this.#tell((to) => to.onEnd());
      this.#count();
    });
    socket.on("error", (error) => this.#tell((to) => to.onClosed({ code: "connection-reset", message: error.message })));
    socket.on("close", () => this.#tell((to) => to.onClosed()));
  }

  get remote(): Endpoint {
    return { address: this.#socket.remoteAddress ?? "", port: this.#socket.remotePort ?? 0 };
  }

  get local(): Endpoint {
    return { address: this.#socket.localAddress ?? "", port: this.#socket.localPort ?? 0 };
  }

  send(bytes: Uint8Array): number {
    if (!this.#sending) return 0;
    const taken = Math.max(0, Math.min(bytes.length, TEST_SEND_BUFFER - this.#socket.writableLength));
    if (taken > 0) this.#socket.write(bytes.slice(0, taken));
    return taken;
  }

  end(): void {
    this.#sending = false;
    this.#socket.end();
  }

  close(): void {
    this.#deaf = true;
    this.end();
    this.#socket.resume();
  }

  abort(): void {
    this.#deaf = true;
    this.#sending = false;
    this.#socket.resetAndDestroy();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.#onWish(wish);
    this.#credit += byteCount;
    if (this.#credit > 0) this.#socket.resume();
  }

  lose(failure: NetworkFailure): void {
    this.#tell((to) => to.onClosed(failure));
    this.abort();
  }

  #tell(event: (to: StreamEvents) => void): void {
    if (!this.#deaf && this.#events) event(this.#events);
  }
}
