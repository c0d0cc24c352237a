import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { currentLocale } from "../locale/locale.ts";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { doneIcon } from "../ui/icons.ts";
import { isForeign, originOf } from "./foreign/foreign-address.ts";
import type { CourseEntry, LessonEntry } from "./lesson-data.ts";
import type { Lessons } from "./lessons.ts";
import { minutesText } from "./minutes-text.ts";

/** The courses and their lessons: how long each takes and what is done of it. Choosing one opens it. Fires `show-progress`. */
export class LessonsDialog extends PlaygroundDialog {
  static override properties = { lessons: { attribute: false }, failed: { state: true } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      h3 { margin: 0; font: 600 var(--text-l) / 1.4 var(--font); }
      .course + .course { margin-block-start: var(--space-6); }
      .course p { margin: var(--space-1) 0 var(--space-3); color: var(--ink-soft); line-height: 1.45; }
      .top { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); }
      .top p { flex: 1 1 16rem; }
      ol { display: grid; gap: var(--space-2); margin: 0; padding: 0; list-style: none; }
      li button {
        display: grid;
        grid-template-columns: 1.75rem minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-2);
        inline-size: 100%;
        block-size: auto;
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line);
        background: var(--surface);
        white-space: normal;
        text-align: start;
        line-height: 1.35;
      }
      li button:hover, li button[aria-current="true"] { border-color: var(--accent); }
      .number { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
      .done .number { color: var(--running); }
      small { color: var(--ink-soft); font-size: var(--text-s); text-align: end; font-weight: 400; }
    `,
  ];

  declare lessons: Lessons;
  declare private failed: boolean;
  protected override readonly wide = true;

  constructor() {
    super();
    this.failed = false;
  }

  override async show(): Promise<void> {
    this.failed = false;
    // What is done may have changed.
    this.requestUpdate();
    await super.show();
  }

  protected override headline(): string {
    return msg("Lessons", { id: "lessons" });
  }

  protected override body(): TemplateResult {
    return html`
      <div class="content">
        <div class="top">
          <p class="soft">${msg("A lesson opens as a project of its own; your work stays as it is. Come back whenever you like and go on.", { id: "lessons-own-project" })}</p>
          <button class="outlined" data-testid="my-progress" aria-haspopup="dialog" @click=${() => this.#showProgress()}>${msg("My progress", { id: "progress" })}</button>
        </div>
        ${this.failed ? html`<p class="fault" role="alert">${msg("The lesson could not be opened.", { id: "lesson-failed" })}</p>` : ""}
        ${this.lessons.courses.map((course) => this.#course(course))}
      </div>`;
  }

  #course({ title, summary, lessons }: CourseEntry): TemplateResult {
    const language = currentLocale();
    const first = lessons[0]?.id ?? "";
    return html`
      <div class="course">
        <h3>${title[language]}</h3>
        ${isForeign(first) ? html`<p>${msg("From another site:", { id: "foreign-from" })} <strong>${originOf(first)}</strong></p>` : ""}
        <p>${summary[language]}</p>
        <ol>${lessons.map((lesson, index) => this.#lesson(lesson, index))}</ol>
      </div>`;
  }

  #lesson({ id, title, minutes, steps }: LessonEntry, index: number): TemplateResult {
    const { passed } = this.lessons.progress.of(id);
    const toPass = steps.filter(({ kind }) => kind !== "read");
    const count = toPass.filter((step) => passed[step.id] !== undefined).length;
    const isDone = count === toPass.length;
    const time = minutesText(minutes);
    const state = isDone ? msg("done", { id: "lesson-done" }) : count > 0 ? msg(str`passed: ${count} of ${toPass.length}`, { id: "lesson-steps-done" }) : "";
    return html`
      <li><button class=${isDone ? "done" : ""} data-lesson=${id} aria-current=${this.lessons.current?.id === id} @click=${() => void this.#open(id)}>
        <span class="number">${isDone ? doneIcon : `${index + 1}.`}</span>
        <span>${title[currentLocale()]}</span>
        <small>${state === "" ? time : html`${state}<br />${time}`}</small>
      </button></li>`;
  }

  #showProgress(): void {
    this.close();
    this.dispatchEvent(new Event("show-progress"));
  }

  async #open(lesson: string): Promise<void> {
    try {
      if (await this.lessons.open({ lesson, step: undefined })) this.close();
    } catch {
      this.failed = true;
    }
  }
}

customElements.define("zp-lessons-dialog", LessonsDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lessons-dialog": LessonsDialog;
  }
}
