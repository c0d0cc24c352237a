import { msg, str } from "@lit/localize";
import type { ShownBytes, StepResult, StepState } from "@playground/lessons";
import { plainText } from "@playground/safe-text";
import { css, html, type TemplateResult } from "lit";
import { currentLocale } from "../locale/locale.ts";
import { hexOf, textParts } from "../network-view/byte-text.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { doneIcon, failedIcon, waitingIcon } from "../ui/icons.ts";
import { watch } from "../ui/watch.ts";
import type { ShownExchange } from "../network-view/shown-exchange.ts";
import { lessonTextStyles } from "./lesson-styles.ts";
import type { LessonsPage } from "./lessons-page.ts";
import type { OpenLesson } from "./open-lesson.ts";
import { type LessonSurroundings, renderInlines, renderLesson } from "./render-lesson.ts";

/** Bytes of what was expected or came that are shown: the difference is near the beginning. */
const MAX_SHOWN = 96;

/** Characters of an error that are shown. */
const MAX_ERROR_CHARS = 2_000;

/** How a check goes and what it came to: each step, and the first failure at length. */
export class LessonResult extends PlaygroundElement {
  static override properties = { page: { attribute: false }, lesson: { attribute: false }, around: { attribute: false }, hasExchange: { state: true } };

  static override styles = [
    lessonTextStyles,
    css`
      :host { display: block; }
      section { margin-block: var(--space-4) 0; padding: var(--space-3); border: 1px solid var(--line); border-radius: var(--radius-m); background: var(--raised); }
      section.passed { border-color: var(--running); }
      section.failed { border-color: var(--failed); }
      h3 { margin: 0; font: 600 var(--text-l) / 1.4 var(--font); }
      ol.steps { margin: var(--space-2) 0 0; padding: 0; list-style: none; }
      ol.steps li { display: flex; align-items: center; gap: var(--space-2); padding: 0.15rem 0; line-height: 1.4; }
      ol.steps .state { margin-inline-start: auto; padding-inline-start: var(--space-2); font-size: var(--text-s); color: var(--ink-soft); text-align: end; }
      [data-state="passed"] svg { color: var(--running); }
      :is([data-state="failed"], [data-state="does-not-compile"]) svg { color: var(--failed); }
      [data-state="did-not-run"] { color: var(--ink-soft); }
      .message { margin-block-start: var(--space-3); font-weight: 600; }
      dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-1) var(--space-3); margin: var(--space-2) 0 0; }
      dt { color: var(--ink-soft); font-size: var(--text-s); line-height: 1.7; }
      dd { margin: 0; padding: 0.1rem var(--space-2); border-radius: var(--radius-s); background: var(--console); font: var(--text-s) / 1.55 var(--mono); overflow-wrap: anywhere; }
      dd small { display: block; color: var(--ink-soft); font: inherit; }
      .escape, .cut { color: var(--code-escape); }
      .hint { margin-block-start: var(--space-3); padding: var(--space-1) var(--space-3); border-inline-start: 3px solid var(--waiting); border-radius: var(--radius-s); background: var(--warn-wash); }
      .place { block-size: auto; padding: 0; min-block-size: 1.75rem; color: var(--accent-strong); text-decoration: underline; }
      pre.error { margin-block-start: var(--space-2); border-radius: var(--radius-s); background: var(--console); }
    `,
  ];

  /** Where it has a view of the network, the failed exchange is shown. */
  declare page: LessonsPage | undefined;
  declare lesson: OpenLesson;
  declare around: LessonSurroundings;
  /** What shows an exchange is here. */
  declare private hasExchange: boolean;

  constructor() {
    super();
    this.hasExchange = false;
    watch(this, () => [this.lesson, this.lesson.check]);
  }

