import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { inTime } from "../storage/time-limit.ts";
import { byTime, MemoryStore, type ProjectStore } from "./project-store.ts";
import type { StoredProject } from "./stored-project.ts";

const DATABASE = "zone-playground";
const VERSION = 1;

interface Schema extends DBSchema {
  projects: { key: string; value: StoredProject };
}

/** Projects in the browser's IndexedDB. */
export class IndexedStore implements ProjectStore {
  readonly isLasting = true;
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  async all(): Promise<StoredProject[]> {
    return (await this.#database.getAll("projects")).sort(byTime);
  }

  async read(id: string): Promise<StoredProject | undefined> {
    return this.#database.get("projects", id);
  }

  async write(project: StoredProject): Promise<boolean> {
    // One transaction: between reading and writing no other tab can come.
    const transaction = this.#database.transaction("projects", "readwrite");
    const kept = await transaction.store.get(project.id);
    const isNext = kept === undefined || kept.revision === project.revision - 1;
    const written = isNext ? transaction.store.put(project) : undefined;
    await Promise.all([written, transaction.done]);
    return isNext;
  }

  async remove(id: string): Promise<void> {
    await this.#database.delete("projects", id);
  }
}

/** The browser's store, or one for this tab alone where there is none. Never rejects. */
export async function openProjectStore(): Promise<ProjectStore> {
  try {
    const opening = openDB<Schema>(DATABASE, VERSION, {
      upgrade: (database) => void database.createObjectStore("projects", { keyPath: "id" }),
      // A page of a later version wants to change the database: it must not wait for this one.
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    const database = await inTime(opening);
    if (database !== undefined) return new IndexedStore(database);
    opening.then((unwanted) => unwanted.close()).catch(() => {});
  } catch {
    // Blocked by the reader, or broken: the page says that work lives as long as the tab.
  }
  return new MemoryStore();
}
