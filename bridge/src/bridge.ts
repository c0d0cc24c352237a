import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { endpointText } from "@playground/network";
import type { NetworkMode } from "@playground/wire/codec";
import { type Cidr, isWildcardAddress, knownIpAddress, type LookUp, parseIpAddress, reachableAddress, Resolver, systemCode } from "@playground/tcp";
import { Ledger } from "./client/ledger.ts";
import { HANDSHAKES } from "./client/waiting-kinds.ts";
import { WaitingPlaces } from "./client/waiting-places.ts";
import { ClientAddresses, THIS_MACHINE } from "./http/client-address.ts";
import { HttpConnections } from "./http/http-connections.ts";
import { MetricsPage } from "./http/metrics-page.ts";
import { HostCheck, parsePublicHost } from "./http/request-host.ts";
import { type Health, PageServer } from "./http/page-server.ts";
import { ResponseBodies } from "./http/response-bodies.ts";
import { ProjectsApi } from "./http/projects-api.ts";
import { UpgradeHandler } from "./http/upgrade.ts";
import {
  type BridgeLimits,
  DEFAULT_GRACE_MS,
  DEFAULT_LIMITS,
  DEFAULT_PING_INTERVAL_MS,
  DEFAULT_SCRIPT_EXPIRY_DAYS,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  MAX_HEADER_BYTES,
  PAGE_BACKLOG,
  REQUEST_TIMEOUT_MS,
  SHUTDOWN_MS,
} from "./limits.ts";
import type { Log } from "./log/log.ts";
import { EventLoopDelay } from "./metrics/event-loop-delay.ts";
import { bridgeMetrics } from "./metrics/bridge-metrics.ts";
import { HostNetwork } from "./network/host-network.ts";
import { isOfRooms, LanNetwork } from "./network/lan-network.ts";
import { AllowList } from "./policy/allow-list.ts";
import type { AllowRule } from "./policy/allow-rule.ts";
import { LocalPorts } from "./policy/local-ports.ts";
import { Refusals } from "./refusals.ts";
import { OperatorPasswords } from "./room/operator-password.ts";
import { RoomDirectory } from "./room/room-directory.ts";
import { linksForOthers } from "./room-links.ts";
import type { BridgeServices } from "./session/bridge-services.ts";
import { openProjectStorages, type ProjectStorageChoice } from "./projects/project-storage.ts";
import { ProjectStore } from "./projects/project-store.ts";
import { ResendBudget } from "./session/resend-budget.ts";
import { ResumableSessions } from "./session/resumable-sessions.ts";
import { UnfinishedMessages } from "./websocket/unfinished-messages.ts";
import { Arrivals } from "./tcp/arrivals.ts";
import { GarbageWatch } from "./memory/garbage-watch.ts";
import { Turns } from "./turns/turns.ts";
import { Totals, Usage } from "./usage.ts";
import { COMMIT, VERSION } from "./version.ts";

/** How to start a bridge. */
export interface BridgeOptions {
  /** IP address to listen on. */
  readonly host: string;
  /** TCP port to listen on, 0 for any free one. */
  readonly port: number;
  readonly network: NetworkMode;
  /** Where the subnets of rooms come from: a part of 127.0.0.0/8. Default: all of it. */
  readonly lanRange?: Cidr;
  /** What scripts may reach outside their room. */
  readonly allow: readonly AllowRule[];
  /** Directory of the built page. */
  readonly page: string;
  /** The room that `/` leads to. Default: a new one for each visit. */
  readonly room?: string;
  /** Passwords of rooms by their names, "*" for all others: nobody in such a room can change them. Default: none. */
  readonly roomPasswords?: ReadonlyMap<string, string>;
  /** Names and addresses, besides this machine's own, under which browsers reach the bridge: lower case, with `:port` where that is neither the bridge's nor a standard one. */
  readonly publicHosts: readonly string[];
  /** Origins of other sites whose pages may embed the playground and open sessions. Default: none. */
  readonly embedOrigins?: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed. Default: none. */
  readonly trustedProxies?: readonly Cidr[];
  /** Who may read `/metrics`, by the client's address; empty: nobody. Default: loopback. */
  readonly metricsReaders?: readonly Cidr[];
  /** Time between two pings of a WebSocket, ms. Default `DEFAULT_PING_INTERVAL_MS`. */
  readonly pingIntervalMs?: number;
  readonly limits?: Partial<BridgeLimits>;
  /** How long a session is kept after its WebSocket was cut, ms, up to `MAX_GRACE_MS`; 0: not at all. Default `DEFAULT_GRACE_MS`. */
  readonly graceMs?: number;
  /** How names outside the rooms are looked up. Default: the machine's own resolver. */
  readonly lookUp?: LookUp;
  /** Where the projects of short links are kept. Default: there are no short links. */
  readonly scripts?: ProjectStorageChoice;
  /** Days without use after which such a project is removed; 0: never. Default `DEFAULT_SCRIPT_EXPIRY_DAYS`. */
  readonly scriptExpiryDays?: number;
  /** Default: nothing is written. */
  readonly log?: Log;
  /** How many lines the log has left out, for the metrics. */
  readonly logLinesLeftOut?: () => number;
}

