import { type DBSchema, type IDBPDatabase, wrap } from "idb";
import { inTime } from "../storage/time-limit.ts";
import { byTime, MemoryStore, type ProjectStore } from "./project-store.ts";
import type { StoredProject } from "./stored-project.ts";

/** `boot/first-script.js` has asked for the same already. */
const DATABASE = "zone-playground";
const VERSION = 1;

interface Schema extends DBSchema {
  projects: { key: string; value: StoredProject };
}

/** Projects in the browser's IndexedDB. */
export class IndexedStore implements ProjectStore {
  readonly isLasting = true;
  #isNew: boolean;
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>, isNew: boolean) {
    this.#database = database;
    this.#isNew = isNew;
  }

  get isNew(): boolean {
    return this.#isNew;
  }

  async all(): Promise<StoredProject[]> {
    return (await this.#database.getAll("projects")).sort(byTime);
  }

  async read(id: string): Promise<StoredProject | undefined> {
    return this.#database.get("projects", id);
  }

  async write(project: StoredProject): Promise<boolean> {
    this.#isNew = false;
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

/** What the first script has left: a database takes the browser longest to open, so it is asked for while the page's script is on its way. */
interface OpeningDatabase {
  readonly request: IDBOpenDBRequest;
  /** Whether there was none. */
  readonly isNew: boolean;
}

/** The browser's store, or one for this tab alone where there is none. Never rejects. */
export async function openProjectStore(): Promise<ProjectStore> {
  try {
    const opening = open();
    const opened = await inTime(opening);
    if (opened !== undefined) return new IndexedStore(opened.database, opened.isNew);
    opening.then(({ database }) => database.close()).catch(() => {});
  } catch {
    // Blocked by the reader, or broken: the page says that work lives as long as the tab.
  }
  return new MemoryStore();
}

async function open(): Promise<{ readonly database: IDBPDatabase<Schema>; readonly isNew: boolean }> {
  const place = globalThis as { openingDatabase?: OpeningDatabase };
  const opening = (place.openingDatabase ??= request());
  // One that has been answered tells nobody any more.
  const database = (opening.request.readyState === "done" ? wrap(opening.request.result) : await wrap(opening.request)) as IDBPDatabase<Schema>;
  // A page of a later version wants to change the database: it must not wait for this one.
  database.addEventListener("versionchange", () => database.close());
  return { database, isNew: opening.isNew };
}

/** As the first script asks, where that has not come to it. */
function request(): OpeningDatabase {
  const opening = { request: indexedDB.open(DATABASE, VERSION), isNew: false };
  opening.request.addEventListener("upgradeneeded", () => {
    opening.request.result.createObjectStore("projects", { keyPath: "id" });
    opening.isNew = true;
  });
  return opening;
}
