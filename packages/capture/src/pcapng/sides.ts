import type { Endpoint, NetworkErrorCode } from "@playground/network";
import type { CapturedRun } from "../captured-run.ts";
import type { CaptureEvent, CaptureTime, ScriptPlace } from "../event.ts";
import { EndMatcher } from "../ladder/end-matcher.ts";

/** A part of one direction's bytes, as one side saw it. */
export interface Span {
  readonly at: CaptureTime;
  readonly offset: number;
  readonly end: number;
  /** The first bytes of it, or all. */
  readonly bytes: Uint8Array;
  readonly place: ScriptPlace | undefined;
}

/** A connection as one program saw it: what its packets are rebuilt from. */
export class Side {
  readonly run: number;
  readonly connection: number;
  direction: "out" | "in" = "out";
  host = "";
  port = 0;
  connectAt: CaptureTime | undefined;
  place: ScriptPlace | undefined;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  openedAt: CaptureTime | undefined;
  until: CaptureTime | undefined;
  failed: { readonly at: CaptureTime; readonly code: NetworkErrorCode } | undefined;
  /** What went to the network, when it went. */
  readonly sent: Span[] = [];
  readonly arrived: Span[] = [];
  readonly received: Span[] = [];
  closed: { readonly at: CaptureTime; readonly how: "close" | "abort"; readonly offset: number; readonly place: ScriptPlace | undefined } | undefined;
  ended: { readonly at: CaptureTime; readonly offset: number } | undefined;
  resetAt: CaptureTime | undefined;
  /** Held by conditions, and not let go yet. */
  readonly #held: Span[] = [];
  #firstHeld = 0;
  #heldClose: Side["closed"];

  constructor(run: number, connection: number) {
    this.run = run;
    this.connection = connection;
  }

  add(event: Extract<CaptureEvent, { readonly connection: number }>): void {
    const { at } = event;
    switch (event.type) {
      case "connect":
        this.connectAt = at;
        this.host = event.host;
        this.port = event.port;
        this.place = event.site?.place;
        return;
      case "opened":
      case "accepted":
        if (event.type === "accepted") this.direction = "in";
        this.local = event.local;
        this.remote = event.remote;
        this.openedAt = at;
        return;
      case "connect-failed":
        this.failed = { at, code: event.failure.code };
        return;
      case "send":
        if (event.size > 0) (event.held ? this.#held : this.sent).push(spanOf(event, event.bytes, event.site?.place));
        return;
      case "leave":
        this.#leave(event);
        return;
      case "arrive":
        this.arrived.push(spanOf(event, event.bytes, undefined));
        return;
      case "receive":
        this.received.push(spanOf(event, NO_BYTES, event.site.place));
        return;
      case "close": {
        this.until = at;
        const closed = { at, how: event.how, offset: event.offset, place: event.site?.place };
        if (event.held) this.#heldClose = closed;
        else this.closed = closed;
        return;
      }
      case "close-leave":
        if (this.#heldClose) this.closed = { ...this.#heldClose, at };
        return;
      case "end":
        this.ended = { at, offset: event.offset };
        return;
      case "broken":
        this.until ??= at;
        if (event.failure.code === "connection-reset") this.resetAt = at;
    }
  }

  /** Bytes let go by conditions: of one `send`, or of several. */
  #leave({ at, offset, size }: { readonly at: CaptureTime; readonly offset: number; readonly size: number }): void {
    const end = offset + size;
    while (this.#held[this.#firstHeld] && (this.#held[this.#firstHeld] as Span).end <= offset) this.#firstHeld += 1;
    for (let index = this.#firstHeld; index < this.#held.length; index += 1) {
      const span = this.#held[index] as Span;
      if (span.offset >= end) break;
      const from = Math.max(offset, span.offset);
      const to = Math.min(end, span.end);
      this.sent.push({ at, offset: from, end: to, bytes: span.bytes.subarray(from - span.offset, to - span.offset), place: span.place });
    }
  }
}

/** One TCP connection, by the sides of it that were seen: one, or both. */
export interface Stream {
  readonly client: Side | undefined;
  readonly server: Side | undefined;
}

const NO_BYTES = new Uint8Array();

/** The connections of some runs, in the order in which they began. */
export function streamsOf(runs: readonly CapturedRun[]): readonly Stream[] {
  const sides: Side[] = [];
  for (const { run, events } of runs) {
    const ofRun = new Map<number, Side>();
    for (const event of events) {
      if (!("connection" in event)) continue;
      let side = ofRun.get(event.connection);
      if (!side || event.type === "connect" || event.type === "accepted") {
        side = new Side(run, event.connection);
        ofRun.set(event.connection, side);
        sides.push(side);
      }
      side.add(event);
    }
  }
  return joined(sides);
}

function joined(sides: readonly Side[]): Stream[] {
  const matcher = new EndMatcher<Side>();
  const others = new Map<Side, Side>();
  const inTime = [...sides].sort((a, b) => beginningOf(a) - beginningOf(b));
  for (const side of inTime) {
    const other = matcher.match(side);
    if (!other) continue;
    others.set(side, other);
    others.set(other, side);
  }
  const streams: Stream[] = [];
  for (const side of inTime) {
    const other = others.get(side);
    // A connection that both see is told of once.
    if (other && side.direction === "in") continue;
    streams.push(side.direction === "out" ? { client: side, server: other } : { client: other, server: side });
  }
  return streams;
}

function beginningOf(side: Side): number {
  return side.openedAt ?? side.connectAt ?? 0;
}

function spanOf(event: { readonly at: CaptureTime; readonly offset: number; readonly size: number }, bytes: Uint8Array, place: ScriptPlace | undefined): Span {
  return { at: event.at, offset: event.offset, end: event.offset + event.size, bytes, place };
}
