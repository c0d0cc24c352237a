import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../../ui/element.ts";
import { sharedStyles } from "../../ui/shared-styles.ts";
import { watch } from "../../ui/watch.ts";
import type { Lessons } from "../lessons.ts";
import { foreignFaultDetails, foreignFaultText } from "./fault-text.ts";
import { isForeign, originOf } from "./foreign-address.ts";
import { missingStepText } from "./foreign-dialog.ts";

/** Where the lesson beside the code comes from, when it is none of this page's, and what is wrong with the way that led to it. Always in sight. */
export class LessonOrigin extends PlaygroundElement {
  static override properties = { lessons: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; }
      .origin { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); margin: var(--space-2) var(--space-3) 0; padding: var(--space-1) var(--space-2); border: 1px solid var(--waiting); border-radius: var(--radius-s); background: var(--warn-wash); font-size: var(--text-s); line-height: 1.5; }
      .origin span { flex: 1; min-inline-size: 9rem; overflow-wrap: anywhere; }
      strong { font-family: var(--mono); }
      button { min-block-size: 1.75rem; font-size: var(--text-s); }
      .fault, .none { margin: var(--space-2) var(--space-3) 0; overflow-wrap: anywhere; line-height: 1.5; }
      .fault { padding: var(--space-2); border: 1px solid var(--failed); border-radius: var(--radius-s); font-size: var(--text-s); max-block-size: 12rem; overflow-y: auto; }
      .fault p, ul { margin: 0; }
      ul { padding: 0; list-style: none; font-family: var(--mono); }
      .none { display: grid; justify-items: center; gap: var(--space-3); margin: var(--space-6) var(--space-4); text-align: center; }
      .none p { margin: 0; }
      @media (pointer: coarse) { button { min-block-size: 2.5rem; } }
    `,
  ];

  declare lessons: Lessons;

  constructor() {
    super();
    watch(this, () => [this.lessons, this.lessons.foreign]);
  }

  protected override render(): TemplateResult {
    const { current, missing, missingStep, foreign } = this.lessons;
    if (missing !== undefined) return this.#missing(missing);
    return html`
      ${
        current === undefined || !isForeign(current.id)
          ? ""
          : html`
        <p class="origin" data-testid="lesson-origin">
          <span title=${current.id}>${msg("From another site:", { id: "foreign-from" })} <strong>${originOf(current.id)}</strong></span>
          <button class="outlined" data-testid="fetch-lesson-again" @click=${() => void this.#fetch(current.id)}>${msg("Fetch again", { id: "foreign-fetch-again" })}</button>
        </p>`
      }
      ${missingStep === undefined ? "" : html`<div class="fault" role="alert" data-testid="missing-step"><p>${missingStepText(missingStep)}</p></div>`}
      ${
        foreign.fault === undefined
          ? ""
          : html`
        <div class="fault" role="alert" tabindex="0" data-testid="preview-fault"><p>${foreignFaultText(foreign.fault.fault)}</p>
          <ul lang="en">${foreignFaultDetails(foreign.fault.fault).map((detail) => html`<li>${detail}</li>`)}</ul></div>`
      }`;
  }

  #missing(address: string): TemplateResult {
    return html`
      <div class="none" data-testid="lesson-not-here">
        <p>${msg("This project belongs to a lesson from another site, and this browser has not kept the lesson:", { id: "foreign-not-kept" })}</p>
        <strong>${originOf(address)}</strong>
        <button class="primary" data-testid="fetch-lesson" @click=${() => void this.#fetch(address)}>${msg("Fetch the lesson", { id: "foreign-fetch" })}</button>
      </div>`;
  }

  async #fetch(lesson: string): Promise<void> {
    await this.lessons.open({ lesson, step: undefined });
  }
}

customElements.define("zp-lesson-origin", LessonOrigin);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lesson-origin": LessonOrigin;
  }
}
