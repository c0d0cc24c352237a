import { encodePresence, MAX_PRESENCE_GONE, MAX_PRESENCE_MACHINES } from "@playground/wire/codec";
import { frameOf, type SharedFrame } from "../websocket/packet-frame.ts";
import type { Machine } from "./machine.ts";
import type { MachineRecords } from "./machine-records.ts";

/** What a batch of news tells. */
export interface News {
  /** Forget all that was told before. */
  readonly isAll: boolean;
  readonly hasPassword: boolean;
  /** Ids of machines that have left. */
  readonly gone: readonly number[];
  /** Machines that are there, and new or not what they were. */
  readonly machines: readonly Machine[];
}

/**
 * News of a room for all of its watchers. A packet that holds no machine of the watcher's own is the same for everybody, and is
 * encoded once; in the one that does, the watcher's own machine takes the place of what others see of it.
 */
export class NewsBatch {
  readonly #news: News;
  readonly #records: MachineRecords;
  readonly #onEncoded: () => void;
  /** Where the watcher's own machine is, if it is in the batch. */
  readonly #places = new Map<Machine, number>();
  /** As others see the machines, at the time of the batch. */
  readonly #public: readonly Uint8Array[];
  readonly #shared: (SharedFrame | undefined)[];

  /** `onEncoded` is told of each packet that is put together. */
  constructor(news: News, records: MachineRecords, onEncoded: () => void) {
    this.#news = news;
    this.#records = records;
    this.#onEncoded = onEncoded;
    for (const [place, machine] of news.machines.entries()) this.#places.set(machine, place);
    const count = Math.max(1, Math.ceil(news.machines.length / MAX_PRESENCE_MACHINES), Math.ceil(news.gone.length / MAX_PRESENCE_GONE));
    this.#shared = Array.from({ length: count }, () => undefined);
    this.#public = news.machines.map((machine) => records.of(machine));
  }

  /** The packets for a watcher of this machine, in their order. */
  *framesFor(viewer: Machine): Generator<SharedFrame> {
    const place = this.#places.get(viewer);
    const own = place === undefined ? -1 : Math.floor(place / MAX_PRESENCE_MACHINES);
    for (let index = 0; index < this.#shared.length; index += 1) {
      yield index === own && place !== undefined
        ? this.#encode(index, { place, record: this.#records.ownOf(viewer) })
        : (this.#shared[index] ??= this.#encode(index));
    }
  }

  #encode(index: number, own?: { readonly place: number; readonly record: Uint8Array }): SharedFrame {
    this.#onEncoded();
    const { isAll, hasPassword, gone } = this.#news;
    const from = index * MAX_PRESENCE_MACHINES;
    const records = this.#public.slice(from, from + MAX_PRESENCE_MACHINES);
    if (own !== undefined) records[own.place - from] = own.record;
    const head = { isAll: isAll && index === 0, hasPassword, gone: gone.slice(index * MAX_PRESENCE_GONE, (index + 1) * MAX_PRESENCE_GONE) };
    return frameOf(encodePresence(head, records));
  }
}