  protected override render(): TemplateResult {
    const { check } = this.lesson;
    if (check.state === "idle") return html``;
    const failure = check.firstFailure;
    const isPassed = check.state === "done" && failure === undefined;
    return html`
      <section class=${failure !== undefined ? "failed" : isPassed ? "passed" : ""} aria-labelledby="headline" data-testid="check-result" data-state=${check.state} data-passed=${isPassed}>
        <h3 id="headline" role="status">${this.#headline(failure)}</h3>
        ${check.state === "no-bridge" || check.state === "broken" ? "" : this.#steps()}
        ${check.hadConditions && check.state !== "no-bridge" ? html`<p class="soft" data-testid="without-conditions">${this.#conditionsText()}</p>` : ""}
        ${check.state === "broken" ? html`<pre class="error">${plainText(check.reason.slice(0, MAX_ERROR_CHARS))}</pre>` : ""}
        ${failure === undefined ? "" : this.#failure(failure)}
        ${check.state === "done" ? this.#exchange(failure) : ""}
      </section>`;
  }

  #headline(failure: StepResult | undefined): string {
    switch (this.lesson.check.state) {
      case "running":
        return msg("The examiner is at work…", { id: "check-running" });
      case "stopped":
        return msg("The check was stopped.", { id: "check-stopped" });
      case "no-bridge":
        return msg("There is no connection to the bridge, and a check needs the network. Try again when it is back.", { id: "check-no-bridge" });
      case "broken":
        return msg("The examiner could not do its work. This is not your mistake. Try again.", { id: "check-broken" });
      default:
    }
    if (failure === undefined)
      return this.lesson.isDone ? msg("Passed, and with it the whole lesson!", { id: "check-lesson-passed" }) : msg("Passed!", { id: "check-passed" });
    if (failure.state === "does-not-compile") return msg("Luau does not understand a file yet.", { id: "check-does-not-compile" });
    if (failure.state === "check-at-fault") return msg("The check itself went wrong. This is not your mistake.", { id: "check-at-fault" });
    return msg("Not there yet.", { id: "check-failed" });
  }

  #conditionsText(): string {
    return this.lesson.check.state === "running"
      ? msg("Your pause and your network conditions do not hold while the check runs.", { id: "check-without-conditions" })
      : msg("The check ran without your pause and your network conditions. They hold again now.", { id: "check-conditions-back" });
  }

  /** Once the check has ended: until then its exchange goes on. */
  #exchange(failure: StepResult | undefined): TemplateResult | string {
    const { page } = this;
    if (page?.captureLog === undefined || failure?.state !== "failed") return "";
    if (!this.hasExchange) {
      void page.lateParts
        .fetch(() => import("./lesson-exchange.ts"))
        .then((part) => {
          this.hasExchange = part !== undefined;
        });
      return "";
    }
    return html`<zp-lesson-exchange .page=${page} .exchange=${exchangeOf(failure)}></zp-lesson-exchange>`;
  }

  #steps(): TemplateResult {
    const { lesson, around } = this;
    const { check } = lesson;
    const wanted = lesson.steps.slice(0, lesson.steps.findIndex(({ id }) => id === check.through) + 1).filter(({ kind }) => kind === "check");
    return html`<ol class="steps">${wanted.map(({ id, title }) => {
      const state = check.results.find(({ step }) => step === id)?.state;
      const icon = state === "passed" ? doneIcon : state === undefined || state === "did-not-run" ? waitingIcon : failedIcon;
      return html`<li data-step=${id} data-state=${state ?? "waiting"}>${icon}<span>${renderInlines(title, around)}</span><span class="state">${state === undefined ? "" : stateText(state)}</span></li>`;
    })}</ol>`;
  }

  #failure({ step, message, error, place, expected, got, mistake, state }: StepResult): TemplateResult {
    const { lesson, around } = this;
    const text = lesson.steps.find(({ id }) => id === step);
    const hint = mistake === undefined ? undefined : text?.mistakeHints.get(mistake);
    // What a check says of itself stands in files that are not the learner's.
    const isOwn = state !== "check-at-fault";
    return html`
      ${message === undefined ? "" : html`<p class="message" data-testid="check-message">${plainText(message[currentLocale()])}</p>`}
      ${error === undefined ? "" : html`<pre class="error">${plainText(error.slice(0, MAX_ERROR_CHARS))}</pre>`}
      ${
        place === undefined || !isOwn
          ? ""
          : html`<button class="place" data-testid="check-place" @click=${() => this.#openPlace(place)}>${msg(str`Open line ${place.line} of ${place.file}`, { id: "check-open-line" })}</button>`
      }
      ${
        expected === undefined && got === undefined
          ? ""
          : html`<dl>
              ${expected === undefined ? "" : html`<dt>${msg("expected", { id: "check-expected" })}</dt><dd data-testid="check-expected">${shown(expected)}</dd>`}
              ${got === undefined ? "" : html`<dt>${msg("arrived", { id: "check-got" })}</dt><dd data-testid="check-got">${shown(got)}</dd>`}
            </dl>`
      }
      ${hint === undefined ? "" : html`<div class="hint" role="note" data-testid="mistake-hint" data-mistake=${mistake ?? ""}>${renderLesson(hint, around)}</div>`}`;
  }

  #openPlace(place: { readonly file: string; readonly line: number }): void {
    this.dispatchEvent(new CustomEvent("open-source", { detail: place, bubbles: true, composed: true }));
  }
}

/** Bytes as text, as Luau writes it, and below as numbers. */
function shown({ bytes, omitted }: ShownBytes): TemplateResult {
  if (bytes.length === 0) return html`<span class="soft">${msg("nothing", { id: "check-nothing" })}</span>`;
  const isCut = omitted > 0 || bytes.length > MAX_SHOWN;
  const hex = Array.from(bytes.subarray(0, MAX_SHOWN), hexOf).join(" ");
  return html`${textParts(bytes, MAX_SHOWN).map(({ kind, text }) => html`<span class=${kind}>${text}</span>`)}<small>${hex}${isCut ? " …" : ""}</small>`;
}

/** Where to find it: the examiner's end is the other one of the learner's program. */
function exchangeOf({ from, to, connection }: StepResult): ShownExchange {
  return { from, to, ...(connection !== undefined && { ends: { local: connection.remote, remote: connection.local } }) };
}

function stateText(state: StepState): string {
  switch (state) {
    case "passed":
      return msg("passed", { id: "step-passed" });
    case "failed":
      return msg("not yet", { id: "step-failed" });
    case "did-not-run":
      return msg("did not run", { id: "step-did-not-run" });
    case "does-not-compile":
      return msg("does not compile", { id: "step-does-not-compile" });
    case "check-at-fault":
      return msg("check at fault", { id: "step-check-at-fault" });
  }
}

customElements.define("zp-lesson-result", LessonResult);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lesson-result": LessonResult;
  }
}
