import { Model } from "../ui/model.ts";
import { Project, type ProjectFile } from "../project/project.ts";
import { persistent, type SafeStorage, tabStorage } from "../storage/safe-storage.ts";
import { LibraryChannel } from "./library-channel.ts";
import type { ProjectStore } from "./project-store.ts";
import { newStoredProject, randomId, type StoredProject } from "./stored-project.ts";
import { UnsavedWork } from "./unsaved-work.ts";

/** Milliseconds after the last keystroke before the work is saved. */
const SAVE_DELAY_MS = 300;
/** Milliseconds after which it is saved while somebody types on: what a crash can cost at most. */
const SAVE_LIMIT_MS = 2_000;

/** The tab's project in a room. */
const CURRENT_KEY = "zone-playground:current:";
/** The project that was opened last, in whatever tab and room. */
const LAST_KEY = "zone-playground:last-project";

/** What the reader should know about the work that is open. */
export type LibraryNotice =
  /** Nothing outlives the tab. */
  | { readonly kind: "memory" }
  /** The last save failed; the next change tries again. */
  | { readonly kind: "failed"; readonly isFull: boolean; readonly reason: string }
  /** Another tab has saved this project since it was opened here. */
  | { readonly kind: "newer" }
  /** Both tabs have changed it: the work of this one is now a project of its own. */
  | { readonly kind: "forked" };

export interface LibraryOptions {
  readonly store: ProjectStore;
  readonly room: string;
  /** What to open. Its revision is 0 when it was never saved. */
  readonly stored: StoredProject;
  /** Whether a project that was never saved is not worth keeping yet: an example that nobody touched. */
  readonly isUntouched: (project: Project) => boolean;
  readonly tab?: SafeStorage;
  readonly browser?: SafeStorage;
  readonly unsaved?: UnsavedWork;
}

/** The reader's projects: the open one, saved as it changes, and the others. Tells of notices and of another project being open. */
export class Library extends Model {
  readonly project: Project;
  readonly #options: LibraryOptions;
  readonly #store: ProjectStore;
  readonly #tab: SafeStorage;
  readonly #browser: SafeStorage;
  readonly #unsaved: UnsavedWork;
  readonly #channel = new LibraryChannel((id, revision) => this.#savedElsewhere(id, revision));
  /** The open project as it was last saved or opened; files and the open tab are newer in `project`. */
  #stored: StoredProject;
  #isDirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySince = 0;
  #saving: Promise<void> = Promise.resolve();
  #notice: LibraryNotice | undefined;
  /** The files of the open project as they came, when it was new. */
  #pristine: readonly ProjectFile[] | undefined;
  /** What is being saved. */
  #underWay: StoredProject | undefined;
  /** Why the last save failed. */
  #fault: unknown;
  /** Set while the project changes because it was read. */
  #isReading = false;

