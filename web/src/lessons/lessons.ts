import { msg } from "@lit/localize";
import { courses, lessons } from "virtual:content/lessons";
import { Model } from "../ui/model.ts";
import { LESSON_SETTING, type LessonPlace } from "./lesson-address.ts";
import { type CourseEntry, type LessonContent, lessonOf } from "./lesson-data.ts";
import { LessonProgress } from "./lesson-progress.ts";
import { lessonProject, projectIdOf } from "./lesson-project.ts";
import type { LessonsPage } from "./lessons-page.ts";
import { OpenLesson } from "./open-lesson.ts";

/** The courses that come with the page, and the lesson that the open project is for. Tells of another lesson being open. */
export class Lessons extends Model {
  readonly courses: readonly CourseEntry[] = courses;
  readonly progress = new LessonProgress();
  readonly #page: LessonsPage;
  #current: OpenLesson | undefined;
  /** The lesson that the open project names. */
  #wanted: string | undefined;
  /** The step to begin with, where an address has named one. */
  #step: string | undefined;
  #takeCommands: () => void = () => {};

  constructor(page: LessonsPage) {
    super();
    this.#page = page;
    page.library.subscribe(() => this.#follow());
    this.#follow();
  }

  /** The open lesson; undefined while it is on its way. */
  get current(): OpenLesson | undefined {
    return this.#current;
  }

  /** Whether the open project names a lesson that does not come with this page. */
  get isUnknown(): boolean {
    return this.#wanted !== undefined && !Object.hasOwn(lessons, this.#wanted);
  }

  has(id: string): boolean {
    return Object.hasOwn(lessons, id);
  }

  /**
   * Opens a lesson in its own project: the one that the reader has begun, or a new one. False where the lesson could not be had, as the page
   * has said then. @throws what the storage threw, when the open project could not be saved: then it stays
   */
  async open({ lesson, step }: LessonPlace): Promise<boolean> {
    this.#step = step;
    if (this.#wanted !== lesson) {
      const content = await this.#load(lesson);
      if (content === undefined) return false;
      const kept = await this.#page.library.read(projectIdOf(lesson)).catch(() => undefined);
      const stored = kept?.settings[LESSON_SETTING] === lesson ? kept : lessonProject(lesson, content, this.#page.room);
      await this.#page.openProject(stored);
    }
    if (this.#current?.id === lesson) this.#current.goTo(step);
    return true;
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
    this.#current?.check.stop();
    this.#show(undefined);
    if (wanted !== undefined && this.has(wanted)) void this.#become(wanted);
  }

  async #become(id: string): Promise<void> {
    const content = await this.#load(id);
    const course = this.courses.find(({ lessons: entries }) => entries.some((entry) => entry.id === id));
    // Another project may be open by now.
    if (content === undefined || course === undefined || id !== this.#wanted) return;
    const lesson = new OpenLesson({ page: this.#page, id, course, content, progress: this.progress });
    lesson.goTo(this.#step);
    this.#step = undefined;
    this.#show(lesson);
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

  async #load(id: string): Promise<LessonContent | undefined> {
    const load = Object.hasOwn(lessons, id) ? lessons[id] : undefined;
    const data = load === undefined ? undefined : await this.#page.lateParts.fetch(load);
    return data === undefined ? undefined : lessonOf(data.default);
  }
}
