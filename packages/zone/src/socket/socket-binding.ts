import type { ScriptPlace } from "@playground/capture";
import type { ProgramObserver } from "@playground/capture/recording";
import type { HostCall, HostFunction, LuauFunction, LuauState, LuauTable } from "@playground/luau-wasm";
import { LuauRawError, SUSPEND } from "@playground/luau-wasm";
import type { ByteStreamBinding } from "../byte-stream/byte-stream-binding.ts";
import type { ConsoleSink } from "../console.ts";
import { CONNECTION_LIMIT } from "../limits.ts";
import type { Network } from "@playground/network";
import type { TaskRunner } from "../task/task.ts";
import { CallWatch, placeOf } from "./call-watch.ts";
import { ConnectionHints } from "./connection-hints.ts";
import { EventQueue } from "./event-queue.ts";
import type { FailureMemory } from "./failure-memory.ts";
import type { NetConnection } from "./net-connection.ts";
import { SocketClient } from "./socket-client.ts";
import { windowWish } from "./read-pace.ts";
import type { SocketHost } from "./socket-host.ts";
import { SocketServer } from "./socket-server.ts";

/** `zone.socket` in one VM. */
export interface SocketBinding {
  /** The table `zone.socket`. The caller disposes it. */
  readonly table: LuauTable;
  readonly queue: EventQueue;
  readonly hints: ConnectionHints;
  /** Whether anything is open, connecting or listening. */
  readonly inUse: boolean;
  /** Connections that have not ended. */
  readonly connectionCount: number;
  /** Closes everything in good order, as the script's own close. */
  closeAll(): void;
}

/** What `zone.socket` needs of the program that it is for. */
export interface SocketParts {
  readonly network: Network;
  readonly tasks: TaskRunner;
  readonly console: ConsoleSink;
  readonly byteStreams: ByteStreamBinding;
  readonly failures: FailureMemory;
  /** Who wants to know what the script does with its connections. */
  readonly observer?: ProgramObserver | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Milliseconds that the last frame took. */
  readonly frameMs: () => number;
  /** Whether callbacks may still run. */
  readonly alive: () => boolean;
  /** Whether it is an error that keeps them from running. */
  readonly failed: () => boolean;
}

/** The ports that a script can name; 0 is left out since a script could not learn which port it got. */
const PORT_RANGE = { least: 1, most: 65_535 } as const;

/** Every address of this machine. */
const DEFAULT_LISTEN_ADDRESS = "0.0.0.0";

/** Puts the classes of `zone.socket` and its functions into a VM. */
export function bindSocket(state: LuauState, parts: SocketParts): SocketBinding {
  const calls = parts.observer && new CallWatch(() => parts.tasks.entry, parts.byteStreams.streamClass);
  if (calls !== undefined) parts.observer?.begin(calls);
  const watch = (methods: Record<string, HostFunction>): Record<string, HostFunction> => watched(methods, calls);
  const connectionClass = defineConnection(state, parts, watch);
  const host: SocketHost = {
    ...parts,
    queue: new EventQueue(parts.now),
    hints: new ConnectionHints(parts.console, parts.now),
    connectionClass,
    connections: new Set(),
    windowWish: () => windowWish({ frameMs: parts.frameMs(), memoryUsed: state.memoryUsed, memoryLimit: state.memoryLimit }),
    sockets: new Set(),
    countReceived: (bytes) => {
      // The connections of a state that is being disposed are closed after it.
      if (!state.disposed) state.addReceivedMemory(bytes);
    },
  };
  const serverClass = defineServer(state, host, watch);
  const clientClass = defineClient(state, host, watch);

  const table = state.createTable();
  addFunction(state, table, "update", () => {
    host.queue.drain(parts.alive);
    // One of the callbacks has failed and ended the program; what called update() must not go on for long.
    if (parts.failed()) throw new LuauRawError("the program has failed in a callback of zone.socket");
  });
  addLibrary(state, table, "server", () => serverClass.wrap(new SocketServer(host)));
  addLibrary(state, table, "client", () => clientClass.wrap(new SocketClient(host)));
  table.freeze();

  return {
    table,
    queue: host.queue,
    hints: host.hints,
    get inUse() {
      return host.sockets.size > 0 || host.connections.size > 0 || host.queue.size > 0;
    },
    get connectionCount() {
      return host.connections.size;
    },
    closeAll: () => {
      for (const socket of host.sockets) socket.close();
      for (const connection of host.connections) connection.close();
      host.queue.clear();
    },
  };
}

function addFunction(state: LuauState, table: LuauTable, name: string, run: Parameters<LuauState["createFunction"]>[1]): void {
  using made = state.createFunction(name, run);
  table.set(name, made);
}

/** A table with `new` alone, such as `zone.socket.server`. */
function addLibrary(state: LuauState, parent: LuauTable, name: string, create: Parameters<LuauState["createFunction"]>[1]): void {
  using library = state.createTable();
  addFunction(state, library, "new", create);
  library.freeze();
  parent.set(name, library);
}

/** Lets the calls that lead to the network be known while they run, where somebody wants to know. */
type Watch = (methods: Record<string, HostFunction>) => Record<string, HostFunction>;

