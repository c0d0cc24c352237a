import { SMALL_CHUNK_BYTES, WEBSOCKET_HIGH_WATER_BYTES } from "../limits.ts";

/** Something that waits for room in the WebSocket. */
export interface GateWaiter {
  /** Room is there: send one chunk, and come back to the gate for the next. */
  gateOpened(): void;
}

/**
 * Holds the streams of a session back while its WebSocket is full, and lets them go on in turn, one
 * chunk each, so that none starves another. Short chunks pass for a while longer.
 */
export class SendGate {
  readonly #bufferedAmount: () => number;
  /** First come, first served; a stream is in it at most once. */
  readonly #waiting = new Set<GateWaiter>();

  constructor(bufferedAmount: () => number) {
    this.#bufferedAmount = bufferedAmount;
  }

  /** Whether a chunk of so many bytes may be sent now. When not, call `wait`. */
  admits(byteCount: number): boolean {
    const buffered = this.#bufferedAmount();
    if (byteCount <= SMALL_CHUNK_BYTES) return buffered < 2 * WEBSOCKET_HIGH_WATER_BYTES;
    return buffered < WEBSOCKET_HIGH_WATER_BYTES;
  }

  wait(waiter: GateWaiter): void {
    this.#waiting.add(waiter);
  }

  leave(waiter: GateWaiter): void {
    this.#waiting.delete(waiter);
  }

  /** The WebSocket has room again: to be called whenever it has drained. */
  drained(): void {
    for (const waiter of this.#waiting) {
      if (this.#bufferedAmount() >= WEBSOCKET_HIGH_WATER_BYTES) return;
      // One that comes back is put behind the others, and this loop reaches it again.
      this.#waiting.delete(waiter);
      waiter.gateOpened();
    }
  }
}
