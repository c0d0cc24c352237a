import type { WindowWish } from "@playground/network";
import { BUSY_FRAME_MS, IDLE_FRAME_MS, ROOMY_MEMORY_SHARE } from "../limits.ts";

/** How a program fares with what it is given to read. */
export interface ReaderState {
  /** Milliseconds that its last frame took. */
  readonly frameMs: number;
  /** Bytes that it holds, and may hold. */
  readonly memoryUsed: number;
  readonly memoryLimit: number;
}

/**
 * What a program wants of the windows that others send into. Bytes reach a script once a frame, so that one window a frame is all
 * that a connection carries; a wider one lets a script read more in each, which pays while its frames are short.
 */
export function windowWish({ frameMs, memoryUsed, memoryLimit }: ReaderState): WindowWish {
  if (frameMs > BUSY_FRAME_MS || memoryUsed > memoryLimit * ROOMY_MEMORY_SHARE) return "narrower";
  return frameMs <= IDLE_FRAME_MS ? "wider" : "same";
}
