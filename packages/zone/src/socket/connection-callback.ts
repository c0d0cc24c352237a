import type { NetworkStream } from "@playground/network";
import { type ConnectionOwner, NetConnection } from "./net-connection.ts";
import { siteOf } from "./call-watch.ts";
import { runCallback } from "./run-callback.ts";
import { ScriptCallback } from "./script-callback.ts";
import type { SocketHost } from "./socket-host.ts";

/** The script's function that is given the connections of a server or a client. */
export class ConnectionCallback extends ScriptCallback {
  readonly #host: SocketHost;

  constructor(host: SocketHost) {
    super();
    this.#host = host;
  }

  /** Makes a connection of a stream, and hands it to the function with the next update. `name` is what errors call the function. */
  announce(stream: NetworkStream, name: string, onOver: ConnectionOwner): NetConnection {
    const connection = new NetConnection(this.#host, stream, onOver);
    this.#host.queue.push({
      source: connection,
      deliver: () => {
        // Looked up now: the script may have closed what it came by.
        const { fn } = this;
        if (fn === undefined) return "done";
        const { observer, tasks, connectionClass } = this.#host;
        const onStarting = observer && ((entry: number) => observer.onAnnounced(stream, siteOf(entry, this.place)));
        runCallback(tasks, connection, name, fn, [connectionClass.wrap(connection)], onStarting);
        return "done";
      },
    });
    return connection;
  }
}
