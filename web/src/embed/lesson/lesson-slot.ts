import { msg } from "@lit/localize";
import { html, type ReactiveController, type TemplateResult } from "lit";
import type { ElementLesson } from "./element-lesson.ts";
import { notLoaded, renderLessonProblem } from "./lesson-problem.ts";
import type { LessonHost, LessonOpener, LessonOptions } from "./lesson-opener.ts";

/** The place of a lesson in its element, and all of it that an element without one has: what opens and shows it is fetched once the attribute names one. */
export class LessonSlot implements ReactiveController {
  readonly #host: LessonHost;
  readonly #options: LessonOptions;
  #opener: LessonOpener | undefined;
  #isWanted = false;
  #opening: Promise<void> = Promise.resolve();
  /** Why the part could not be had that opens lessons. */
  #reason: string | undefined;

  constructor(host: LessonHost, options: LessonOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The lesson, once it is shown. */
  get lesson(): ElementLesson | undefined {
    return this.#opener?.lesson;
  }

  /** Whether there is code to show: that of a lesson comes with it. */
  get hasCode(): boolean {
    return !this.isNamed || this.lesson !== undefined;
  }

  /** Resolves once the lesson is shown that the attribute names, if it names one. Rejects where it cannot be, which the element says then. */
  async ready(): Promise<void> {
    this.#isWanted = true;
    this.hostUpdate();
    await this.#opening;
    if (!this.hasCode) throw new Error(`there is no lesson ${this.#host.lesson}`);
  }

  /** The attributes may have changed. */
  hostUpdate(): void {
    if (!this.#isWanted) return;
    if (this.#opener !== undefined) this.#opening = this.#opener.follow();
    else if (this.isNamed && this.#reason === undefined) this.#opening = this.#load();
  }

  /** Draws the lesson, or that it is on its way. */
  render(): TemplateResult | string {
    if (!this.isNamed) return "";
    return html`<section class="lesson" aria-label=${msg("Lesson", { id: "lesson" })}>${
      this.#reason !== undefined
        ? renderLessonProblem(notLoaded(this.#host.lesson, this.#reason))
        : (this.#opener?.render() ?? html`<p role="status">${msg("Loading this part of the page…", { id: "part-loading" })}</p>`)
    }</section>`;
  }

  /** Lets go of it; an element that comes back opens it again. */
  release(): void {
    this.#opener?.release();
    this.#opener = this.#reason = undefined;
    this.#isWanted = false;
  }

  /** Whether the element is to have one. */
  get isNamed(): boolean {
    return (this.#host.lesson ?? "") !== "";
  }

  async #load(): Promise<void> {
    try {
      const { LessonOpener } = await import("./lesson-part.ts");
      if (!this.#isWanted) return;
      this.#opener ??= new LessonOpener(this.#host, this.#options);
      await this.#opener.follow();
    } catch (error) {
      this.#reason = error instanceof Error ? error.message : String(error);
      const detail = { code: "lesson-not-loaded", message: notLoaded(this.#host.lesson, this.#reason) };
      this.#host.dispatchEvent(new CustomEvent("error", { detail }));
      this.#host.requestUpdate();
    }
  }
}
