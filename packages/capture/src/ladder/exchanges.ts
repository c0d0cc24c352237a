import type { Endpoint } from "@playground/network";
import type {
  AcceptedEvent,
  AnnouncedEvent,
  BrokenEvent,
  CaptureEvent,
  CloseEvent,
  ConnectEvent,
  ConnectFailedEvent,
  OpenedEvent,
  SendEvent,
} from "../event.ts";
import type { RunId } from "../ladder-item.ts";
import { MAX_PIECE_FIELDS } from "../limits.ts";
import { ArrowRow } from "./arrow-row.ts";
import type { Board, Row } from "./board.ts";
import { Ends } from "./ends.ts";
import type { End, Flow, Holder, Piece } from "./exchange.ts";
import { FlowEnds } from "./flow-ends.ts";
import type { Lifelines } from "./lifelines.ts";
import type { Listeners } from "./listeners.ts";
import { PieceTracker } from "./piece-tracker.ts";
import { Reading } from "./segment.ts";
import { WaitNotes } from "./wait-notes.ts";

/** Events of one connection. */
export type ConnectionEvent = Extract<CaptureEvent, { readonly connection: number }>;

/** The address of a connection whose beginning was not seen. */
const UNKNOWN_ADDRESS = "?";

/** What exchanges ask of the ladder. */
export interface ExchangeContext {
  readonly board: Board;
  readonly lifelines: Lifelines;
  /** A row has, or no longer has, a call of the script that sent it. */
  hasSender(row: Row): void;
  gone(row: Row): void;
  readonly listeners: Listeners;
}

/** Makes arrows of what happens on connections, and finds which two ends are one connection. */
export class Exchanges {
  readonly #context: ExchangeContext;
  readonly pieces: PieceTracker;
  readonly waits: WaitNotes;
  readonly ends: Ends;
  readonly #flowEnds: FlowEnds;

  constructor(context: ExchangeContext) {
    this.#context = context;
    const { board } = context;
    const gone = (row: Row): void => context.gone(row);
    const hasSender = (row: Row): void => context.hasSender(row);
    this.pieces = new PieceTracker(board, hasSender, gone);
    this.waits = new WaitNotes(board);
    this.ends = new Ends((end) => this.waits.forget(end));
    this.#flowEnds = new FlowEnds(board, hasSender, gone);
  }

  add(run: RunId, event: ConnectionEvent): Holder | undefined {
    if (event.type === "connect" || event.type === "accepted") {
      if (event.type === "connect") this.#connect(run, event);
      else this.#accepted(run, event);
      return undefined;
    }
    const end = this.ends.get(run, event.connection) ?? this.#unknown(run, event);
    switch (event.type) {
      case "opened":
        this.#opened(end, event);
        return undefined;
      case "announced":
        this.#announced(end, event);
        return undefined;
      case "connect-failed":
        this.#failed(end, event);
        return undefined;
      case "send":
        return this.#send(end, event);
      case "leave":
        this.pieces.leave(end.out, event);
        return undefined;
      case "arrive":
        end.bytesIn = Math.max(end.bytesIn, event.offset + event.size);
        end.changed();
        return this.pieces.arrive(end.in, event);
      case "release":
        this.pieces.release(end.in, event);
        return undefined;
      case "receive":
        this.waits.delivered(end, event.at, true);
        this.pieces.receive(end.in, event);
        return undefined;
      case "fields-read": {
        const receipt = end.in.receipts.at(event.offset);
        if (!receipt || receipt.fieldsRead >= MAX_PIECE_FIELDS || event.fields.length === 0) return undefined;
        const reading = new Reading<Piece>(receipt, event.offset);
        receipt.fieldsRead += event.fields.length;
        receipt.readings = [...receipt.readings, reading];
        this.pieces.stale(receipt);
        return reading;
      }
      case "close":
        this.#close(end, event);
        return undefined;
      case "close-leave":
        this.#flowEnds.left(end, event.at);
        return undefined;
      case "end":
        if (end.state === "open") end.state = "ended";
        end.changed();
        this.#flowEnds.ended(end, event);
        return undefined;
      case "end-release":
        this.#flowEnds.released(end, event.at);
        return undefined;
      case "end-told":
        this.waits.delivered(end, event.at, false);
        this.#flowEnds.told(end, event.at, event.site);
        return undefined;
      case "broken":
        this.#broken(end, event);
        return undefined;
      case "gauge": {
        const { at, sendBuffer, sendBufferLimit, window, waiting } = event;
        end.addGauge({ at, sendBuffer, sendBufferLimit, window, waiting });
        this.waits.gauge(end, event);
        return undefined;
      }
    }
  }

  /** A run is over: so are its connections, also where it was ended by force and could not say so. */
  runEnds(run: RunId, at: number): void {
    for (const end of this.ends.of(run)) {
      this.#flowEnds.runEnded(end);
      if (end.isOver) continue;
      end.state = "closed";
      this.ends.over(end, at);
    }
  }

  /** Lifelines of addresses were forgotten: those of open connections are known again. */
  nameAgain(): void {
    for (const end of this.ends.all) {
      end.outside = this.#context.lifelines.ofAddress(end.remote?.address ?? end.host);
      end.changed();
    }
  }

