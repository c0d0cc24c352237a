import { type NetworkFailure, endpointText } from "@playground/network";
import {
  type AttemptBudget,
  CONNECT_TIMEOUT_MS,
  connectFailure,
  ConnectionRace,
  interleaveFamilies,
  type IpAddress,
  MAX_ADDRESSES_TRIED,
  noNameServer,
  type Resolver,
} from "@playground/tcp";
import { nameNotAllowed } from "../network/outside.ts";
import type { DialAddress, Route } from "../network/script-network.ts";
import type { AllowList } from "../policy/allow-list.ts";
import type { Arrivals } from "./arrivals.ts";
import { Attempt } from "./attempt.ts";
import type { PeerSocket } from "./peer-socket.ts";

/** What becomes of an attempt to connect: exactly one of these follows, later, unless it is cancelled. */
export interface DialEvents {
  /** The socket is connected and paused, and has an error listener of the receiver's to get. */
  onConnected(peer: PeerSocket): void;
  onFailed(failure: NetworkFailure): void;
}

/** What dialling needs of the bridge. */
export interface DialServices {
  readonly allowList: AllowList;
  readonly arrivals: Arrivals;
  readonly resolver: Resolver;
}

/**
 * One attempt to connect: looks the name up when the route asks for it, decides on every address found, and
 * connects to the first of the allowed ones that answers, within `CONNECT_TIMEOUT_MS`. Dials exactly the addresses that were decided on.
 */
export class Dial {
  readonly #services: DialServices;
  readonly #events: DialEvents;
  readonly #budget: AttemptBudget;
  /** What the script asked for, for messages. */
  readonly #where: string;
  readonly #timer: NodeJS.Timeout;
  #connections: ConnectionRace<DialAddress, PeerSocket> | undefined;
  /** The name, while it is being looked up. */
  #name: string | undefined;
  #cancelLookup: (() => void) | undefined;
  #isOver = false;

  /** `budget`: bounds the sockets that connect at the same time, the first not counted. */
  constructor(route: Exclude<Route, { kind: "refuse" }>, host: string, port: number, services: DialServices, budget: AttemptBudget, events: DialEvents) {
    this.#budget = budget;
    this.#services = services;
    this.#events = events;
    this.#where = endpointText(host, port);
    this.#timer = setTimeout(() => this.#timeOut(), CONNECT_TIMEOUT_MS);
    if (route.kind === "dial") this.#race([route.to], () => true);
    else {
      this.#name = route.name;
      this.#lookUp(route, port);
    }
  }

  /** Gives up; no event follows. */
  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelLookup?.();
    this.#connections?.cancel();
  }

  #lookUp({ name, unknown }: Route & { kind: "lookup" }, port: number): void {
    this.#cancelLookup = this.#services.resolver.resolve(name, (answer) => {
      if (this.#isOver) return;
      this.#name = undefined;
      if (answer === undefined || "code" in answer) {
        this.#fail(answer ?? unknown());
        return;
      }
      const { allowList } = this.#services;
      const isAllowed = (address: IpAddress): boolean => allowList.allows(address, port, name);
      const allowed = interleaveFamilies(answer.filter(isAllowed)).slice(0, MAX_ADDRESSES_TRIED);
      if (allowed.length === 0) this.#fail(nameNotAllowed(allowList, name, answer, port));
      else {
        this.#race(
          allowed.map(({ text }) => ({ address: text, port })),
          ({ address }) => allowed.some((known) => known.text === address && isAllowed(known)),
        );
      }
    });
  }

  #race(addresses: readonly DialAddress[], mayDial: (to: DialAddress) => boolean): void {
    const { arrivals } = this.#services;
    this.#connections = new ConnectionRace(
      addresses,
      { attempt: (to, events) => new Attempt(to, arrivals, events), budget: this.#budget, mayDial },
      {
        onConnected: (peer) => {
          if (this.#isOver) return;
          this.#isOver = true;
          clearTimeout(this.#timer);
          this.#events.onConnected(peer);
        },
        onFailed: (error) => this.#fail(connectFailure(error, this.#where, "bridge")),
      },
    );
  }

  #timeOut(): void {
    if (this.#isOver) return;
    this.#connections?.cancel();
    this.#fail(this.#name === undefined ? connectFailure(timedOut(), this.#where, "bridge") : noNameServer(this.#name, "bridge"));
  }

  #fail(reason: NetworkFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelLookup?.();
    this.#events.onFailed(reason);
  }
}

function timedOut(): Error {
  return Object.assign(new Error("timed out"), { code: "ETIMEDOUT" });
}
