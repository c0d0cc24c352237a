import { KEPT_PIECE_BYTES } from "../limits.ts";
import type { PieceMemory } from "../piece-memory.ts";

/** Bytes of a block: some hundred beginnings of pieces. */
const BLOCK_BYTES = 16_384;

/** The first bytes of pieces whose events are gone while their rows are not yet: side by side, since memory of an own costs more than they have. */
export class KeptBeginnings {
  #memory: PieceMemory = { bytes: new Uint8Array() };
  #used = 0;

  /** Copies `KEPT_PIECE_BYTES` at most. @returns where they lie */
  keep(bytes: Uint8Array): { readonly memory: PieceMemory; readonly start: number; readonly length: number } {
    const length = Math.min(bytes.length, KEPT_PIECE_BYTES);
    if (this.#used + length > this.#memory.bytes.length) {
      this.#memory = { bytes: new Uint8Array(BLOCK_BYTES) };
      this.#used = 0;
    }
    const start = this.#used;
    this.#memory.bytes.set(bytes.subarray(0, length), start);
    this.#used += length;
    return { memory: this.#memory, start, length };
  }

  clear(): void {
    this.#memory = { bytes: new Uint8Array() };
    this.#used = 0;
  }
}
