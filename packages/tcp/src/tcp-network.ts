import {
  type ConnectEvents,
  endpointText,
  type ListenerEvents,
  type Network,
  type NetworkFailure,
  type NetworkListener,
  type NetworkStream,
  SESSION_BUFFER_BYTES,
  WINDOW_GROWTH_BYTES,
} from "@playground/network";
import { isLocalhost } from "./address/loopback.ts";
import { parseTarget } from "./address/target.ts";
import { Dialling } from "./dialling.ts";
import { nameToListenOn, notAnAddress } from "./failure.ts";
import { SocketStream, type StreamOwner } from "./network-stream.ts";
import { Resolver } from "./resolver.ts";
import { TcpListener } from "./tcp-listener.ts";

/** The network of the computer that this runs on, for one program: its own sockets, its own names, and no bridge in between. */
export class TcpNetwork implements Network, StreamOwner {
  readonly #resolver: Resolver;
  readonly #streams = new Set<SocketStream>();
  readonly #listeners = new Set<TcpListener>();
  /** Attempts to bind that have not come to an end. */
  readonly #binding = new Set<Promise<void>>();
  #bufferedBytes = 0;
  #windowBytes = 0;
  #nextListener = 1;
  #idleWaiters: (() => void)[] = [];

  /** `resolver`: who looks names up, for all networks of a process; by default this computer's own. */
  constructor(resolver = new Resolver("here")) {
    this.#resolver = resolver;
  }

  /** Connections of which something is left, those too that their program has closed and that are being flushed. */
  get openSockets(): number {
    return this.#streams.size;
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    const binding = bindingOf(address);
    if (typeof binding !== "string") return failing(() => events.onFailed(binding));
    const listener = new TcpListener(
      this.#nextListener++,
      { address: binding, port, mayHave: () => true, opener: "here" },
      // One that was closed while it was being bound may hold the same port for a moment.
      Promise.all(this.#binding),
      {
        onListening: (bound) => events.onListening(bound),
        onFailed: (failure) => {
          this.#listeners.delete(listener);
          events.onFailed(failure);
        },
        onConnection: (socket, remote) => {
          const stream = new SocketStream(this, endpointText(remote.address, remote.port));
          this.#streams.add(stream);
          if (stream.accepted(socket)) stream.attach(events.onAccept(stream));
          else this.gone(stream);
        },
      },
    );
    this.#listeners.add(listener);
    const settled = listener.settled.finally(() => this.#binding.delete(settled));
    this.#binding.add(settled);
    return {
      close: () => {
        this.#listeners.delete(listener);
        listener.close();
      },
    };
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    const stream = new SocketStream(this, endpointText(host, port));
    this.#streams.add(stream);
    stream.dial(
      new Dialling(host, port, this.#resolver, {
        onConnected: (socket) => stream.connected(socket),
        onFailed: (failure) => stream.failed(failure),
      }),
      events,
    );
    return stream;
  }

  /** Resolves once no socket is left: what was sent has gone out, or was given up. */
  async idle(): Promise<void> {
    await Promise.all(this.#binding);
    if (this.#streams.size > 0) await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Cuts everything at once. */
  destroy(): void {
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
    for (const stream of this.#streams) stream.destroy();
  }

  get sendRoom(): number {
    return SESSION_BUFFER_BYTES - this.#bufferedBytes;
  }

  buffered(byteCount: number): void {
    this.#bufferedBytes += byteCount;
  }

  takeWindow(byteCount: number): boolean {
    if (this.#windowBytes + byteCount > WINDOW_GROWTH_BYTES) return false;
    this.#windowBytes += byteCount;
    return true;
  }

  releaseWindow(byteCount: number): void {
    this.#windowBytes -= byteCount;
  }

  gone(stream: SocketStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}

/** What is bound for the address that a script gave. */
function bindingOf(address: string): string | NetworkFailure {
  const target = parseTarget(address);
  if (target === undefined) return notAnAddress(address);
  if (target.kind === "address") return target.address.text;
  return isLocalhost(target.name) ? "127.0.0.1" : nameToListenOn(target.name);
}

/** A listener that has failed before it could begin. */
function failing(tell: () => void): NetworkListener {
  let isClosed = false;
  setImmediate(() => {
    if (!isClosed) tell();
  });
  return {
    close: () => {
      isClosed = true;
    },
  };
}
