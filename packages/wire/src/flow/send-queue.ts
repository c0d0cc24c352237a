import { encodeData, HEADER_BYTES, writeDataHeader } from "../codec/encode.ts";
import { MAX_DATA_BYTES } from "../codec/limits.ts";
import { takeBlock } from "./packet-memory.ts";

/** Room of a segment that starts with a small piece, bytes: later small pieces join it, so that a thousand one-byte sends do not take a thousand buffers. */
const SMALL_SEGMENT_BYTES = 4_096;

/** Payload bytes with room for a DATA header in front, so that a whole segment goes out without another copy. */
interface Segment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the unsent payload starts; at least `HEADER_BYTES`. */
  start: number;
  /** Where the payload ends. */
  end: number;
  next: Segment | undefined;
}

/** The bytes that wait to be sent on one stream: a queue that takes bytes and gives DATA packets. */
export class SendQueue {
  readonly #streamId: number;
  #head: Segment | undefined;
  #tail: Segment | undefined;
  #length = 0;

  constructor(streamId: number) {
    this.#streamId = streamId;
  }

  /** Payload bytes waiting. */
  get length(): number {
    return this.#length;
  }

  /** Copies all of the bytes in at the end. */
  push(bytes: Uint8Array): void {
    let offset = 0;
    while (offset < bytes.length) {
      const left = bytes.length - offset;
      let tail = this.#tail;
      if (tail === undefined || tail.end === tail.bytes.length) tail = this.#addSegment(left);
      const count = Math.min(left, tail.bytes.length - tail.end);
      tail.bytes.set(bytes.subarray(offset, offset + count), tail.end);
      tail.end += count;
      offset += count;
    }
    this.#length += bytes.length;
  }

  /** Takes 1 to `most` bytes from the front as one DATA packet; undefined when none are waiting. */
  take(most: number): Uint8Array<ArrayBuffer> | undefined {
    const segment = this.#head;
    if (segment === undefined) return undefined;
    const { bytes, start, end } = segment;
    if (end - start > most) {
      // The rest of the segment stays, so its bytes must not be shared with a message that is on its way.
      segment.start = start + most;
      this.#length -= most;
      return encodeData(this.#streamId, bytes.subarray(start, start + most));
    }
    this.#head = segment.next;
    if (this.#head === undefined) this.#tail = undefined;
    this.#length -= end - start;
    // What lies before `start` is either the room for the header or was copied out above: free in both cases.
    writeDataHeader(bytes, start - HEADER_BYTES, this.#streamId);
    return bytes.subarray(start - HEADER_BYTES, end);
  }

  /** Drops everything. */
  clear(): void {
    this.#head = undefined;
    this.#tail = undefined;
    this.#length = 0;
  }

  #addSegment(wanted: number): Segment {
    // A backlog of small pieces fills large segments; the first one stays small, since most queues are empty again at once.
    const least = this.#tail === undefined ? SMALL_SEGMENT_BYTES : MAX_DATA_BYTES / 4;
    const room = Math.min(Math.max(wanted, least), MAX_DATA_BYTES);
    const bytes = room === MAX_DATA_BYTES ? takeBlock() : new Uint8Array(HEADER_BYTES + room);
    const segment = { bytes, start: HEADER_BYTES, end: HEADER_BYTES, next: undefined };
    if (this.#tail === undefined) this.#head = segment;
    else this.#tail.next = segment;
    this.#tail = segment;
    return segment;
  }
}
