import { LESSON_HASH, LESSON_SETTING } from "../lessons/lesson-address.ts";
import type { LessonsDialog } from "../lessons/lessons-dialog.ts";
import type { Lessons } from "../lessons/lessons.ts";
import { Model } from "../ui/model.ts";
import { loadLessons, loadProgress } from "./load-lessons.ts";
import type { Playground } from "./playground.ts";

type LessonsPart = Awaited<ReturnType<typeof loadLessons>>;

/** Opens lessons: the list, or where the page's address leads. Tells when what shows them is here. */
export class LessonsOpener extends Model {
  readonly #playground: Playground;
  readonly #dialog: () => Promise<LessonsDialog | null>;
  #lessons: Lessons | undefined;
  #hasProgress = false;

  /** `dialog` gives the list once it has been drawn. */
  constructor(playground: Playground, dialog: () => Promise<LessonsDialog | null>) {
    super();
    this.#playground = playground;
    this.#dialog = dialog;
  }

  /** Here once a lesson was wanted. */
  get lessons(): Lessons | undefined {
    return this.#lessons;
  }

  /** Whether what shows the reader's progress is here. */
  get hasProgress(): boolean {
    return this.#hasProgress;
  }

  /** Fetches it with all that it needs. False where it cannot be had, which the page has said then. */
  async loadProgress(): Promise<boolean> {
    if ((await this.load()) === undefined || (await this.#playground.lateParts.fetch(loadProgress)) === undefined) return false;
    this.#hasProgress = true;
    this.changed();
    return true;
  }

  /** Whether the open project is for a lesson. */
  get isInLesson(): boolean {
    return this.#playground.project.settings[LESSON_SETTING] !== undefined;
  }

  /** What shows lessons, once it is here; undefined where it cannot be had, which the page has said then. */
  async load(): Promise<LessonsPart | undefined> {
    const part = await this.#playground.lateParts.fetch(loadLessons);
    if (part !== undefined && this.#lessons === undefined) {
      this.#lessons = new part.Lessons(this.#playground);
      this.changed();
    }
    return part;
  }

  async showList(): Promise<void> {
    if ((await this.load()) !== undefined) await (await this.#dialog())?.show();
  }

  /** An address may lead to a lesson, and where there is none of that name to the list. It is then the room's again, so that a reload does not open it another time. */
  followLink(): void {
    const { hash } = location;
    if (!hash.startsWith(LESSON_HASH)) return;
    history.replaceState(null, "", location.pathname + location.search);
    void this.#open(hash);
  }

  async #open(hash: string): Promise<void> {
    const place = (await this.load())?.lessonOfHash(hash);
    if (place === undefined) return;
    if (this.#lessons?.has(place.lesson)) await this.#lessons.open(place);
    else await this.showList();
  }
}
