import { projectBytes, type SharedProject } from "@playground/share";
import type { Storage } from "unstorage";
import { limitOption } from "../over-limit.ts";
import type { BridgeLimits } from "../limits.ts";
import { CheckedTexts } from "./checked-texts.ts";
import { formerProjectIds, isProjectId, projectIds } from "./project-id.ts";
import { ProjectOwners } from "./project-owners.ts";
import { type ProjectRecord, ProjectRecords, today } from "./project-records.ts";
import { projectContent, projectText } from "./project-text.ts";

/** Days after which a project that nobody has used may make room for a new one in a store, or a share of it, that is full: a month of lessons and a holiday. */
export const SPARED_DAYS = 60;

/** Time between two looks at whether a day has passed, ms. */
const EXPIRY_CHECK_MS = 60 * 60 * 1_000;

/** What a store may grow to. */
export type ProjectStoreLimits = Pick<BridgeLimits, "scripts" | "scriptBytes" | "scriptsPerAddress" | "scriptBytesPerAddress">;

/** There is no room for a project. The message says of what, for whom, and which option sets it. */
export class StoreFullError extends Error {
  override readonly name = "StoreFullError";
  /** Whether the share of the client's own address is used up, and not the whole store. */
  readonly isShare: boolean;

  constructor(message: string, isShare: boolean) {
    super(message);
    this.isShare = isShare;
  }
}

/** Where a store keeps what it has. */
export interface ProjectStorages {
  readonly texts: Storage;
  readonly records: Storage;
}

/** What may be set of a store besides its limits. */
export interface ProjectStoreOptions {
  /** Days without use after which a project is removed; 0: never. Default 0. */
  readonly expiryDays?: number;
  /** The ids that content may have, shortest first. Default: made of its hash. */
  readonly ids?: (content: Uint8Array) => Iterable<string>;
}

/**
 * Projects under ids that are hashes of their content: what is stored once never changes. It is checked when it is stored; a text
 * that is read needs no more than its hash to be looked at, since nothing else has that id.
 */
export class ProjectStore {
  readonly #texts: Storage;
  readonly #records: ProjectRecords;
  readonly #owners: ProjectOwners;
  readonly #dispose: () => Promise<void>;
  readonly #limits: ProjectStoreLimits;
  readonly #expiryDays: number;
  readonly #ids: (content: Uint8Array) => Iterable<string>;
  readonly #checked = new CheckedTexts();
  /** What is being written down of uses. */
  readonly #noting = new Set<Promise<void>>();
  /** Saving goes one after the other, so that the limits hold exactly and checking large projects leaves turns to others. */
  #saving: Promise<unknown> = Promise.resolve();
  #expiryTimer: NodeJS.Timeout | undefined;
  /** The day on which projects were last looked through for those that nobody uses. */
  #expiredOn = 0;

