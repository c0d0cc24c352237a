import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { inTime } from "../../storage/time-limit.ts";

const DATABASE = "zone-playground-lessons";
const VERSION = 1;

/** Lessons from elsewhere that are kept: a course, and some beside. */
const MAX_KEPT = 40;

/** Characters of all of them together: two of the largest, or hundreds of usual ones. */
const MAX_KEPT_CHARS = 12 * 1024 * 1024;

/** A lesson file as it came. It is read anew each time: what a browser has kept is no more to be believed than what comes from elsewhere. */
export interface KeptFile {
  readonly address: string;
  readonly text: string;
  /** Milliseconds by `Date.now()`. */
  readonly keptAt: number;
}

interface Schema extends DBSchema {
  files: { key: string; value: KeptFile };
}

/**
 * Lesson files that the reader has opened, so that a lesson goes on without its host and without a network. Only addresses that the reader has
 * agreed to are in here. Where the browser keeps nothing, neither does this; nothing here rejects.
 */
export class KeptLessons {
  #opening: Promise<IDBPDatabase<Schema>> | undefined;

  async read(address: string): Promise<KeptFile | undefined> {
    return this.#attempt(async (database) => database.get("files", address));
  }

  /** All addresses. */
  async addresses(): Promise<readonly string[]> {
    return (await this.#attempt(async (database) => database.getAllKeys("files"))) ?? [];
  }

  /** Keeps a file; the oldest ones make room. */
  async write(address: string, text: string, now: number = Date.now()): Promise<void> {
    await this.#attempt(async (database) => {
      const transaction = database.transaction("files", "readwrite");
      await transaction.store.put({ address, text, keptAt: now });
      const all = (await transaction.store.getAll()).sort((one, two) => two.keptAt - one.keptAt);
      let chars = 0;
      for (const [index, file] of all.entries()) {
        chars += file.text.length;
        if (index >= MAX_KEPT || (index > 0 && chars > MAX_KEPT_CHARS)) await transaction.store.delete(file.address);
      }
      await transaction.done;
    });
  }

  async #attempt<T>(action: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    try {
      this.#opening ??= openDB<Schema>(DATABASE, VERSION, {
        upgrade: (database) => void database.createObjectStore("files", { keyPath: "address" }),
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return await inTime(this.#opening.then(action));
    } catch {
      return undefined;
    }
  }
}
