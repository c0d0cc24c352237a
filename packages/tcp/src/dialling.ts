import { connect, type Socket } from "node:net";
import { endpointText, type NetworkFailure } from "@playground/network";
import { HOST_MACHINE_NAME } from "./address/host-machine.ts";
import { isLocalhost } from "./address/loopback.ts";
import { parseTarget } from "./address/target.ts";
import { isWildcardAddress, reachableAddress } from "./address/wildcard.ts";
import { type AttemptEvents, ConnectionRace, interleaveFamilies, type RunningAttempt } from "./connection-race.ts";
import { connectFailure, noNameServer, notAnAddress, unknownHost } from "./failure.ts";
import { CONNECT_TIMEOUT_MS, MAX_ADDRESSES_TRIED } from "./limits.ts";
import type { Resolver } from "./resolver.ts";

/** What becomes of it: exactly one of these follows, later, unless it is cancelled. */
export interface DiallingEvents {
  /** The socket is connected and paused, and has an error listener of the receiver's to get. */
  onConnected(socket: Socket): void;
  onFailed(failure: NetworkFailure): void;
}

/** By which this computer reaches itself. */
const LOOPBACK_ADDRESSES = ["127.0.0.1", "::1"];

/** An attempt to connect to a host from this computer: looks its name up, and takes the first of its addresses that answers, within `CONNECT_TIMEOUT_MS`. */
export class Dialling {
  readonly #where: string;
  readonly #port: number;
  readonly #events: DiallingEvents;
  readonly #timer: NodeJS.Timeout;
  #race: ConnectionRace<string, Socket> | undefined;
  /** The name, while it is being looked up. */
  #name: string | undefined;
  #cancelLookup: (() => void) | undefined;
  #isOver = false;

  constructor(host: string, port: number, resolver: Resolver, events: DiallingEvents) {
    this.#where = endpointText(host, port);
    this.#port = port;
    this.#events = events;
    this.#timer = setTimeout(() => this.#timeOut(), CONNECT_TIMEOUT_MS);
    const target = parseTarget(host);
    if (target === undefined) this.#failLater(notAnAddress(host));
    else if (target.kind === "address") {
      const { text } = target.address;
      this.#begin([isWildcardAddress(text) ? reachableAddress(text) : text]);
    } else if (isLocalhost(target.name) || target.name === HOST_MACHINE_NAME) this.#begin(LOOPBACK_ADDRESSES);
    // Nobody has to be asked: it never exists (RFC 6761).
    else if (target.name.endsWith(".invalid")) this.#failLater(unknownHost(target.name));
    else this.#lookUp(target.name, resolver);
  }

  /** Gives up; no event follows. */
  cancel(): void {
    this.#settle();
    this.#race?.cancel();
  }

  #lookUp(name: string, resolver: Resolver): void {
    this.#name = name;
    this.#cancelLookup = resolver.resolve(name, (answer) => {
      if (this.#isOver) return;
      this.#name = undefined;
      if (answer === undefined || "code" in answer) this.#fail(answer ?? unknownHost(name));
      else
        this.#begin(
          interleaveFamilies(answer)
            .map(({ text }) => text)
            .slice(0, MAX_ADDRESSES_TRIED),
        );
    });
  }

  #begin(addresses: readonly string[]): void {
    this.#race = new ConnectionRace(
      addresses,
      { attempt: (address, events) => attempt(address, this.#port, events), budget: NO_LIMIT, mayDial: () => true },
      {
        onConnected: (socket) => {
          this.#settle();
          this.#events.onConnected(socket);
        },
        onFailed: (error) => this.#fail(connectFailure(error, this.#where, "here")),
      },
    );
  }

  #timeOut(): void {
    this.#race?.cancel();
    this.#fail(this.#name === undefined ? connectFailure(timedOut(), this.#where, "here") : noNameServer(this.#name, "here"));
  }

  #failLater(failure: NetworkFailure): void {
    setImmediate(() => this.#fail(failure));
  }

  #fail(failure: NetworkFailure): void {
    if (this.#isOver) return;
    this.#settle();
    this.#events.onFailed(failure);
  }

  #settle(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelLookup?.();
  }
}

/** A script's own computer; it is up to its operating system how many sockets it has. */
const NO_LIMIT = { takeAttempt: () => true, releaseAttempt: () => {} };

function attempt(address: string, port: number, events: AttemptEvents<Socket>): RunningAttempt {
  const socket = connect({ host: address, port, noDelay: true, allowHalfOpen: true });
  const onConnect = (): void => {
    socket.pause();
    settle();
    events.onConnected(socket);
  };
  const onError = (error: Error): void => {
    cancel();
    events.onFailed(error);
  };
  const settle = (): void => {
    socket.removeListener("connect", onConnect);
    socket.removeListener("error", onError);
  };
  const cancel = (): void => {
    settle();
    socket.on("error", () => {});
    socket.destroy();
  };
  socket.on("connect", onConnect);
  socket.on("error", onError);
  return { cancel };
}

function timedOut(): Error {
  return Object.assign(new Error("timed out"), { code: "ETIMEDOUT" });
}
