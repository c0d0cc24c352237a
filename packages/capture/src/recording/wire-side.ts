import type { ConnectEvents, Endpoint, Network, NetworkFailure, NetworkStream, StreamEvents, StreamLevels, WindowWish } from "@playground/network";
import type { NetworkRecord } from "./network-record.ts";
import type { RecordedConnection } from "./recorded-connection.ts";

/** The network below all conditions: what leaves the computer's programs, and what comes to them. */
export function recordWireSide(network: Network, record: NetworkRecord): Network {
  return {
    listen: (address, port, events) => {
      const { listener } = record;
      return network.listen(address, port, {
        onListening: (bound) => events.onListening(bound),
        onFailed: (failure) => events.onFailed(failure),
        onAccept: (stream) => {
          const connection = record.accepted(listener, stream);
          return new WireEvents(record, connection, events.onAccept(new WireStream(record, connection, stream)));
        },
        onLost: (failure) => events.onLost(failure),
      });
    },
    connect: (host, port, events) => {
      const connection = record.wanted(host, port);
      connection.stream = network.connect(host, port, new WireConnectEvents(record, connection, events));
      return new WireStream(record, connection, connection.stream);
    },
  };
}

/** A stream of the network, as conditions or the script's side call it. */
class WireStream implements NetworkStream {
  readonly #record: NetworkRecord;
  readonly #connection: RecordedConnection;
  readonly #inner: NetworkStream;

  constructor(record: NetworkRecord, connection: RecordedConnection, inner: NetworkStream) {
    this.#record = record;
    this.#connection = connection;
    this.#inner = inner;
  }

  get remote(): Endpoint {
    return this.#inner.remote;
  }

  get local(): Endpoint {
    return this.#inner.local;
  }

  send(bytes: Uint8Array): number {
    const taken = this.#inner.send(bytes);
    this.#record.left(this.#connection, taken);
    return taken;
  }

  end(): void {
    this.#inner.end();
  }

  close(): void {
    this.#record.closeLeft(this.#connection, "close");
    this.#inner.close();
  }

  abort(): void {
    this.#record.closeLeft(this.#connection, "abort");
    this.#inner.abort();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.#inner.consumed(byteCount, wish);
  }

  levels(): StreamLevels | undefined {
    return this.#inner.levels?.();
  }
}

/** What the network tells of a stream. */
class WireEvents<Events extends StreamEvents> implements StreamEvents {
  protected readonly record: NetworkRecord;
  protected readonly connection: RecordedConnection;
  protected readonly events: Events;

  constructor(record: NetworkRecord, connection: RecordedConnection, events: Events) {
    this.record = record;
    this.connection = connection;
    this.events = events;
  }

  onData(bytes: Uint8Array): void {
    this.record.arrived(this.connection, bytes, () => this.events.onData(bytes));
  }

  onEnd(): void {
    this.record.ended(this.connection, () => this.events.onEnd());
  }

  onClosed(failure?: NetworkFailure): void {
    if (failure !== undefined) this.record.broken(this.connection, failure);
    this.events.onClosed(failure);
  }

  onWritable(): void {
    this.events.onWritable?.();
  }
}

class WireConnectEvents extends WireEvents<ConnectEvents> implements ConnectEvents {
  onOpened(): void {
    // The network may tell before it has given the stream to whoever asked for it: never from inside of the call, says `Network`.
    if (this.connection.stream !== undefined) this.record.opened(this.connection, this.connection.stream);
    this.events.onOpened();
  }

  onFailed(failure: NetworkFailure): void {
    this.record.connectFailed(this.connection, failure);
    this.events.onFailed(failure);
  }
}
