import { LESSON_SETTING } from "../../lessons/lesson-address.ts";
import { lessonOfProjectId } from "../../lessons/lesson-project.ts";
import { newStoredProject, type StoredProject } from "../../library/stored-project.ts";
import type { Project } from "../../project/project.ts";
import { Model } from "../../ui/model.ts";
import { LessonCode } from "./lesson-code.ts";

/** Milliseconds after a change before the code is kept. */
const SAVE_DELAY_MS = 300;

/** The name of the channel on which elements tell each other, in this page and in others of its site, which lesson's code was kept. */
const CHANNEL = "zone-playground:lesson-code";

/**
 * The reader's code of the open lesson: kept as it changes, and followed where another element has kept a newer one. Tells of another
 * lesson being open, and of whether its code is kept.
 */
export class LessonLibrary extends Model {
  readonly #project: Project;
  readonly #code = new LessonCode();
  readonly #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : undefined;
  /** Undefined where the code is not the reader's own, which then stays as it is kept. */
  #lesson: string | undefined;
  #isLasting = true;
  /** The files as they were opened or kept last, as JSON. */
  #saved = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(project: Project) {
    super();
    this.#project = project;
    project.subscribe(() => {
      if (this.#lesson !== undefined) this.#timer ??= setTimeout(this.save, SAVE_DELAY_MS);
    });
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (data === this.#lesson) this.#follow();
    });
    addEventListener("pagehide", this.save);
    document.addEventListener("visibilitychange", this.#visibilityChanged);
  }

  /** Whether the code outlives the page. */
  get isLasting(): boolean {
    return this.#isLasting;
  }

  /** The project of a lesson as it was kept, by the project's id. */
  read(id: string): Promise<StoredProject | undefined> {
    const lesson = lessonOfProjectId(id);
    const kept = lesson === undefined ? undefined : this.#code.of(lesson);
    return Promise.resolve(kept === undefined ? undefined : { ...newStoredProject({ ...kept, settings: { [LESSON_SETTING]: lesson ?? "" } }), id });
  }

  /** Puts another project in the place of the open one, whose code is kept. */
  open(stored: StoredProject): void {
    this.putAside();
    this.#isLasting = this.#code.isLasting;
    this.#project.replace(stored, true);
    this.#saved = this.#text;
    this.#lesson = lessonOfProjectId(stored.id);
    this.changed();
  }

  /** Lets other files stand in the place of the reader's, which stay as they are kept. */
  putAside(): void {
    this.save();
    this.#lesson = undefined;
  }

  /** Keeps what has changed. */
  readonly save = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lesson === undefined || this.#text === this.#saved) return;
    this.#saved = this.#text;
    const isLasting = this.#code.keep(this.#lesson, this.#project);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this site's pages only
    this.#channel?.postMessage(this.#lesson);
    if (isLasting === this.#isLasting) return;
    this.#isLasting = isLasting;
    this.changed();
  };

  /** Keeps what has changed, and follows neither the project nor others any more. */
  close(): void {
    this.putAside();
    this.#channel?.close();
    removeEventListener("pagehide", this.save);
    document.removeEventListener("visibilitychange", this.#visibilityChanged);
  }

  get #text(): string {
    return JSON.stringify(this.#project.files);
  }

  readonly #visibilityChanged = (): void => {
    if (document.hidden) this.save();
    // A tab that slept may not have heard of what another has kept.
    else this.#follow();
  };

  /** Another element may have kept newer code of this lesson. What was changed here meanwhile is newer still. */
  #follow(): void {
    const kept = this.#lesson === undefined ? undefined : this.#code.of(this.#lesson);
    if (kept === undefined || this.#text !== this.#saved) return;
    this.#saved = JSON.stringify(kept.files);
    if (this.#saved === this.#text) return;
    const { active, settings } = this.#project;
    this.#project.replace({ files: kept.files, active, settings }, false);
  }
}
