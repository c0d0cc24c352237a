import { persistent, type SafeStorage } from "../storage/safe-storage.ts";
import type { ProjectStore } from "./project-store.ts";
import { newStoredProject, type StoredProject } from "./stored-project.ts";

const PREFIX = "zone-playground:unsaved:";

/**
 * Work that was being saved when its page went away. IndexedDB gives no promise that a write begun then is carried out;
 * localStorage is written at once. The next page finds it and finishes the save.
 */
export class UnsavedWork {
  readonly #storage: SafeStorage;

  constructor(storage: SafeStorage = persistent) {
    this.#storage = storage;
  }

  /** Called while the page is being left. */
  note(project: StoredProject): void {
    this.#storage.write(PREFIX + project.saveId, JSON.stringify(project));
  }

  /** The save was carried out after all. */
  forget(saveId: string): void {
    this.#storage.remove(PREFIX + saveId);
  }

  /** Saves what earlier pages could not. */
  async recover(store: ProjectStore): Promise<void> {
    for (const key of this.#storage.keys().filter((each) => each.startsWith(PREFIX))) {
      const project = parse(this.#storage.read(key));
      if (project !== undefined) {
        const kept = await store.read(project.id);
        const isSaved = kept?.saveId === project.saveId;
        // Somebody has gone on with the project: what was not saved becomes a project of its own.
        if (!isSaved && !(await store.write(project))) await store.write({ ...newStoredProject(project), revision: 1 });
      }
      this.#storage.remove(key);
    }
  }
}

/** Only this code writes there; what is checked is what an older version may have had otherwise. */
function parse(text: string | undefined): StoredProject | undefined {
  try {
    const value = JSON.parse(text ?? "") as Partial<StoredProject>;
    const isWhole =
      typeof value.id === "string" &&
      typeof value.saveId === "string" &&
      typeof value.revision === "number" &&
      Array.isArray(value.files) &&
      value.files.length > 0;
    return isWhole ? (value as StoredProject) : undefined;
  } catch {
    return undefined;
  }
}
