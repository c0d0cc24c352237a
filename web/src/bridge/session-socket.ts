import { ClientSession, type NetworkFailure, type SessionInfo, WISP_V2_SUBPROTOCOL } from "@playground/wire";

export interface SessionSocketOptions {
  /** `ws:` or `wss:` address of the room. */
  readonly url: string;
  readonly machineToken: Uint8Array;
  onReady(info: SessionInfo): void;
  /** The session is over and was not closed from here. */
  onEnded(failure: NetworkFailure): void;
}

/** A wire session and the WebSocket under it. Used by the page and by the workers alike. */
export class SessionSocket {
  readonly session: ClientSession;
  readonly #socket: WebSocket;

  constructor(options: SessionSocketOptions) {
    const socket = new WebSocket(options.url, WISP_V2_SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    const session = new ClientSession(
      {
        send: (message) => socket.send(message),
        bufferedAmount: () => socket.bufferedAmount,
        close: (code, reason) => socket.close(code, reason),
      },
      {
        machineToken: options.machineToken,
        events: { onReady: (info) => options.onReady(info), onEnded: (failure) => options.onEnded(failure) },
      },
    );
    socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === "string") session.receiveText();
      else session.receive(new Uint8Array(data));
    });
    // A failed connection gives an "error" without a reason, and then this.
    socket.addEventListener("close", ({ code, reason }) => session.transportClosed(code, reason));
    this.session = session;
    this.#socket = socket;
  }

  /** Bytes that the browser has not put on the network yet. */
  get unsentBytes(): number {
    return this.#socket.readyState === WebSocket.OPEN ? this.#socket.bufferedAmount : 0;
  }

  /** Closes streams and listeners in good order, waits at most `limitMs` for what was sent to go out, and closes the WebSocket. */
  async finish(limitMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.session.closeAll(), limit]);
    clearTimeout(timer);
    const closed = new Promise<void>((resolve) => this.#socket.addEventListener("close", () => resolve(), { once: true }));
    const wasOpen = this.#socket.readyState === WebSocket.OPEN;
    this.session.close();
    // The closing handshake shows that the bridge has had everything; a bridge that is gone is not waited for.
    if (wasOpen) await Promise.race([closed, new Promise<void>((resolve) => setTimeout(resolve, CLOSE_HANDSHAKE_MS))]);
  }

  close(): void {
    this.session.close();
  }
}

/** Milliseconds to wait for the bridge's half of the WebSocket's closing handshake: a round trip, generously. */
const CLOSE_HANDSHAKE_MS = 300;
