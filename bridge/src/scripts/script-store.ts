import { projectBytes, projectFromJson, SHARE_VERSION, type SharedProject } from "@playground/share";
import type { Storage } from "unstorage";
import { isScriptId, scriptIds } from "./script-id.ts";

/** What a store may grow to. */
export interface ScriptStoreLimits {
  /** Scripts of the whole store. */
  readonly scripts: number;
  /** Bytes of all scripts. */
  readonly scriptBytes: number;
}

/** Sizes that are asked for at a time when a store is opened. */
const COUNT_TOGETHER = 64;

/** The store is full: `limit` says of what. */
export class StoreFullError extends Error {
  override readonly name = "StoreFullError";
}

/** Projects under ids that are hashes of their content: what is stored once never changes. */
export class ScriptStore {
  readonly #storage: Storage;
  readonly #limits: ScriptStoreLimits;
  #size: Promise<{ scripts: number; bytes: number }> | undefined;
  /** Saving goes one after the other, so that the limits hold exactly. */
  #saving: Promise<unknown> = Promise.resolve();

  constructor(storage: Storage, limits: ScriptStoreLimits) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /** The stored text under an id: `{"version":1,"project":…}`. Undefined when there is none. @throws what the storage throws */
  async load(id: string): Promise<string | undefined> {
    if (!isScriptId(id)) return undefined;
    return readEntry(await this.#storage.getItem(id));
  }

  /** Stores a project, and gives its id. @throws {StoreFullError}, or what the storage throws */
  async save(project: SharedProject): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const turn = this.#saving.then(() => this.#save(project));
    this.#saving = turn.catch(() => {});
    return turn;
  }

  /** Lets go of the storage's connections. */
  async close(): Promise<void> {
    await this.#saving;
    await this.#storage.dispose();
  }

  async #save(project: SharedProject): Promise<{ id: string; isNew: boolean }> {
    const content = projectBytes(project);
    const text = envelope(content);
    for (const id of scriptIds(content)) {
      const item = await this.#storage.getItem(id);
      const existing = readEntry(item);
      if (existing === text) return { id, isNew: false };
      // Other content that begins alike. A broken value, which nobody can use, is replaced.
      if (existing !== undefined) continue;
      const bytes = Buffer.byteLength(text);
      const size = await this.#counted();
      this.#checkRoom(size, bytes);
      await this.#storage.setItem(id, text);
      size.bytes += bytes;
      if (item === null) size.scripts += 1;
      return { id, isNew: true };
    }
    throw new Error("every id of this content belongs to other content");
  }

  #checkRoom(size: { scripts: number; bytes: number }, bytes: number): void {
    const { scripts, scriptBytes } = this.#limits;
    if (size.scripts >= scripts) throw new StoreFullError(`the bridge keeps ${scripts} scripts, which is the most it takes`);
    if (size.bytes + bytes > scriptBytes) throw new StoreFullError(`the bridge keeps scripts of ${size.bytes} bytes; it takes ${scriptBytes}`);
  }

  async #counted(): Promise<{ scripts: number; bytes: number }> {
    this.#size ??= this.#count();
    try {
      return await this.#size;
    } catch (error) {
      this.#size = undefined;
      throw error;
    }
  }

  async #count(): Promise<{ scripts: number; bytes: number }> {
    const keys = (await this.#storage.getKeys()).filter(isScriptId);
    let bytes = 0;
    for (let from = 0; from < keys.length; from += COUNT_TOGETHER) {
      const sizes = await Promise.all(keys.slice(from, from + COUNT_TOGETHER).map((key) => this.#sizeOf(key)));
      bytes += sizes.reduce((sum, size) => sum + size, 0);
    }
    return { scripts: keys.length, bytes };
  }

  async #sizeOf(key: string): Promise<number> {
    const { size } = await this.#storage.getMeta(key);
    if (typeof size === "number") return size;
    return Buffer.byteLength(JSON.stringify(await this.#storage.getItem(key)));
  }
}

function envelope(content: Uint8Array): string {
  return `{"version":${SHARE_VERSION},"project":${Buffer.from(content).toString("utf8")}}`;
}

/** Checks what the storage has, in case somebody else has written there; unstorage has parsed it already. */
function readEntry(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("version" in item) || !("project" in item) || typeof item.version !== "number") return undefined;
  try {
    return envelope(projectBytes(projectFromJson(item.version, item.project)));
  } catch {
    return undefined;
  }
}
