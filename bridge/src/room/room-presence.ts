import {
  MAX_PRESENCE_GONE,
  MAX_PRESENCE_LISTENERS,
  MAX_PRESENCE_MACHINES,
  type RoomEvent,
  type RoomMachine,
} from "@playground/wire";
import { MAX_NEWS_KEPT, NEWS_INTERVAL_MS, NEWS_PER_SECOND } from "../limits.ts";
import type { Machine } from "./machine.ts";
import type { Room } from "./room.ts";

type News = Extract<RoomEvent, { kind: "presence" }>;

/** A session that is told of its room. */
export interface RoomWatcher {
  readonly machine: Machine;
  /** Whether its WebSocket takes more at the moment. While not, news is gathered, and only the last state is told. */
  readonly canBeTold: boolean;
  tell(news: News): void;
}

/** What a watcher has not been told yet. */
interface Backlog {
  isAll: boolean;
  /** Whether a password is needed has changed. */
  isPasswordNews: boolean;
  readonly changed: Set<Machine>;
}

/**
 * Tells members of a room who is in it and what listens where. Changes are gathered: the more members
 * there are to be told, the longer, so that a room costs at most `NEWS_PER_SECOND` packets a second.
 */
export class RoomPresence {
  readonly #room: Room;
  readonly #watchers = new Map<RoomWatcher, Backlog>();
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Tells this session everything at once, and changes from now on. */
  add(watcher: RoomWatcher): void {
    this.#watchers.set(watcher, { isAll: true, isPasswordNews: false, changed: new Set() });
    if (watcher.canBeTold) this.#tell(watcher);
    else this.#flushLater();
  }

  remove(watcher: RoomWatcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size === 0) this.close();
  }

  /** A machine has come, gone, or is not what it was. */
  changed(machine: Machine): void {
    for (const backlog of this.#watchers.values()) {
      if (backlog.isAll) continue;
      backlog.changed.add(machine);
      if (backlog.changed.size <= MAX_NEWS_KEPT) continue;
      backlog.isAll = true;
      backlog.changed.clear();
    }
    this.#flushLater();
  }

  passwordChanged(): void {
    for (const backlog of this.#watchers.values()) backlog.isPasswordNews = true;
    this.#flushLater();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flushLater(): void {
    if (this.#timer !== undefined || this.#watchers.size === 0) return;
    const interval = Math.max(NEWS_INTERVAL_MS, (this.#watchers.size * 1_000) / NEWS_PER_SECOND);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const watcher of this.#watchers.keys()) this.#tell(watcher);
    }, interval);
    this.#timer.unref();
  }

  #tell(watcher: RoomWatcher): void {
    const backlog = this.#watchers.get(watcher);
    if (backlog === undefined || !(backlog.isAll || backlog.isPasswordNews || backlog.changed.size > 0)) return;
    if (!watcher.canBeTold) {
      this.#flushLater();
      return;
    }
    const { isAll } = backlog;
    const touched = [...(isAll ? this.#room.machines() : backlog.changed)];
    backlog.isAll = false;
    backlog.isPasswordNews = false;
    backlog.changed.clear();
    const machines = touched.filter(isPresent).map((machine) => this.#describe(machine, watcher.machine));
    const gone = isAll ? [] : touched.filter((machine) => !isPresent(machine)).map(({ id }) => id);
    const hasPassword = this.#room.password.isSet;
    let isFirst = true;
    do {
      const news = { kind: "presence", isAll: isAll && isFirst, hasPassword, gone: gone.splice(0, MAX_PRESENCE_GONE), machines: machines.splice(0, MAX_PRESENCE_MACHINES) } as const;
      watcher.tell(news);
      isFirst = false;
    } while (gone.length > 0 || machines.length > 0);
  }

  #describe(machine: Machine, viewer: Machine): RoomMachine {
    const isYou = machine === viewer;
    const listeners = [];
    let moreListeners = 0;
    for (const { address, port, isPrivate } of this.#room.listeners.of(machine)) {
      if (isPrivate && !isYou) continue;
      if (listeners.length < MAX_PRESENCE_LISTENERS) listeners.push({ address, port, isPrivate });
      else moreListeners += 1;
    }
    const { id, address, name } = machine;
    return { machineId: id, isYou, isKeeper: machine === this.#room.keeper, address, name, listeners, moreListeners };
  }
}

/** A machine that is away keeps its address and its name for a while, but nobody is there. */
function isPresent(machine: Machine): boolean {
  return machine.sessions > 0;
}