  #connect(run: RunId, event: ConnectEvent): void {
    const end = this.ends.add(run, event.connection, event.at);
    end.host = event.host;
    end.port = event.port;
    end.site = event.site;
    end.outside = this.#context.lifelines.ofAddress(event.host);
    const row = this.#connectRow(end.out, event.at);
    row.sentAt = event.at;
    row.leftAt = event.at;
    row.sender = event.site;
    end.connectRow = row;
    this.#context.hasSender(row);
  }

  #opened(end: End, event: OpenedEvent): void {
    this.#open(end, event, event.at);
    const row = end.connectRow;
    if (!row) return;
    row.arrivedAt ??= end.other?.openedAt ?? event.at;
    this.#context.board.touch(row);
  }

  #accepted(run: RunId, event: AcceptedEvent): void {
    const end = this.ends.add(run, event.connection, event.at);
    end.direction = "in";
    end.host = event.remote.address;
    end.port = event.remote.port;
    this.#open(end, event, event.at);
    if (end.other?.connectRow) return;
    const row = this.#connectRow(end.in, event.at);
    row.arrivedAt = event.at;
    end.connectRow = row;
  }

  /** The script's callback has the connection: the one of `connect`, or the one of `listen`. */
  #announced(end: End, event: AnnouncedEvent): void {
    this.waits.delivered(end, event.at, false);
    const isOpener = end.direction === "out";
    const row = isOpener ? end.connectRow : (end.other?.connectRow ?? end.connectRow);
    if (!row) return;
    if (isOpener) row.opener = event.site;
    else row.receiver = event.site;
    this.#context.board.touch(row);
  }

  /** The beginning of the connection was not seen: it gave way, or the capture was cleared. */
  #unknown(run: RunId, event: ConnectionEvent): End {
    const end = this.ends.add(run, event.connection, event.at);
    end.state = "open";
    end.outside = this.#context.lifelines.ofAddress(UNKNOWN_ADDRESS);
    return end;
  }

  #connectRow(flow: Flow, at: number): ArrowRow {
    const row = new ArrowRow(flow, "connect", at, (gone) => this.#context.gone(gone));
    this.#context.board.add(row);
    return row;
  }

  #open(end: End, { local, remote }: { readonly local: Endpoint; readonly remote: Endpoint }, at: number): void {
    end.state = "open";
    end.local = local;
    end.remote = remote;
    end.openedAt = at;
    const { lifelines } = this.#context;
    lifelines.setAddress(end.key.run, local.address);
    end.outside = lifelines.ofAddress(remote.address);
    end.changed();
    const other = this.ends.match(end);
    if (!other) this.#touchAll(end.out, end.in);
    else if (end.direction === "out") this.#join(end, other);
    else this.#join(other, end);
  }

  #join(connector: End, acceptor: End): void {
    connector.other = acceptor;
    acceptor.other = connector;
    const [accepted, connected] = [acceptor.connectRow, connector.connectRow];
    if (connected) {
      connected.arrivedAt = acceptor.openedAt;
      connected.receiver ??= accepted?.receiver;
      if (accepted) this.#context.board.remove(accepted);
    } else if (accepted) accepted.flow = connector.out;
    acceptor.in = this.#oneFlow(connector.out, acceptor.in, acceptor);
    connector.in = this.#oneFlow(acceptor.out, connector.in, connector);
    this.#touchAll(connector.out, connector.in);
    if (connected) this.#context.board.touch(connected);
    connector.changed();
    acceptor.changed();
  }

  #oneFlow(sent: Flow, received: Flow, receiver: End): Flow {
    sent.receiver = receiver;
    this.pieces.absorb(sent, received);
    this.#flowEnds.absorb(sent, received);
    return sent;
  }

  #touchAll(...flows: readonly Flow[]): void {
    const { board } = this.#context;
    for (const flow of flows) {
      for (const row of [flow.endRow, flow.resetRow, flow.sender?.connectRow, flow.receiver?.connectRow]) if (row) board.touch(row);
      for (let row = flow.first; row; row = row.next) board.touch(row);
    }
  }

  #failed(end: End, event: ConnectFailedEvent): void {
    end.state = "failed";
    end.failure = event.failure;
    this.ends.over(end, event.at);
    const row = end.connectRow;
    if (!row) return;
    const isRefused = event.failure.code === "connection-refused";
    row.outcome = isRefused ? "refused" : "failed";
    row.failure = event.failure;
    if (isRefused && row instanceof ArrowRow) {
      const { listeners } = this.#context;
      const { host, port } = end;
      row.lateNotes = () => [{ code: "nobody-listens", host, port, listeners: listeners.at(event.at) }];
      listeners.refused(row);
    }
    this.#context.board.touch(row);
  }

  #send(end: End, event: SendEvent): Holder | undefined {
    if (event.size === 0) {
      if (event.asked > 0 && !end.isOver) this.#emptySend(end, event);
      return undefined;
    }
    end.bytesOut = Math.max(end.bytesOut, event.offset + event.size);
    end.changed();
    const segment = this.pieces.send(end.out, event);
    this.#flowEnds.sent(end.out, event.at, event.offset + event.size);
    return segment;
  }

  #emptySend(end: End, event: SendEvent): void {
    const row = new ArrowRow(end.out, "bytes", event.at, (gone) => this.#context.gone(gone));
    row.sentAt = event.at;
    row.outcome = "failed";
    row.emptySend = { offset: event.offset, asked: event.asked };
    row.notes = [{ code: "send-short", taken: 0, asked: event.asked }];
    row.sender = event.site;
    this.#context.board.add(row);
    this.#context.hasSender(row);
  }

  #close(end: End, event: CloseEvent): void {
    this.waits.forget(end);
    if (end.isOver) return;
    const wasOpen = end.openedAt !== undefined || end.outside === this.#context.lifelines.ofAddress(UNKNOWN_ADDRESS);
    end.state = "closed";
    this.ends.over(end, event.at);
    if (wasOpen) this.#flowEnds.closed(end, event);
  }

  #broken(end: End, event: BrokenEvent): void {
    this.waits.forget(end);
    if (!end.isOver) {
      end.state = "broken";
      this.ends.over(end, event.at);
    }
    if (event.failure.code === "connection-reset") this.#flowEnds.reset(end, event);
  }
}
