import type { NetworkFailure } from "@playground/network";
import { ClientSession, type RoomNews, type SessionInfo, transportOver } from "@playground/wire/client";
import { WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";

export interface WebSocketSessionOptions {
  /** `ws:` or `wss:` address of the room. */
  readonly url: string;
  readonly machineToken: Uint8Array;
  /** The room's, where it has one. */
  readonly password?: string;
  onReady(info: SessionInfo): void;
  /** The session is over and was not closed from here. */
  onEnded(failure: NetworkFailure): void;
  /** The WebSocket is lost, and another one is tried for at most `graceMs`, milliseconds. */
  onInterrupted?(graceMs: number): void;
  /** The session goes on over another WebSocket, and nothing was lost. */
  onResumed?(): void;
  /** Who is in the room, once `client.room` was asked to tell. */
  onRoomNews?(news: RoomNews): void;
}

/** A wire session and the WebSockets under it, one after the other. Used by the page and by the workers alike. */
export class WebSocketSession {
  readonly client: ClientSession;
  /** The one that was opened last. */
  #webSocket!: WebSocket;

  constructor(options: WebSocketSessionOptions) {
    this.client = new ClientSession({
      machineToken: options.machineToken,
      ...(options.password !== undefined && { password: options.password }),
      open: (events) => {
        this.#webSocket = new WebSocket(options.url, WISP_V2_SUBPROTOCOL);
        return transportOver(this.#webSocket, events);
      },
      events: {
        onReady: (info) => options.onReady(info),
        onEnded: (failure) => options.onEnded(failure),
        onInterrupted: (graceMs) => options.onInterrupted?.(graceMs),
        onResumed: () => options.onResumed?.(),
        onRoomNews: (news) => options.onRoomNews?.(news),
      },
    });
    // The network is back: no need to wait for the next attempt. Pages and workers have this event alike.
    addEventListener("online", this.#onOnline);
  }

  readonly #onOnline = (): void => this.client.reconnectNow();

  /** Closes streams and listeners in good order, waits at most `limitMs` for what was sent to go out, and closes the WebSocket. */
  async finish(limitMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.client.closeAll(), limit]);
    clearTimeout(timer);
    const closed = new Promise<void>((resolve) => this.#webSocket.addEventListener("close", () => resolve(), { once: true }));
    removeEventListener("online", this.#onOnline);
    const wasOpen = this.#webSocket.readyState === WebSocket.OPEN;
    this.client.close();
    // The closing handshake shows that the bridge has had everything; a bridge that is gone is not waited for.
    if (wasOpen) await Promise.race([closed, new Promise<void>((resolve) => setTimeout(resolve, CLOSE_HANDSHAKE_MS))]);
  }

  close(): void {
    removeEventListener("online", this.#onOnline);
    this.client.close();
  }

  /** The page goes away, with all its workers. */
  leave(): void {
    removeEventListener("online", this.#onOnline);
    this.client.leave();
  }
}

/** Milliseconds to wait for the bridge's half of the WebSocket's closing handshake: a round trip, generously. */
const CLOSE_HANDSHAKE_MS = 300;
