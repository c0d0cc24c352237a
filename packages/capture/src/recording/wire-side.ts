import {
  type ConnectEvents,
  type Network,
  type NetworkFailure,
  type NetworkStream,
  PassingEvents,
  PassingStream,
  type StreamEvents,
} from "@playground/network";
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
class WireStream extends PassingStream {
  readonly #record: NetworkRecord;
  readonly #connection: RecordedConnection;

  constructor(record: NetworkRecord, connection: RecordedConnection, inner: NetworkStream) {
    super(inner);
    this.#record = record;
    this.#connection = connection;
  }

  override send(bytes: Uint8Array): number {
    const taken = super.send(bytes);
    this.#record.left(this.#connection, taken);
    return taken;
  }

  override close(): void {
    this.#record.closeLeft(this.#connection, "close");
    super.close();
  }

  override abort(): void {
    this.#record.closeLeft(this.#connection, "abort");
    super.abort();
  }
}

/** What the network tells of a stream. */
class WireEvents<Events extends StreamEvents> extends PassingEvents<Events> {
  protected readonly record: NetworkRecord;
  protected readonly connection: RecordedConnection;

  constructor(record: NetworkRecord, connection: RecordedConnection, events: Events) {
    super(events);
    this.record = record;
    this.connection = connection;
  }

  override onData(bytes: Uint8Array): void {
    this.record.arrived(this.connection, bytes, () => this.events.onData(bytes));
  }

  override onEnd(): void {
    this.record.ended(this.connection, () => this.events.onEnd());
  }

  override onClosed(failure?: NetworkFailure): void {
    if (failure !== undefined) this.record.broken(this.connection, failure);
    super.onClosed(failure);
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
