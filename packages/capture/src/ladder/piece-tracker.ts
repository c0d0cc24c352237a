import type { ArriveEvent, LeaveEvent, ReceiveEvent, ReleaseEvent, SendEvent, CaptureTime } from "../event.ts";
import type { Board } from "./board.ts";
import type { Flow, Piece, Place } from "./exchange.ts";
import { PieceRow } from "./piece-row.ts";
import { ArrivalSegment, ReceiptSegment, ReleaseSegment, type Segment, SendSegment } from "./segment.ts";

/** Segments of which it is not found out what their rows say together: those of a few frames. */
const MAX_UNSETTLED = 2_048;

/** A part of a direction, by offsets. */
interface Span {
  readonly offset: number;
  readonly size: number;
}

/** Makes rows of what is seen of bytes at either end, in whichever order it comes to be known. */
export class PieceTracker {
  readonly #board: Board;
  readonly #added: (row: Piece) => void;
  readonly #gone: (row: Piece) => void;
  #unsettled = new Set<Segment<Piece>>();

  /** `added`: a row has a `send` now; `gone`: a row has given way. */
  constructor(board: Board, added: (row: Piece) => void, gone: (row: Piece) => void) {
    this.#board = board;
    this.#added = added;
    this.#gone = gone;
  }

  send(flow: Flow, event: SendEvent): SendSegment<Piece> {
    const segment = new SendSegment<Piece>(event);
    for (const row of this.#rows(flow, "send", event, event.at)) {
      row.send = segment;
      segment.firstRow ??= row;
      if (!segment.isHeld) row.leftAt = event.at;
      this.#board.move(row, event.at);
      this.#changed(row);
      this.#added(row);
    }
    return segment;
  }

  leave(flow: Flow, event: LeaveEvent): void {
    for (const row of this.#rows(flow, "leave", event)) {
      row.leftAt = event.at;
      this.#changed(row);
    }
  }

  arrive(flow: Flow, event: ArriveEvent): ArrivalSegment<Piece> {
    const segment = new ArrivalSegment<Piece>(event);
    for (const row of this.#rows(flow, "arrive", event, event.at)) {
      row.arrival = segment;
      segment.firstRow ??= row;
      if (!segment.isHeld) row.releasedAt = event.at;
      this.#changed(row);
    }
    return segment;
  }

  release(flow: Flow, event: ReleaseEvent): void {
    const segment = new ReleaseSegment<Piece>(event);
    for (const row of this.#rows(flow, "release", event)) {
      row.release = segment;
      segment.firstRow ??= row;
      row.releasedAt = event.at;
      this.#changed(row);
    }
  }

  /** A receipt takes whole arrivals: it cuts no row. */
  receive(flow: Flow, event: ReceiveEvent): void {
    const start = Math.max(event.offset, flow.passed.receive);
    const end = event.offset + event.size;
    if (end <= start) return;
    const segment = new ReceiptSegment<Piece>(event);
    flow.passed.receive = end;
    flow.receipts.push(segment);
    let row = rowAfter(flow, "receive", start);
    while (row && row.start < end) {
      if (row.receipt === undefined) {
        row.receipt = segment;
        segment.firstRow ??= row;
      }
      if (row.end <= end) row.receivedAt = event.at;
      flow.cursors.receive = row;
      this.#changed(row);
      row = row.next;
    }
  }

  /** Two flows were found to be one: what the receiver saw goes into the sender's. */
  absorb(sent: Flow, received: Flow): void {
    const rows: Piece[] = [];
    for (let row = received.first; row; row = row.next) rows.push(row);
    for (const old of rows) {
      for (const segment of [old.arrival, old.release, old.receipt]) if (segment?.firstRow === old) segment.firstRow = undefined;
      const at = old.arrival?.at ?? old.at;
      let { waitedSeconds } = old;
      for (const row of this.#rows(sent, "arrive", { offset: old.start, size: old.end - old.start }, at)) {
        for (const segment of [old.arrival, old.release, old.receipt]) if (segment) segment.firstRow ??= row;
        row.arrival = old.arrival ?? row.arrival;
        row.release = old.release ?? row.release;
        row.receipt = old.receipt ?? row.receipt;
        row.releasedAt = old.releasedAt;
        row.receivedAt = old.receivedAt;
        row.waitedSeconds = waitedSeconds;
        row.waiting = old.waiting;
        // A note is said once.
        waitedSeconds = 0;
        if (received.waitNote?.row === old) {
          sent.waitNote = { row, code: received.waitNote.code };
          received.waitNote = undefined;
        }
        this.#changed(row);
      }
      // Its segments have other rows now, and none that is gone.
      for (const key of ["arrival", "release", "receipt"] as const) old[key] = undefined;
      this.#board.remove(old);
    }
    for (const place of ["arrive", "release", "receive"] as const) sent.passed[place] = Math.max(sent.passed[place], received.passed[place]);
    sent.receipts = received.receipts;
  }

