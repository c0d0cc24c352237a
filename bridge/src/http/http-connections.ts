import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Ledger } from "../client/ledger.ts";
import { CONNECTIONS } from "../client/waiting-kinds.ts";
import { type Place, WaitingPlaces } from "../client/waiting-places.ts";
import { type BridgeLimits, LEAST_BYTES_TAKEN, MAX_PIPELINED_REQUESTS, MAX_REFUSED_CONNECTIONS, READING_TIME_MS } from "../limits.ts";
import type { LimitFailure } from "../over-limit.ts";
import type { Refusals } from "../refusals.ts";
import { LatestFirst } from "../turns/latest-first.ts";
import type { Turns } from "../turns/turns.ts";
import { type ClientAddresses, UNKNOWN_CLIENT } from "./client-address.ts";
import { RequestReader } from "./request-reader.ts";
import { sendText } from "./text-answer.ts";

/** How often it is looked at whether clients take what they are sent, ms. */
const CHECK_MS = 1_000;

/** Time for a refused client to send the request that it is told why on, ms. */
const REFUSED_MS = 1_000;

/** One connection that is no WebSocket. */
interface Connection {
  /** Undefined for one of a trusted proxy, whose requests have a place each. */
  readonly place: Place | undefined;
  /** Why it is refused: it has no place, and its request is answered with this. */
  readonly refusal: LimitFailure | undefined;
  /** Undefined until it is its turn to be let in. */
  reader: RequestReader | undefined;
  /** Requests that are being answered. */
  requests: number;
  /** What the client had taken when it was last found to take enough, bytes, and when that was. */
  taken: number;
  takenAt: number;
}

/** What the connections are counted with. */
interface ConnectionServices {
  readonly addresses: ClientAddresses;
  readonly ledger: Ledger;
  readonly limits: BridgeLimits;
  readonly refusals: Refusals;
  readonly turns: Turns;
}

/** The listener of a server of Node's that makes an HTTP connection of one that was accepted. */
type Attach = (socket: Socket) => void;

/**
 * Bounds the HTTP connections of every client address and of the process, and cuts those whose clients do not read what they
 * asked for. WebSockets leave it with their upgrade. Connections of trusted proxies carry many clients: there, each request counts.
 *
 * Accepting one costs next to nothing, since everybody behind it waits for that; Node's parser and whatever else it takes to
 * answer, five times as much, is made in the turn of the client's address.
 */
