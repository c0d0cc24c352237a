import type { ScriptPlace } from "@playground/capture";
import type { LuauFunction } from "@playground/luau-wasm";
import { CONNECTION_LIMIT } from "../limits.ts";
import type { NetworkListener, NetworkStream, StreamEvents } from "@playground/network";
import type { Suspension } from "../task/task.ts";
import { ConnectionCallback } from "./connection-callback.ts";
import type { NetConnection } from "./net-connection.ts";
import type { SocketHost } from "./socket-host.ts";
import { WaitingCall } from "./waiting-call.ts";

/** The class SocketServer: a listening port and the connections that came by it. */
export class SocketServer {
  readonly #host: SocketHost;
  readonly #callback: ConnectionCallback;
  readonly #connections = new Set<NetConnection>();
  #listener: NetworkListener | undefined;
  readonly #waiting = new WaitingCall();
  #port = 0;

  constructor(host: SocketHost) {
    this.#host = host;
    this.#callback = new ConnectionCallback(host);
  }

  /** The port it listens on or is about to, or undefined while it is free for use. */
  get port(): number | undefined {
    return this.#listener === undefined ? undefined : this.#port;
  }

  /** Asks for the port. `suspension` is resumed when it is had, and fails when it is not. Takes `callback` over, which begins at `place`. */
  listen(port: number, address: string, callback: LuauFunction, suspension: Suspension, place?: ScriptPlace): void {
    this.#callback.set(callback, place);
    this.#port = port;
    this.#waiting.begin(suspension);
    this.#host.sockets.add(this);
    let turnedAway = false;
    const listener = this.#host.network.listen(address, port, {
      onListening: () => {
        if (this.#listener === listener) this.#waiting.succeed();
      },
      onFailed: (failure) => {
        if (this.#listener !== listener) return;
        this.#release();
        this.#host.failures.note(failure);
        this.#waiting.fail(failure.message);
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
        this.#host.console.write("notice", `the server lost port ${port}: ${failure.message}`, {
          notice: { code: "listener-lost", port, reason: failure.message },
        });
      },
    });
    this.#listener = listener;
  }

  /** Closes every connection and the port. */
  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#listener?.close();
    this.#release();
    this.#waiting.failLater("the server was closed before it could listen");
  }

  #accept(stream: NetworkStream): StreamEvents {
    const connection = this.#callback.announce(stream, "the callback of server:listen", () => {
      this.#connections.delete(connection);
      this.#letGo();
    });
    this.#connections.add(connection);
    return connection;
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
    this.#host.console.write("notice", `a client was refused: a program holds at most ${CONNECTION_LIMIT} connections`, {
      notice: { code: "connection-limit", limit: CONNECTION_LIMIT },
    });
  }
}

/** For a stream that is over before it begins. */
const DEAF: StreamEvents = { onData: () => {}, onEnd: () => {}, onClosed: () => {} };