/** What a bridge holds at the moment. */
export interface BridgeSnapshot {
  readonly rooms: number;
  readonly machines: number;
  readonly sessions: number;
  /** Sessions whose handshake is not complete yet, and those that wait for their client to come back. */
  readonly handshakes: number;
  readonly detached: number;
  readonly streams: number;
  readonly listeners: number;
  /** TCP sockets to peers, those that only flush or are being connected included. */
  readonly sockets: number;
  /** Bytes from clients that no peer's socket has taken yet. */
  readonly bufferedBytes: number;
  /** Bytes that are kept for sending again after a cut. */
  readonly resendBytes: number;
}

/** A bridge that is running. */
export interface Bridge {
  /** The link to the page. */
  readonly url: string;
  readonly port: number;
  snapshot(): BridgeSnapshot;
  /**
   * Tells the clients, brings out what was sent, closes every socket and stops. Takes a few milliseconds when everybody
   * reads; after `withinMs` (default `SHUTDOWN_MS`) what is left is cut.
   */
  close(withinMs?: number): Promise<void>;
}

/** Why a bridge could not be started. The message says what to do. */
export class BridgeStartError extends Error {
  override readonly name = "BridgeStartError";
  readonly code: "address-in-use" | "address-not-ours" | "permission-denied" | "internal";

