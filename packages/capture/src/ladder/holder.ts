import type { ByteField } from "../event.ts";
import { KEPT_PIECE_BYTES, MAX_PIECE_FIELDS } from "../limits.ts";
import type { Reading, Segment } from "./exchange.ts";

/** What the ladder holds of an event whose bytes and fields may have to go. */
export interface Holder {
  /** Only these bytes are kept from now on. */
  shorten(bytes: Uint8Array): void;
  /** The event is gone; rows made of it stay for a while. */
  forget(): void;
}

export class SegmentHolder implements Holder {
  readonly #segment: Segment;
  readonly #changed: (segment: Segment) => void;

  constructor(segment: Segment, changed: (segment: Segment) => void) {
    this.#segment = segment;
    this.#changed = changed;
  }

  shorten(bytes: Uint8Array): void {
    this.#segment.bytes = bytes;
    this.#changed(this.#segment);
  }

  forget(): void {
    const { bytes } = this.#segment;
    if (bytes && bytes.length > KEPT_PIECE_BYTES) this.#segment.bytes = bytes.slice(0, KEPT_PIECE_BYTES);
    this.#segment.fields = [];
    this.#changed(this.#segment);
  }
}

/** Adds fields to a receipt; the holder takes them away again. */
export function addReading(receipt: Segment, offset: number, fields: readonly ByteField[], changed: (segment: Segment) => void): Holder | undefined {
  const room = MAX_PIECE_FIELDS - receipt.readings.reduce((count, reading) => count + reading.fields.length, 0);
  if (room <= 0) return undefined;
  const reading: Reading = { offset, fields: fields.slice(0, room) };
  receipt.readings.push(reading);
  changed(receipt);
  return {
    shorten: () => undefined,
    forget: () => {
      reading.fields = [];
      changed(receipt);
    },
  };
}