  constructor(options: LibraryOptions) {
    super();
    this.#options = options;
    this.#store = options.store;
    this.#tab = options.tab ?? tabStorage;
    this.#browser = options.browser ?? persistent;
    this.#unsaved = options.unsaved ?? new UnsavedWork();
    this.#stored = options.stored;
    this.project = new Project(options.stored.files, options.stored.active, options.stored.settings);
    if (!this.#store.isLasting) this.#notice = { kind: "memory" };
    this.project.subscribe(() => {
      if (!this.#isReading) this.#changed();
    });
    this.#remember();
  }

  /** Whether work outlives the tab. */
  get isLasting(): boolean {
    return this.#store.isLasting;
  }

  /** Whether something would be gone if the tab were closed now. */
  get isAtRisk(): boolean {
    if (!this.#store.isLasting) return !this.#options.isUntouched(this.project);
    return this.#isDirty && this.#notice?.kind === "failed";
  }

  get id(): string {
    return this.#stored.id;
  }

  /** Empty until the reader names the project. */
  get title(): string {
    return this.#stored.title;
  }

  get notice(): LibraryNotice | undefined {
    return this.#notice;
  }

  /** The open project as it is now. */
  get current(): StoredProject {
    const { files, active, settings } = this.project;
    return { ...this.#stored, files, active, settings, room: this.#options.room };
  }

  /** All projects, the open one included, even when it was never saved; the one that was changed last first. */
  async all(): Promise<StoredProject[]> {
    await this.save();
    const kept = await this.#store.all();
    return kept.some(({ id }) => id === this.id) ? kept : [this.current, ...kept];
  }

  /** Saves what has changed, and waits for it. Never rejects. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isDirty) this.#saving = this.#saveAfter(this.#saving);
    await this.#saving;
  }

  /** The page goes away: nothing can be waited for. */
  leave(): void {
    if (!this.#store.isLasting) return;
    if (!this.#isDirty) {
      // A save that began a moment ago may be dropped as well.
      if (this.#underWay !== undefined) this.#unsaved.note(this.#underWay);
      return;
    }
    const next = this.#next();
    this.#unsaved.note(next);
    this.#saving = this.#saveAfter(this.#saving, next);
  }

  async rename(id: string, title: string): Promise<void> {
    if (id === this.id) {
      this.#stored = { ...this.#stored, title };
      this.#pristine = undefined;
      this.#changed();
      this.changed();
      await this.save();
      return;
    }
    const kept = await this.#store.read(id);
    if (kept !== undefined) await this.#store.write({ ...kept, title, revision: kept.revision + 1, saveId: randomId() });
  }

  /** The open project's programs run: what they did elsewhere is no longer kept with it. */
  dropCapture(): void {
    if (this.#stored.capture === undefined) return;
    const { capture: _gone, ...stored } = this.#stored;
    this.#stored = stored;
    this.#changed();
  }

  /** Keeps a project beside the others, and gives it as it is kept. @throws DOMException when there is no room */
  async add(stored: StoredProject): Promise<StoredProject> {
    const kept = { ...stored, revision: stored.revision + 1, saveId: randomId() };
    await this.#store.write(kept);
    return kept;
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(id);
  }

  async read(id: string): Promise<StoredProject | undefined> {
    return this.#store.read(id);
  }

  /** Saves what has changed. @throws what the storage threw, when it could not: the open project must not be left then */
  async settle(): Promise<void> {
    await this.save();
    if (this.#isDirty) throw this.#fault;
  }

  /**
   * Shows another project in the place of the open one, which is settled. A new one is kept at once, so that a reload shows it again; if
   * nobody changes it, it goes when it is left: looking through examples should not fill the list. The caller deals with programs that run.
   */
  switchTo(stored: StoredProject): void {
    const left = this.#isPristine ? this.id : undefined;
    this.#show(stored, true);
    this.#pristine = undefined;
    if (stored.revision === 0) {
      this.#pristine = stored.files;
      this.#isDirty = true;
      void this.save();
    }
    if (left !== undefined && left !== stored.id) void this.#store.remove(left).catch(() => {});
  }

  /** Shows the open project as another tab has saved it. What was changed here meanwhile is a project of its own already. */
  async showNewer(): Promise<void> {
    const kept = await this.#store.read(this.id);
    if (kept !== undefined) this.#show(kept, false);
  }

  dismissNotice(): void {
    this.#notice = undefined;
    this.changed();
  }

  get #isPristine(): boolean {
    const { files } = this.project;
    return this.#pristine?.length === files.length && files.every((file, index) => file === this.#pristine?.[index]);
  }

  #show(stored: StoredProject, isOther: boolean): void {
    this.#stored = stored;
    this.#isDirty = false;
    if (this.#notice?.kind !== "memory") this.#notice = undefined;
    this.#isReading = true;
    this.project.replace(stored, isOther);
    this.#isReading = false;
    this.#remember();
    this.changed();
  }

  #changed(): void {
    // An example that nobody touched is not work: the next visit may bring a better one.
    if (this.#stored.revision === 0 && this.#stored.title === "" && this.#options.isUntouched(this.project)) return;
    if (!this.#isDirty) this.#dirtySince = Date.now();
    this.#isDirty = true;
    clearTimeout(this.#timer);
    const left = this.#dirtySince + SAVE_LIMIT_MS - Date.now();
    this.#timer = setTimeout(() => void this.save(), Math.max(0, Math.min(SAVE_DELAY_MS, left)));
  }

  /** What is to be saved next. */
  #next(): StoredProject {
    return { ...this.current, changedAt: Date.now(), revision: this.#stored.revision + 1, saveId: randomId() };
  }

  async #saveAfter(before: Promise<void>, noted?: StoredProject): Promise<void> {
    await before;
    if (!this.#isDirty) return;
    // What was noted may have been overtaken by the save before.
    const next = noted === undefined ? this.#next() : { ...noted, revision: this.#stored.revision + 1 };
    this.#isDirty = false;
    this.#dirtySince = Date.now();
    this.#underWay = next;
    try {
      if (await this.#store.write(next)) this.#saved(next);
      else await this.#fork(next);
      this.#unsaved.forget(next.saveId);
    } catch (error) {
      this.#isDirty = true;
      this.#fault = error;
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      this.#tell({ kind: "failed", isFull, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#underWay = undefined;
    }
  }

  #saved(next: StoredProject): void {
    const isFirst = this.#stored.revision === 0;
    // The title may have changed while this was on its way.
    this.#stored = { ...next, title: this.#stored.title };
    if (isFirst) this.#remember();
    this.#channel.tell(next.id, next.revision);
    if (this.#notice?.kind === "failed") this.#tell(undefined);
  }

  /** Another tab was faster: this one's work goes on as a project of its own, and nothing is overwritten. */
  async #fork(next: StoredProject): Promise<void> {
    const fork = { ...newStoredProject(next), revision: 1 };
    await this.#store.write(fork);
    this.#stored = fork;
    this.#remember();
    this.#tell({ kind: "forked" });
  }

  #savedElsewhere(id: string, revision: number): void {
    if (id === this.id && revision > this.#stored.revision && !this.#isDirty) this.#tell({ kind: "newer" });
  }

  /** So that a reload, a browser that restores its tabs, or a reader who comes back opens the same project. */
  #remember(): void {
    this.#tab.write(CURRENT_KEY + this.#options.room, this.id);
    // One that was never saved is none to go on with.
    if (this.#stored.revision > 0) this.#browser.write(LAST_KEY, this.id);
  }

  #tell(notice: LibraryNotice | undefined): void {
    this.#notice = notice ?? (this.#store.isLasting ? undefined : { kind: "memory" });
    this.changed();
  }
}

/** The project to open in a room: the tab's own, else the one that was last worked on there. */
export async function projectOfRoom(store: ProjectStore, room: string, tab: SafeStorage = tabStorage): Promise<StoredProject | undefined> {
  const id = tab.read(CURRENT_KEY + room);
  const own = id === undefined ? undefined : await store.read(id);
  return own ?? (await store.all()).find((project) => project.room === room);
}

/** The project to go on with wherever the reader is: the one that was opened last, else the one that was changed last. */
export async function lastProject(store: ProjectStore, browser: SafeStorage = persistent): Promise<StoredProject | undefined> {
  const id = browser.read(LAST_KEY);
  const opened = id === undefined ? undefined : await store.read(id);
  return opened ?? (await store.all())[0];
}
