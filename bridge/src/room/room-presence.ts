import { NEWS_INTERVAL_MS, NEWS_PER_SECOND, NEWS_PER_TURN, REPEATED_NEWS_MS } from "../limits.ts";
import type { SharedFrame } from "../websocket/packet-frame.ts";
import type { Machine } from "./machine.ts";
import { type MachineSource, MachineRecords } from "./machine-records.ts";
import { NewsBatch } from "./news-batch.ts";

/** What is told of a room. */
export interface PresenceSource extends MachineSource {
  readonly password: { readonly isSet: boolean };
  /** In the order in which they came. */
  machines(): Iterable<Machine>;
}

/** A session that is told of its room. */
export interface RoomWatcher {
  readonly machine: Machine;
  /** Whether its WebSocket takes more at the moment. While not, it is told nothing, and the last state afterwards. */
  readonly canBeTold: boolean;
  /** Sends one packet of news. */
  tell(news: SharedFrame): void;
}

/** Where a watcher stands. */
interface Standing {
  /** It has to be told everything: it has missed news, or asks again. */
  wantsAll: boolean;
  /** When it was last told everything, ms. */
  toldAllAt: number;
}

/**
 * Tells members of a room who is in it and what listens where. Changes are gathered: the more members there are to be told, the
 * longer, so that a room costs at most `NEWS_PER_SECOND` packets a second. What is gathered is encoded once for all of them.
 */
export class RoomPresence {
  readonly #room: PresenceSource;
  readonly #records: MachineRecords;
  readonly #watchers = new Map<RoomWatcher, Standing>();
  /** Those that want everything. */
  readonly #behind = new Set<RoomWatcher>();
  /** Machines that have come, gone or changed since the last batch. */
  #changed = new Set<Machine>();
  #isPasswordNews = false;
  /** Everything, until something changes. */
  #everything: NewsBatch | undefined;
  /** Who is still to be told of the batch at hand. */
  #untold = new Set<RoomWatcher>();
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

  /** Tells this session everything at once, and changes from now on. One that was told before is told again with the next news, every `REPEATED_NEWS_MS` at most. */
  add(watcher: RoomWatcher): void {
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) this.#watchers.set(watcher, { wantsAll: true, toldAllAt: Number.NEGATIVE_INFINITY });
    else standing.wantsAll = true;
    this.#behind.add(watcher);
    if (standing === undefined && watcher.canBeTold) this.#tellAll(watcher);
    else this.#flushLater();
  }

  remove(watcher: RoomWatcher): void {
    this.#watchers.delete(watcher);
    this.#behind.delete(watcher);
    this.#untold.delete(watcher);
    if (this.#watchers.size === 0) this.close();
  }

  /** A machine has come, gone, or is not what it was. */
  changed(machine: Machine): void {
    this.#records.forget(machine);
    this.#everything = undefined;
    if (this.#watchers.size === 0) return;
    this.#changed.add(machine);
    this.#flushLater();
  }

  passwordChanged(): void {
    this.#everything = undefined;
    this.#isPasswordNews = true;
    this.#flushLater();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
    this.#untold.clear();
    this.#changed.clear();
    this.#isPasswordNews = false;
    this.#everything = undefined;
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
    this.#untold = new Set(isNews ? this.#watchers.keys() : this.#behind);
    this.#tellSome(changes, now);
  }

  /** Tells some, and the others in later turns of the event loop: nobody else is to wait for a large room. */
  #tellSome(changes: NewsBatch | undefined, now: number): void {
    this.#turn = undefined;
    let told = 0;
    for (const watcher of this.#untold) {
      if (told >= NEWS_PER_TURN) {
        this.#turn = setImmediate(() => this.#tellSome(changes, now));
        return;
      }
      this.#untold.delete(watcher);
      if (this.#tell(watcher, changes, now)) told += 1;
    }
    if (this.#behind.size > 0 || this.#changed.size > 0 || this.#isPasswordNews) this.#flushLater();
  }

  /** Tells one watcher the changes, or everything where it needs it. Whether it was told. */
  #tell(watcher: RoomWatcher, changes: NewsBatch | undefined, now: number): boolean {
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) return false;
    if (!watcher.canBeTold) {
      // What it misses now has to be made up for, however little it was that it waited for.
      if (changes !== undefined) this.#missed(watcher, standing);
      return false;
    }
    if (standing.wantsAll && now - standing.toldAllAt >= REPEATED_NEWS_MS) this.#tellAll(watcher);
    else if (changes !== undefined) this.#send(watcher, changes);
    else return false;
    return true;
  }

  #missed(watcher: RoomWatcher, standing: Standing): void {
    standing.wantsAll = true;
    standing.toldAllAt = Number.NEGATIVE_INFINITY;
    this.#behind.add(watcher);
  }

  #tellAll(watcher: RoomWatcher): void {
    this.#everything ??= this.#batch(true, this.#room.machines());
    this.#send(watcher, this.#everything);
    this.#behind.delete(watcher);
    this.#untold.delete(watcher);
    const standing = this.#watchers.get(watcher);
    if (standing === undefined) return;
    standing.wantsAll = false;
    standing.toldAllAt = performance.now();
  }

  #send(watcher: RoomWatcher, batch: NewsBatch): void {
    for (const frame of batch.framesFor(watcher.machine)) watcher.tell(frame);
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
