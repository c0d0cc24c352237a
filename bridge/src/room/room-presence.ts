import { NEWS_INTERVAL_MS, NEWS_PER_SECOND, NEWS_PER_TURN, REPEATED_NEWS_MS } from "../limits.ts";
import type { SharedFrame } from "../websocket/packet-frame.ts";
import type { Machine } from "./machine.ts";
import { type MachineSource, MachineRecords } from "./machine-records.ts";
import { NewsBatch } from "./news-batch.ts";

/** What watchers get to know of a room. */
export interface PresenceSource extends MachineSource {
  readonly password: { readonly isSet: boolean };
  /** In the order in which they came. */
  machines(): Iterable<Machine>;
}

/** A session that hears of its room. */
export interface RoomWatcher {
  readonly machine: Machine;
  /** Whether its WebSocket takes more at the moment. While not, it gets no news, and a snapshot afterwards. */
  readonly canSend: boolean;
  /** Sends one packet of news. */
  send(news: SharedFrame): void;
}

/** Where a watcher stands. */
interface Standing {
  /** It has to get everything: it has missed news, or asks again. */
  needsSnapshot: boolean;
  /** When it last got everything, ms. */
  snapshotAt: number;
}

/**
 * Tells members of a room who is in it and what listens where. Changes are gathered: the more members hear of them, the
 * longer, so that a room costs at most `NEWS_PER_SECOND` packets a second. What is gathered is encoded once for all of them.
 */
export class RoomPresence {
  readonly #room: PresenceSource;
  readonly #records: MachineRecords;
  readonly #watchers = new Map<RoomWatcher, Standing>();
  /** Those that need a snapshot. */
  readonly #behind = new Set<RoomWatcher>();
  /** Machines that have come, gone or changed since the last batch. */
  #changed = new Set<Machine>();
  #isPasswordNews = false;
  /** All machines and the password, until something changes. */
  #snapshot: NewsBatch | undefined;
  /** Who has not got the batch at hand yet. */
  #pending = new Set<RoomWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  /** Packets of news that were put together so far. */
  packetsEncoded = 0;

  constructor(room: PresenceSource) {
    this.#room = room;
    this.#records = new MachineRecords(room);
  }

  /** Machines that were encoded so far. */
  get machinesEncoded(): number {
    return this.#records.encoded;
  }

  /** Sends this session a snapshot at once, and changes from now on. One that watches already gets another with the next news, every `REPEATED_NEWS_MS` at most. */
  add(watcher: RoomWatcher): void {
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) this.#watchers.set(watcher, { needsSnapshot: true, snapshotAt: Number.NEGATIVE_INFINITY });
    else standing.needsSnapshot = true;
    this.#behind.add(watcher);
    if (standing === undefined && watcher.canSend) this.#sendSnapshot(watcher);
    else this.#flushLater();
  }

  remove(watcher: RoomWatcher): void {
    this.#watchers.delete(watcher);
    this.#behind.delete(watcher);
    this.#pending.delete(watcher);
    if (this.#watchers.size === 0) this.close();
  }

  /** A machine has come, gone, or is not what it was. */
  changed(machine: Machine): void {
    this.#records.forget(machine);
    this.#snapshot = undefined;
    if (this.#watchers.size === 0) return;
    this.#changed.add(machine);
    this.#flushLater();
  }

  passwordChanged(): void {
    this.#snapshot = undefined;
    this.#isPasswordNews = true;
    this.#flushLater();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
    this.#pending.clear();
    this.#changed.clear();
    this.#isPasswordNews = false;
    this.#snapshot = undefined;
    this.#records.clear();
  }

  #flushLater(): void {
    if (this.#timer !== undefined || this.#turn !== undefined || this.#watchers.size === 0) return;
    const interval = Math.max(NEWS_INTERVAL_MS, (this.#watchers.size * 1_000) / NEWS_PER_SECOND);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, interval);
    this.#timer.unref();
  }

  #flush(): void {
    const now = performance.now();
    const touched = [...this.#changed];
    const isNews = touched.length > 0 || this.#isPasswordNews;
    this.#changed = new Set();
    this.#isPasswordNews = false;
    const changes = isNews ? this.#batch(false, touched) : undefined;
    this.#pending = new Set(isNews ? this.#watchers.keys() : this.#behind);
    this.#sendPending(changes, now);
  }

  /** Sends the batch to some, and to the others in later turns of the event loop: nobody else is to wait for a large room. */
  #sendPending(changes: NewsBatch | undefined, now: number): void {
    this.#turn = undefined;
    let sent = 0;
    for (const watcher of this.#pending) {
      if (sent >= NEWS_PER_TURN) {
        this.#turn = setImmediate(() => this.#sendPending(changes, now));
        return;
      }
      this.#pending.delete(watcher);
      if (this.#sendNews(watcher, changes, now)) sent += 1;
    }
    if (this.#behind.size > 0 || this.#changed.size > 0 || this.#isPasswordNews) this.#flushLater();
  }

  /** Sends one watcher the changes, or a snapshot where it needs one. Whether anything was sent. */
  #sendNews(watcher: RoomWatcher, changes: NewsBatch | undefined, now: number): boolean {
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) return false;
    if (!watcher.canSend) {
      // What it misses now has to be made up for, however little it was that it waited for.
      if (changes !== undefined) this.#missed(watcher, standing);
      return false;
    }
    if (standing.needsSnapshot && now - standing.snapshotAt >= REPEATED_NEWS_MS) this.#sendSnapshot(watcher);
    else if (changes !== undefined) this.#send(watcher, changes);
    else return false;
    return true;
  }

  #missed(watcher: RoomWatcher, standing: Standing): void {
    standing.needsSnapshot = true;
    standing.snapshotAt = Number.NEGATIVE_INFINITY;
    this.#behind.add(watcher);
  }

  #sendSnapshot(watcher: RoomWatcher): void {
    this.#snapshot ??= this.#batch(true, this.#room.machines());
    this.#send(watcher, this.#snapshot);
    this.#behind.delete(watcher);
    this.#pending.delete(watcher);
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) return;
    standing.needsSnapshot = false;
    standing.snapshotAt = performance.now();
  }

  #send(watcher: RoomWatcher, batch: NewsBatch): void {
    for (const frame of batch.framesFor(watcher.machine)) watcher.send(frame);
  }

  #batch(isAll: boolean, touched: Iterable<Machine>): NewsBatch {
    const machines: Machine[] = [];
    const gone: number[] = [];
    for (const machine of touched) {
      if (isPresent(machine)) machines.push(machine);
      else if (!isAll) gone.push(machine.id);
    }
    const news = { isAll, hasPassword: this.#room.password.isSet, gone, machines };
    return new NewsBatch(news, this.#records, () => (this.packetsEncoded += 1));
  }
}

/** A machine that is away keeps its address and its name for a while, but nobody is there. */
function isPresent(machine: Machine): boolean {
  return machine.sessions > 0;
}
