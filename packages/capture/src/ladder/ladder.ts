import type { CaptureEvent, CaptureTime, ScriptPlace } from "../event.ts";
import type { BesideBytes, ConnectionState, LadderItem, Lifeline, RunId } from "../ladder-item.ts";
import type { PieceMemory } from "../piece-memory.ts";
import { MarkRow } from "./arrow-row.ts";
import { Board, type Row } from "./board.ts";
import type { Holder } from "./exchange.ts";
import { Exchanges } from "./exchanges.ts";
import { IdIndex } from "./id-index.ts";
import { Lifelines, type NameOf } from "./lifelines.ts";
import { Listeners } from "./listeners.ts";
import { KeptBeginnings } from "./kept-beginnings.ts";
import { bytesBeside } from "./bytes-beside.ts";
import { Pauses } from "./pauses.ts";
import { PieceRow } from "./piece-row.ts";
import { Reading, SendSegment } from "./segment.ts";
import { SentLines } from "./sent-lines.ts";

const NO_BYTES = new Uint8Array();

/**
 * What happened, as arrows between lifelines and marks on them, made from events as they come. Each event costs the same however many
 * there are; what depends on several is made when somebody looks.
 */
export class Ladder {
  readonly #lifelines: Lifelines;
  readonly #board = new Board();
  readonly #exchanges: Exchanges;
  readonly #listeners: Listeners;
  readonly #pauses: Pauses;
  readonly #printed: IdIndex<string>;
  readonly #sent = new SentLines();
  readonly #beginnings = new KeptBeginnings();
  #isCleared = false;
  #used: { readonly items: readonly LadderItem[]; readonly all: readonly Lifeline[]; readonly used: readonly Lifeline[] } | undefined;

