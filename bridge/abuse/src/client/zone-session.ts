import { randomBytes } from "node:crypto";
import type { NetworkFailure, NetworkStream, StreamEvents } from "@playground/network";
import { ClientSession, type SessionInfo, transportOver } from "@playground/wire/client";
import { WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";
import { WebSocket } from "ws";
import type { Target } from "../target.ts";
import { roomPath } from "./raw-socket.ts";

/** A program of a page, as the bridge sees it: the page's own client session over a real WebSocket, which comes back after a cut. */
export class ZoneSession {
  readonly session: ClientSession;
  /** Rejected when the bridge does not let it in. */
  readonly ready: Promise<SessionInfo>;
  /** Why it is over. */
  ended: NetworkFailure | undefined;
  /** Times that its WebSocket was lost. */
  interruptions = 0;
  readonly #url: string;
  readonly #address: string;
  #ws!: WebSocket;

  constructor({ port }: Target, options: { readonly address: string; readonly room: string; readonly onNews?: () => void }) {
    this.#url = `ws://127.0.0.1:${port}${roomPath(options.room)}`;
    this.#address = options.address;
    let isReady!: (info: SessionInfo) => void;
    let isRefused!: (error: Error) => void;
    this.ready = new Promise((resolve, reject) => ([isReady, isRefused] = [resolve, reject]));
    this.ready.catch(() => {});
    this.session = new ClientSession({
      machineToken: randomBytes(16),
      open: (events) => {
        this.#ws = new WebSocket(this.#url, WISP_V2_SUBPROTOCOL, { localAddress: this.#address, perMessageDeflate: false });
        return transportOver(this.#ws, events);
      },
      events: {
        onReady: isReady,
        onInterrupted: () => (this.interruptions += 1),
        onRoomNews: () => options.onNews?.(),
        onEnded: (failure) => {
          this.ended = failure;
          isRefused(new Error(`${failure.code}: ${failure.message}`));
        },
      },
    });
  }

  /** Cuts the WebSocket, as a network does. */
  cut(): void {
    this.#ws.terminate();
  }

  close(): void {
    this.session.close();
  }

  /** A connection to a TCP port. `events.onData` may leave giving back credit to this. @throws when it is refused */
  async connect(host: string, port: number, onData: (bytes: number) => void, onClosed: (why: string) => void): Promise<NetworkStream> {
    return new Promise((resolve, reject) => {
      const stream: NetworkStream = this.session.connect(host, port, {
        ...echoEvents((bytes) => {
          stream.consumed(bytes.length);
          onData(bytes.length);
        }, onClosed),
        onOpened: () => resolve(stream),
        onFailed: ({ code, message }) => reject(new Error(`${code}: ${message}`)),
      });
    });
  }

  /** Listens, and echoes whatever comes. @throws when it is refused */
  async echo(port: number, onLost: (why: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.session.listen("0.0.0.0", port, {
        onListening: () => resolve(),
        onFailed: ({ code, message }) => reject(new Error(`${code}: ${message}`)),
        onLost: ({ code, message }) => onLost(`${code}: ${message}`),
        onAccept: (stream) =>
          echoEvents(
            (bytes) => {
              stream.send(bytes);
              stream.consumed(bytes.length);
            },
            () => {},
          ),
      });
    });
  }

  /** Asks to be told of the room. */
  async watch(): Promise<void> {
    const answer = await this.session.room.request({ kind: "watch" });
    if (answer?.result !== 0) throw new Error(`may not watch its room: ${JSON.stringify(answer)}`);
  }
}

function echoEvents(onData: (bytes: Uint8Array) => void, onClosed: (why: string) => void): StreamEvents {
  return {
    onData,
    onEnd: () => {},
    onWritable: () => {},
    onClosed: (failure) => onClosed(failure === undefined ? "closed" : `${failure.code}: ${failure.message}`),
  };
}