function watched(methods: Record<string, HostFunction>, calls: CallWatch | undefined): Record<string, HostFunction> {
  if (calls === undefined) return methods;
  return Object.fromEntries(Object.entries(methods).map(([name, run]) => [name, calls.watch(run)]));
}

/** Where a callback among the arguments begins, where somebody wants to know. */
function callbackPlace(call: HostCall, index: number, { observer }: Pick<SocketParts, "observer">): ScriptPlace | undefined {
  return observer === undefined ? undefined : placeOf(call.functionPlace(index));
}

function defineConnection(state: LuauState, parts: SocketParts, watch: Watch) {
  return state.defineClass<NetConnection>({
    name: "NetConnection",
    methods: {
      getIp: (call) => call.self<NetConnection>().ip,
      isOpen: (call) => call.self<NetConnection>().isOpen,
      onDisconnect: (call) => call.self<NetConnection>().setOnDisconnect(call.function(1), callbackPlace(call, 1, parts)),
      onReceive: (call) => call.self<NetConnection>().setOnReceive(call.function(1), callbackPlace(call, 1, parts)),
      ...watch({
        send: (call) => {
          const stream = call.object(1, parts.byteStreams.streamClass);
          return call.self<NetConnection>().send(stream.borrowBytes());
        },
        close: (call) => call.self<NetConnection>().close(),
      }),
    },
    onCollect: (connection) => connection.forgotten(),
    metamethods: { __tostring: (call) => `NetConnection(${call.self<NetConnection>().ip})` },
  });
}

function defineServer(state: LuauState, host: SocketHost, watch: Watch) {
  return state.defineClass<SocketServer>({
    name: "SocketServer",
    methods: watch({
      listen: (call) => {
        const server = call.self<SocketServer>();
        const port = portArgument(call, 1);
        // listen(port, callback) and listen(port, ip?, callback)
        const short = call.type(2) === "function" && call.isNoneOrNil(3);
        const address = short || call.isNoneOrNil(2) ? DEFAULT_LISTEN_ADDRESS : addressArgument(call, 2, "listen");
        const callback = call.function(short ? 2 : 3);
        const place = callbackPlace(call, short ? 2 : 3, host);
        requireFree(callback, server.port, (used) => `this SocketServer listens on port ${used} already; call close() first`);
        requireYieldable(call, callback, "listen");
        requireRoom(host, callback);
        server.listen(port, address, callback, host.tasks.suspend(call), place);
        return SUSPEND;
      },
      close: (call) => call.self<SocketServer>().close(),
    }),
    metamethods: { __tostring: (call) => `SocketServer(${call.self<SocketServer>().port ?? "not listening"})` },
  });
}

function defineClient(state: LuauState, host: SocketHost, watch: Watch) {
  return state.defineClass<SocketClient>({
    name: "SocketClient",
    methods: watch({
      // The engine's chapter and its type definitions have a name each.
      listen: (call) => connect(call, host, "listen"),
      connect: (call) => connect(call, host, "connect"),
      close: (call) => call.self<SocketClient>().close(),
    }),
    metamethods: { __tostring: (call) => `SocketClient(${call.self<SocketClient>().target ?? "not connected"})` },
  });
}

/** Connects; errors name the method that was called. */
function connect(call: HostCall, host: SocketHost, method: "listen" | "connect"): typeof SUSPEND {
  const client = call.self<SocketClient>();
  const address = addressArgument(call, 1, method);
  const port = portArgument(call, 2);
  const callback = call.function(3);
  requireFree(callback, client.target, (used) => `this SocketClient is connected to ${used} already; call close() first`);
  requireYieldable(call, callback, method);
  requireRoom(host, callback);
  client.connect(address, port, callback, host.tasks.suspend(call), method, callbackPlace(call, 3, host));
  return SUSPEND;
}

function portArgument(call: HostCall, index: number): number {
  const port = call.number(index);
  const { least, most } = PORT_RANGE;
  if (!Number.isInteger(port) || port < least || port > most) {
    call.fail(index, `a port is a whole number from ${least} to ${most}, got ${port}`);
  }
  return port;
}

function addressArgument(call: HostCall, index: number, method: string): string {
  // A number would pass for a string in Luau, and hide that the arguments are in the wrong order.
  if (call.type(index) === "number") throw new Error(`invalid argument #${index} to '${method}' (string expected, got number)`);
  const address = call.text(index).trim();
  if (address === "") call.fail(index, "an address expected, got an empty string");
  return address;
}

function requireFree<T>(callback: LuauFunction, used: T | undefined, message: (used: T) => string): void {
  if (used === undefined) return;
  callback.dispose();
  throw new Error(message(used));
}

/** Servers and clients in use count as much as connections. */
function requireRoom(host: SocketHost, callback: LuauFunction): void {
  if (host.connections.size < CONNECTION_LIMIT && host.sockets.size < CONNECTION_LIMIT) return;
  callback.dispose();
  throw new Error(`a program holds at most ${CONNECTION_LIMIT} connections; close some first`);
}

function requireYieldable(call: HostCall, callback: LuauFunction, method: string): void {
  if (call.isYieldable) return;
  callback.dispose();
  throw new Error(`${method} waits for the network, and cannot be called inside a metamethod, a sort comparator or the like`);
}
