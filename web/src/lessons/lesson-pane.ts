import { msg, str } from "@lit/localize";
import type { CodeBlock, StepText } from "@playground/lessons";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { currentLocale } from "../locale/locale.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { doneIcon } from "../ui/icons.ts";
import { shortcutText } from "../ui/shortcut.ts";
import { watch } from "../ui/watch.ts";
import { inlineText } from "./inline-text.ts";
import { lessonTextStyles } from "./lesson-styles.ts";
import type { Lessons } from "./lessons.ts";
import type { LessonsPage } from "./lessons-page.ts";
import { type OpenLesson, TRY_FILE } from "./open-lesson.ts";
import { isForeign, lessonIn } from "./foreign/foreign-address.ts";
import { PictureAddresses } from "./picture-addresses.ts";
import { type LessonSurroundings, renderInlines, renderLesson } from "./render-lesson.ts";
import { renderSolution } from "./render-solution.ts";
import "./foreign/lesson-origin.ts";
import "./lesson-question.ts";
import "./lesson-result.ts";

/**
 * The text of the open lesson, one step at a time, with its hints, questions and checks. Fires `show-lessons`, and what the page knows already:
 * `open-source` and `open-reference`.
 */
export class LessonPane extends PlaygroundElement {
  static override properties = {
    page: { attribute: false },
    lessons: { attribute: false },
    compared: { state: true },
    showsWayOut: { state: true },
    showsWhole: { state: true },
  };

  static override styles = [
    lessonTextStyles,
    css`
      :host { display: flex; flex-direction: column; flex: 1; min-block-size: 0; min-inline-size: 0; border: 1px solid var(--line); border-radius: var(--radius-m); background: var(--paper); overflow: hidden; }
      header { display: flex; align-items: center; gap: var(--space-2); padding: var(--space-2) var(--space-2) 0 var(--space-4); }
      header .course { flex: 1; min-inline-size: 0; margin: 0; color: var(--ink-soft); font-size: var(--text-s); line-height: 1.3; }
      nav ol { display: flex; flex-wrap: wrap; gap: var(--space-1); margin: 0; padding: var(--space-1) var(--space-4) var(--space-2); list-style: none; border-block-end: 1px solid var(--line); }
      nav button { min-block-size: 1.75rem; min-inline-size: 1.75rem; padding: 0 0.3rem; border-color: var(--line); border-radius: 999px; font-size: var(--text-s); color: var(--ink-soft); }
      nav button.passed { border-color: var(--running); color: var(--running); }
      nav button[aria-current="step"] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
      .text { position: relative; flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: var(--space-3) var(--space-4) var(--space-4); }
      .text:focus-visible { outline-offset: -2px; }
      h2 { margin: 0 0 var(--space-2); font: 600 1.25rem / 1.3 var(--font); }
      h3 { margin: var(--space-2) 0 var(--space-2); font: 600 1.1rem / 1.35 var(--font); }
      h3:focus-visible { outline-offset: 4px; }
      .mark { display: inline-flex; vertical-align: -0.15em; margin-inline-start: 0.3em; color: var(--running); }
      .hint { margin-block: var(--space-3); padding: var(--space-1) var(--space-3); border-inline-start: 3px solid var(--accent); border-radius: var(--radius-s); background: var(--surface); }
      .hint > :first-child { margin-block-start: var(--space-1); }
      .kind { margin-block-end: 0; font-weight: 600; }
      details { margin-block: var(--space-3); }
      summary { padding-block: var(--space-1); color: var(--ink-soft); cursor: pointer; }
      .row { display: flex; flex-wrap: wrap; gap: var(--space-2); margin-block: var(--space-2); }
      .row button[aria-pressed="true"] { border-color: var(--accent); background: var(--accent-wash); color: var(--accent-strong); }
      .row button { block-size: auto; padding-block: 0.4rem; white-space: normal; line-height: 1.3; }
      footer { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-2) var(--space-3); border-block-start: 1px solid var(--line); background: var(--surface); }
      footer .push { margin-inline-start: auto; }
      .none { margin: auto; padding: var(--space-6); color: var(--ink-soft); text-align: center; }
      @media (pointer: coarse) { nav button { min-block-size: 2.5rem; min-inline-size: 2.5rem; } }
      @media (forced-colors: active) { nav button[aria-current="step"] { forced-color-adjust: none; background: SelectedItem; color: SelectedItemText; } }
    `,
  ];

