import {
  type ConnectEvents,
  endpointText,
  type ListenerEvents,
  type Network,
  type NetworkListener,
  type NetworkStream,
  type StreamEvents,
} from "@playground/network";
import type { ConditionControl } from "./condition-control.ts";
import type { ConditionedNetwork } from "./gate.ts";
import { ConditionedStream } from "./conditioned-stream.ts";
import { MAX_HELD_CLIENTS, MAX_NAMES } from "./limits.ts";

/**
 * The same network, as `control` lets it be. To the network below it is a program that takes its time, so that peers see the effects
 * too. What is the program's own affair, to listen and to close a port, happens at once.
 */
export function withConditions(network: Network, control: ConditionControl): ConditionedNetwork {
  /** How often each name was given: chance is drawn by names, so that it does not depend on the order of other streams. */
  const given = new Map<string, number>();
  const nameFor = (wanted: string): string => {
    const base = given.size < MAX_NAMES || given.has(wanted) ? wanted : "another";
    const count = given.get(base) ?? 0;
    given.set(base, count + 1);
    return `${base} #${count}`;
  };
  return {
    listen: (address, port, events) => {
      const listener = new ConditionedListener(control, () => nameFor(`accept ${endpointText(address, port)}`), events);
      listener.inner = network.listen(address, port, listener);
      return listener;
    },
    connect: (host, port, events: ConnectEvents) => {
      const target = endpointText(host, port);
      return ConditionedStream.connecting(control, nameFor(`connect ${target}`), target, (inner) => network.connect(host, port, inner), events);
    },
    takeStream: (live) => ConditionedStream.taken(control, nameFor(`taken ${live.target}`), live),
    takeListener: (inner, address, port, events) => {
      const listener = new ConditionedListener(control, () => nameFor(`accept ${endpointText(address, port)}`), events);
      listener.inner = inner;
      return listener;
    },
  };
}

/** A listener whose clients are announced when their conditions let them. */
class ConditionedListener implements NetworkListener, ListenerEvents {
  inner: NetworkListener | undefined;
  readonly #control: ConditionControl;
  readonly #nextName: () => string;
  readonly #events: ListenerEvents;
  /** Clients that are connected and that the program has not been told of. */
  readonly #held = new Set<ConditionedStream>();

  constructor(control: ConditionControl, nextName: () => string, events: ListenerEvents) {
    this.#control = control;
    this.#nextName = nextName;
    this.#events = events;
  }

  /** Clients that wait are reset, as by a kernel whose backlog they wait in. */
  close(): void {
    this.inner?.close();
    this.#refuseHeld();
  }

  onListening(...parts: Parameters<ListenerEvents["onListening"]>): void {
    this.#events.onListening(...parts);
  }

  onFailed(...parts: Parameters<ListenerEvents["onFailed"]>): void {
    this.#events.onFailed(...parts);
  }

  onAccept(inner: NetworkStream): StreamEvents {
    const stream = ConditionedStream.accepted(this.#control, this.#nextName(), inner);
    if (stream.in.isOpen) stream.attach(this.#events.onAccept(stream));
    else if (!this.#hasRoom()) stream.abort();
    else {
      this.#held.add(stream);
      stream.in.follow(() => this.#announce(stream));
    }
    return stream;
  }

  onLost(...parts: Parameters<ListenerEvents["onLost"]>): void {
    // They are lost with the listener's session.
    this.#refuseHeld();
    this.#events.onLost(...parts);
  }

  #hasRoom(): boolean {
    if (this.#held.size < MAX_HELD_CLIENTS) return true;
    for (const stream of this.#held) if (stream.isOver) this.#held.delete(stream);
    return this.#held.size < MAX_HELD_CLIENTS;
  }

  #announce(stream: ConditionedStream): void {
    this.#held.delete(stream);
    try {
      stream.attach(this.#events.onAccept(stream));
    } catch (error) {
      // Nobody will ever read from it: the peer is told at once.
      stream.abort();
      throw error;
    }
  }

  #refuseHeld(): void {
    for (const stream of this.#held) stream.abort();
    this.#held.clear();
  }
}
