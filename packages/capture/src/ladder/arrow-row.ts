import type { NetworkFailure } from "@playground/network";
import type { CallSite, CaptureTime } from "../event.ts";
import type { Arrow, ConnectionKey, Mark } from "../ladder-item.ts";
import type { Note } from "../note.ts";
import { Row } from "./board.ts";
import type { Flow, PlainArrow } from "./exchange.ts";
import { endpointsOf, endsOf } from "./piece-row.ts";

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
  notes: Note[] = [];
  /** Notes that depend on what may come to be known later. */
  lateNotes: () => Note[] = () => [];
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

  protected build(): Arrow {
    return {
      shape: "arrow",
      kind: this.kind,
      id: this.id,
      at: this.at,
      ends: endsOf(this.flow),
      from: this.flow.from,
      to: this.flow.to,
      state: this.state,
      ...present({
        sentAt: this.sentAt,
        leftAt: this.leftAt,
        arrivedAt: this.arrivedAt,
        releasedAt: this.releasedAt,
        receivedAt: this.receivedAt,
        failure: this.failure,
        sender: this.sender,
        receiver: this.receiver,
      }),
      ...(this.emptySend
        ? {
            piece: {
              offset: this.emptySend.offset,
              size: 0,
              bytes: new Uint8Array(),
              send: { offset: this.emptySend.offset, size: 0, asked: this.emptySend.asked, part: 1, of: 1 },
              written: [],
              read: [],
            },
          }
        : {}),
      ...endpointsOf(this.flow),
      notes: [...this.notes, ...this.lateNotes(), ...this.#closedEarly()],
    };
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
  readonly #ends: readonly ConnectionKey[];
  readonly #gone: (row: MarkRow) => void;

  constructor(at: CaptureTime, details: MarkRow["details"], ends: readonly ConnectionKey[], gone: (row: MarkRow) => void) {
    super(at);
    this.details = details;
    this.#ends = ends;
    this.#gone = gone;
  }

  leave(): void {
    this.#gone(this);
  }

  protected build(): Mark {
    return { shape: "mark", id: this.id, at: this.at, ends: this.#ends, notes: [], ...this.details };
  }
}

/** The properties that have a value. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
