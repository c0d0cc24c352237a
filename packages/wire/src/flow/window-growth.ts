import { MAX_GROWN_WINDOW_BYTES, WINDOW_GROWTH_BYTES } from "../codec/limits.ts";

/**
 * What the windows of one session have grown by, all streams together: so that many busy streams do not make the session hold many
 * times what it would without growth. No window takes more than half of what is left, so that something is left for the next.
 */
export class WindowGrowth {
  #left = WINDOW_GROWTH_BYTES;

  /** Bytes that windows may still grow by. */
  get left(): number {
    return this.#left;
  }

  /** Takes bytes for a window of this size to grow by: as many as it has, or as few as may be. */
  take(size: number): number {
    const taken = Math.max(0, Math.min(size, MAX_GROWN_WINDOW_BYTES - size, Math.floor(this.#left / 2)));
    this.#left -= taken;
    return taken;
  }

  /** Takes bytes back. */
  giveBack(byteCount: number): void {
    this.#left += byteCount;
  }
}
