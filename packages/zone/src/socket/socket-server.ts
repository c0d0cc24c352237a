import type { LuauFunction } from "@playground/luau-wasm";
import { CONNECTION_LIMIT } from "../limits.ts";
import type { NetworkListener, NetworkStream, StreamEvents } from "@playground/network";
import type { Suspension } from "../program/task.ts";
import { NetConnection } from "./net-connection.ts";
import { ScriptCallback } from "./script-callback.ts";
import { runCallback } from "./run-callback.ts";
import type { SocketHost } from "./socket-host.ts";

/** The class SocketServer: a listening port and the connections that came by it. */
export class SocketServer {
  readonly #host: SocketHost;
  readonly #callback = new ScriptCallback();
  readonly #connections = new Set<NetConnection>();
  #listener: NetworkListener | undefined;
  #suspension: Suspension | undefined;
  #port = 0;

  constructor(host: SocketHost) {
    this.#host = host;
  }

  /** The port it listens on or is about to, or undefined while it is free for use. */
  get port(): number | undefined {
    return this.#listener === undefined ? undefined : this.#port;
  }

  /** Asks for the port. `suspension` is resumed when it is had, and fails when it is not. Takes `callback` over. */
  listen(port: number, address: string, callback: LuauFunction, suspension: Suspension): void {
    this.#callback.set(callback);
    this.#port = port;
    this.#suspension = suspension;
    this.#host.sockets.add(this);
    let turnedAway = false;
    const listener = this.#host.network.listen(address, port, {
      onListening: () => {
        if (this.#listener === listener) this.#answer()?.resume();
      },
      onFailed: (failure) => {
        if (this.#listener !== listener) return;
        const waiting = this.#answer();
        this.#release();
        this.#host.failures.note(failure);
        waiting?.fail(failure.message);
      },
      onAccept: (stream) => {
        if (this.#host.connections.size >= CONNECTION_LIMIT) {
          stream.abort();
          if (!turnedAway) this.#noticeLimit();
          turnedAway = true;
          return DEAF;
        }
        return this.#accept(stream);
      },
      onLost: (failure) => {
        if (this.#listener !== listener) return;
        this.#release();
        // Of a lost bridge the whole page speaks.
        if (failure.code === "bridge-lost") return;
        this.#host.console.write("notice", `the server on port ${port} has ended: ${failure.message}`, {
          code: "listener-lost",
          params: { port, reason: failure.message },
        });
      },
    });
    this.#listener = listener;
  }

  /** Closes every connection and the port. */
  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#listener?.close();
    const waiting = this.#answer();
    this.#release();
    // The script code that waits runs after the one that called close().
    if (waiting) queueMicrotask(() => waiting.fail("the server was closed before it could listen"));
  }

  #accept(stream: NetworkStream): StreamEvents {
    const connection = new NetConnection(this.#host, stream, () => {
      this.#connections.delete(connection);
      this.#letGo();
    });
    this.#connections.add(connection);
    this.#host.queue.push({
      source: connection,
      deliver: () => {
        const fn = this.#callback.fn;
        if (fn) {
          runCallback(this.#host.tasks, connection, "the callback of server:listen", fn, [this.#host.connectionClass.wrap(connection)]);
        }
        return "done";
      },
    });
    return connection;
  }

  #answer(): Suspension | undefined {
    const waiting = this.#suspension;
    this.#suspension = undefined;
    return waiting;
  }

  #release(): void {
    this.#listener = undefined;
    this.#host.sockets.delete(this);
    this.#letGo();
  }

  /** Clients that joined before the listener was lost keep the callback that they are announced to. */
  #letGo(): void {
    if (this.#listener === undefined && this.#connections.size === 0) this.#callback.clear();
  }

  #noticeLimit(): void {
    this.#host.console.write(
      "notice",
      `a client was turned away: a program holds at most ${CONNECTION_LIMIT} connections`,
      { code: "connection-limit", params: { limit: CONNECTION_LIMIT } },
    );
  }
}

/** For a stream that is over before it begins. */
const DEAF: StreamEvents = { onData: () => {}, onEnd: () => {}, onClosed: () => {} };