export class HttpConnections {
  readonly #services: ConnectionServices;
  readonly #places: WaitingPlaces;
  /** Those that wait to be let in, or for their first request to be read. */
  readonly #newcomers: LatestFirst;
  readonly #connections = new Map<Socket, Connection>();
  /** All that were accepted and are open, WebSockets too. */
  readonly #sockets = new Set<Socket>();
  #refused = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(services: ConnectionServices) {
    this.#services = services;
    this.#places = new WaitingPlaces(services.limits, CONNECTIONS);
    this.#newcomers = new LatestFirst(services.turns);
    this.#timer = setInterval(() => this.#cutUnread(), CHECK_MS);
    this.#timer.unref();
  }

  /** Takes the connections of a server that does not listen yet, but for those that are not wanted; `handle` answers the requests. */
  serve(server: Server, isWanted: (socket: Socket) => boolean, handle: (request: IncomingMessage, response: ServerResponse) => void): void {
    const [listener, ...others] = server.listeners("connection");
    if (listener === undefined || others.length > 0)
      throw new Error(`an HTTP server has ${server.listenerCount("connection")} listeners for connections instead of one`);
    server.removeAllListeners("connection");
    const attach: Attach = listener.bind(server);
    // An option of `net.createServer` that `http.createServer` does not pass on: nothing is read before it is the connection's turn.
    Object.assign(server, { pauseOnConnect: true });
    server.on("connection", (socket: Socket) => {
      if (isWanted(socket)) this.#accept(socket, attach);
      else socket.destroy();
    });
    server.on("request", (request, response) => this.#request(request, response, handle));
    server.on("upgrade", (_request, socket) => {
      this.#connections.get(socket as Socket)?.reader?.giveBack();
      this.#leave(socket as Socket);
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Cuts all connections, WebSockets too. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: Socket, attach: Attach): void {
    const { addresses, ledger, refusals, turns } = this.#services;
    turns.accepted();
    const address = addresses.ofSocket(socket);
    // What a trusted proxy brings is read in its own turns, whoever sent it.
    const account = ledger.of(address ?? socket.remoteAddress ?? UNKNOWN_CLIENT);
    const place = address === undefined ? undefined : this.#places.take(account, () => socket.destroy());
    const refusal = place !== undefined && "code" in place ? place : undefined;
    if (refusal !== undefined) {
      refusals.add({ reason: refusal.option, client: address ?? "", message: refusal.message });
      if (this.#refused >= MAX_REFUSED_CONNECTIONS) {
        socket.destroy();
        return;
      }
      this.#refused += 1;
      setTimeout(() => socket.destroy(), REFUSED_MS).unref();
    }
    const connection: Connection = {
      place: refusal === undefined ? (place as Place | undefined) : undefined,
      refusal,
      reader: undefined,
      requests: 0,
      taken: 0,
      takenAt: 0,
    };
    this.#connections.set(socket, connection);
    this.#sockets.add(socket);
    // Reset before it is let in; Node's listener has its own.
    socket.on("error", ignore);
    socket.on("close", () => {
      this.#sockets.delete(socket);
      this.#leave(socket);
    });
    this.#newcomers.add(account, {
      isOver: () => socket.destroyed,
      run: () => {
        socket.setNoDelay(true);
        attach(socket);
        connection.reader = new RequestReader(socket, { turns, newcomers: this.#newcomers }, account);
        connection.reader.start();
      },
    });
  }

  #leave(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    this.#connections.delete(socket);
    connection.reader?.stop();
    connection.place?.leave();
    if (connection.refusal !== undefined) this.#refused -= 1;
  }

  #request(request: IncomingMessage, response: ServerResponse, handle: (request: IncomingMessage, response: ServerResponse) => void): void {
    const { socket } = request;
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    const requestPlace = connection.place === undefined && connection.refusal === undefined ? this.#placeOf(request) : undefined;
    const refusal = connection.refusal ?? (requestPlace !== undefined && "code" in requestPlace ? requestPlace : undefined);
    if (refusal !== undefined) {
      response.setHeader("connection", "close");
      response.setHeader("retry-after", "1");
      sendText(response, 503, refusal.message);
      return;
    }
    connection.requests += 1;
    if (connection.requests > MAX_PIPELINED_REQUESTS) {
      connection.reader?.stop();
      socket.destroy();
      return;
    }
    connection.place?.serve();
    if (connection.requests === 1) this.#readsFrom(socket, connection);
    response.on("close", () => {
      connection.requests -= 1;
      if (connection.requests === 0) connection.place?.wait();
      (requestPlace as Place | undefined)?.leave();
    });
    handle(request, response);
  }

  /** The place of one request that came through a trusted proxy. */
  #placeOf(request: IncomingMessage): Place | LimitFailure {
    const { addresses, ledger, refusals } = this.#services;
    const client = addresses.of(request);
    const place = this.#places.take(ledger.of(client), () => request.socket.destroy());
    if ("code" in place) refusals.add({ reason: place.option, client, message: place.message });
    else place.serve();
    return place;
  }

  /** Cuts clients that take next to nothing of what they asked for. */
  #cutUnread(): void {
    for (const [socket, connection] of this.#connections) {
      if (connection.requests === 0) continue;
      if (socket.writableLength === 0 || takenBytes(socket) - connection.taken >= LEAST_BYTES_TAKEN) this.#readsFrom(socket, connection);
      else if (performance.now() - connection.takenAt >= READING_TIME_MS) socket.destroy();
    }
  }

  #readsFrom(socket: Socket, connection: Connection): void {
    connection.taken = takenBytes(socket);
    connection.takenAt = performance.now();
  }
}

function ignore(): void {}

/** Bytes that the kernel has taken, in whole pieces as they were written. */
function takenBytes(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}
