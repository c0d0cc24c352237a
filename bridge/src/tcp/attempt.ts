import type { Socket } from "node:net";
import type { AttemptEvents, RunningAttempt } from "@playground/tcp";
import { ARRIVAL_TIMEOUT_MS } from "../limits.ts";
import type { DialAddress } from "../network/script-network.ts";
import type { Arrivals, Outgoing } from "./arrivals.ts";
import { PeerSocket } from "./peer-socket.ts";

/** One attempt to connect to one address; what it gives is connected and paused, and has an error listener of the receiver's to get. A connection to a script's listener counts once it has arrived there. */
export class Attempt implements RunningAttempt {
  readonly #events: AttemptEvents<PeerSocket>;
  readonly #peer: PeerSocket;
  readonly #outgoing: Outgoing;
  #arrivalTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(to: DialAddress, arrivals: Arrivals, events: AttemptEvents<PeerSocket>) {
    this.#events = events;
    this.#peer = PeerSocket.dial({
      host: to.address,
      port: to.port,
      noDelay: true,
      allowHalfOpen: true,
      ...(to.localAddress === undefined ? {} : { localAddress: to.localAddress }),
    });
    this.#outgoing = arrivals.watch(this.#socket, to);
    this.#socket.on("connect", this.#onConnect);
    this.#socket.on("error", this.#onError);
  }

  /** Gives up, and closes the socket at once; no event follows. */
  cancel(): void {
    if (this.#isOver) return;
    this.#settle();
    this.#socket.on("error", () => {});
    this.#socket.destroy();
  }

  get #socket(): Socket {
    return this.#peer.socket;
  }

  readonly #onConnect = (): void => {
    this.#socket.pause();
    if (this.#outgoing.listener === undefined) {
      this.#connected();
      return;
    }
    // The event loop may have stood still: what has arrived meanwhile is read before the connection is given up.
    this.#arrivalTimer = setTimeout(() => setImmediate(() => setImmediate(() => this.#onError(arrivedElsewhere()))), ARRIVAL_TIMEOUT_MS);
    this.#outgoing.whenArrived(() => this.#connected());
  };

  readonly #onError = (error: Error): void => {
    if (this.#isOver) return;
    this.cancel();
    this.#events.onFailed(error);
  };

  #connected(): void {
    if (this.#isOver) return;
    this.#settle();
    this.#events.onConnected(this.#peer);
  }

  #settle(): void {
    this.#isOver = true;
    clearTimeout(this.#arrivalTimer);
    this.#socket.removeListener("connect", this.#onConnect);
    this.#socket.removeListener("error", this.#onError);
  }
}

/** To the script nothing listens there: what took the connection is none of its room's. */
function arrivedElsewhere(): Error {
  return Object.assign(new Error("the connection was taken by another program"), { code: "ECONNREFUSED" });
}
