import type { CaptureTime, ScriptPlace } from "../event.ts";
import type { Side, Span } from "./sides.ts";

/** Bytes of a segment: a packet of Ethernet, 1,500 bytes, without headers and the usual time stamps. */
export const SEGMENT_BYTES = 1_448;

/** Bytes that nobody kept, up to which their segments are written without them; behind a longer gap, sequence numbers go on where they are. */
const MAX_GAP_BYTES = 1024 * 1024;

/** A segment of one direction, as a packet may have had it. */
export interface DataSegment {
  readonly at: CaptureTime;
  readonly offset: number;
  readonly size: number;
  /** Those of its bytes that are known, from the first. */
  readonly bytes: Uint8Array;
  /** The calls that had it, where it is the first of their bytes. */
  readonly sender: ScriptPlace | undefined;
  readonly receiver: ScriptPlace | undefined;
}

const NO_BYTES = new Uint8Array();

/** The segments that went from one side to the other: as the sender sent them, or where it was not seen, as they came. */
export function segmentsBetween(sender: Side | undefined, receiver: Side | undefined): DataSegment[] {
  const segments: DataSegment[] = [];
  const arrivals = new SpanReader(receiver?.arrived ?? []);
  const sends = new SpanReader(sender?.sent ?? []);
  const receipts = new SpanReader(receiver?.received ?? []);
  let lastReceipt: Span | undefined;
  let position: number | undefined;
  for (const span of inOrder(sender?.sent ?? [], receiver?.arrived ?? [])) {
    let offset = Math.max(span.offset, position ?? 0);
    const gap = offset - (position ?? 0);
    // What was dropped is there as length, or left out where it is too much.
    if (gap > 0 && gap <= MAX_GAP_BYTES) offset = position ?? 0;
    while (offset < span.end) {
      const border = offset < span.offset ? span.offset : span.end;
      const size = Math.min(SEGMENT_BYTES, border - offset);
      const receipt = receipts.at(offset);
      segments.push({
        at: span.at,
        offset,
        size,
        bytes: longer(sends.bytes(offset, size), arrivals.bytes(offset, size)),
        sender: offset === span.offset ? span.place : undefined,
        receiver: receipt === lastReceipt && offset !== span.offset ? undefined : receipt?.place,
      });
      lastReceipt = receipt;
      offset += size;
    }
    position = Math.max(position ?? 0, span.end);
  }
  return segments;
}

/** What was sent, and what came of which no `send` was kept; by offset, and no byte twice. */
function inOrder(sent: readonly Span[], arrived: readonly Span[]): Span[] {
  const spans: Span[] = [];
  let position = 0;
  let next = 0;
  const upTo = (end: number): void => {
    for (; next < arrived.length && (arrived[next] as Span).offset < end; next += 1) {
      const span = arrived[next] as Span;
      if (span.end <= position) continue;
      spans.push(clip(span, position, end));
      position = Math.min(span.end, end);
      if (span.end > end) return;
    }
  };
  for (const span of sent) {
    if (span.end <= position) continue;
    upTo(span.offset);
    spans.push(clip(span, position, span.end));
    position = span.end;
  }
  upTo(Infinity);
  return spans;
}

function clip(span: Span, from: number, to: number): Span {
  const offset = Math.max(span.offset, from);
  const end = Math.min(span.end, to);
  return offset === span.offset && end === span.end ? span : { ...span, offset, end, bytes: span.bytes.subarray(offset - span.offset, end - span.offset) };
}

function longer(one: Uint8Array, two: Uint8Array): Uint8Array {
  return two.length > one.length ? two : one;
}

/** Spans asked for by offsets that do not fall. */
class SpanReader {
  readonly #spans: readonly Span[];
  #index = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  at(offset: number): Span | undefined {
    while (this.#index < this.#spans.length && (this.#spans[this.#index] as Span).end <= offset) this.#index += 1;
    const span = this.#spans[this.#index];
    return span && span.offset <= offset ? span : undefined;
  }

  /** The bytes from an offset on that were kept, `size` at most: of one span or of several that follow one another. */
  bytes(offset: number, size: number): Uint8Array {
    const first = this.at(offset);
    if (!first) return NO_BYTES;
    const start = first.bytes.subarray(offset - first.offset, offset - first.offset + size);
    if (start.length === size || offset + start.length < first.end) return start;
    const joined = new Uint8Array(size);
    joined.set(start);
    let length = start.length;
    for (let index = this.#index + 1; length < size; index += 1) {
      const span = this.#spans[index];
      if (!span || span.offset !== offset + length) break;
      const part = span.bytes.subarray(0, size - length);
      joined.set(part, length);
      length += part.length;
      if (length < size && part.length < span.end - span.offset) break;
    }
    return joined.subarray(0, length);
  }
}
