/** Bytes of room to begin with. */
const FIRST_ROOM = 4_096;

/** Bytes that have arrived and that nobody has read, in one row. */
export class UnreadBytes {
  #room = new Uint8Array(FIRST_ROOM);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** A view, which the next `push` may move. */
  get bytes(): Uint8Array {
    return this.#room.subarray(this.#from, this.#to);
  }

  push(bytes: Uint8Array): void {
    if (this.#to + bytes.length > this.#room.length) this.#makeRoom(bytes.length);
    this.#room.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  /** Takes so many bytes from the front, or as many as there are. */
  take(count: number): Uint8Array {
    const taken = this.bytes.slice(0, count);
    this.#from += taken.length;
    return taken;
  }

  /** Twice what is needed, so that many small pieces cost no more than their sum. */
  #makeRoom(more: number): void {
    const { bytes } = this;
    const room = new Uint8Array(Math.max(FIRST_ROOM, 2 * (bytes.length + more)));
    room.set(bytes);
    this.#room = room;
    this.#to = bytes.length;
    this.#from = 0;
  }
}
