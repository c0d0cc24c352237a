import { REPLAY_HIGH_WATER_BYTES, REPLAY_HIGH_WATER_PACKETS } from "../codec/limits.ts";

/** Acknowledged frames at the front of the list above which the list is copied without them, so that it does not grow for ever. */
const COMPACT_AFTER_FRAMES = 256;

/**
 * The numbered packets that were sent and not acknowledged, in their order: what has to be sent again
 * when a session goes on over another WebSocket. Holds the very messages that were sent, in whatever form
 * the transport takes them; nothing is copied.
 */
export class SentLog<Frame extends { readonly length: number } = Uint8Array<ArrayBuffer>> {
  #frames: (Frame | undefined)[] = [];
  /** Where the oldest frame that is kept lies in the list. */
  #head = 0;
  #acknowledged = 0;
  #bytes = 0;

  /** Numbered packets sent since the session began. */
  get sent(): number {
    return this.#acknowledged + this.length;
  }

  /** Packets kept. */
  get length(): number {
    return this.#frames.length - this.#head;
  }

  /** Bytes kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether so much is kept that streams have to wait for an ACK. */
  get isFull(): boolean {
    return this.#bytes >= REPLAY_HIGH_WATER_BYTES || this.length >= REPLAY_HIGH_WATER_PACKETS;
  }

  /** Keeps a packet, which must not be changed any more. */
  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.length;
  }

  /** Whether the other side can have handled so many packets: no more than were sent, no fewer than it said before. */
  canAcknowledge(received: number): boolean {
    return received >= this.#acknowledged && received <= this.sent;
  }

  /** The other side has handled the first `received` packets; `drop` gets those that are no longer kept. False, and nothing happens, when that cannot be. */
  acknowledge(received: number, drop?: (frame: Frame) => void): boolean {
    if (!this.canAcknowledge(received)) return false;
    const head = this.#head + received - this.#acknowledged;
    for (let index = this.#head; index < head; index += 1) {
      const frame = this.#frames[index];
      this.#bytes -= frame?.length ?? 0;
      this.#frames[index] = undefined;
      if (frame !== undefined) drop?.(frame);
    }
    this.#head = head;
    this.#acknowledged = received;
    if (head === this.#frames.length) {
      this.#frames.length = 0;
      this.#head = 0;
    } else if (head >= COMPACT_AFTER_FRAMES && head * 2 >= this.#frames.length) {
      this.#frames = this.#frames.slice(head);
      this.#head = 0;
    }
    return true;
  }

  /** Number of the oldest packet that is not acknowledged, or of the next to be sent. */
  get first(): number {
    return this.#acknowledged + 1;
  }

  /** The packet with this number; undefined when it is acknowledged, or was not sent yet. */
  at(number: number): Frame | undefined {
    return number < this.first ? undefined : this.#frames[this.#head + number - this.first];
  }

  /** The packets kept, oldest first. */
  frames(): Frame[] {
    return this.#frames.slice(this.#head) as Frame[];
  }

  /** Drops everything: the session is over. */
  clear(): void {
    this.#acknowledged = this.sent;
    this.#frames = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
