import {
  type ConnectEvents,
  type Endpoint,
  endpointText,
  type ListenerEvents,
  type Network,
  type NetworkListener,
  type NetworkStream,
  type StreamEvents,
  type WindowWish,
} from "@playground/network";

/** A stream that lives already, as conditions take it over. */
export interface LiveStream {
  /** The network's stream. */
  readonly inner: NetworkStream;
  /** The other side, for messages. */
  readonly target: string;
  readonly events: StreamEvents;
  /** Present while it is being connected. */
  readonly connectEvents: ConnectEvents | undefined;
  /** Bytes that have gone each way. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly isEndRequested: boolean;
}

/** A network under conditions, which takes over what lives already on the network below it. */
export interface ConditionedNetwork extends Network {
  /** From now on the program's calls and the network's events of the stream go to what this gives. */
  takeStream(live: LiveStream): NetworkStream & ConnectEvents;
  takeListener(inner: NetworkListener, address: string, port: number, events: ListenerEvents): NetworkListener & ListenerEvents;
}

/**
 * The same network, with a place that conditions can be put into later, when somebody wants them: what makes them is loaded only then. Until
 * then everything passes, and streams are no more than counted.
 */
export class Gate implements Network {
  readonly #inner: Network;
  #conditioned: ConditionedNetwork | undefined;
  readonly #streams = new Set<GateStream>();
  readonly #listeners = new Set<GateListener>();

  constructor(inner: Network) {
    this.#inner = inner;
  }

  /** Puts conditions into it, once: for everything that lives, and for what comes. */
  fill(make: (inner: Network) => ConditionedNetwork): void {
    const conditioned = make(this.#inner);
    this.#conditioned = conditioned;
    for (const listener of this.#listeners) listener.fill(conditioned);
    for (const stream of this.#streams) stream.fill(conditioned);
    this.#listeners.clear();
    this.#streams.clear();
  }

  listen(address: string, port: number, events: ListenerEvents): NetworkListener {
    if (this.#conditioned !== undefined) return this.#conditioned.listen(address, port, events);
    const listener = new GateListener(this.#listeners, this.#streams, address, port, events);
    listener.inner = this.#inner.listen(address, port, listener);
    return listener;
  }

  connect(host: string, port: number, events: ConnectEvents): NetworkStream {
    if (this.#conditioned !== undefined) return this.#conditioned.connect(host, port, events);
    const stream = new GateStream(this.#streams, endpointText(host, port));
    stream.events = stream.connectEvents = events;
    stream.inner = this.#inner.connect(host, port, stream);
    return stream;
  }
}

class GateListener implements NetworkListener, ListenerEvents {
  inner!: NetworkListener;
  readonly #living: Set<GateListener>;
  readonly #streams: Set<GateStream>;
  readonly #address: string;
  readonly #port: number;
  #events: ListenerEvents;
  #over: NetworkListener | undefined;

  constructor(living: Set<GateListener>, streams: Set<GateStream>, address: string, port: number, events: ListenerEvents) {
    this.#living = living;
    this.#streams = streams;
    this.#address = address;
    this.#port = port;
    this.#events = events;
    living.add(this);
  }

  fill(conditioned: ConditionedNetwork): void {
    this.#over = this.#events = conditioned.takeListener(this.inner, this.#address, this.#port, this.#events);
  }

  close(): void {
    this.#living.delete(this);
    (this.#over ?? this.inner).close();
  }

  onListening(bound: Endpoint): void {
    this.#events.onListening(bound);
  }

  onFailed(...parts: Parameters<ListenerEvents["onFailed"]>): void {
    this.#living.delete(this);
    this.#events.onFailed(...parts);
  }

  onAccept(inner: NetworkStream): StreamEvents {
    if (this.#over !== undefined) return this.#events.onAccept(inner);
    const { remote } = inner;
    const stream = new GateStream(this.#streams, endpointText(remote.address, remote.port));
    stream.inner = inner;
    stream.events = this.#events.onAccept(stream);
    return stream;
  }

  onLost(...parts: Parameters<ListenerEvents["onLost"]>): void {
    this.#living.delete(this);
    this.#events.onLost(...parts);
  }
}

class GateStream implements NetworkStream, ConnectEvents {
  /** Where the program's calls go: to the network, or to the conditions in front of it. */
  inner!: NetworkStream;
  /** Where the network's events go. */
  events!: StreamEvents;
  connectEvents: ConnectEvents | undefined;
  readonly #living: Set<GateStream>;
  readonly #target: string;
  #sentBytes = 0;
  #receivedBytes = 0;
  #isEndRequested = false;

  constructor(living: Set<GateStream>, target: string) {
    this.#living = living;
    this.#target = target;
    living.add(this);
  }

  fill(conditioned: ConditionedNetwork): void {
    const taken = conditioned.takeStream({
      inner: this.inner,
      target: this.#target,
      events: this.events,
      connectEvents: this.connectEvents,
      sentBytes: this.#sentBytes,
      receivedBytes: this.#receivedBytes,
      isEndRequested: this.#isEndRequested,
    });
    this.inner = this.events = taken;
    if (this.connectEvents !== undefined) this.connectEvents = taken;
  }

  get remote(): Endpoint {
    return this.inner.remote;
  }

  get local(): Endpoint {
    return this.inner.local;
  }

  send(bytes: Uint8Array): number {
    const taken = this.inner.send(bytes);
    this.#sentBytes += taken;
    return taken;
  }

  end(): void {
    this.#isEndRequested = true;
    this.inner.end();
  }

  close(): void {
    this.#living.delete(this);
    this.inner.close();
  }

  abort(): void {
    this.#living.delete(this);
    this.inner.abort();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.inner.consumed(byteCount, wish);
  }

  onOpened(): void {
    const { connectEvents } = this;
    this.connectEvents = undefined;
    connectEvents?.onOpened();
  }

  onFailed(...parts: Parameters<ConnectEvents["onFailed"]>): void {
    this.#living.delete(this);
    this.connectEvents?.onFailed(...parts);
  }

  onData(bytes: Uint8Array): void {
    this.#receivedBytes += bytes.length;
    this.events.onData(bytes);
  }

  onEnd(): void {
    this.events.onEnd();
  }

  onClosed(...parts: Parameters<StreamEvents["onClosed"]>): void {
    this.#living.delete(this);
    this.events.onClosed(...parts);
  }

  onWritable(): void {
    this.events.onWritable?.();
  }
}
