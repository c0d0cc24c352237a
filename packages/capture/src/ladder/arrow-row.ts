import type { NetworkFailure } from "@playground/network";
import type { CallSite, CaptureTime } from "../event.ts";
import type { Arrow, ArrowPiece, ConnectionKey, Mark } from "../ladder-item.ts";
import type { Note } from "../note.ts";
import { Row } from "./board.ts";
import type { Flow, PlainArrow } from "./exchange.ts";
import { ArrowView, MarkView } from "./item-views.ts";

const NO_NOTES: readonly Note[] = [];

/** Connect, end of stream, reset, or a `send` that took nothing. It goes the way of its flow. */
export class ArrowRow extends Row implements PlainArrow {
  flow: Flow;
  kind: "connect" | "end" | "reset" | "bytes";
  sentAt: CaptureTime | undefined;
  leftAt: CaptureTime | undefined;
  arrivedAt: CaptureTime | undefined;
  releasedAt: CaptureTime | undefined;
  receivedAt: CaptureTime | undefined;
  isHeldOut = false;
  isHeldIn = false;
  outcome: "refused" | "failed" | undefined;
  failure: NetworkFailure | undefined;
  sender: CallSite | undefined;
  receiver: CallSite | undefined;
  opener: CallSite | undefined;
  notes: readonly Note[] = NO_NOTES;
  /** Notes that depend on what may come to be known later. */
  lateNotes: (() => readonly Note[]) | undefined;
  /** Of a `send` that took nothing. */
  emptySend: { readonly offset: number; readonly asked: number } | undefined;
  readonly #gone: (row: ArrowRow) => void;

  constructor(flow: Flow, kind: ArrowRow["kind"], at: CaptureTime, gone: (row: ArrowRow) => void) {
    super(at);
    this.flow = flow;
    this.kind = kind;
    this.#gone = gone;
  }

  leave(): void {
    this.#gone(this);
    if (this.flow.endRow === this) this.flow.endRow = undefined;
    if (this.flow.resetRow === this) this.flow.resetRow = undefined;
    const { sender, receiver } = this.flow;
    if (sender?.connectRow === this) sender.connectRow = undefined;
    if (receiver?.connectRow === this) receiver.connectRow = undefined;
  }

  get state(): Arrow["state"] {
    if (this.outcome) return this.outcome;
    if (this.receivedAt !== undefined) return "received";
    if (this.arrivedAt !== undefined) return this.isHeldIn && this.releasedAt === undefined ? "held" : "arrived";
    if (this.isHeldOut && this.leftAt === undefined) return "held";
    // After its own close, a side is told of no end.
    const isSeen = this.flow.receiver !== undefined && this.flow.closed === undefined;
    return this.kind === "connect" || isSeen ? "under-way" : "arrived";
  }

  makePiece(): ArrowPiece | undefined {
    if (!this.emptySend) return undefined;
    const { offset, asked } = this.emptySend;
    return { offset, size: 0, bytes: new Uint8Array(), send: { offset, size: 0, asked, part: 1, of: 1 }, written: [], read: [] };
  }

  makeNotes(): readonly Note[] {
    return [...this.notes, ...(this.lateNotes?.() ?? []), ...this.#closedEarly()];
  }

  protected build(): Arrow {
    return new ArrowView(this);
  }

  #closedEarly(): Note[] {
    // The other direction's bytes are those that this side did not want any more.
    const closed = this.flow.sender?.in.closed;
    if (closed?.row !== this || closed.unread + closed.underWay === 0) return [];
    return [{ code: "closed-early", underWay: closed.underWay, unread: closed.unread }];
  }
}

/** Something that happened with one program. */
export class MarkRow extends Row {
  details: Omit<Mark, "id" | "at" | "shape" | "notes" | "ends">;
  /** Of `printed`: what it is found by. */
  printedKey: string | undefined;
  readonly ends: readonly ConnectionKey[];
  readonly #gone: (row: MarkRow) => void;

  constructor(at: CaptureTime, details: MarkRow["details"], ends: readonly ConnectionKey[], gone: (row: MarkRow) => void) {
    super(at);
    this.details = details;
    this.ends = ends;
    this.#gone = gone;
  }

  leave(): void {
    this.#gone(this);
  }

  protected build(): Mark {
    return new MarkView(this);
  }
}
