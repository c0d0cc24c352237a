import type { ByteField, CallSite, CaptureTime, ScriptPlace } from "../event.ts";
import { fields as fieldsCodec } from "../codec/event-codecs.ts";
import { ValueReader } from "../codec/value-reader.ts";
import type { PieceHolder, PieceMemory } from "../piece-memory.ts";

/** A part of one direction's bytes, at a time. */
interface TimedSpan {
  readonly at: CaptureTime;
  readonly offset: number;
  readonly size: number;
}

/** Nothing is kept, or nothing yet. */
const NOWHERE: PieceMemory = { bytes: new Uint8Array() };

// The same for all that have none.
const NO_FIELDS: readonly ByteField[] = [];
const NO_READINGS: readonly never[] = [];

/**
 * A `send`, an arrival or a receipt: a part of one direction's bytes that one end had as one. There are three for a row, so each kind has
 * no more properties than it needs (`R` is what a row is), and bytes and fields lie where the capture has them.
 */
export abstract class Segment<R> {
  abstract readonly kind: "send" | "arrival" | "release" | "receipt";
  readonly at: CaptureTime;
  readonly offset: number;
  readonly size: number;
  /** The first row that has bytes of it; its others follow that one. */
  firstRow: R | undefined = undefined;
  /** Rows of it that have given way. */
  goneRows = 0;
  /** All its rows are to be made again. */
  isStale = false;

  constructor({ at, offset, size }: TimedSpan) {
    this.at = at;
    this.offset = offset;
    this.size = size;
  }

  get end(): number {
    return this.offset + this.size;
  }
}

/** A segment whose bytes are kept, or the first of them. */
abstract class KeptSegment<R> extends Segment<R> implements PieceHolder {
  readonly isHeld: boolean;
  protected memory: PieceMemory = NOWHERE;
  protected start = 0;
  protected length = 0;

  constructor(event: TimedSpan & { readonly held?: true }) {
    super(event);
    this.isHeld = event.held === true;
  }

  lieAt(memory: PieceMemory, start: number, length: number): void {
    this.memory = memory;
    this.start = start;
    this.length = length;
  }

  /** How many of its bytes are kept. */
  get kept(): number {
    return this.length;
  }

  /** Its bytes from one offset of the direction to another, as far as they were kept: a view. */
  bytesBetween(start: number, end: number): Uint8Array {
    const from = Math.min(start - this.offset, this.length);
    const to = Math.min(end - this.offset, this.length);
    return this.memory.bytes.subarray(this.start + from, this.start + to);
  }
}

export class SendSegment<R> extends KeptSegment<R> {
  readonly asked: number;
  /** How many rows it has, once no more can come. */
  of: number | undefined = undefined;
  /** The pieces that it is known to have come in. */
  pieces = 0;
  readonly #entry: number;
  readonly #place: ScriptPlace | undefined;
  #hasFields: boolean;

  constructor(event: TimedSpan & { readonly asked: number; readonly held?: true; readonly site?: CallSite; readonly fields?: readonly ByteField[] }) {
    super(event);
    this.asked = event.asked;
    this.#entry = event.site?.entry ?? 0;
    this.#place = event.site?.place;
    this.#hasFields = event.fields !== undefined && event.fields.length > 0;
  }

  get kind(): "send" {
    return "send";
  }

  get site(): CallSite | undefined {
    return siteOf(this.#entry, this.#place);
  }

  get place(): ScriptPlace | undefined {
    return this.#place;
  }

  /** What the script wrote it by. */
  get fields(): readonly ByteField[] {
    return this.#hasFields ? fieldsAt(this.memory, this.start + this.length) : NO_FIELDS;
  }

  forgetFields(): void {
    this.#hasFields = false;
  }
}

/** Bytes that came from the network as one. */
export class ArrivalSegment<R> extends KeptSegment<R> {
  /** The sends that it is known to have bytes of. */
  sends = 0;

  get kind(): "arrival" {
    return "arrival";
  }
}

/** Bytes that conditions let through as one. */
export class ReleaseSegment<R> extends Segment<R> {
  sends = 0;

  get kind(): "release" {
    return "release";
  }
}

/** Bytes that one call of onReceive had. */
export class ReceiptSegment<R> extends Segment<R> {
  sends = 0;
  /** What the script read of it, and how many fields there were. */
  readings: readonly Reading<R>[] = NO_READINGS;
  fieldsRead = 0;
  readonly #entry: number;
  readonly #place: ScriptPlace | undefined;

  constructor(event: TimedSpan & { readonly site: CallSite }) {
    super(event);
    this.#entry = event.site.entry;
    this.#place = event.site.place;
  }

  get kind(): "receipt" {
    return "receipt";
  }

  get site(): CallSite | undefined {
    return siteOf(this.#entry, this.#place);
  }
}

/** Typed fields by which a script read a piece. */
export class Reading<R> implements PieceHolder {
  readonly receipt: ReceiptSegment<R>;
  /** What the fields' offsets count from. */
  readonly offset: number;
  #memory: PieceMemory = NOWHERE;
  #start = 0;

  constructor(receipt: ReceiptSegment<R>, offset: number) {
    this.receipt = receipt;
    this.offset = offset;
  }

  lieAt(memory: PieceMemory, start: number): void {
    this.#memory = memory;
    this.#start = start;
  }

  forget(): void {
    this.#memory = NOWHERE;
  }

  get fields(): readonly ByteField[] {
    return this.#memory === NOWHERE ? NO_FIELDS : fieldsAt(this.#memory, this.#start);
  }
}

function siteOf(entry: number, place: ScriptPlace | undefined): CallSite | undefined {
  if (entry === 0 && place === undefined) return undefined;
  return place === undefined ? { entry } : { entry, place };
}

function fieldsAt(memory: PieceMemory, start: number): readonly ByteField[] {
  return fieldsCodec.read(new ValueReader(memory.bytes, start, { isTrusted: true }));
}
