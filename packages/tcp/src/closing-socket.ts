import type { Socket } from "node:net";
import { FLUSH_STALL_MS, LINGER_MS } from "./limits.ts";

/** Bounds the life of a socket that nobody waits for any more: a peer that reads may take its time, one that does not may not. */
export class ClosingSocket {
  readonly #socket: Socket;
  readonly #unwritten: () => number;
  readonly #inTurn: (close: () => void) => void;
  #lingerMs = LINGER_MS;
  #timer: NodeJS.Timeout | undefined;

  /** `unwritten`: bytes that the kernel does not have yet. `inTurn` calls what closes the socket, at once or when its turn has come. */
  constructor(socket: Socket, unwritten: () => number, inTurn: (close: () => void) => void = (close) => close()) {
    this.#socket = socket;
    this.#unwritten = unwritten;
    this.#inTurn = inTurn;
  }

  /** Begins the time anew: to be called at first, when FIN has gone out, and when `lingerMs`, in which the peer may still send after that, becomes another. */
  watch(lingerMs = this.#lingerMs): void {
    this.#lingerMs = lingerMs;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket.writableFinished) {
      this.#timer = setTimeout(() => this.#inTurn(() => socket.destroy()), lingerMs);
      return;
    }
    const before = this.#unwritten();
    this.#timer = setTimeout(() => {
      if (this.#unwritten() < before) this.watch();
      else this.#inTurn(() => socket.resetAndDestroy());
    }, FLUSH_STALL_MS);
  }

  /** The socket is closed. */
  dispose(): void {
    clearTimeout(this.#timer);
  }
}
