import { msg, str } from "@lit/localize";
import { plainText } from "@playground/safe-text";
import { css, html, type TemplateResult } from "lit";
import { currentLocale } from "../../locale/locale.ts";
import { shortSize } from "../../network-view/size-text.ts";
import { dialogParts } from "../../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../../ui/dialog.ts";
import type { LessonPlace } from "../lesson-address.ts";
import { type CourseEntry, hasStep } from "../lesson-data.ts";
import { minutesText } from "../minutes-text.ts";
import { foreignFaultDetails, foreignFaultText } from "./fault-text.ts";
import { foreignAddress, originOf } from "./foreign-address.ts";
import type { ForeignLesson, ForeignLessons } from "./foreign-lessons.ts";
import { type ForeignFault, ForeignLessonError } from "./read-foreign.ts";

/** Milliseconds after which a lesson that was agreed to before is seen to be fetched: at once, it would only flicker. */
const SLOW_MS = 400;

type State =
  | { readonly kind: "fetching"; readonly bytes: number; readonly total: number | undefined }
  | { readonly kind: "asking"; readonly lesson: ForeignLesson }
  | { readonly kind: "course"; readonly course: CourseEntry }
  /** `kept`: the lesson as the browser has it from before. */
  | { readonly kind: "fault"; readonly fault: ForeignFault; readonly kept: ForeignLesson | undefined };

/** What the reader has decided to open. */
export interface ForeignDecision {
  readonly lesson: ForeignLesson;
  readonly step: string | undefined;
}

/** Fetches a lesson from elsewhere, and asks before anything of it is opened: the caution that a shared project gets. */
export class ForeignLessonDialog extends PlaygroundDialog {
  static override properties = { foreign: { attribute: false }, place: { state: true }, state: { state: true } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      .origin { padding: var(--space-3); border: 1px solid var(--waiting); border-radius: var(--radius-m); background: var(--warn-wash); overflow-wrap: anywhere; }
      .origin strong { display: block; font: 600 var(--text-l) / 1.4 var(--mono); }
      .address { color: var(--ink-soft); font: var(--text-s) / 1.5 var(--mono); overflow-wrap: anywhere; }
      progress { inline-size: 100%; accent-color: var(--accent); }
      ul { display: grid; gap: var(--space-1); margin: 0; padding: 0; list-style: none; }
      .details li { font: var(--text-s) / 1.5 var(--mono); overflow-wrap: anywhere; }
      summary { min-block-size: 1.75rem; cursor: pointer; font: 500 var(--text-m) / 1.7 var(--mono); overflow-wrap: anywhere; }
      pre { margin: var(--space-1) 0; padding: var(--space-2); max-block-size: 18rem; overflow: auto; border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--paper); font: var(--text-s) / 1.5 var(--mono); tab-size: 4; }
      .lessons button { inline-size: 100%; block-size: auto; padding: var(--space-2) var(--space-3); border: 1px solid var(--line); background: var(--surface); white-space: normal; text-align: start; line-height: 1.35; overflow-wrap: anywhere; }
      .lessons small { color: var(--ink-soft); font-weight: 400; }
    `,
  ];

  declare foreign: ForeignLessons;
  declare private place: LessonPlace;
  declare private state: State;
  protected override readonly wide = true;
  #decide: (decision: ForeignDecision | undefined) => void = () => {};
  #fetching = new AbortController();

  constructor() {
    super();
    this.place = { lesson: "", step: undefined };
    this.state = FETCHING;
  }

  /** Fetches what lies at an address; undefined where it cannot be had, or the reader does not want it. */
  async ask(place: LessonPlace): Promise<ForeignDecision | undefined> {
    this.#decide(undefined);
    let decide!: (decision: ForeignDecision | undefined) => void;
    const decided = new Promise<ForeignDecision | undefined>((resolve) => (decide = resolve));
    this.#decide = decide;
    const found = foreignAddress(place.lesson, location);
    void this.#fetch("address" in found ? { ...place, lesson: found.address } : place);
    const decision = await decided;
    // Another one may have been asked for meanwhile.
    if (this.#decide === decide) {
      this.#fetching.abort();
      this.close();
    }
    return decision;
  }

  protected override headline(): string {
    const { state } = this;
    switch (state.kind) {
      case "fetching":
        return msg("Fetching a lesson…", { id: "foreign-fetching" });
      case "asking":
        return state.lesson.content.title[currentLocale()];
      case "course":
        return state.course.title[currentLocale()];
      case "fault":
        return msg("This lesson cannot be opened", { id: "foreign-fault-title" });
    }
  }

  protected override body(): TemplateResult {
    const { state, place } = this;
    return html`
      <div class="content" data-testid="foreign-lesson" data-state=${state.kind}>
        <div class="origin" data-testid="foreign-origin">${msg("From another site:", { id: "foreign-from" })} <strong>${originOf(place.lesson)}</strong><span class="address">${place.lesson}</span></div>
        ${this.#content(state)}
      </div>`;
  }

  #content(state: State): TemplateResult {
    switch (state.kind) {
      case "fetching":
        return html`
          ${state.total === undefined ? html`<progress aria-label=${this.headline()}></progress>` : html`<progress max=${state.total} value=${state.bytes} aria-label=${this.headline()}></progress>`}
          <p class="soft" role="status">${state.bytes === 0 ? msg("Waiting for the site…", { id: "foreign-waiting" }) : msg(str`${shortSize(state.bytes)} received`, { id: "foreign-received" })}</p>
          <div class="buttons">${this.#cancel()}</div>`;
      case "asking":
        return this.#question(state.lesson);
      case "course":
        return html`
          <p>${state.course.summary[currentLocale()]}</p>
          <ul class="lessons">${state.course.lessons.map(
            ({ id, title, minutes }, index) => html`
            <li><button data-lesson=${id} @click=${() => void this.#fetch({ lesson: id, step: undefined })}>${index + 1}. ${title[currentLocale()]} <small>${minutesText(minutes)}</small></button></li>`,
          )}</ul>
          <div class="buttons">${this.#cancel()}</div>`;
      case "fault":
        return this.#fault(state.fault, state.kept);
    }
  }

