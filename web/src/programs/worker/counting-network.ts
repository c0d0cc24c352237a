import {
  type ConnectEvents,
  type Network,
  type NetworkFailure,
  type NetworkStream,
  PassingEvents,
  PassingStream,
  type StreamEvents,
} from "@playground/network";

/** Bytes since the program began. */
export interface Traffic {
  bytesIn: number;
  bytesOut: number;
}

/** The same network, with what goes through it added up in `traffic`. */
export function countBytes(network: Network, traffic: Traffic): Network {
  return {
    listen: (address, port, events) =>
      network.listen(address, port, {
        onListening: (bound) => events.onListening(bound),
        onFailed: (failure) => events.onFailed(failure),
        onAccept: (stream) => new CountedEvents(events.onAccept(new CountedStream(stream, traffic)), traffic),
        onLost: (failure) => events.onLost(failure),
      }),
    connect: (host, port, events) => new CountedStream(network.connect(host, port, new CountedConnectEvents(events, traffic)), traffic),
  };
}

class CountedEvents<Events extends StreamEvents> extends PassingEvents<Events> {
  readonly #traffic: Traffic;

  constructor(events: Events, traffic: Traffic) {
    super(events);
    this.#traffic = traffic;
  }

  override onData(bytes: Uint8Array): void {
    this.#traffic.bytesIn += bytes.length;
    super.onData(bytes);
  }
}

class CountedConnectEvents extends CountedEvents<ConnectEvents> implements ConnectEvents {
  onOpened(): void {
    this.events.onOpened();
  }

  onFailed(failure: NetworkFailure): void {
    this.events.onFailed(failure);
  }
}

class CountedStream extends PassingStream {
  readonly #traffic: Traffic;

  constructor(inner: NetworkStream, traffic: Traffic) {
    super(inner);
    this.#traffic = traffic;
  }

  override send(bytes: Uint8Array): number {
    const taken = super.send(bytes);
    this.#traffic.bytesOut += taken;
    return taken;
  }
}
