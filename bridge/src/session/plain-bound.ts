import { PAUSED_PING_MS, PLAIN_BUFFER_BYTES } from "../limits.ts";
import type { ClientWebSocket } from "../websocket/client-websocket.ts";

/** Bounds the bytes of a plain Wisp client, whose window counts packets of any size: it is not read from while too many wait for slow peers. */
export class PlainBound {
  readonly #webSocket: () => ClientWebSocket | undefined;
  readonly #unwrittenBytes: () => number;
  /** Runs while the client is not read from. */
  #pings: NodeJS.Timeout | undefined;

  constructor(webSocket: () => ClientWebSocket | undefined, unwrittenBytes: () => number) {
    this.#webSocket = webSocket;
    this.#unwrittenBytes = unwrittenBytes;
  }

  /** The client's bytes have been queued. */
  grew(): void {
    if (this.#pings !== undefined || this.#unwrittenBytes() < PLAIN_BUFFER_BYTES) return;
    this.#webSocket()?.hold("buffer");
    // A socket that is not read from does not tell that its other end has gone; one that is written to does.
    this.#pings = setInterval(() => this.#webSocket()?.ping(), PAUSED_PING_MS);
  }

  /** Fewer bytes wait: a peer's kernel has taken some, or the peer has gone. */
  shrank(): void {
    if (this.#pings === undefined || this.#unwrittenBytes() >= PLAIN_BUFFER_BYTES / 2) return;
    this.stop();
    this.#webSocket()?.release("buffer");
  }

  stop(): void {
    clearInterval(this.#pings);
    this.#pings = undefined;
  }
}
