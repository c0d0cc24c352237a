import type { ScriptPlace } from "@playground/capture";
import type { LuauFunction } from "@playground/luau-wasm";
import { endpointText, type NetworkStream } from "@playground/network";
import type { Suspension } from "../task/task.ts";
import { ConnectionCallback } from "./connection-callback.ts";
import type { NetConnection } from "./net-connection.ts";
import type { SocketHost } from "./socket-host.ts";
import { WaitingCall } from "./waiting-call.ts";

/** The class SocketClient: one connection to a server. */
export class SocketClient {
  readonly #host: SocketHost;
  #stream: NetworkStream | undefined;
  #connection: NetConnection | undefined;
  readonly #callback: ConnectionCallback;
  readonly #waiting = new WaitingCall();
  #target = "";

  constructor(host: SocketHost) {
    this.#host = host;
    this.#callback = new ConnectionCallback(host);
  }

  /** Where it is connected or about to, or undefined while it is free for use. */
  get target(): string | undefined {
    return this.#stream === undefined ? undefined : this.#target;
  }

  /** Connects. `suspension` is resumed once there is a connection, and fails when there is none. Takes `callback` over, which begins at `place`. `method` is what the script has called. */
  connect(address: string, port: number, callback: LuauFunction, suspension: Suspension, method: "listen" | "connect", place?: ScriptPlace): void {
    this.#target = endpointText(address, port);
    this.#waiting.begin(suspension);
    this.#callback.set(callback, place);
    this.#host.sockets.add(this);
    let connection: NetConnection | undefined;
    const stream = this.#host.network.connect(address, port, {
      onOpened: () => {
        if (this.#stream !== stream) return;
        connection = this.#connected(stream, method);
        this.#waiting.succeed();
      },
      onFailed: (failure) => {
        if (this.#stream !== stream) return;
        this.#release();
        this.#host.failures.note(failure);
        this.#waiting.fail(failure.message);
      },
      onData: (bytes) => connection?.onData(bytes),
      onEnd: () => connection?.onEnd(),
      onClosed: (failure) => connection?.onClosed(failure),
    });
    this.#stream = stream;
  }

  /** Closes the connection, or gives up connecting. */
  close(): void {
    if (this.#connection) this.#connection.close();
    else this.#stream?.abort();
    this.#release();
    this.#waiting.failLater("the client was closed before it was connected");
  }

  #connected(stream: NetworkStream, method: string): NetConnection {
    const connection = this.#callback.announce(stream, `the callback of client:${method}`, () => {
      // Another connection may be under way already, when the end of this one is announced late.
      if (this.#connection === connection) this.#release();
    });
    this.#connection = connection;
    return connection;
  }

  #release(): void {
    this.#stream = undefined;
    this.#connection = undefined;
    this.#callback.clear();
    this.#host.sockets.delete(this);
  }
}
