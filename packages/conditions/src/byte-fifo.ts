/** Pieces shorter than this are copied together, bytes: an array of their own costs more than they do. */
const GATHER_BELOW = 4_096;

/** Bytes of the rooms that short pieces are copied into. */
const GATHER_ROOM = 16_384;

/** Bytes that wait, in their order. What it has given out it never writes to again. */
export class ByteFifo {
  #chunks: Uint8Array[] = [];
  /** Chunks, and bytes of the first one left, that are gone already. */
  #gone = 0;
  #goneBytes = 0;
  #length = 0;
  /** Where short pieces go, and how much of it is used. */
  #room: Uint8Array | undefined;
  #roomUsed = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds bytes, which are copied where they are `borrowed`, or few: a short view of a large message would keep all of it. */
  push(bytes: Uint8Array, { borrowed }: { readonly borrowed: boolean }): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    if (bytes.length >= GATHER_BELOW) this.#chunks.push(borrowed ? bytes.slice() : bytes);
    else this.#chunks.push(this.#gathered(bytes));
    const last = this.#chunks.length - 1;
    const before = this.#chunks[last - 1];
    const added = this.#chunks[last]!;
    // Neighbours in one room become one chunk, so that single bytes do not cost an object each.
    if (last - 1 < this.#gone || before === undefined || before.buffer !== added.buffer || added.buffer !== this.#room?.buffer) return;
    this.#chunks.pop();
    this.#chunks[last - 1] = new Uint8Array(before.buffer, before.byteOffset, before.length + added.length);
  }

  /** The first `count` bytes, of as many at most as there are; they stay until they are dropped. */
  peek(count: number): Uint8Array {
    const first = this.#chunks[this.#gone];
    if (first === undefined) return new Uint8Array(0);
    if (first.length - this.#goneBytes >= count) return first.subarray(this.#goneBytes, this.#goneBytes + count);
    const joined = new Uint8Array(count);
    let filled = 0;
    let skip = this.#goneBytes;
    for (let index = this.#gone; filled < count; index += 1) {
      const chunk = this.#chunks[index]!;
      const part = chunk.subarray(skip, Math.min(chunk.length, skip + count - filled));
      joined.set(part, filled);
      filled += part.length;
      skip = 0;
    }
    return joined;
  }

  /** Lets the first `count` bytes go. */
  drop(count: number): void {
    this.#length -= count;
    let left = count + this.#goneBytes;
    for (let first = this.#chunks[this.#gone]; first !== undefined && left >= first.length; first = this.#chunks[this.#gone]) {
      left -= first.length;
      this.#gone += 1;
    }
    this.#goneBytes = left;
    // Moved once for as many as are left: cheap on the whole.
    if (this.#gone * 2 < this.#chunks.length) return;
    this.#chunks = this.#chunks.slice(this.#gone);
    this.#gone = 0;
  }

  clear(): void {
    this.#chunks = [];
    this.#gone = this.#goneBytes = this.#length = 0;
    this.#room = undefined;
  }

  #gathered(bytes: Uint8Array): Uint8Array {
    if (this.#room === undefined || this.#room.length - this.#roomUsed < bytes.length) {
      this.#room = new Uint8Array(GATHER_ROOM);
      this.#roomUsed = 0;
    }
    const begins = this.#roomUsed;
    this.#room.set(bytes, begins);
    this.#roomUsed += bytes.length;
    return this.#room.subarray(begins, this.#roomUsed);
  }
}
