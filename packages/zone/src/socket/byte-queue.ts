/** Pieces shorter than this are copied together. */
const GATHER_BELOW = 1_024;

/** Bytes of the rooms that short pieces are copied into: few enough to waste, enough for many of them. */
const GATHER_ROOM = 4_096;

/**
 * Bytes that came in pieces and are wanted as one row. Short pieces are gathered, so that a peer that sends single
 * bytes makes this hold little more than its bytes.
 */
export class ByteQueue {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** Where short pieces go; what is used of it is the last of the pieces. */
  #room: Uint8Array | undefined;
  #used = 0;

  get length(): number {
    return this.#length;
  }

  /** Takes `bytes` over. */
  push(bytes: Uint8Array): void {
    const isFirst = this.#length === 0;
    this.#length += bytes.length;
    if (isFirst || bytes.length >= GATHER_BELOW) {
      this.#room = undefined;
      this.#pieces.push(bytes);
      return;
    }
    if (this.#room === undefined || this.#used + bytes.length > this.#room.length) {
      this.#room = new Uint8Array(GATHER_ROOM);
      this.#used = 0;
      this.#pieces.push(this.#room);
    }
    this.#room.set(bytes, this.#used);
    this.#used += bytes.length;
    this.#pieces[this.#pieces.length - 1] = this.#room.subarray(0, this.#used);
  }

  /** Moves everything to the end of another queue. */
  moveTo(other: ByteQueue): void {
    for (const piece of this.#pieces) other.push(piece);
    this.clear();
  }

  /** All bytes as one row. The queue keeps them. */
  joined(): Uint8Array {
    if (this.#pieces.length === 1) return this.#pieces[0]!;
    const row = new Uint8Array(this.#length);
    let offset = 0;
    for (const piece of this.#pieces) {
      row.set(piece, offset);
      offset += piece.length;
    }
    return row;
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#room = undefined;
    this.#used = 0;
  }
}
