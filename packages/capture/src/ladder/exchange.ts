import type { Endpoint, NetworkFailure } from "@playground/network";
import type { CallSite, CaptureTime } from "../event.ts";
import type { ConnectionKey, ConnectionState, Gauge } from "../ladder-item.ts";
import { MAX_GAUGES } from "../limits.ts";
import type { Row } from "./board.ts";
import type { ArrivalSegment, Reading, ReceiptSegment, ReleaseSegment, SendSegment } from "./segment.ts";
import { SpanList } from "./span-list.ts";

/**
 * What an exchange consists of, as the ladder knows it: ends, each with two flows; flows, each with rows; rows, each of a few segments.
 * All of them lead to one another, which is why they are together here.
 */

/** An arrow of bytes: what one `send` and one arrival have in common, as far as both are seen. */
export interface Piece extends Row {
  readonly flow: Flow;
  readonly start: number;
  end: number;
  previous: Piece | undefined;
  next: Piece | undefined;
  send: SendSegment<Piece> | undefined;
  arrival: ArrivalSegment<Piece> | undefined;
  /** What was let through as one, where the arrival was held. */
  release: ReleaseSegment<Piece> | undefined;
  receipt: ReceiptSegment<Piece> | undefined;
  /** What it came in, as the script sees it. */
  readonly delivery: ArrivalSegment<Piece> | ReleaseSegment<Piece> | undefined;
  leftAt: CaptureTime | undefined;
  releasedAt: CaptureTime | undefined;
  receivedAt: CaptureTime | undefined;
  /** Which row of its send; counted from 1. */
  part: number;
  /** Seconds that it has waited for an `update()` that did not come; 0 where nothing is to be said. */
  waitedSeconds: number;
  /** Bytes that wait, as a note has them. */
  waiting: number;
  /** Gives its later part, from an offset on, to a new row. */
  split(offset: number): Piece;
}

/** What the ladder shows of an event without a copy of its own. */
export type Holder = SendSegment<Piece> | ArrivalSegment<Piece> | Reading<Piece>;

/** An arrow without bytes. */
export interface PlainArrow extends Row {
  flow: Flow;
  kind: "connect" | "end" | "reset" | "bytes";
  sentAt: CaptureTime | undefined;
  leftAt: CaptureTime | undefined;
  arrivedAt: CaptureTime | undefined;
  releasedAt: CaptureTime | undefined;
  receivedAt: CaptureTime | undefined;
  isHeldOut: boolean;
  isHeldIn: boolean;
  outcome: "refused" | "failed" | undefined;
  failure: NetworkFailure | undefined;
  sender: CallSite | undefined;
  receiver: CallSite | undefined;
  opener: CallSite | undefined;
}

/** The places at which bytes of a direction are seen, in the order of a byte's way. */
export type Place = "send" | "leave" | "arrive" | "release" | "receive";

/**
 * One direction of a TCP connection, as far as the page sees it: rows in the order of their offsets, and how far each place has come.
 * Offsets only grow at each place, so a place goes on where it was, and no search begins at the beginning.
 */
export class Flow {
  sender: End | undefined;
  receiver: End | undefined;
  first: Piece | undefined;
  last: Piece | undefined;
  /** Bytes that have passed each place. */
  readonly passed: Record<Place, number> = { send: 0, leave: 0, arrive: 0, release: 0, receive: 0 };
  /** The row that each place came to last. */
  readonly cursors: Record<Place, Piece | undefined> = { send: undefined, leave: undefined, arrive: undefined, release: undefined, receive: undefined };
  receipts = new SpanList<ReceiptSegment<Piece>>();
  /** The end of stream, or the reset in its place. */
  endRow: PlainArrow | undefined;
  resetRow: PlainArrow | undefined;
  /** The receiver closed: what it had not received by then is thrown away. */
  closed: { readonly at: CaptureTime; readonly arrived: number; readonly unread: number; underWay: number; readonly row: PlainArrow | undefined } | undefined;
  /** The first row that waits for the script, where a note says so. */
  waitNote: { readonly row: Piece; readonly code: "no-receiver" | "update-missing" } | undefined;