  constructor(nameOf: NameOf) {
    this.#lifelines = new Lifelines(nameOf);
    const isThere = (id: number): boolean => this.#board.row(id) !== undefined;
    this.#printed = new IdIndex(isThere);
    this.#listeners = new Listeners(this.#board, (run) => this.#lifelines.nameOfRun(run));
    this.#pauses = new Pauses(
      (at, kind) => {
        // On no lifeline: it concerns all.
        const row = new MarkRow(at, { kind: "control", control: { kind } }, [], (gone) => this.#gone(gone));
        this.#board.add(row);
        return row;
      },
      (row, at) => this.#board.move(row, at),
    );
    this.#exchanges = new Exchanges({
      board: this.#board,
      lifelines: this.#lifelines,
      hasSender: (row) => this.#sentBy(row, (run, place) => this.#sent.add(run, place)),
      gone: (row) => this.#gone(row),
      listeners: this.#listeners,
    });
  }

  /** Programs in the order of their runs, and whoever else has a part in an item or a connection. */
  get lifelines(): readonly Lifeline[] {
    const { items } = this;
    const { all } = this.#lifelines;
    if (this.#used?.items === items && this.#used.all === all) return this.#used.used;
    const ids = new Set<string | undefined>();
    for (const item of items) {
      if (item.shape === "mark") ids.add(item.on);
      else ids.add(item.from).add(item.to);
    }
    for (const end of this.#exchanges.ends.all) ids.add(end.peer);
    this.#used = { items, all, used: all.filter(({ id, run }) => ids.has(id) || (run !== undefined && this.#lifelines.isThere(run))) };
    return this.#used.used;
  }

  /** Ordered by `at`, `MAX_LADDER_ITEMS` at most, oldest first out. The same array, and the same items, until something changes. */
  get items(): readonly LadderItem[] {
    this.#exchanges.pieces.settle();
    return this.#board.items;
  }

  /** The lowest id of an item that is kept. */
  get firstId(): number {
    return this.#board.firstId;
  }

  /** One for each end of a connection that is in the page, in the order in which they began; `MAX_LADDER_CONNECTIONS` at most. */
  get connections(): readonly ConnectionState[] {
    return [...this.#exchanges.ends.all].map((end) => end.snapshot);
  }

  /** Undefined for one that has given way, or that was found to be a part of another. */
  item(id: number): LadderItem | undefined {
    this.#exchanges.pieces.settle();
    return this.#board.row(id)?.item;
  }

  /**
   * What lies before and behind the bytes of an arrow in its direction, nearest first: `reach` bytes each way at most, and as far as no
   * byte between them is missing.
   */
  beside(id: number, reach: number): { readonly before: readonly BesideBytes[]; readonly after: readonly BesideBytes[] } {
    const row = this.#board.row(id);
    return row instanceof PieceRow ? { before: bytesBeside(row, "previous", reach), after: bytesBeside(row, "next", reach) } : { before: [], after: [] };
  }

  /**
   * Items changed or added since the last call, by id. An id without an item was found to be a part of another: the other end of its
   * connection has come to be known. `isCleared`: nothing that was there before is there any more.
   */
  takeChanges(): { readonly changed: readonly number[]; readonly isCleared: boolean } {
    this.#exchanges.pieces.settle();
    const isCleared = this.#isCleared;
    this.#isCleared = false;
    return { changed: this.#board.takeChanged(), isCleared };
  }

  /** What was printed in an entry into a script: ids of marks. */
  printedIn(run: RunId, entry: number): readonly number[] {
    return this.#printed.get(entryKey(run, entry));
  }

  /**
   * The lines of each file that have sent bytes that are here, in the last run of each program: the code of those before may have been
   * another one. The same map until that changes.
   */
  get sentLines(): ReadonlyMap<string, readonly number[]> {
    const last = new Map<string, RunId>();
    for (const { kind, name, run } of this.#lifelines.all) if (kind === "program" && run !== undefined) last.set(name, run);
    return this.#sent.of([...last.values()]);
  }

  /**
   * The clock has gone on, and all that happened before `now` has been added: notes on what waits depend on it. To be called now and
   * then while nothing happens.
   */
  timePasses(now: CaptureTime): void {
    this.#exchanges.waits.timePassesForAll(now);
  }

  /** Called by the capture alone, as all that follows. */
  beginRun(run: RunId, file: string): void {
    this.#lifelines.addRun(run, file);
  }

  rename(run: RunId, file: string): void {
    this.#lifelines.rename(run, file);
  }

  /** Its lifeline stays while items have a part in it. */
  forgetRun(run: RunId): void {
    this.#exchanges.ends.clear((end) => end.key.run === run);
    this.#runIsOver(run, -Infinity);
    this.#lifelines.removeRun(run);
  }

  /** An event whose piece, or else whose fields, lie at `start`. @returns what has to be told when they lie elsewhere, or give way */
  add(run: RunId, event: CaptureEvent, memory: PieceMemory, start: number): Holder | undefined {
    const holder = this.#add(run, event);
    this.#exchanges.pieces.settleMany();
    holder?.lieAt(memory, start, event.type === "send" || event.type === "arrive" ? event.bytes.length : 0);
    return holder;
  }

  /** An event lies elsewhere now, with `length` bytes of its piece. */
  lieAt(holder: Holder, memory: PieceMemory, start: number, length: number): void {
    const isCut = !(holder instanceof Reading) && holder.kept > length;
    holder.lieAt(memory, start, length);
    if (isCut && !(holder instanceof Reading)) this.#exchanges.pieces.stale(holder);
  }

  /** An event is gone; rows made of it stay for a while, with the first bytes of its piece. */
  forget(holder: Holder, bytes: Uint8Array): void {
    if (holder instanceof Reading) {
      holder.forget();
      this.#exchanges.pieces.stale(holder.receipt);
      return;
    }
    const kept = holder.firstRow === undefined ? NO_BYTES : bytes;
    const { memory, start, length } = this.#beginnings.keep(kept);
    holder.lieAt(memory, start, length);
    if (holder instanceof SendSegment) holder.forgetFields();
    if (holder.firstRow !== undefined) this.#exchanges.pieces.stale(holder);
  }

  #add(run: RunId, event: CaptureEvent): Holder | undefined {
    this.#exchanges.waits.timePasses(run, event.at);
    if ("connection" in event) {
      if (event.type === "broken" && event.failure.code !== "connection-reset") {
        this.#mark(run, event, { kind: "broken", failure: event.failure }, event.connection);
      }
      if (event.type === "close" && this.#isUnopened(run, event.connection)) {
        this.#mark(run, event, { kind: "closed", how: event.how, unread: event.unread, ...(event.site ? { site: event.site } : {}) }, event.connection);
      }
      return this.#exchanges.add(run, event);
    }
    switch (event.type) {
      case "listen": {
        const { address, port, site } = event;
        const row = this.#mark(run, event, { kind: "listen", endpoint: { address, port }, ...(site ? { site } : {}) });
        this.#listeners.asks(entryKey(run, event.listener), run, row, port);
        return undefined;
      }
      case "listening":
        this.#lifelines.setAddress(run, event.bound.address);
        this.#listen(this.#listeners.listens(entryKey(run, event.listener), event.at, event.bound), { endpoint: event.bound });
        return undefined;
      case "listen-failed":
        this.#listen(this.#listeners.ends(entryKey(run, event.listener), event.at), { kind: "listen-failed", failure: event.failure });
        return undefined;
      case "listener-closed":
        this.#listenerGone(run, event, { kind: "listener-closed", ...(event.site ? { site: event.site } : {}) });
        return undefined;
      case "listener-lost":
        this.#listenerGone(run, event, { kind: "listener-lost", failure: event.failure });
        return undefined;
      case "printed": {
        const row = this.#mark(run, event, { kind: "printed", text: event.text, site: { entry: event.entry }, level: event.level });
        row.printedKey = entryKey(run, event.entry);
        this.#printed.add(row.printedKey, row.id);
        return undefined;
      }
      case "control":
        if (event.control.kind === "pause") this.#pauses.begins(run, event.at);
        else if (event.control.kind === "resume") this.#pauses.ends(run, event.at);
        else this.#mark(run, event, { kind: "control", control: event.control });
        return undefined;
      case "lost":
        this.#mark(run, event, { kind: "lost", lost: { events: event.events, bytes: event.bytes } });
        return undefined;
      case "program":
        if (event.state !== "started") {
          this.#exchanges.runEnds(run, event.at);
          this.#runIsOver(run, event.at);
        }
        this.#mark(run, event, { kind: "program", state: event.state });
        return undefined;
    }
  }

  /** Items are forgotten; what goes on stays known. */
  clear(): void {
    this.#board.clear();
    this.#exchanges.pieces.clear();
    this.#printed.clear();
    this.#sent.clear();
    this.#beginnings.clear();
    this.#exchanges.ends.clear();
    this.#lifelines.clear();
    this.#exchanges.nameAgain();
    this.#isCleared = true;
  }

  #mark(run: RunId, event: CaptureEvent, details: MarkRow["details"], connection?: number): MarkRow {
    const on = { on: Lifelines.idOfRun(run), ...details };
    const row = new MarkRow(event.at, on, connection === undefined ? [] : [{ run, connection }], (gone) => this.#gone(gone));
    this.#board.add(row);
    return row;
  }

  #isUnopened(run: RunId, connection: number): boolean {
    const end = this.#exchanges.ends.get(run, connection);
    return end?.state === "connecting";
  }

  /** More has come to be known of a listener's beginning. */
  #listen(row: MarkRow | undefined, details: Partial<MarkRow["details"]>): void {
    if (!row) return;
    row.details = { ...row.details, ...details };
    this.#board.touch(row);
  }

  #listenerGone(run: RunId, event: CaptureEvent & { readonly listener: number }, details: MarkRow["details"]): void {
    const endpoint = this.#listeners.ends(entryKey(run, event.listener), event.at)?.details.endpoint;
    this.#mark(run, event, { ...details, ...(endpoint ? { endpoint } : {}) });
  }

  #runIsOver(run: RunId, at: CaptureTime): void {
    this.#listeners.runEnds(run, at);
    this.#pauses.runEnds(run, at);
    this.#exchanges.waits.forgetRun(run);
  }

  #gone(row: Row): void {
    if (row instanceof MarkRow) {
      if (row.printedKey !== undefined) this.#printed.remove(row.printedKey);
      return;
    }
    this.#sentBy(row, (run, place) => this.#sent.remove(run, place));
  }

  /** Whose line has sent the bytes of a row, where it has any. */
  #sentBy(row: Row, use: (run: RunId, place: ScriptPlace) => void): void {
    if (!(row instanceof PieceRow)) return;
    const run = row.flow.sender?.key.run;
    if (run !== undefined && row.send?.place) use(run, row.send.place);
  }
}

function entryKey(run: RunId, number: number): string {
  return `${run} ${number}`;
}