  #question(lesson: ForeignLesson): TemplateResult {
    const { content, course } = lesson;
    const { step } = this.place;
    const sources = [...content.files, ...(content.check ?? [])];
    return html`
      <p>${course.id === "" ? "" : html`${course.title[currentLocale()]} · `}${minutesText(content.minutes)}</p>
      <p>${msg("Someone else wrote this lesson, and nobody here has checked it. Nothing in it runs until you press Run or Check. What runs then can talk to the programs in your room, as a shared project can.", { id: "foreign-caution" })}</p>
      <p class="soft">${msg("The lesson gets a project of its own. Your other projects do not change, and the lesson cannot see them.", { id: "foreign-own" })}</p>
      ${step === undefined || hasStep(content, step) ? "" : html`<p role="alert" data-testid="foreign-no-step">${missingStepText(step)}</p>`}
      <ul aria-label=${msg("Files", { id: "files" })}>${sources.map(
        ([name, source]) => html`<li><details><summary>${name}</summary><pre tabindex="0" aria-label=${name}>${source}</pre></details></li>`,
      )}</ul>
      <div class="buttons">
        ${this.#cancel()}
        <button class="primary" data-testid="open-foreign" @click=${() => this.#agree(lesson)}>${msg("Open the lesson", { id: "foreign-open" })}</button>
      </div>`;
  }

  #fault(fault: ForeignFault, kept: ForeignLesson | undefined): TemplateResult {
    const details = foreignFaultDetails(fault);
    return html`
      <p role="alert" data-testid="foreign-fault" data-fault=${fault.kind}>${foreignFaultText(fault)}</p>
      ${details.length === 0 ? "" : html`<ul class="details" lang="en">${details.map((detail) => html`<li>${detail}</li>`)}</ul>`}
      <div class="buttons">
        ${this.#cancel()}
        ${kept === undefined ? "" : html`<button class="outlined" data-testid="open-kept" @click=${() => this.#agree(kept)}>${msg("Open it as it was last time", { id: "foreign-open-kept" })}</button>`}
        ${fault.kind === "address" ? "" : html`<button class="primary" data-testid="fetch-again" @click=${() => void this.#fetch(this.place)}>${msg("Try again", { id: "try-again" })}</button>`}
      </div>`;
  }

  #cancel(): TemplateResult {
    return html`<button class="outlined" data-testid="cancel-foreign" @click=${() => this.#decide(undefined)}>${msg("Cancel", { id: "cancel" })}</button>`;
  }

  #agree(lesson: ForeignLesson): void {
    this.foreign.agree(lesson);
    this.#decide({ lesson, step: this.place.step });
  }

  protected override onClosed(): void {
    super.onClosed();
    this.#decide(undefined);
  }

  async #fetch(place: LessonPlace): Promise<void> {
    this.#fetching.abort();
    const fetching = new AbortController();
    this.#fetching = fetching;
    const { signal } = fetching;
    this.place = place;
    this.state = FETCHING;
    const isAgreed = await this.foreign.isAgreed(place.lesson);
    const slow = setTimeout(() => void (signal.aborted || this.show()), isAgreed ? SLOW_MS : 0);
    try {
      const fetched = await this.foreign.fetch(place.lesson, {
        signal,
        onReceived: (bytes, total) => {
          if (!signal.aborted) this.state = { kind: "fetching", bytes, total };
        },
      });
      if (signal.aborted) return;
      if (fetched.kind === "lesson" && isAgreed) return this.#agree(fetched.lesson);
      this.state = fetched.kind === "lesson" ? { kind: "asking", lesson: fetched.lesson } : fetched;
    } catch (error) {
      if (signal.aborted) return;
      const fault: ForeignFault = error instanceof ForeignLessonError ? error.fault : { kind: "broken", detail: String(error) };
      const kept = await this.foreign.kept(place.lesson);
      if (signal.aborted) return;
      this.state = { kind: "fault", fault, kept };
    } finally {
      clearTimeout(slow);
    }
    await this.show();
    // What is asked is read from its beginning.
    this.renderRoot.querySelector(".body")?.scrollTo({ top: 0 });
  }
}

const FETCHING: State = { kind: "fetching", bytes: 0, total: undefined };

/** Characters of a step's id that are shown: it may be anything. */
const MAX_STEP_CHARS = 40;

export function missingStepText(step: string): string {
  return msg(
    str`The link leads to the step “${plainText(step).slice(0, MAX_STEP_CHARS)}”, which this lesson does not have. It opens where you left it, or at its beginning. Tell whoever gave you the link.`,
    {
      id: "lesson-missing-step",
    },
  );
}

/** Asks for a lesson in a dialog of its own, above whatever is shown. */
export async function askForForeign(foreign: ForeignLessons, place: LessonPlace): Promise<ForeignDecision | undefined> {
  const dialog = document.querySelector("zp-foreign-lesson") ?? document.body.appendChild(document.createElement("zp-foreign-lesson"));
  dialog.foreign = foreign;
  return dialog.ask(place);
}

customElements.define("zp-foreign-lesson", ForeignLessonDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-foreign-lesson": ForeignLessonDialog;
  }
}