  constructor(code: BridgeStartError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Time for the storage of projects to be closed, ms: a Redis that does not answer must not keep the process. */
const STORAGE_CLOSE_MS = 500;

/** How often slow requests are looked for, ms. */
const SLOW_REQUEST_CHECK_MS = 1_000;

/** Starts a bridge. @throws {BridgeStartError} when its port cannot be had */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const localPorts = pagePorts(options);
  const allowList = new AllowList(options.allow, localPorts);
  const network = openNetwork(options, allowList, localPorts);
  const arrivals = new Arrivals();
  const usage = new Usage();
  const rooms = new RoomDirectory((name) => network.openRoom(name), limits, new OperatorPasswords(options.roomPasswords));
  const log = options.log ?? (() => {});
  const services: BridgeServices = {
    allowList,
    arrivals,
    graceMs: options.graceMs ?? DEFAULT_GRACE_MS,
    handshakes: new WaitingPlaces(limits, HANDSHAKES),
    ledger: new Ledger(limits),
    limits,
    localPorts,
    log,
    network,
    pingIntervalMs: options.pingIntervalMs ?? DEFAULT_PING_INTERVAL_MS,
    refusals: new Refusals(log),
    resendBudget: new ResendBudget(limits.resendBytes, usage),
    resolver: new Resolver("bridge", options.lookUp),
    resumable: new ResumableSessions(),
    rooms,
    totals: new Totals(),
    turns: new Turns(),
    unfinished: new UnfinishedMessages(limits),
    usage,
  };
  const snapshot = (): BridgeSnapshot => ({ rooms: rooms.size, machines: rooms.machineCount, ...usage });

  const addresses = new ClientAddresses(options.trustedProxies ?? []);
  const hostCheck = new HostCheck(options.publicHosts, options.embedOrigins, {
    isForScripts: (address) => network.isForScripts(address),
    schemeOf: addresses.schemeOf,
  });
  const upgrades = new UpgradeHandler(services, hostCheck, addresses);
  const eventLoop = new EventLoopDelay();
  const garbage = new GarbageWatch();
  const metrics = new MetricsPage(addresses, options.metricsReaders ?? THIS_MACHINE, () =>
    bridgeMetrics(services, eventLoop, options.logLinesLeftOut?.() ?? 0),
  );
  const store =
    options.scripts === undefined
      ? undefined
      : new ProjectStore(await openProjectStorages(options.scripts, log), limits, { expiryDays: options.scriptExpiryDays ?? DEFAULT_SCRIPT_EXPIRY_DAYS });
  const bodies = new ResponseBodies(services.turns, (request) => services.ledger.of(addresses.of(request)));
  const projects = store && new ProjectsApi(store, { hostCheck, clientAddress: addresses.of, ledger: services.ledger, limits, log, bodies });
  const health = (request: IncomingMessage): Health => {
    const status = upgrades.isClosed ? "stopping" : "ok";
    if (!addresses.isFromThisMachine(request)) return { status };
    const links = linksForOthers(options.host, port);
    return {
      status,
      version: VERSION,
      ...(COMMIT !== undefined && { commit: COMMIT }),
      network: network.mode,
      uptimeSeconds: Math.round(process.uptime()),
      links,
      ...snapshot(),
    };
  };
  const page = new PageServer(options.page, hostCheck, health, {
    bodies,
    metrics,
    ...(options.room !== undefined && { room: options.room }),
    ...(projects !== undefined && { projects }),
  });
  const server = createHttpServer();
  const isWanted = (socket: Socket): boolean => {
    // A script has come here by a way that the rules for addresses do not know.
    if (!arrivals.isOwn(socket)) return true;
    services.refusals.add({
      reason: "own-connection",
      client: socket.remoteAddress ?? "",
      message: "A script's connection has led to the bridge itself, and is closed.",
    });
    return false;
  };
  const connections = new HttpConnections({ addresses, ...services });
  connections.serve(server, isWanted, (request, response) => void page.handle(request, response));
  server.on("upgrade", (request, socket, head) => upgrades.handle(request, socket as Socket, head));
  const port = await listen(server, options);
  localPorts.addBridge(port);

  return {
    url: `http://${endpointText(reachableAddress(options.host), port)}/`,
    port,
    snapshot,
    async close(withinMs = SHUTDOWN_MS) {
      const gone = upgrades.shutDown();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // Clients answer the close frame within a round trip, once they have read what came before it; those that do not are cut.
      const timer = setTimeout(() => {
        upgrades.terminate();
        connections.cutAll();
      }, withinMs);
      await Promise.all([gone, closed]);
      clearTimeout(timer);
      rooms.close();
      eventLoop.stop();
      connections.stop();
      garbage.stop();
      const storeClosed = store?.close().catch(() => {});
      await Promise.race([storeClosed, new Promise((resolve) => setTimeout(resolve, STORAGE_CLOSE_MS).unref())]);
    },
  };
}

/** The ports at which a proxy on this machine serves the page: those that browsers use of themselves, and those that were named. */
const PROXY_PORTS = [80, 443];

/** Where the page can be opened, but for the bridge's own port, which is known once it listens. */
function pagePorts({ publicHosts, trustedProxies = [] }: BridgeOptions): LocalPorts {
  const ports = new LocalPorts();
  for (const text of publicHosts) {
    const { port } = parsePublicHost(text);
    if (port !== "") ports.addPage(Number(port));
    else if (trustedProxies.length > 0) for (const standard of PROXY_PORTS) ports.addPage(standard);
  }
  return ports;
}

/** @throws {BridgeStartError} when there is no room for rooms beside the page */
function openNetwork({ network, host, lanRange, publicHosts }: BridgeOptions, allowList: AllowList, localPorts: LocalPorts): HostNetwork | LanNetwork {
  const own = knownIpAddress(host);
  if (network === "host") return new HostNetwork(allowList, own, localPorts);
  const pages = publicHosts.flatMap((text) => parseIpAddress(parsePublicHost(text).name) ?? []);
  localPorts.keepForScripts(isOfRooms);
  // A socket that listens on every address has its port at those of rooms too: the system gives it to nobody else.
  const isTaken = isWildcardAddress(host) ? (port: number): boolean => localPorts.isBridge(port) : undefined;
  const lan = new LanNetwork(allowList, lanRange, [own, ...pages], isTaken);
  if (lan.hasRooms) return lan;
  throw new BridgeStartError(
    "address-in-use",
    `The bridge has no addresses for rooms: its page is in all of the range that rooms are given. Choose another --lan-range, or --host 127.0.0.1.`,
  );
}

function createHttpServer(): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: SLOW_REQUEST_CHECK_MS,
    // Each is told when it is let in: `HttpConnections`.
    noDelay: false,
  });
  server.on("clientError", (_error, socket) => {
    // Garbage instead of HTTP, or a client that has gone in the middle.
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", () => socket.destroy());
    else socket.destroy();
  });
  return server;
}

async function listen(server: Server, { host, port }: BridgeOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(startError(error, host, port)));
    server.once("listening", resolve);
    server.listen({ host, port, backlog: PAGE_BACKLOG });
  });
  server.on("error", () => {});
  return (server.address() as AddressInfo).port;
}

function startError(error: Error, host: string, port: number): BridgeStartError {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new BridgeStartError(
        "address-in-use",
        `Port ${port} on ${host} is already in use, perhaps by another bridge. Stop that program, or choose another port: --port ${port + 1}, or --port 0 for any free one.`,
      );
    case "EADDRNOTAVAIL":
      return new BridgeStartError(
        "address-not-ours",
        `${host} is not an address of this machine. Start the bridge with --host 127.0.0.1, or --host 0.0.0.0 for all its addresses.`,
      );
    case "EACCES":
      return new BridgeStartError("permission-denied", `Port ${port} needs rights that this user does not have. Choose one from 1024 up, such as --port 8080.`);
    default:
      return new BridgeStartError("internal", `The bridge cannot listen on ${endpointText(host, port)}: ${error.message}`);
  }
}
