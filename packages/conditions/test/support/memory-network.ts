import type { ConnectEvents, Endpoint, ListenerEvents, Network, NetworkFailure, NetworkListener, NetworkStream, StreamEvents } from "@playground/network";
import type { TestClock } from "./test-clock.ts";

/** What a stream of this network has of window, and of send buffer, bytes: little, so that tests fill them. */
export const WINDOW_BYTES = 4_096;
export const SEND_BUFFER_BYTES = 8_192;

/** The least and the most bytes that go in one delivery. */
type PieceSize = (most: number) => number;

/** A network without a network: both ends of each connection are here, and every rule of the interface `Network` is kept, and watched. */
export class MemoryNetwork implements Network {
  readonly clock: TestClock;
  readonly pieceSize: PieceSize;
  readonly listeners = new Map<number, ListenerEvents>();
  readonly #open = new Set<MemoryStream>();
  #nextPort = 40_000;

  constructor(clock: TestClock, pieceSize: PieceSize = (most) => most) {
    this.clock = clock;
    this.pieceSize = pieceSize;
  }

  /** Streams that are not over. */
  get openStreams(): number {
    return this.#open.size;
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    this.listeners.set(port, events);
    this.clock.setTimer(() => events.onListening({ address, port }), 0);
    return { close: () => void this.listeners.delete(port) };
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    const client = new MemoryStream(this);
    this.#open.add(client);
    this.clock.setTimer(() => {
      if (client.isOver) return;
      const listener = this.listeners.get(port);
      if (listener === undefined) {
        client.over();
        if (!client.isClosed) events.onFailed({ code: "connection-refused", message: `nobody listens on ${port}` });
        return;
      }
      const server = new MemoryStream(this);
      this.#open.add(server);
      const here = { address: host, port: this.#nextPort++ };
      const there = { address: host, port };
      client.join(server, here, there);
      server.join(client, there, here);
      server.events = listener.onAccept(server);
      if (client.isClosed) return client.pump();
      client.events = events;
      events.onOpened();
      client.pump();
    }, 0);
    return client;
  }

  forget(stream: MemoryStream): void {
    this.#open.delete(stream);
  }
}

class MemoryStream implements NetworkStream {
  events: StreamEvents | undefined;
  isOver = false;
  isClosed = false;
  readonly #network: MemoryNetwork;
  #peer: MemoryStream | undefined;
  #ends: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  #queue: Uint8Array = new Uint8Array(0);
  #unconsumed = 0;
  #isEndAsked = false;
  #isEndSent = false;
  #isRefused = false;
  #isPumping = false;

  constructor(network: MemoryNetwork) {
    this.#network = network;
  }

  join(peer: MemoryStream, local: Endpoint, remote: Endpoint): void {
    this.#peer = peer;
    this.#ends = { local, remote };
  }

  get local(): Endpoint {
    return this.#ends!.local;
  }

  get remote(): Endpoint {
    return this.#ends!.remote;
  }

  send(bytes: Uint8Array): number {
    if (this.#isEndAsked || this.isOver) return 0;
    const taken = Math.min(bytes.length, SEND_BUFFER_BYTES - this.#queue.length);
    const queue = new Uint8Array(this.#queue.length + taken);
    queue.set(this.#queue);
    queue.set(bytes.subarray(0, taken), this.#queue.length);
    this.#queue = queue;
    if (taken < bytes.length) this.#isRefused = true;
    this.pump();
    return taken;
  }

  end(): void {
    this.#isEndAsked = true;
    this.pump();
  }

  close(): void {
    if (this.isClosed || this.isOver) return;
    this.isClosed = true;
    this.events = undefined;
    this.#unconsumed = 0;
    if (this.#peer === undefined && this.#queue.length === 0) return this.over();
    this.#peer?.pump();
    this.end();
  }

  abort(): void {
    if (this.isOver) return;
    this.isClosed = true;
    this.events = undefined;
    const peer = this.#peer;
    this.over();
    if (peer === undefined || peer.isOver) return;
    peer.over();
    this.#later(() => peer.events?.onClosed(RESET));
  }

  consumed(byteCount: number): void {
    if (this.isOver || this.isClosed) return;
    this.#unconsumed -= byteCount;
    if (this.#unconsumed < 0) throw new Error(`credit for ${-this.#unconsumed} bytes more than have come`);
    this.#peer?.pump();
  }

  over(): void {
    this.isOver = true;
    this.#network.forget(this);
  }

  pump(): void {
    if (this.#isPumping || this.#peer === undefined) return;
    this.#isPumping = true;
    this.#later(() => {
      this.#isPumping = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    const peer = this.#peer;
    if (peer === undefined || this.isOver || peer.isOver) return;
    const room = peer.isClosed ? this.#queue.length : Math.min(this.#queue.length, WINDOW_BYTES - peer.#unconsumed);
    if (room > 0) {
      const size = this.#network.pieceSize(room);
      const piece = this.#queue.slice(0, size);
      this.#queue = this.#queue.slice(size);
      if (!peer.isClosed) {
        peer.#unconsumed += size;
        peer.events?.onData(piece);
      }
      if (this.#isRefused && !this.#isEndAsked) {
        this.#isRefused = false;
        this.#later(() => this.events?.onWritable?.());
      }
      this.pump();
      return;
    }
    if (this.#queue.length > 0 || !this.#isEndAsked || this.#isEndSent) return;
    this.#isEndSent = true;
    peer.events?.onEnd();
    if (!peer.#isEndSent) return;
    for (const stream of [this, peer]) {
      if (stream.isOver) continue;
      stream.over();
      stream.events?.onClosed();
    }
  }

  #later(act: () => void): void {
    this.#network.clock.setTimer(act, 0);
  }
}

const RESET: NetworkFailure = { code: "connection-reset", message: "the other side has reset the connection" };