  constructor({ texts, records }: ProjectStorages, limits: ProjectStoreLimits, { expiryDays = 0, ids = projectIds }: ProjectStoreOptions = {}) {
    this.#texts = texts;
    this.#records = new ProjectRecords(texts, records);
    this.#owners = new ProjectOwners(records);
    this.#limits = limits;
    this.#expiryDays = expiryDays;
    this.#ids = ids;
    this.#dispose = async () => {
      await texts.dispose();
      await records.dispose();
    };
    if (expiryDays > 0) this.#expiryTimer = setInterval(() => this.#expireInTurn(), EXPIRY_CHECK_MS).unref();
  }

  /** The stored text under an id: `{"version":1,"project":…}`, in UTF-8. Undefined when there is none. @throws what the storage throws */
  async load(id: string): Promise<Buffer | undefined> {
    if (!isProjectId(id)) return undefined;
    const text = await this.#checkedTextOf(id);
    if (text !== undefined) this.#noteUse(id, text.length);
    return text;
  }

  /** Writes down that a project is used, while whoever opened it gets it: a disk that takes no more still gives what it has. */
  #noteUse(id: string, bytes: number): void {
    const noted = this.#records
      .use(id, bytes)
      .catch(() => {})
      .finally(() => this.#noting.delete(noted));
    this.#noting.add(noted);
  }

  /**
   * Stores a project for the client at an address, and gives its id. `read` gives the project when its turn has come.
   * @throws {StoreFullError}, what `read` throws, or what the storage throws
   */
  async save(read: () => SharedProject, address: string): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const turn = this.#saving.then(() => this.#save(read(), address));
    this.#saving = turn.catch(() => {});
    return turn;
  }

  /** Every project with what is known of it, the one used longest ago first. @throws what the storage throws */
  async list(): Promise<readonly (ProjectRecord & { readonly id: string })[]> {
    return [...(await this.#records.all())].map(([id, record]) => ({ id, ...record })).sort((a, b) => a.day - b.day || a.id.localeCompare(b.id));
  }

  /** Removes a project; false when there is none with this id. @throws what the storage throws */
  async remove(id: string): Promise<boolean> {
    if (!isProjectId(id)) return false;
    const isThere = await this.#texts.hasItem(id);
    await this.#texts.removeItem(id);
    await this.#records.remove(id);
    return isThere;
  }

  /** Lets go of the storage's connections. */
  async close(): Promise<void> {
    clearInterval(this.#expiryTimer);
    await this.#saving;
    await Promise.all(this.#noting);
    await this.#dispose();
  }

  async #save(project: SharedProject, address: string): Promise<{ id: string; isNew: boolean }> {
    const content = projectBytes(project);
    for (const id of this.#ids(content)) {
      const existing = await this.#textOf(id);
      if (existing !== undefined && projectContent(existing)?.equals(content) === true) {
        await this.#records.use(id, existing.length);
        return { id, isNew: false };
      }
      // Other content that begins alike. A broken value, which nobody can use, is replaced.
      if (existing !== undefined) continue;
      const text = projectText(project, content);
      const bytes = Buffer.byteLength(text);
      const owner = await this.#owners.nameOf(address);
      await this.#makeRoom(id, owner, bytes);
      // The record first: a project without one would be nobody's, and in nobody's share.
      await this.#records.put(id, { bytes, day: today(), owner });
      await this.#texts.setItem(id, text).catch(async (error: unknown) => {
        await this.#records.remove(id).catch(() => {});
        throw error;
      });
      return { id, isNew: true };
    }
    throw new Error("every id of this content belongs to other content");
  }

  /** As `#textOf`; one that is as it was when it was checked need not be read again. */
  async #checkedTextOf(id: string): Promise<Buffer | undefined> {
    const state = await this.#stateOf(id);
    const known = state === undefined ? undefined : this.#checked.get(id, state);
    if (known !== undefined) return known;
    const text = await this.#textOf(id);
    if (text === undefined || state === undefined) this.#checked.delete(id);
    else this.#checked.add(id, text, state);
    return text;
  }

  /** What tells whether a stored text is still the same: files have a time; of what is in Redis it is only known that it is there. Undefined when it is not. */
  async #stateOf(id: string): Promise<string | undefined> {
    const { size, ctime } = await this.#texts.getMeta(id, { nativeOnly: true });
    if (ctime instanceof Date) return `${ctime.getTime()} ${Number(size)}`;
    return (await this.#texts.hasItem(id)) ? "there" : undefined;
  }

  /** The text under an id, when it is one that was stored under it. */
  async #textOf(id: string): Promise<Buffer | undefined> {
    const item: unknown = await this.#texts.getItemRaw(id);
    if (typeof item !== "string" && !Buffer.isBuffer(item)) return undefined;
    const text = Buffer.from(item as string);
    const content = projectContent(text);
    if (content === undefined) return undefined;
    for (const each of this.#ids(content)) if (each === id) return text;
    for (const each of formerProjectIds(content)) if (each === id) return text;
    return undefined;
  }

  /** Makes sure that so many bytes more fit, by removing projects that nobody has used for long. @throws {StoreFullError} */
  async #makeRoom(id: string, owner: string, bytes: number): Promise<void> {
    const all = await this.#records.all();
    await this.#expire();
    const { scripts, scriptBytes, scriptsPerAddress, scriptBytesPerAddress } = this.#limits;
    const hasShare = (): boolean => {
      const owned = this.#records.ownedBy(owner);
      return owned.projects < scriptsPerAddress && owned.bytes + bytes <= scriptBytesPerAddress;
    };
    if (!hasShare() && !(await this.#removeUnused(hasShare, (record) => record.owner === owner))) {
      const owned = this.#records.ownedBy(owner);
      const limit = owned.projects >= scriptsPerAddress ? "scriptsPerAddress" : "scriptBytesPerAddress";
      throw new StoreFullError(
        `your network's address keeps ${owned.projects} scripts of ${owned.bytes} bytes on this bridge, which is its share (set by the bridge's option --${limitOption(limit)})`,
        true,
      );
    }
    // A record without a text, as a broken file leaves it, is replaced.
    const hasRoom = (): boolean => (all.size < scripts || all.has(id)) && this.#records.bytes + bytes <= scriptBytes;
    if (hasRoom() || (await this.#removeUnused(hasRoom, () => true))) return;
    if (all.size >= scripts)
      throw new StoreFullError(`the bridge keeps ${all.size} scripts, which is the most it takes (set by its option --${limitOption("scripts")})`, false);
    throw new StoreFullError(
      `the bridge keeps scripts of ${this.#records.bytes} bytes; it takes ${scriptBytes} (set by its option --${limitOption("scriptBytes")})`,
      false,
    );
  }

  /** Removes projects that nobody has used for `SPARED_DAYS`, longest first, until there is room; false when there is none in the end. */
  async #removeUnused(hasRoom: () => boolean, isMeant: (record: ProjectRecord) => boolean): Promise<boolean> {
    const before = today() - SPARED_DAYS;
    const unused = [...(await this.#records.all())].filter(([, record]) => record.day <= before && isMeant(record)).sort(([, a], [, b]) => a.day - b.day);
    for (const [id, { day }] of unused) {
      if (hasRoom()) return true;
      await this.#removeIfUnused(id, day);
    }
    return hasRoom();
  }

  #expireInTurn(): void {
    // What fails now is tried again in an hour, or when somebody stores something and is told.
    this.#saving = this.#saving.then(() => this.#expire()).catch(() => {});
  }

  /** Once a day: removes what has not been used for as long as the operator keeps projects. */
  async #expire(): Promise<void> {
    if (this.#expiryDays === 0 || this.#expiredOn === today()) return;
    const before = today() - this.#expiryDays;
    for (const [id, { day }] of await this.#records.all()) if (day <= before) await this.#removeIfUnused(id, day);
    this.#expiredOn = today();
  }

  /** Another bridge on the same storage may have seen it used. */
  async #removeIfUnused(id: string, day: number): Promise<void> {
    const stored = await this.#records.stored(id);
    if (stored !== undefined && stored.day > day) await this.#records.put(id, stored);
    else await this.remove(id);
  }
}