  get from(): string {
    return this.sender?.lifeline ?? this.receiver?.peer ?? "";
  }

  get to(): string {
    return this.receiver?.lifeline ?? this.sender?.peer ?? "";
  }

  get isEmpty(): boolean {
    return this.first === undefined && this.endRow === undefined && this.resetRow === undefined;
  }

  /** Puts a row behind another, or in front where there is none. */
  insert(row: Piece, after: Piece | undefined): void {
    const before = after ? after.next : this.first;
    row.previous = after;
    row.next = before;
    if (after) after.next = row;
    else this.first = row;
    if (before) before.previous = row;
    else this.last = row;
  }

  unlink(row: Piece): void {
    if (row.previous) row.previous.next = row.next;
    else if (this.first === row) this.first = row.next;
    if (row.next) row.next.previous = row.previous;
    else if (this.last === row) this.last = row.previous;
    for (const place of Object.keys(this.cursors) as Place[]) if (this.cursors[place] === row) this.cursors[place] = row.previous ?? row.next;
    if (this.waitNote?.row === row) this.waitNote = undefined;
    this.receipts.dropUpTo(this.first?.start ?? 0);
  }
}

/** One end of a TCP connection: the connection of one run. */
export class End {
  readonly key: ConnectionKey;
  /** The program's lifeline. */
  readonly lifeline: string;
  direction: "out" | "in" = "out";
  state: ConnectionState["state"] = "connecting";
  since: CaptureTime;
  until: CaptureTime | undefined;
  /** As the script wrote it; of an accepted one, the address of the other side. */
  host = "";
  port = 0;
  site: CallSite | undefined;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  openedAt: CaptureTime | undefined;
  /** The end in the page that this one is connected with. */
  other: End | undefined;
  /** The lifeline of an other side that is not in the page. */
  outside = "";
  out = new Flow();
  in = new Flow();
  connectRow: PlainArrow | undefined;
  failure: NetworkFailure | undefined;
  bytesOut = 0;
  bytesIn = 0;
  readonly gauges: Gauge[] = [];
  /** The gauge has said since this time, without a pause, that bytes wait. */
  waitingSince: CaptureTime | undefined;
  hasReceiver: boolean | undefined;
  #snapshot: ConnectionState | undefined;

  constructor(key: ConnectionKey, lifeline: string, at: CaptureTime) {
    this.key = key;
    this.lifeline = lifeline;
    this.since = at;
    this.out.sender = this;
    this.in.receiver = this;
  }

  get peer(): string {
    return this.other?.lifeline ?? this.outside;
  }

  get isOver(): boolean {
    return this.state === "closed" || this.state === "failed" || this.state === "broken";
  }

  /** The same object until something changes. */
  get snapshot(): ConnectionState {
    this.#snapshot ??= {
      key: this.key,
      program: this.lifeline,
      peer: this.peer,
      ...(this.local ? { local: this.local } : {}),
      ...(this.remote ? { remote: this.remote } : {}),
      direction: this.direction,
      state: this.state,
      since: this.since,
      ...(this.until === undefined ? {} : { until: this.until }),
      bytesOut: this.bytesOut,
      bytesIn: this.bytesIn,
      gauges: [...this.gauges],
    };
    return this.#snapshot;
  }

  changed(): void {
    this.#snapshot = undefined;
  }

  addGauge(gauge: Gauge): void {
    this.gauges.push(gauge);
    if (this.gauges.length > MAX_GAUGES) thin(this.gauges);
    this.changed();
  }
}

/** Halves the older three quarters: of each two, the one in which more waits stays, since it is the peaks that one looks for. */
function thin(gauges: Gauge[]): void {
  const older = gauges.splice(0, Math.floor((gauges.length * 3) / 8) * 2);
  const kept: Gauge[] = [];
  for (let index = 0; index < older.length; index += 2) {
    const one = older[index] as Gauge;
    const two = older[index + 1] as Gauge;
    kept.push(fullness(one) >= fullness(two) ? one : two);
  }
  gauges.unshift(...kept);
}

function fullness(gauge: Gauge): number {
  return gauge.sendBuffer + gauge.waiting;
}
