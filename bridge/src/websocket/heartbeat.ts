import type { WebSocket } from "ws";
import { MAX_MISSED_PINGS } from "../limits.ts";

/** Pings a client, which keeps proxies from cutting a silent connection, and notices one that has gone without a word. */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  /** @param intervalMs time between two pings, ms */
  constructor(ws: WebSocket, intervalMs: number, onDead: () => void) {
    ws.on("pong", () => this.seen());
    this.#timer = setInterval(() => {
      // Whoever is not read from cannot be seen to answer.
      if (ws.isPaused) return;
      if (this.#missed >= MAX_MISSED_PINGS) {
        this.stop();
        onDead();
        return;
      }
      this.#missed += 1;
      ws.ping();
    }, intervalMs);
    this.#timer.unref();
  }

  /** The client has shown that it lives. */
  seen(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
