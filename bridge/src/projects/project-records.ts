import { MAX_PROJECT_BYTES } from "@playground/share";
import type { Storage } from "unstorage";
import { isProjectId } from "./project-id.ts";

/** What is known of a stored project besides its text. */
export interface ProjectRecord {
  /** Bytes of its text. */
  readonly bytes: number;
  /** The day of its last use, in days since 1970 (UTC): when it was stored or last asked for. */
  readonly day: number;
  /** Who stored it first, as `ProjectOwners` names an address; empty for projects older than records. */
  readonly owner: string;
}

/** Milliseconds of a day. */
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Longest text of a project, bytes: the largest project and what stands around it. */
const MAX_TEXT_BYTES = MAX_PROJECT_BYTES + 64;

/** How far the clocks of two bridges on one storage may be apart, days. */
const CLOCKS_APART_DAYS = 1;

/** Records and sizes that are asked for at a time. */
const READ_TOGETHER = 64;

/** Today, as records count days. */
export function today(now = Date.now()): number {
  return Math.floor(now / DAY_MS);
}

/**
 * Who stored each project, how large it is, and when it was last used. All records are read once, when something is first
 * stored or looked for; from then on they are in memory too, so that no limit needs the storage to be counted.
 */
export class ProjectRecords {
  readonly #texts: Storage;
  readonly #storage: Storage;
  #all: Promise<Map<string, ProjectRecord>> | undefined;
  #owned = new Map<string, { projects: number; bytes: number }>();
  #bytes = 0;

  /** @param texts where the texts are @param storage where the records are */
  constructor(texts: Storage, storage: Storage) {
    this.#texts = texts;
    this.#storage = storage;
  }

  /** All of them by id. @throws what the storage throws; the next call tries again */
  async all(): Promise<ReadonlyMap<string, ProjectRecord>> {
    return this.#read();
  }

  /** Bytes of all projects, once they have been read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What one address has stored. */
  ownedBy(owner: string): { readonly projects: number; readonly bytes: number } {
    return this.#owned.get(owner) ?? { projects: 0, bytes: 0 };
  }

  /** Adds a record, or replaces the one that is there. */
  async put(id: string, record: ProjectRecord): Promise<void> {
    const all = await this.#read();
    this.#drop(all, id);
    all.set(id, record);
    this.#count(record, 1);
    await this.#storage.setItem(id, record);
  }

  /** The project was used today. Costs nothing the second time in a day. */
  async use(id: string, bytes: number): Promise<void> {
    const record = (await this.#all)?.get(id) ?? (await this.stored(id)) ?? { bytes, day: 0, owner: "" };
    if (record.day === today()) return;
    const used = { ...record, day: today() };
    // A bridge that only reads need not read all records for it.
    if (this.#all === undefined) await this.#storage.setItem(id, used);
    else await this.put(id, used);
  }

  /** Forgets a project; its text is the caller's matter. */
  async remove(id: string): Promise<void> {
    this.#drop(await this.#read(), id);
    await this.#storage.removeItem(id);
  }

  /** The record as the storage has it now, which another bridge may have written. */
  async stored(id: string): Promise<ProjectRecord | undefined> {
    return readRecord(await this.#storage.getItem(id));
  }

  async #read(): Promise<Map<string, ProjectRecord>> {
    this.#all ??= this.#readAll();
    try {
      return await this.#all;
    } catch (error) {
      this.#all = undefined;
      throw error;
    }
  }

  async #readAll(): Promise<Map<string, ProjectRecord>> {
    const ids = (await this.#texts.getKeys()).filter(isProjectId);
    const all = new Map<string, ProjectRecord>();
    this.#owned = new Map();
    this.#bytes = 0;
    for (let from = 0; from < ids.length; from += READ_TOGETHER) {
      await Promise.all(
        ids.slice(from, from + READ_TOGETHER).map(async (id) => {
          // Stored before there were records: as if it had been used today.
          const record = readRecord(await this.#storage.getItem(id)) ?? { bytes: await this.#sizeOf(id), day: today(), owner: "" };
          all.set(id, record);
          this.#count(record, 1);
        }),
      );
    }
    return all;
  }

  async #sizeOf(id: string): Promise<number> {
    const { size } = await this.#texts.getMeta(id);
    if (typeof size === "number") return size;
    const text: unknown = await this.#texts.getItemRaw(id);
    return typeof text === "string" || Buffer.isBuffer(text) ? Buffer.byteLength(text) : 0;
  }

  #drop(all: Map<string, ProjectRecord>, id: string): void {
    const record = all.get(id);
    if (record === undefined) return;
    all.delete(id);
    this.#count(record, -1);
  }

  #count({ owner, bytes }: ProjectRecord, sign: 1 | -1): void {
    this.#bytes += sign * bytes;
    const before = this.ownedBy(owner);
    const after = { projects: before.projects + sign, bytes: before.bytes + sign * bytes };
    if (after.projects === 0) this.#owned.delete(owner);
    else this.#owned.set(owner, after);
  }
}

/** A record that says what can be: a broken file must not fill the store with bytes that nobody has, nor keep a project for ever. */
function readRecord(value: unknown): ProjectRecord | undefined {
  if (typeof value !== "object" || value === null || !("bytes" in value) || !("day" in value) || !("owner" in value)) return undefined;
  const { bytes, day, owner } = value;
  const isRecord =
    isCount(bytes) && bytes <= MAX_TEXT_BYTES && isCount(day) && day <= today() + CLOCKS_APART_DAYS && typeof owner === "string" && owner.length <= 64;
  return isRecord ? { bytes, day, owner } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
