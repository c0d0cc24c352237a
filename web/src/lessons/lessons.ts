import { msg } from "@lit/localize";
import { courses, lessons } from "virtual:content/lessons";
import { Model } from "../ui/model.ts";
import { isForeign } from "./foreign/foreign-address.ts";
import { askForForeign } from "./foreign/foreign-dialog.ts";
import { type ForeignLesson, ForeignLessons } from "./foreign/foreign-lessons.ts";
import { LESSON_SETTING, LESSON_STEP_SETTING, type LessonPlace } from "./lesson-address.ts";
import { type CourseEntry, hasStep, type LessonContent, lessonOf } from "./lesson-data.ts";
import { LessonProgress } from "./lesson-progress.ts";
import type { AllProgress } from "./progress-file.ts";
import { lessonProject, projectIdOf } from "./lesson-project.ts";
import type { LessonsPage } from "./lessons-page.ts";
import { OpenLesson } from "./open-lesson.ts";

/** A lesson and the course that it is in. */
interface Loaded {
  readonly content: LessonContent;
  readonly course: CourseEntry;
  /** Where it comes from, when it is none of this page's. */
  readonly foreign?: ForeignLesson;
}

/** The courses that come with the page, and the lesson that the open project is for. Tells of another lesson being open. */
export class Lessons extends Model {
  readonly foreign = new ForeignLessons();
  readonly progress = new LessonProgress();
  readonly #page: LessonsPage;
  #current: OpenLesson | undefined;
  /** The lesson that the open project names. */
  #wanted: string | undefined;
  /** The step to begin with, where an address has named one. */
  #step: string | undefined;
  #missingStep: string | undefined;
  #isLoading = false;
  #takeCommands: () => void = () => {};

