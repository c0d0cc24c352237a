import type { LuauFunction } from "@playground/luau-wasm";
import type { NetworkStream } from "@playground/network";
import type { Suspension } from "../program/task.ts";
import { NetConnection } from "./net-connection.ts";
import { ScriptCallback } from "./script-callback.ts";
import { runCallback } from "./run-callback.ts";
import type { SocketHost } from "./socket-host.ts";

/** The class SocketClient: one connection to a server. */
export class SocketClient {
  readonly #host: SocketHost;
  #stream: NetworkStream | undefined;
  #connection: NetConnection | undefined;
  readonly #callback = new ScriptCallback();
  #suspension: Suspension | undefined;
  #target = "";

  constructor(host: SocketHost) {
    this.#host = host;
  }

  /** Where it is connected or about to, or undefined while it is free for use. */
  get target(): string | undefined {
    return this.#stream === undefined ? undefined : this.#target;
  }

  /** Connects. `suspension` is resumed once there is a connection, and fails when there is none. Takes `callback` over. `method` is what the script has called. */
  connect(address: string, port: number, callback: LuauFunction, suspension: Suspension, method: "listen" | "connect"): void {
    this.#target = `${address}:${port}`;
    this.#suspension = suspension;
    this.#callback.set(callback);
    this.#host.sockets.add(this);
    let connection: NetConnection | undefined;
    const stream = this.#host.network.connect(address, port, {
      onOpened: () => {
        if (this.#stream !== stream) return;
        connection = this.#connected(stream, method);
        this.#answer()?.resume();
      },
      onFailed: (failure) => {
        if (this.#stream !== stream) return;
        const waiting = this.#answer();
        this.#release();
        this.#host.failures.note(failure);
        waiting?.fail(failure.message);
      },
      onData: (bytes) => connection?.onData(bytes),
      onEnd: () => connection?.onEnd(),
      onClosed: () => connection?.onClosed(),
    });
    this.#stream = stream;
  }

  /** Closes the connection, or gives up connecting. */
  close(): void {
    if (this.#connection) this.#connection.close();
    else this.#stream?.abort();
    const waiting = this.#answer();
    this.#release();
    // The script code that waits runs after the one that called close().
    if (waiting) queueMicrotask(() => waiting.fail("the client was closed before it was connected"));
  }

  #connected(stream: NetworkStream, method: string): NetConnection {
    const connection = new NetConnection(this.#host, stream, () => {
      // Another connection may be under way already, when the end of this one is announced late.
      if (this.#connection === connection) this.#release();
    });
    this.#connection = connection;
    this.#host.queue.push({
      source: connection,
      deliver: () => {
        const fn = this.#callback.fn;
        if (fn) {
          runCallback(this.#host.tasks, connection, `the callback of client:${method}`, fn, [this.#host.connectionClass.wrap(connection)]);
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
    this.#stream = undefined;
    this.#connection = undefined;
    this.#callback.clear();
    this.#host.sockets.delete(this);
  }
}