  /** What rows of a segment say together is found out once, when somebody looks. */
  settle(): void {
    if (this.#unsettled.size === 0) return;
    const unsettled = this.#unsettled;
    this.#unsettled = new Set();
    for (const segment of unsettled) this.#settle(segment);
  }

  /** The same, where so much has come together that it would be in the way, though nobody looks. */
  settleMany(): void {
    if (this.#unsettled.size > MAX_UNSETTLED) this.settle();
  }

  /** Its bytes or fields are others now. */
  stale(segment: Segment<Piece>): void {
    segment.isStale = true;
    this.#unsettled.add(segment);
  }

  clear(): void {
    this.#unsettled = new Set();
  }

  /**
   * The rows of a span that this place has not come to before, cut to fit it. Without `makeAt`, bytes that no row has are left out; with
   * it, they get rows.
   */
  #rows(flow: Flow, place: Place, span: Span, makeAt?: CaptureTime): Piece[] {
    let position = Math.max(span.offset, flow.passed[place]);
    const end = span.offset + span.size;
    if (end <= position) return [];
    flow.passed[place] = end;
    const rows: Piece[] = [];
    let next = rowAfter(flow, place, position);
    while (position < end) {
      if (next && next.start <= position) {
        const row = next.start < position ? this.#split(next, position) : next;
        const later = row.end > end ? this.#split(row, end) : undefined;
        rows.push(row);
        position = row.end;
        next = later ?? row.next;
        continue;
      }
      const gapEnd = Math.min(end, next?.start ?? end);
      if (makeAt !== undefined) {
        const row = new PieceRow(flow, position, gapEnd, makeAt, this.#gone);
        flow.insert(row, next ? next.previous : flow.last);
        rows.push(row);
        this.#board.add(row);
        // The board may have let an older row go.
        next = row.next;
      }
      position = gapEnd;
      if (makeAt === undefined && !next) break;
    }
    const there = rows.filter((row) => !row.isGone);
    flow.cursors[place] = there.at(-1) ?? flow.cursors[place];
    return there;
  }

  #split(row: Piece, offset: number): Piece {
    const later = row.split(offset);
    row.flow.insert(later, row);
    this.#changed(row);
    this.#board.add(later);
    if (later.send) this.#added(later);
    return later;
  }

  #changed(row: Piece): void {
    this.#board.touch(row);
    for (const segment of [row.send, row.arrival, row.release, row.receipt]) if (segment) this.#unsettled.add(segment);
  }

  #settle(segment: Segment<Piece>): void {
    const rows: Piece[] = [];
    for (let row = segment.firstRow; row?.[segment.kind] === segment; row = row.next) rows.push(row);
    if (segment.isStale) for (const row of rows) this.#board.touch(row);
    segment.isStale = false;
    // Where some have given way, what was found before is all that can be known.
    if (segment.goneRows > 0 || rows.length === 0) return;
    if (segment instanceof SendSegment) this.#number(segment, rows);
    else if (segment instanceof ArrivalSegment || segment instanceof ReleaseSegment || segment instanceof ReceiptSegment) this.#countSends(segment, rows);
  }

  #number(send: SendSegment<Piece>, rows: readonly Piece[]): void {
    const { flow } = rows[0] as Piece;
    const isWhole = rows.at(-1)?.end === send.end && rows.every((row) => (flow.receiver ? row.arrival !== undefined : row.leftAt !== undefined));
    const of = isWhole ? rows.length : undefined;
    const pieces = flow.receiver ? countRuns(rows, (row) => row.delivery) : 0;
    const isChanged = of !== send.of || pieces !== send.pieces;
    send.of = of;
    send.pieces = pieces;
    for (const [index, row] of rows.entries()) {
      if (!isChanged && row.part === index + 1) continue;
      row.part = index + 1;
      this.#board.touch(row);
    }
  }

  #countSends(segment: ArrivalSegment<Piece> | ReleaseSegment<Piece> | ReceiptSegment<Piece>, rows: readonly Piece[]): void {
    const sends = countRuns(rows, (row) => row.send);
    if (sends === segment.sends) return;
    segment.sends = sends;
    for (const row of rows) this.#board.touch(row);
  }
}

/** How many different ones there are, which lie beside each other; undefined is none. */
function countRuns(rows: readonly Piece[], of: (row: Piece) => Segment<Piece> | undefined): number {
  let count = 0;
  let last: Segment<Piece> | undefined;
  for (const row of rows) {
    const segment = of(row);
    if (segment && segment !== last) count += 1;
    last = segment;
  }
  return count;
}

/** The first row that has bytes behind an offset, looked for from where the place was. */
function rowAfter(flow: Flow, place: Place, offset: number): Piece | undefined {
  let row = flow.cursors[place] ?? flow.first;
  while (row?.previous && row.start > offset) row = row.previous;
  while (row && row.end <= offset) row = row.next;
  return row;
}
