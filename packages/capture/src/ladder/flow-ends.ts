import type { CallSite, CloseEvent, EndEvent, BrokenEvent, CaptureTime } from "../event.ts";
import { ArrowRow } from "./arrow-row.ts";
import type { Board } from "./board.ts";
import type { End, Flow, PlainArrow } from "./exchange.ts";

/** The arrows with which a direction ends: an end of stream or a reset, whichever of its two ends is known of first. */
export class FlowEnds {
  readonly #board: Board;
  readonly #added: (row: ArrowRow) => void;
  readonly #gone: (row: ArrowRow) => void;

  constructor(board: Board, added: (row: ArrowRow) => void, gone: (row: ArrowRow) => void) {
    this.#board = board;
    this.#added = added;
    this.#gone = gone;
  }

  /** This side has closed an open connection. */
  closed(end: End, event: CloseEvent): void {
    const kind = event.how === "close" ? "end" : "reset";
    const { out } = end;
    // What the other side has seen of it says what it came to.
    const row = [out.endRow, out.resetRow].find((one) => one !== undefined && one.sentAt === undefined) ?? this.#make(out, kind, event.at);
    row.sentAt = event.at;
    row.isHeldOut = event.held === true;
    if (!row.isHeldOut) row.leftAt = event.at;
    row.sender = event.site;
    this.#board.move(row, event.at);
    this.#board.touch(row);
    if (row instanceof ArrowRow) this.#added(row);
    this.#throwAway(end, event, row);
  }

  /** The run of an end is over. What was closed without a line of the script, and that nobody had ended, was left open. */
  runEnded(end: End): void {
    const row = end.out.endRow ?? end.out.resetRow;
    if (!(row instanceof ArrowRow) || row.sentAt === undefined || row.sender !== undefined) return;
    const { endRow, resetRow } = end.in;
    if ([endRow, resetRow].some((one) => one?.arrivedAt !== undefined && one.arrivedAt < (row.sentAt as CaptureTime))) return;
    row.notes = [...row.notes, { code: "left-open" }];
    this.#board.touch(row);
  }

  left(end: End, at: CaptureTime): void {
    for (const row of [end.out.endRow, end.out.resetRow]) {
      if (row?.isHeldOut !== true) continue;
      row.leftAt ??= at;
      this.#board.touch(row);
    }
  }

  /** The other side's end of stream has come. */
  ended(end: End, event: EndEvent): void {
    const row = this.#arrived(end.in, "end", event.at);
    row.isHeldIn = event.held === true;
    if (!row.isHeldIn) row.releasedAt = event.at;
    this.#board.touch(row);
  }

  released(end: End, at: CaptureTime): void {
    const row = end.in.endRow;
    if (!row) return;
    row.releasedAt = at;
    this.#board.touch(row);
  }

  /** The script's onDisconnect was called. */
  told(end: End, at: CaptureTime, site: CallSite): void {
    const row = end.in.endRow ?? end.in.resetRow;
    if (!row) return;
    row.receivedAt = at;
    row.receiver = site;
    const { passed } = end.in;
    const unread = passed.arrive - passed.receive;
    if (unread > 0 && row instanceof ArrowRow) row.notes = [...row.notes, { code: "end-unread", unread }];
    this.#board.touch(row);
  }

  /** The other side has reset the connection. */
  reset(end: End, event: BrokenEvent): void {
    const row = this.#arrived(end.in, "reset", event.at);
    row.releasedAt = event.at;
    row.failure = event.failure;
    this.#board.touch(row);
  }

  /** A `send` with this time has come to be known: it may have been under way when the receiver closed. */
  sent(flow: Flow, at: CaptureTime, end: number): void {
    const { closed } = flow;
    if (!closed || at > closed.at || end <= closed.arrived + closed.underWay) return;
    closed.underWay = end - closed.arrived;
    if (closed.row) this.#board.touch(closed.row);
  }

  /** Two flows were found to be one: what the receiver saw of the end goes into the sender's. */
  absorb(sent: Flow, received: Flow): void {
    for (const key of ["endRow", "resetRow"] as const) {
      const seen = received[key];
      if (!seen) continue;
      const own = [sent.endRow, sent.resetRow].find((row) => row !== undefined && row.arrivedAt === undefined);
      if (own) {
        for (const field of ["arrivedAt", "releasedAt", "receivedAt", "receiver", "failure"] as const) Object.assign(own, { [field]: seen[field] });
        own.isHeldIn = seen.isHeldIn;
        this.#setKind(sent, own, seen.kind);
        this.#board.touch(own);
        this.#board.remove(seen);
      } else {
        received[key] = undefined;
        seen.flow = sent;
        sent[key] = seen;
      }
    }
    if (!received.closed) return;
    sent.closed = received.closed;
    for (let row = sent.last; row; row = row.previous) {
      if (row.send && row.send.at <= sent.closed.at) return this.sent(sent, row.send.at, row.end);
    }
  }

  #arrived(flow: Flow, kind: "end" | "reset", at: CaptureTime): PlainArrow {
    const sent = [flow.resetRow, flow.endRow].find((row) => row !== undefined && row.arrivedAt === undefined);
    if (sent) this.#setKind(flow, sent, kind);
    const row = sent ?? this.#make(flow, kind, at);
    row.arrivedAt = at;
    return row;
  }

  #setKind(flow: Flow, row: PlainArrow, kind: PlainArrow["kind"]): void {
    if (row.kind === kind) return;
    row.kind = kind;
    if (flow.endRow === row) flow.endRow = undefined;
    if (flow.resetRow === row) flow.resetRow = undefined;
    if (kind === "reset") flow.resetRow = row;
    else flow.endRow = row;
  }

  #make(flow: Flow, kind: "end" | "reset", at: CaptureTime): ArrowRow {
    const row = new ArrowRow(flow, kind, at, this.#gone);
    if (kind === "end") flow.endRow = row;
    else flow.resetRow = row;
    this.#board.add(row);
    return row;
  }

  #throwAway(end: End, event: CloseEvent, row: PlainArrow): void {
    const flow = end.in;
    if (flow.closed) return;
    flow.closed = { at: event.at, arrived: flow.passed.arrive, unread: event.unread, underWay: 0, row };
    // Of an end that comes now nobody is told.
    for (const end of [flow.endRow, flow.resetRow]) if (end) this.#board.touch(end);
    for (let one = flow.last; one && one.end > flow.passed.receive; one = one.previous) {
      this.#board.touch(one);
      if (one.send) this.sent(flow, one.send.at, one.end);
    }
  }
}
