import {
  type ConnectEvents,
  type Network,
  type NetworkFailure,
  type NetworkListener,
  type NetworkStream,
  PassingEvents,
  PassingStream,
  type StreamEvents,
} from "@playground/network";
import type { NetworkRecord } from "./network-record.ts";
import type { RecordedConnection } from "./recorded-connection.ts";

/** The network as the script calls it: what it does, and what reaches it. */
export function recordScriptSide(network: Network, record: NetworkRecord): Network {
  return {
    listen: (address, port, events) =>
      record.listen(address, port, (listener) => {
        let isOver = false;
        const inner = network.listen(address, port, {
          onListening: (bound) => {
            record.listening(listener, bound);
            events.onListening(bound);
          },
          onFailed: (failure) => {
            isOver = true;
            record.listenerOver("listen-failed", listener, failure);
            events.onFailed(failure);
          },
          onAccept: (stream) => {
            const connection = record.claim(stream);
            return new ScriptEvents(record, connection, events.onAccept(new ScriptStream(record, connection, stream)));
          },
          onLost: (failure) => {
            isOver = true;
            record.listenerOver("listener-lost", listener, failure);
            events.onLost(failure);
          },
        });
        return {
          close: () => {
            if (!isOver) record.listenerClosed(listener);
            isOver = true;
            inner.close();
          },
        } satisfies NetworkListener;
      }),
    connect: (host, port, events) => {
      const connection = record.connect(host, port);
      const inner = network.connect(host, port, new ScriptConnectEvents(record, connection, events));
      return new ScriptStream(record, connection, inner, () => record.unwanted(host, port, connection));
    },
  };
}

/** A stream as the script has it. */
export class ScriptStream extends PassingStream {
  readonly connection: RecordedConnection;
  readonly #record: NetworkRecord;
  readonly #onGivenUp: (() => void) | undefined;

  /** `onGivenUp`: it is closed before the network was asked for it. */
  constructor(record: NetworkRecord, connection: RecordedConnection, inner: NetworkStream, onGivenUp?: () => void) {
    super(inner);
    this.connection = connection;
    this.#record = record;
    this.#onGivenUp = onGivenUp;
  }

  override send(bytes: Uint8Array): number {
    const taken = super.send(bytes);
    this.#record.sent(this.connection, bytes, taken);
    return taken;
  }

  override close(): void {
    this.#close("close");
  }

  override abort(): void {
    this.#close("abort");
  }

  #close(how: "close" | "abort"): void {
    this.#record.closing(this.connection, how, () => this.inner[how]());
    if (this.connection.stream === undefined) this.#onGivenUp?.();
  }
}

/** What reaches the script of a stream. */
class ScriptEvents<Events extends StreamEvents> extends PassingEvents<Events> {
  protected readonly record: NetworkRecord;
  protected readonly connection: RecordedConnection;

  constructor(record: NetworkRecord, connection: RecordedConnection, events: Events) {
    super(events);
    this.record = record;
    this.connection = connection;
  }

  override onData(bytes: Uint8Array): void {
    this.record.released(this.connection, bytes.length);
    super.onData(bytes);
  }

  override onEnd(): void {
    this.record.endReleased(this.connection);
    super.onEnd();
  }

  override onClosed(failure?: NetworkFailure): void {
    if (failure !== undefined) this.record.broken(this.connection, failure);
    super.onClosed(failure);
  }
}

class ScriptConnectEvents extends ScriptEvents<ConnectEvents> implements ConnectEvents {
  onOpened(): void {
    this.events.onOpened();
  }

  onFailed(failure: NetworkFailure): void {
    this.record.connectFailed(this.connection, failure);
    this.events.onFailed(failure);
  }
}
