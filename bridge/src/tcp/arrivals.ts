import type { Socket } from "node:net";
import type { Endpoint } from "@playground/network";
import type { DialAddress } from "../network/script-network.ts";
import type { ListenerEntry } from "../room/listener-table.ts";
import { endpointOf } from "@playground/tcp";

/** A connection that the bridge makes for a script. */
export class Outgoing {
  /** Where it has to arrive; undefined: at no listener of a script's. */
  readonly listener: ListenerEntry | undefined;
  #hasArrived = false;
  #onArrived: (() => void) | undefined;

  constructor(listener: ListenerEntry | undefined) {
    this.listener = listener;
  }

  /** Its listener has seen it come. */
  get hasArrived(): boolean {
    return this.#hasArrived;
  }

  /** Calls back as soon as its listener has seen it come: at once, or later. */
  whenArrived(callback: () => void): void {
    if (this.#hasArrived) callback();
    else this.#onArrived = callback;
  }

  arrived(): void {
    this.#hasArrived = true;
    this.#onArrived?.();
  }
}

/**
 * Knows the bridge's own connections where they arrive. Which listener a connection is for is decided by an address, but
 * the operating system decides who gets it: another program may have bound the same port more closely, or since. So a
 * connection is a script's only once the listener that it is for has seen it come, and what comes from a script is
 * taken by no other listener, nor by the bridge itself.
 */
export class Arrivals {
  /** By the port that they come from, which is all that most that arrives has to be asked for, and by both ends: one port may have connections to several places. */
  readonly #outgoing = new Map<number, Map<string, Outgoing>>();

  /** Watches a socket that is about to connect, until it closes. */
  watch(socket: Socket, to: DialAddress): Outgoing {
    const outgoing = new Outgoing(to.listener);
    socket.once("connectionAttempt", () => {
      // The event comes just before the system call that gives the socket its port; nothing can arrive before the next poll.
      process.nextTick(() => {
        const from = socket.destroyed ? undefined : endpointOf(socket.localAddress, socket.localPort);
        if (from === undefined) return;
        const key = ends(from, to);
        const ofPort = this.#outgoing.get(from.port) ?? new Map<string, Outgoing>();
        this.#outgoing.set(from.port, ofPort.set(key, outgoing));
        socket.once("close", () => {
          if (ofPort.get(key) === outgoing) ofPort.delete(key);
          if (ofPort.size === 0 && this.#outgoing.get(from.port) === ofPort) this.#outgoing.delete(from.port);
        });
      });
    });
    return outgoing;
  }

  /** Whether a connection that has come to a script's listener may stay; one that is for this listener hears that it has arrived. */
  admits(remote: Endpoint, local: Endpoint, listener: ListenerEntry): boolean {
    const outgoing = this.#outgoing.get(remote.port)?.get(ends(remote, local));
    // A program of this machine, or of another one.
    if (outgoing === undefined) return true;
    if (outgoing.listener !== listener) return false;
    outgoing.arrived();
    return true;
  }

  /** Whether a connection that has come to the bridge is one that it has made itself, for a script. */
  isOwn(socket: Socket): boolean {
    const ofPort = this.#outgoing.get(socket.remotePort ?? 0);
    if (ofPort === undefined) return false;
    const remote = endpointOf(socket.remoteAddress, socket.remotePort);
    const local = endpointOf(socket.localAddress, socket.localPort);
    return remote !== undefined && local !== undefined && ofPort.has(ends(remote, local));
  }
}

function ends(from: Endpoint, to: { readonly address: string; readonly port: number }): string {
  return `${from.address} ${from.port} ${to.address} ${to.port}`;
}
