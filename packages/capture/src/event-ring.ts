import { event as eventCodec } from "./codec/event-codecs.ts";
import { ValueReader } from "./codec/value-reader.ts";
import { ValueWriter } from "./codec/value-writer.ts";
import type { CaptureEvent } from "./event.ts";
import { Fifo } from "./fifo.ts";
import type { RunId } from "./ladder-item.ts";
import { EVENT_BLOCK_BYTES, EVENT_BLOCK_COST_BYTES, HOLDER_COST_BYTES } from "./limits.ts";
import type { PieceHolder, PieceMemory } from "./piece-memory.ts";

/** An event of a run, and who shows it. */
export interface RingEvent<H> {
  readonly run: RunId;
  readonly event: CaptureEvent;
  readonly holder: H | undefined;
}

/** Events one after another, encoded: a block is read from its beginning, since each text is in it once and times are differences. */
class EventBlock<H> implements PieceMemory {
  readonly writer = new ValueWriter();
  /** Of each event, who shows it. */
  readonly holders: (H | undefined)[] = [];
  #finished: Uint8Array | undefined;

  get bytes(): Uint8Array {
    return this.#finished ?? this.writer.memory;
  }

  /** Nothing more is written. */
  finish(): void {
    this.#finished = this.writer.finish();
    this.writer.release();
  }

  /** Bytes of memory. */
  get cost(): number {
    return EVENT_BLOCK_COST_BYTES + this.bytes.length + this.holders.length * HOLDER_COST_BYTES;
  }
}

/**
 * A queue of events in as little memory as they can have: some 20 bytes beside their pieces, where an object has 300. What is at its
 * head is decoded when it is taken out. A block's memory is had until its last event has left.
 */
export class EventRing<H extends PieceHolder> {
  /** Those that are full. */
  readonly #blocks = new Fifo<EventBlock<H>>();
  #tail: EventBlock<H> | undefined;
  /** Reads the first block; so many of its events have left. */
  #head: { readonly reader: ValueReader; left: number } | undefined;
  #length = 0;
  /** Bytes that the full blocks have. */
  #blockBytes = 0;

  /** Events. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of memory that the events take. */
  get memory(): number {
    return this.#blockBytes + (this.#tail?.cost ?? 0);
  }

  /** @returns where the event's piece lies, or else its fields; to be told to whoever shows it, by `hold`. */
  push(run: RunId, event: CaptureEvent): { readonly memory: PieceMemory; readonly start: number } {
    const block = (this.#tail ??= new EventBlock());
    const { writer } = block;
    writer.uint(run);
    eventCodec.write(writer, event);
    block.holders.push(undefined);
    this.#length += 1;
    const start = event.type === "fields-read" ? writer.fieldsAt : writer.pieceAt;
    if (writer.length >= EVENT_BLOCK_BYTES) this.#close(block);
    return { memory: block, start };
  }

  /** Who shows the event that was pushed last. */
  hold(memory: PieceMemory, holder: H): void {
    const { holders } = memory as EventBlock<H>;
    holders[holders.length - 1] = holder;
  }

  /** Takes the first one out. Its bytes are a view. */
  shift(): RingEvent<H> | undefined {
    if (this.#blocks.length === 0 && this.#tail) this.#close(this.#tail);
    const block = this.#blocks.first;
    if (!block) return undefined;
    const head = (this.#head ??= { reader: readerOf(block), left: 0 });
    const run = head.reader.uint();
    const event = eventCodec.read(head.reader);
    const holder = block.holders[head.left];
    block.holders[head.left] = undefined;
    head.left += 1;
    this.#length -= 1;
    if (head.left === block.holders.length) {
      this.#blocks.shift();
      this.#blockBytes -= block.cost;
      this.#head = undefined;
    }
    return { run, event, holder };
  }

  /** All of them, in their order. Their bytes are views. */
  *all(): Generator<{ readonly run: RunId; readonly event: CaptureEvent }> {
    let left = this.#head?.left ?? 0;
    for (const block of [...this.#blocks.toArray(), ...(this.#tail ? [this.#tail] : [])]) {
      const reader = readerOf(block);
      for (let index = 0; index < block.holders.length; index++) {
        const run = reader.uint();
        const event = eventCodec.read(reader);
        if (index >= left) yield { run, event };
      }
      left = 0;
    }
  }

  clear(): void {
    this.#blocks.clear();
    this.#tail = undefined;
    this.#head = undefined;
    this.#length = 0;
    this.#blockBytes = 0;
  }

  #close(block: EventBlock<H>): void {
    block.finish();
    this.#blocks.push(block);
    this.#blockBytes += block.cost;
    this.#tail = undefined;
  }
}

function readerOf(block: PieceMemory): ValueReader {
  return new ValueReader(block.bytes, 0, { isTrusted: true });
}
