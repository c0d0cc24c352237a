import type { StepText } from "@playground/lessons";
import { currentLocale } from "../locale/locale.ts";
import { Model } from "../ui/model.ts";
import { LessonCheck } from "./lesson-check.ts";
import type { CourseEntry, LessonContent } from "./lesson-data.ts";
import type { LessonProgress } from "./lesson-progress.ts";
import type { LessonsPage } from "./lessons-page.ts";

/** The file in which a piece of code from a lesson's text is run by itself; no check looks at it. */
export const TRY_FILE = "try-it.luau";

const isChecked = ({ kind }: { readonly kind: string }): boolean => kind === "check";

/** The lesson beside the code: where the reader is in it, and what is passed. Tells of both; its check tells of itself. */
export class OpenLesson extends Model {
  /** As in addresses. */
  readonly id: string;
  readonly course: CourseEntry;
  readonly content: LessonContent;
  readonly check: LessonCheck;
  readonly #page: LessonsPage;
  readonly #progress: LessonProgress;
  #index: number;
  /** Hints that the reader has asked for, by the step's id. */
  readonly #hints = new Map<string, number>();

  constructor(options: {
    readonly page: LessonsPage;
    readonly id: string;
    readonly course: CourseEntry;
    readonly content: LessonContent;
    readonly progress: LessonProgress;
  }) {
    super();
    this.id = options.id;
    this.course = options.course;
    this.content = options.content;
    this.#page = options.page;
    this.#progress = options.progress;
    this.#index = Math.max(0, this.#indexOf(this.#progress.of(this.id).step));
    this.check = new LessonCheck(options.page, (steps) => this.pass(steps));
  }

  /** The text of all steps, in the reader's language. */
  get steps(): readonly StepText[] {
    return this.content.text[currentLocale()].steps;
  }

  /** The reader's place among the steps, from 0. */
  get index(): number {
    return this.#index;
  }

  /** The step that is shown. */
  get step(): StepText | undefined {
    return this.steps[this.#index];
  }

  isPassed(step: string): boolean {
    return this.#progress.of(this.id).passed[step] !== undefined;
  }

  /** Whether all is passed that can be. */
  get isDone(): boolean {
    return this.content.steps.every(({ id, kind }) => kind === "read" || this.isPassed(id));
  }

  goTo(step: string | undefined): void {
    const index = this.#indexOf(step);
    if (index < 0) return;
    this.#index = index;
    this.#progress.goTo(this.id, this.content.steps[index]?.id ?? "");
    this.changed();
  }

  pass(steps: readonly string[]): void {
    const wasDone = this.isDone;
    const added = steps.filter((step) => !this.isPassed(step));
    this.#progress.pass(this.id, steps);
    this.changed();
    for (const step of added) this.#page.passed?.({ lesson: this.id, step });
    if (!wasDone && this.isDone) this.#page.passed?.({ lesson: this.id });
  }

  /** How many hints of a step are shown. */
  hintsOf(step: string): number {
    return this.#hints.get(step) ?? 0;
  }

  showHint(step: string): void {
    this.#hints.set(step, this.hintsOf(step) + 1);
    this.changed();
  }

  /** The step up to which Check checks: the one that is shown, or the nearest before it that is checked, or the first after it. */
  get checkedThrough(): string | undefined {
    const { steps } = this.content;
    return (
      steps
        .slice(0, this.#index + 1)
        .reverse()
        .find(isChecked) ?? steps.find(isChecked)
    )?.id;
  }

  async runCheck(): Promise<void> {
    const through = this.checkedThrough;
    if (through === undefined) return;
    const files = this.#page.project.files.filter(({ name }) => name !== TRY_FILE).map(({ name, source }) => [name, source] as const);
    await this.check.run(this.content, files, through);
  }

  #indexOf(step: string | undefined): number {
    return this.content.steps.findIndex(({ id }) => id === step);
  }
}