  declare page: LessonsPage;
  declare lessons: Lessons;
  /** The piece of code that is compared with a file. */
  declare private compared: CodeBlock | undefined;
  /** The solution is looked at: nobody sees it without wanting to. */
  declare private showsWayOut: boolean;
  /** All of the solution at once, and not its next difference. */
  declare private showsWhole: boolean;
  readonly #pictures = new PictureAddresses();
  /** The step that was drawn last. */
  #shownStep = "";
  #shownState = "idle";
  #shownContent: OpenLesson["content"] | undefined;

  constructor() {
    super();
    this.compared = undefined;
    this.showsWayOut = this.showsWhole = false;
    watch(this, () => [
      this.lessons,
      this.lessons.current,
      this.lessons.current?.check,
      ...(this.compared === undefined && !this.showsWayOut ? [] : [this.page.project]),
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pictures.forget();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const content = this.lessons.current?.content;
    if (content === this.#shownContent) return;
    // Another state of the same lesson may have other pictures by the same names.
    this.#pictures.forget();
    this.#shownContent = content;
  }

  protected override updated(_changed: PropertyValues): void {
    const lesson = this.lessons.current;
    const step = lesson === undefined ? "" : `${lesson.id} ${lesson.step?.id ?? ""}`;
    if (step !== this.#shownStep) {
      this.#shownStep = step;
      this.compared = undefined;
      this.renderRoot.querySelector(".text")?.scrollTo({ top: 0 });
    }
    const state = lesson?.check.state ?? "idle";
    if (state !== this.#shownState) {
      this.#shownState = state;
      // What the reader waits for comes into view; it stands below the text.
      if (state !== "idle") void this.#showResult();
    }
  }

  protected override render(): TemplateResult {
    const lesson = this.lessons.current;
    if (lesson?.step === undefined) {
      if (this.lessons.missing !== undefined) return html`<zp-lesson-origin .lessons=${this.lessons}></zp-lesson-origin>`;
      return html`<p class="none">${
        this.lessons.isUnknown
          ? msg("This lesson is not among those of this page.", { id: "lesson-unknown" })
          : msg("Loading this part of the page…", { id: "part-loading" })
      }</p>`;
    }
    const { step } = lesson;
    return html`
      <header>
        <p class="course">${lesson.course.title[currentLocale()]}</p>
        ${
          this.page.playground === undefined
            ? html`<button class="outlined" data-testid="all-lessons" @click=${() => this.dispatchEvent(new Event("show-lessons", { bubbles: true }))}>${msg("All lessons", { id: "all-lessons" })}</button>`
            : ""
        }
      </header>
      <zp-lesson-origin .lessons=${this.lessons}></zp-lesson-origin>
      ${this.#nav(lesson)}
      <div class="text" tabindex="0" role="group" aria-label=${msg("Text of the lesson", { id: "lesson-text" })} data-testid="lesson-text" data-step=${step.id}>
        ${lesson.index === 0 ? html`<h2>${this.#title(lesson)}</h2>${renderLesson(lesson.content.text[currentLocale()].introduction, this.#around(lesson))}` : ""}
        ${this.#step(lesson, step)}
      </div>
      ${this.#footer(lesson)}`;
  }

  #title(lesson: OpenLesson): string {
    return lesson.content.title[currentLocale()];
  }

  #nav(lesson: OpenLesson): TemplateResult {
    return html`
      <nav aria-label=${msg("Steps of the lesson", { id: "lesson-steps" })}><ol>${lesson.steps.map(({ id, title }, index) => {
        const isPassed = lesson.isPassed(id);
        const name = inlineText(title);
        const label = isPassed
          ? msg(str`Step ${index + 1}: ${name}, passed`, { id: "lesson-step-passed" })
          : msg(str`Step ${index + 1}: ${name}`, { id: "lesson-step" });
        return html`<li><button class=${isPassed ? "passed" : ""} data-step=${id} data-passed=${isPassed} aria-current=${index === lesson.index ? "step" : "false"}
          aria-label=${label} title=${label} @click=${() => void this.#goTo(lesson, id)}>${isPassed && index !== lesson.index ? doneIcon : index + 1}</button></li>`;
      })}</ol></nav>`;
  }

  #step(lesson: OpenLesson, step: StepText): TemplateResult {
    const around = this.#around(lesson);
    const shown = Math.min(lesson.hintsOf(step.id), step.hints.length);
    const left = step.hints.length - shown;
    const isPassed = lesson.isPassed(step.id);
    return html`
      <h3 tabindex="-1">${renderInlines(step.title, around)}${isPassed ? html`<span class="mark">${doneIcon}</span><span class="visually-hidden">, ${msg("passed", { id: "step-passed" })}</span>` : ""}</h3>
      ${renderLesson(step.body, around)}
      ${
        step.quiz === undefined && step.predict === undefined
          ? ""
          : html`<zp-lesson-question .step=${step} .around=${around} .isPassed=${isPassed} @passed=${() => lesson.pass([step.id])}></zp-lesson-question>`
      }
      <div aria-live="polite">${step.hints.slice(0, shown).map(
        (hint, index) => html`
          <div class="hint" data-testid="hint"><p class="kind">${msg(str`Hint ${index + 1}`, { id: "lesson-hint" })}</p>${renderLesson(hint, around)}</div>`,
      )}</div>
      ${
        left > 0
          ? html`<button class="outlined" data-testid="next-hint" @click=${() => lesson.showHint(step.id)}>${
              shown === 0 ? msg("Give me a hint", { id: "lesson-first-hint" }) : msg("Another hint", { id: "lesson-next-hint" })
            }</button>`
          : ""
      }
      ${step.kind === "check" ? this.#wayOut(lesson) : ""}
      <zp-lesson-result .page=${this.page} .lesson=${lesson} .around=${around}></zp-lesson-result>`;
  }

  /** For whoever is stuck: the solution of the whole lesson, and the beginning. */
  #wayOut(lesson: OpenLesson): TemplateResult {
    const { files, solution } = lesson.content;
    const { active } = this.page.project;
    return html`
      <details @toggle=${this.#toggleWayOut}>
        <summary data-testid="way-out">${msg("Solution and starting again", { id: "lesson-way-out" })}</summary>
        ${
          this.showsWayOut && solution.has(active)
            ? html`
              ${renderSolution({
                file: active,
                source: this.page.project.file(active)?.source ?? "",
                solution: solution.get(active) ?? "",
                isWhole: this.showsWhole,
                showWhole: (isWhole) => {
                  this.showsWhole = isWhole;
                },
                put: (source) => this.#write(active, source),
              })}
              <div class="row">
                <button class="outlined" data-testid="put-solution" @click=${() => this.#write(active, solution.get(active) ?? "")}>${msg(str`Put the solution into ${active}`, { id: "lesson-put-solution" })}</button>
                <button class="outlined" data-testid="start-again" @click=${() => this.#write(active, files.get(active) ?? "")}>${msg(str`Start again with ${active}`, { id: "lesson-start-again" })}</button>
              </div>`
            : ""
        }
        ${this.showsWayOut && files.size > 1 ? html`<div class="row"><button class="outlined" data-testid="start-all-again" @click=${() => this.#startAgain(lesson)}>${msg("Start again with all files", { id: "lesson-start-all-again" })}</button></div>` : ""}
        <p class="soft">${msg(str`Undo in the editor (${shortcutText("Mod-z")}) takes it back. What you have passed stays passed.`, { id: "lesson-undo-help" })}</p>
      </details>`;
  }

  #startAgain({ content }: OpenLesson): void {
    for (const [name, source] of content.files) this.#write(name, source);
  }

  readonly #toggleWayOut = (event: Event): void => {
    this.showsWayOut = (event.target as HTMLDetailsElement).open;
  };

  #footer(lesson: OpenLesson): TemplateResult {
    const { check, steps, index } = lesson;
    const isRunning = check.state === "running";
    const next = steps[index + 1];
    const nextLesson = next === undefined ? this.lessons.next(lesson.id) : undefined;
    return html`
      <footer>
        ${
          lesson.checkedThrough === undefined
            ? ""
            : isRunning
              ? html`<button class="outlined" data-testid="stop-check" @click=${() => check.stop()}>${msg("Stop the check", { id: "lesson-stop-check" })}</button>`
              : html`<button class=${lesson.step?.kind === "check" ? "primary" : "outlined"} data-testid="check" title=${shortcutText("Mod-Shift-Enter")} @click=${() => void lesson.runCheck()}>${msg("Check", { id: "lesson-check" })}</button>`
        }
        ${
          index === 0
            ? ""
            : html`<button class="outlined push" data-testid="previous-step" @click=${() => void this.#goTo(lesson, steps[index - 1]?.id)}>${msg("Back", { id: "lesson-back" })}</button>`
        }
        ${
          next === undefined
            ? nextLesson === undefined
              ? ""
              : html`<button class=${lesson.isDone ? "primary" : "outlined"} data-testid="next-lesson" @click=${() => void this.lessons.open({ lesson: nextLesson, step: undefined })}>${msg("Next lesson", { id: "lesson-next-lesson" })}</button>`
            : html`<button class=${`${this.#mayGoOn(lesson) ? "primary" : "outlined"} ${index === 0 ? "push" : ""}`} data-testid="next-step" @click=${() => void this.#goTo(lesson, next.id)}>${msg("Next", { id: "lesson-next" })}</button>`
        }
      </footer>`;
  }

  /** Whether there is nothing left to do in the step that is shown. */
  #mayGoOn(lesson: OpenLesson): boolean {
    return lesson.step === undefined || lesson.step.kind === "read" || lesson.isPassed(lesson.step.id);
  }

  async #goTo(lesson: OpenLesson, step: string | undefined): Promise<void> {
    lesson.goTo(step);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
    // Where the text is not scrolled by itself, as in a narrow element, its beginning may be far above.
    this.renderRoot.querySelector("nav")?.scrollIntoView({ block: "nearest" });
  }

  async #showResult(): Promise<void> {
    const result = this.renderRoot.querySelector("zp-lesson-result");
    await result?.updateComplete;
    result?.scrollIntoView({ block: "nearest" });
  }

  #around(lesson: OpenLesson): LessonSurroundings {
    const { project, playground } = this.page;
    return {
      lessonId: (name) => lessonIn(lesson, name),
      showsHosts: isForeign(lesson.id),
      origin: playground ?? location.origin,
      openReference:
        playground === undefined ? (topic) => void this.dispatchEvent(new CustomEvent("open-reference", { detail: topic, bubbles: true })) : undefined,
      openLesson: (id) => void this.lessons.open({ lesson: id, step: undefined }),
      putInto: (file, source) => {
        this.#write(file, source);
        this.#openSource(file);
      },
      runCode: (source) => {
        this.#write(TRY_FILE, `${source}\n`);
        this.#openSource(TRY_FILE);
        void this.page.programs.run(TRY_FILE);
      },
      compare: (block) => {
        this.compared = this.compared?.text === block.text ? undefined : block;
      },
      comparedWith: (block) => (this.compared?.text === block.text ? (project.file(block.file ?? "")?.source ?? "") : undefined),
      pictureAddress: (path) => this.#pictures.of(`${lesson.id}/${path}`, lesson.content.pictures.get(path)),
    };
  }

  /** Writes a file of the learner's, which is made where it is not there. */
  #write(file: string, source: string): void {
    if (this.page.project.has(file)) this.page.edit(file, source);
    else this.page.project.add({ name: file, source, isProgram: file === TRY_FILE || (this.lessons.current?.content.programs.includes(file) ?? false) });
  }

  #openSource(file: string): void {
    this.dispatchEvent(new CustomEvent("open-source", { detail: { file }, bubbles: true }));
  }
}

customElements.define("zp-lesson", LessonPane);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lesson": LessonPane;
  }
}