  constructor(page: LessonsPage) {
    super();
    this.#page = page;
    page.library.subscribe(() => this.#follow());
    this.#follow();
  }

  /** The courses of this page; before them the one from elsewhere, while a lesson of it is open. */
  get courses(): readonly CourseEntry[] {
    const open = this.#current;
    return open !== undefined && isForeign(open.id) ? [open.course, ...courses] : courses;
  }

  /** The step that a link has named and that the lesson does not have. */
  get missingStep(): string | undefined {
    return this.#missingStep;
  }

  /** The address of the lesson from elsewhere that the open project names, where it has to be fetched first. */
  get missing(): string | undefined {
    return this.#wanted !== undefined && isForeign(this.#wanted) && this.#current === undefined && !this.#isLoading ? this.#wanted : undefined;
  }

  /** The open lesson; undefined while it is on its way. */
  get current(): OpenLesson | undefined {
    return this.#current;
  }

  /** Whether the open project names a lesson that does not come with this page. */
  get isUnknown(): boolean {
    return this.#wanted !== undefined && !this.has(this.#wanted);
  }

  /** Whether it can be opened: what is elsewhere is seen when it is fetched. */
  has(id: string): boolean {
    return Object.hasOwn(lessons, id) || isForeign(id);
  }

  /**
   * Opens a lesson in its own project: the one that the reader has begun, or a new one. False where the lesson could not be had, as the page
   * has said then. @throws what the storage threw, when the open project could not be saved: then it stays
   */
  async open(place: LessonPlace): Promise<boolean> {
    const { lesson, step } = isForeign(place.lesson) ? ((await this.#fetch(place)) ?? NOWHERE) : place;
    if (lesson === "") return false;
    this.#step = step;
    const isOpen = this.#wanted === lesson;
    if (!isOpen) {
      const content = (await this.#load(lesson))?.content;
      if (content === undefined) return false;
      const kept = await this.#page.library.read(projectIdOf(lesson)).catch(() => undefined);
      const stored = kept?.settings[LESSON_SETTING] === lesson ? kept : lessonProject(lesson, content, this.#page.room);
      await this.#page.openProject(stored);
    }
    // What was fetched may be newer than what is shown.
    if (isOpen && isForeign(lesson)) await this.#become(lesson);
    else if (this.#current?.id === lesson) this.#current.goTo(step);
    return true;
  }

  /** Takes in what the reader has passed elsewhere, and gives the number of steps that are passed now and were not before. */
  takeProgress(other: AllProgress): number {
    const count = this.progress.merge(other);
    this.changed();
    return count;
  }

  /** The lesson after another in its course. */
  next(lesson: string): string | undefined {
    for (const { lessons: entries } of this.courses) {
      const index = entries.findIndex(({ id }) => id === lesson);
      if (index >= 0) return entries[index + 1]?.id;
    }
    return undefined;
  }

  /** The open project may be another. */
  #follow(): void {
    const named = this.#page.project.settings[LESSON_SETTING];
    const wanted = typeof named === "string" ? named : undefined;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#missingStep = undefined;
    this.#current?.check.stop();
    this.foreign.follow(undefined, () => {});
    this.#show(undefined);
    if (wanted !== undefined && this.has(wanted)) void this.#become(wanted);
  }

  async #become(id: string): Promise<void> {
    this.#isLoading = true;
    const loaded = await this.#load(id);
    // Another project may be open by now.
    if (id !== this.#wanted) return;
    this.#isLoading = false;
    if (loaded === undefined) return this.#show(undefined);
    const { content, course, foreign } = loaded;
    const lesson = new OpenLesson({ page: this.#page, id, course, content, progress: this.progress });
    const { project } = this.#page;
    const handedOn = project.settings[LESSON_STEP_SETTING];
    const step = this.#step ?? (typeof handedOn === "string" ? handedOn : undefined);
    this.#missingStep = step === undefined || hasStep(content, step) ? undefined : step;
    lesson.goTo(step);
    this.#step = undefined;
    // Whoever comes back goes on where they were.
    project.set(LESSON_STEP_SETTING, undefined);
    this.#current?.check.stop();
    this.#show(lesson);
    this.foreign.follow(foreign, () => void this.#become(id));
  }

  #show(lesson: OpenLesson | undefined): void {
    this.#takeCommands();
    this.#takeCommands = () => {};
    this.#current = lesson;
    if (lesson !== undefined) {
      this.#takeCommands = this.#page.commands.add([
        {
          id: "run.check-lesson",
          group: "run",
          label: () => msg("Check the lesson", { id: "command-check-lesson" }),
          // "Run all" leaves it its keys while a lesson is open.
          shortcut: "Mod-Shift-Enter",
          isEnabled: () => lesson.checkedThrough !== undefined && lesson.check.state !== "running",
          run: () => lesson.runCheck(),
        },
      ]);
    }
    this.changed();
  }

  async #load(id: string): Promise<Loaded | undefined> {
    if (isForeign(id)) {
      const foreign = await this.foreign.kept(id);
      return foreign && { content: foreign.content, course: foreign.course, foreign };
    }
    const load = Object.hasOwn(lessons, id) ? lessons[id] : undefined;
    const course = courses.find(({ lessons: entries }) => entries.some((entry) => entry.id === id));
    const data = load === undefined ? undefined : await this.#page.lateParts.fetch(load);
    return data === undefined || course === undefined ? undefined : { content: lessonOf(data.default), course };
  }

  /** Fetches a lesson from elsewhere and asks for it; in somebody else's page, that page has chosen it. @throws {ForeignLessonError} there */
  async #fetch(place: LessonPlace): Promise<LessonPlace | undefined> {
    if (this.#page.playground !== undefined) {
      const fetched = await this.foreign.fetch(place.lesson);
      if (fetched.kind === "course") return undefined;
      this.foreign.agree(fetched.lesson);
      return { lesson: fetched.lesson.address, step: place.step };
    }
    const decision = await askForForeign(this.foreign, place);
    return decision && { lesson: decision.lesson.address, step: decision.step };
  }
}

/** No lesson. */
const NOWHERE: LessonPlace = { lesson: "", step: undefined };
