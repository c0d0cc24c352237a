import type { ByteField, CallSite, CaptureTime } from "../event.ts";
import type { Arrow, ArrowPiece } from "../ladder-item.ts";
import { MAX_PIECE_FIELDS } from "../limits.ts";
import type { Note } from "../note.ts";
import { Row } from "./board.ts";
import type { Flow, Piece } from "./exchange.ts";
import { fieldsBetween } from "./fields-between.ts";
import { ArrowView } from "./item-views.ts";
import type { ArrivalSegment, ReceiptSegment, ReleaseSegment, Segment, SendSegment } from "./segment.ts";

const NO_BYTES = new Uint8Array();

/** A `Piece` that makes its arrow. */
export class PieceRow extends Row implements Piece {
  readonly flow: Flow;
  readonly start: number;
  /** Parts of what was one row stand in the order of their bytes, in whichever it was cut. */
  override readonly position: number;
  end: number;
  previous: Piece | undefined;
  next: Piece | undefined;
  send: SendSegment<Piece> | undefined;
  arrival: ArrivalSegment<Piece> | undefined;
  /** What was let through as one, where the arrival was held. */
  release: ReleaseSegment<Piece> | undefined;
  receipt: ReceiptSegment<Piece> | undefined;
  leftAt: CaptureTime | undefined;
  releasedAt: CaptureTime | undefined;
  receivedAt: CaptureTime | undefined;
  /** Which row of its send; counted from 1. */
  part = 1;
  waitedSeconds = 0;
  waiting = 0;
  readonly #gone: (row: PieceRow) => void;

  constructor(flow: Flow, start: number, end: number, at: CaptureTime, gone: (row: PieceRow) => void) {
    super(at);
    this.flow = flow;
    this.start = start;
    this.position = start;
    this.end = end;
    this.#gone = gone;
  }

  /** Gives its later part, from an offset on, to a new row. */
  split(offset: number): PieceRow {
    const later = new PieceRow(this.flow, offset, this.end, this.at, this.#gone);
    later.rank = this.rank;
    later.send = this.send;
    later.arrival = this.arrival;
    later.release = this.release;
    later.receipt = this.receipt;
    for (const key of ["leftAt", "releasedAt", "receivedAt"] as const) later[key] = this[key];
    this.end = offset;
    return later;
  }

  get delivery(): ArrivalSegment<Piece> | ReleaseSegment<Piece> | undefined {
    return this.release ?? this.arrival;
  }

  get state(): Arrow["state"] {
    const { flow } = this;
    if (this.receivedAt !== undefined) return "received";
    if (flow.closed && this.end > flow.passed.receive) return "thrown-away";
    if (this.arrival) return this.arrival.isHeld && this.releasedAt === undefined ? "held" : "arrived";
    if (this.send?.isHeld && this.leftAt === undefined) return "held";
    return flow.receiver ? "under-way" : "arrived";
  }

  leave(): void {
    for (const kind of ["send", "arrival", "release", "receipt"] as const) {
      const segment = this[kind];
      if (!segment) continue;
      segment.goneRows += 1;
      if (segment.firstRow === this) segment.firstRow = this.next?.[kind] === segment ? this.next : undefined;
    }
    this.#gone(this);
    this.flow.unlink(this);
  }

  get kind(): "bytes" {
    return "bytes";
  }

  get sentAt(): CaptureTime | undefined {
    return this.send?.at;
  }

  get arrivedAt(): CaptureTime | undefined {
    return this.arrival?.at;
  }

  get failure(): undefined {
    return undefined;
  }

  get sender(): CallSite | undefined {
    return this.send?.site;
  }

  get opener(): undefined {
    return undefined;
  }

  get receiver(): CallSite | undefined {
    return this.receipt?.site;
  }

  protected build(): Arrow {
    return new ArrowView(this);
  }

  /** Its bytes, or the first of them: a view. */
  get bytes(): Uint8Array {
    const sent = this.send?.bytesBetween(this.start, this.end) ?? NO_BYTES;
    const arrived = this.arrival?.bytesBetween(this.start, this.end) ?? NO_BYTES;
    return arrived.length > sent.length ? arrived : sent;
  }

  makePiece(): ArrowPiece {
    const { send, arrival, receipt, start, end } = this;
    return {
      offset: start,
      size: end - start,
      bytes: this.bytes,
      ...(send
        ? { send: { offset: send.offset, size: send.size, asked: send.asked, part: this.part, ...(send.of === undefined ? {} : { of: send.of }) } }
        : {}),
      ...(arrival ? { arrival: { offset: arrival.offset, size: arrival.size, sends: arrival.sends } } : {}),
      ...(receipt ? { receipt: { offset: receipt.offset, size: receipt.size } } : {}),
      written: send ? fieldsBetween(send.fields, send.offset, start, end) : [],
      read: receipt ? readOf(receipt, start, end) : [],
    };
  }

  makeNotes(): readonly Note[] {
    const notes: Note[] = [];
    const { send, flow } = this;
    if (send && this.part === 1) {
      if (send.size < send.asked) notes.push({ code: "send-short", taken: send.size, asked: send.asked });
      if (send.pieces > 1) notes.push({ code: "send-split", pieces: send.pieces });
    }
    const glued = Math.max(...[this.arrival, this.release, this.receipt].map((segment) => (segment && begins(segment, this) ? segment.sends : 0)));
    if (glued > 1) notes.push({ code: "sends-glued", sends: glued });
    if (flow.waitNote?.row === this && flow.waitNote.code === "no-receiver") notes.push({ code: "no-receiver", waiting: this.waiting });
    if (this.waitedSeconds > 0) notes.push({ code: "update-missing", seconds: this.waitedSeconds });
    const kept = this.bytes.length;
    if (kept < this.end - this.start) notes.push({ code: "bytes-cut", kept, size: this.end - this.start });
    return notes;
  }
}

/** What a script read of a part of what it received. */
function readOf({ readings }: ReceiptSegment<Piece>, start: number, end: number): readonly ByteField[] {
  const found = readings.flatMap(({ fields, offset }) => fieldsBetween(fields, offset, start, end));
  return found.sort((a, b) => a.offset - b.offset).slice(0, MAX_PIECE_FIELDS);
}

/** Whether the segment's first row is this one, none having given way. */
function begins(segment: Segment<Piece>, row: PieceRow): boolean {
  return segment.firstRow === row && segment.goneRows === 0;
}
