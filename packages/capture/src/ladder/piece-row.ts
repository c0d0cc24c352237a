import type { CaptureTime } from "../event.ts";
import type { Arrow, ArrowPiece, ConnectionKey } from "../ladder-item.ts";
import type { Note } from "../note.ts";
import { Row } from "./board.ts";
import type { Flow, Piece, Segment } from "./exchange.ts";
import { fieldsBetween } from "./fields-between.ts";

const NO_BYTES = new Uint8Array();

/** A `Piece` that makes its arrow. */
export class PieceRow extends Row implements Piece {
  readonly flow: Flow;
  readonly start: number;
  end: number;
  previous: Piece | undefined;
  next: Piece | undefined;
  send: Segment | undefined;
  arrival: Segment | undefined;
  /** What was let through as one, where the arrival was held. */
  release: Segment | undefined;
  receipt: Segment | undefined;
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
    this.end = end;
    this.#gone = gone;
  }

  /** Gives its later part, from an offset on, to a new row. */
  split(offset: number): PieceRow {
    const later = new PieceRow(this.flow, offset, this.end, this.at, this.#gone);
    for (const key of ["send", "arrival", "release", "receipt"] as const) later[key] = this[key];
    for (const key of ["leftAt", "releasedAt", "receivedAt"] as const) later[key] = this[key];
    this.end = offset;
    return later;
  }

  get delivery(): Segment | undefined {
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

  protected build(): Arrow {
    const { flow, send, arrival } = this;
    return {
      shape: "arrow",
      kind: "bytes",
      id: this.id,
      at: this.at,
      ends: endsOf(flow),
      from: flow.from,
      to: flow.to,
      state: this.state,
      ...(send ? { sentAt: send.at } : {}),
      ...(this.leftAt === undefined ? {} : { leftAt: this.leftAt }),
      ...(arrival ? { arrivedAt: arrival.at } : {}),
      ...(this.releasedAt === undefined ? {} : { releasedAt: this.releasedAt }),
      ...(this.receivedAt === undefined ? {} : { receivedAt: this.receivedAt }),
      ...endpointsOf(flow),
      ...(send?.site ? { sender: send.site } : {}),
      ...(this.receipt?.site ? { receiver: this.receipt.site } : {}),
      piece: this.#piece(),
      notes: this.#notes(),
    };
  }

  get #bytes(): Uint8Array {
    const sent = this.send?.bytesBetween(this.start, this.end) ?? NO_BYTES;
    const arrived = this.arrival?.bytesBetween(this.start, this.end) ?? NO_BYTES;
    return arrived.length > sent.length ? arrived : sent;
  }

  #piece(): ArrowPiece {
    const { send, arrival, receipt, start, end } = this;
    return {
      offset: start,
      size: end - start,
      bytes: this.#bytes,
      ...(send
        ? { send: { offset: send.offset, size: send.size, asked: send.asked, part: this.part, ...(send.of === undefined ? {} : { of: send.of }) } }
        : {}),
      ...(arrival ? { arrival: { offset: arrival.offset, size: arrival.size, sends: arrival.sends } } : {}),
      ...(receipt ? { receipt: { offset: receipt.offset, size: receipt.size } } : {}),
      written: send ? fieldsBetween(send.fields, send.offset, start, end) : [],
      read: receipt ? receipt.readings.flatMap(({ fields, offset }) => fieldsBetween(fields, offset, start, end)).sort((a, b) => a.offset - b.offset) : [],
    };
  }

  #notes(): Note[] {
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
    const kept = this.#bytes.length;
    if (kept < this.end - this.start) notes.push({ code: "bytes-cut", kept, size: this.end - this.start });
    return notes;
  }
}

/** Whether the segment's first row is this one, none having given way. */
function begins(segment: Segment, row: PieceRow): boolean {
  return segment.firstRow === row && segment.goneRows === 0;
}

/** The ends of a direction's connection that are in the page, the one that connected first. */
export function endsOf(flow: Flow): ConnectionKey[] {
  const ends = [flow.sender, flow.receiver].filter((end) => end !== undefined);
  return ends.sort((a, b) => Number(a.direction === "in") - Number(b.direction === "in")).map((end) => end.key);
}

/** The endpoints of the sending side and the other, for whoever is in the page. */
export function endpointsOf(flow: Flow): Pick<Arrow, "local" | "remote"> {
  const local = flow.sender?.local ?? flow.receiver?.remote;
  const remote = flow.sender?.remote ?? flow.receiver?.local;
  return { ...(local ? { local } : {}), ...(remote ? { remote } : {}) };
}
