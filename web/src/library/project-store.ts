import type { StoredProject } from "./stored-project.ts";

/** Where projects are kept. */
export interface ProjectStore {
  /** Whether what is kept outlives the tab. */
  readonly isLasting: boolean;
  /** Whether the browser has made it for this page, which has kept nothing in it yet: nothing needs to be looked for. */
  readonly isNew: boolean;
  /** All projects, the one that was changed last first. */
  all(): Promise<StoredProject[]>;
  read(id: string): Promise<StoredProject | undefined>;
  /**
   * Keeps a project, if the one that is kept has not been saved by anybody else since: its revision is the one before, or there is none.
   * False when it has. @throws DOMException, `QuotaExceededError` when the disk is full
   */
  write(project: StoredProject): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Newest first. */
export function byTime(left: StoredProject, right: StoredProject): number {
  return right.changedAt - left.changedAt;
}

/** Serves where the browser keeps nothing: private windows of some browsers, blocked site data. */
export class MemoryStore implements ProjectStore {
  readonly isLasting = false;
  readonly isNew: boolean = false;
  readonly #projects = new Map<string, StoredProject>();

  all(): Promise<StoredProject[]> {
    return Promise.resolve([...this.#projects.values()].sort(byTime));
  }

  read(id: string): Promise<StoredProject | undefined> {
    return Promise.resolve(this.#projects.get(id));
  }

  write(project: StoredProject): Promise<boolean> {
    const kept = this.#projects.get(project.id);
    const isNext = kept === undefined || kept.revision === project.revision - 1;
    if (isNext) this.#projects.set(project.id, project);
    return Promise.resolve(isNext);
  }

  remove(id: string): Promise<void> {
    this.#projects.delete(id);
    return Promise.resolve();
  }
}
