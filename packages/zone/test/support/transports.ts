import type { ConnectEvents, ListenerEvents, NetworkFailure, NetworkListener, NetworkStream, StreamEvents, WindowWish } from "@playground/network";
import { TcpNetwork } from "@playground/tcp";
import { beforeEach } from "vitest";
import { NodeNetwork } from "./node-network.ts";
import type { TestNetwork } from "./test-network.ts";

/** What carries a program's network in a test. */
export interface Transport {
  readonly name: string;
  create(): TestNetwork;
  /** What its errors say. */
  readonly refused: RegExp;
  readonly taken: RegExp;
}

/** The same sentences hold on each. */
export const TRANSPORTS: readonly Transport[] = [
  { name: "sockets made for the tests", create: () => new NodeNetwork(), refused: /ECONNREFUSED/, taken: /EADDRINUSE/ },
  {
    name: "the sockets that programs have without a bridge",
    create: () => new WatchedTcpNetwork(),
    refused: /^127\.0\.0\.1:\d+ refused the connection: nothing listens there\. Start the server first, and check the port\.$/,
    taken: /Port \d+ is already in use\. Stop the program that listens on it, or choose another port\.$/,
  },
];

let current: Transport | undefined;

/** Lets the programs of a suite run on one. */
export function useTransport(transport: Transport): void {
  beforeEach(() => {
    current = transport;
    return () => {
      current = undefined;
    };
  });
}

/** A network for one program: of the suite's transport, or the first. */
export function testNetwork(): TestNetwork {
  return (current ?? TRANSPORTS[0]!).create();
}

/** The real thing, with what happens on it counted. */
class WatchedTcpNetwork implements TestNetwork {
  happened = 0;
  lastWish: WindowWish | undefined;
  readonly #network = new TcpNetwork();
  readonly #losses = new Set<(failure: NetworkFailure) => void>();

  get openSockets(): number {
    return this.#network.openSockets;
  }

  lose(failure: NetworkFailure): void {
    for (const lose of this.#losses) lose(failure);
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    const listener = this.#network.listen(address, port, {
      onListening: (bound) => events.onListening(bound),
      onFailed: (failure) => events.onFailed(failure),
      onLost: (failure) => events.onLost(failure),
      onAccept: (stream) => {
        const watched = this.#watched(events.onAccept(this.#wishing(stream)), () => stream);
        this.happened++;
        return watched;
      },
    });
    const lose = (failure: NetworkFailure): void => {
      listener.close();
      events.onLost(failure);
    };
    this.#losses.add(lose);
    return {
      close: () => {
        this.#losses.delete(lose);
        listener.close();
      },
    };
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    const stream: NetworkStream = this.#network.connect(host, port, {
      ...this.#watched(events, () => stream),
      onOpened: () => events.onOpened(),
      onFailed: (failure) => events.onFailed(failure),
    });
    return this.#wishing(stream);
  }

  /** The same stream, with what the program wishes noted. */
  #wishing(stream: NetworkStream): NetworkStream {
    return {
      get remote() {
        return stream.remote;
      },
      get local() {
        return stream.local;
      },
      send: (bytes) => stream.send(bytes),
      end: () => stream.end(),
      close: () => stream.close(),
      abort: () => stream.abort(),
      consumed: (byteCount, wish) => {
        this.lastWish = wish;
        stream.consumed(byteCount, wish);
      },
    };
  }

  #watched(events: StreamEvents, stream: () => NetworkStream): StreamEvents {
    const lose = (failure: NetworkFailure): void => {
      events.onClosed(failure);
      stream().abort();
    };
    this.#losses.add(lose);
    return {
      onData: (bytes) => {
        events.onData(bytes);
        this.happened++;
      },
      onEnd: () => {
        events.onEnd();
        this.happened++;
      },
      onClosed: (failure) => {
        this.#losses.delete(lose);
        events.onClosed(failure);
      },
      onWritable: () => events.onWritable?.(),
    };
  }
}
