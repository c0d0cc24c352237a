import type { Socket } from "node:net";
import type { NetworkFailure } from "@playground/wire";
import { connectFailure, endpointText, failure } from "../failure.ts";
import { CONNECT_TIMEOUT_MS, MAX_ADDRESSES_TRIED } from "../limits.ts";
import { notAllowed } from "../network/outside.ts";
import type { DialAddress, Route } from "../network/script-network.ts";
import type { AllowList } from "../policy/allow-list.ts";
import { noNameServer, type Resolver } from "../policy/resolver.ts";
import { PeerSocket } from "./peer-socket.ts";

/** What becomes of an attempt to connect: exactly one of these follows, later, unless it is cancelled. */
export interface DialEvents {
  /** The socket is connected and paused, and has an error listener of the receiver's to get. */
  onConnected(peer: PeerSocket): void;
  onFailed(failure: NetworkFailure): void;
}

/** What dialling needs of the bridge. */
export interface DialServices {
  readonly allowList: AllowList;
  readonly resolver: Resolver;
}

/**
 * One attempt to connect: looks the name up when the route asks for it, decides on every address found, and
 * tries the allowed ones in turn, all within `CONNECT_TIMEOUT_MS`. Dials exactly the address that was decided on.
 */
export class Dial {
  readonly #services: DialServices;
  readonly #events: DialEvents;
  /** What the script asked for, for messages. */
  readonly #where: string;
  readonly #timer: NodeJS.Timeout;
  #socket: Socket | undefined;
  /** The name, while it is being looked up. */
  #name: string | undefined;
  #cancelLookup: (() => void) | undefined;
  #isOver = false;

  constructor(route: Exclude<Route, { kind: "refuse" }>, host: string, port: number, services: DialServices, events: DialEvents) {
    this.#services = services;
    this.#events = events;
    this.#where = endpointText(host, port);
    this.#timer = setTimeout(() => this.#timeOut(), CONNECT_TIMEOUT_MS);
    if (route.kind === "dial") this.#try([route.to]);
    else {
      this.#name = route.name;
      this.#lookUp(route.name, port);
    }
  }

  /** Gives up; no event follows. */
  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelLookup?.();
    this.#socket?.destroy();
  }

  #lookUp(name: string, port: number): void {
    this.#cancelLookup = this.#services.resolver.resolve(name, (answer) => {
      if (this.#isOver) return;
      this.#name = undefined;
      if ("code" in answer) {
        this.#fail(answer);
        return;
      }
      const allowed = answer.filter((address) => this.#services.allowList.allows(address, port, name));
      if (allowed.length > 0) this.#try(allowed.slice(0, MAX_ADDRESSES_TRIED).map(({ text }) => ({ address: text, port })));
      else {
        const { message } = notAllowed(answer[0]?.text ?? name, port, answer[0]);
        this.#fail(failure("not-allowed", `The name "${name}" leads to ${answer.map(({ text }) => text).join(", ")}. ${message}`));
      }
    });
  }

  #try(addresses: readonly DialAddress[]): void {
    const [to, ...others] = addresses;
    if (to === undefined || this.#isOver) return;
    const peer = PeerSocket.dial({
      host: to.address,
      port: to.port,
      noDelay: true,
      allowHalfOpen: true,
      ...(to.localAddress === undefined ? {} : { localAddress: to.localAddress }),
    });
    const { socket } = peer;
    this.#socket = socket;
    // The next address gets its share of the time that is left.
    const share = others.length === 0 ? undefined : setTimeout(() => socket.destroy(timedOut()), CONNECT_TIMEOUT_MS / addresses.length);
    const settle = (): void => {
      clearTimeout(share);
      socket.removeListener("connect", onConnect);
      socket.removeListener("error", onError);
    };
    const onConnect = (): void => {
      settle();
      if (this.#isOver) return;
      this.#isOver = true;
      clearTimeout(this.#timer);
      this.#socket = undefined;
      socket.pause();
      this.#events.onConnected(peer);
    };
    const onError = (error: Error): void => {
      settle();
      // What the socket may still report has no one to hear it.
      socket.on("error", () => {});
      if (this.#isOver) return;
      if (others.length > 0) this.#try(others);
      else this.#fail(connectFailure(error, this.#where));
    };
    socket.on("connect", onConnect);
    socket.on("error", onError);
    // Also when the attempt is cancelled, which is no error.
    socket.once("close", () => clearTimeout(share));
  }

  #timeOut(): void {
    if (this.#isOver) return;
    this.#socket?.destroy();
    this.#fail(this.#name === undefined ? connectFailure(timedOut(), this.#where) : noNameServer(this.#name));
  }

  #fail(reason: NetworkFailure): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelLookup?.();
    this.#events.onFailed(reason);
  }
}

function timedOut(): Error {
  return Object.assign(new Error("timed out"), { code: "ETIMEDOUT" });
}

