import { createServer, type Server, type Socket } from "node:net";
import type { Endpoint, NetworkFailure } from "@playground/network";
import { failure, listenFailure, type Opener } from "./failure.ts";
import { FREE_PORT_TRIES, LISTEN_BACKLOG } from "./limits.ts";
import { endpointOf } from "./socket-endpoint.ts";

/** What becomes of a listener: one of the first two, later, unless it is closed before; then any number of the third. */
export interface TcpListenerEvents {
  onListening(bound: Endpoint): void;
  onFailed(failure: NetworkFailure): void;
  /** Someone has connected. The socket is paused. */
  onConnection(socket: Socket, remote: Endpoint, local: Endpoint): void;
}

/** What a listener binds. */
export interface ListenAddress {
  readonly address: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whether a free port that the operating system has chosen may be kept. */
  readonly mayHave: (port: number) => boolean;
  /** Who listens, for messages. */
  readonly opener: Opener;
}

/** One port that a script listens on. An address of IPv6 is of IPv6 alone, also `::`. */
export class TcpListener {
  readonly id: number;
  /** Settles, never with an error, when the attempt to bind has come to an end, and the port is free again if it was closed meanwhile. */
  readonly settled: Promise<void>;
  readonly #server: Server;
  #isClosed = false;
  #freePortsAsked = 0;

  /** `after`: what has to settle before the port can be bound, since it may hold the same one. */
  constructor(id: number, { address, port, mayHave, opener }: ListenAddress, after: Promise<unknown>, events: TcpListenerEvents) {
    this.id = id;
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    this.#server = server;
    server.on("connection", (socket) => {
      const remote = endpointOf(socket.remoteAddress, socket.remotePort);
      const local = endpointOf(socket.localAddress, socket.localPort);
      if (remote !== undefined && local !== undefined && !this.#isClosed) events.onConnection(socket, remote, local);
      else {
        socket.on("error", () => {});
        socket.destroy();
      }
    });
    const listen = (): void => {
      this.#freePortsAsked += 1;
      // Otherwise `::` would take connections over IPv4 as well, at addresses that are not the listener's.
      server.listen({ host: address, port, backlog: LISTEN_BACKLOG, ipv6Only: address.includes(":") });
    };
    this.settled = new Promise((resolve) => {
      server.on("error", (error) => {
        // Later errors are of single connections that could not be accepted; the port stays bound.
        if (server.listening) return;
        if (!this.#isClosed) events.onFailed(listenFailure(error, address, port, opener));
        this.#isClosed = true;
        resolve();
      });
      void after.then(() => {
        if (this.#isClosed) resolve();
        else listen();
      });
      server.on("listening", () => {
        const bound = server.address();
        const endpoint = bound === null || typeof bound === "string" ? undefined : endpointOf(bound.address, bound.port);
        if (!this.#isClosed && port === 0 && endpoint !== undefined && !mayHave(endpoint.port)) {
          server.close(() => {
            if (this.#isClosed) resolve();
            else if (this.#freePortsAsked < FREE_PORT_TRIES) listen();
            else {
              this.#isClosed = true;
              events.onFailed(failure("address-in-use", `${address} has no free port that a script may have. Choose a port.`));
              resolve();
            }
          });
          return;
        }
        if (this.#isClosed) server.close();
        else if (endpoint === undefined) {
          server.close();
          events.onFailed(failure("internal", `Port ${port} was bound and lost at once. Try again.`));
        } else events.onListening(endpoint);
        resolve();
      });
    });
  }

  /** Frees the port at once, or as soon as the attempt to bind it has come to an end. Accepted connections live on. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#server.listening) this.#server.close();
  }
}
