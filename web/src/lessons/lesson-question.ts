import { msg } from "@lit/localize";
import { isRightChoice, isRightPrediction, type Prediction, type Quiz, type StepText } from "@playground/lessons";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { fieldFrame } from "../ui/field-frame.ts";
import { lessonTextStyles } from "./lesson-styles.ts";
import { type LessonSurroundings, renderInlines, renderLesson } from "./render-lesson.ts";

/** Wrong predictions after which the answer is offered: one may be a slip. */
const TRIES_BEFORE_ANSWER = 2;

/** A question of a lesson: answers to choose from, or what will arrive. Fires `passed` when it was answered rightly. */
export class LessonQuestion extends PlaygroundElement {
  static override properties = {
    step: { attribute: false },
    around: { attribute: false },
    isPassed: { attribute: false },
    verdict: { state: true },
    showsAnswer: { state: true },
  };

  static override styles = [
    lessonTextStyles,
    css`
      :host { display: block; margin-block: var(--space-4); padding: var(--space-2) var(--space-3) var(--space-3); border: 1px solid var(--line); border-radius: var(--radius-m); background: var(--surface); }
      fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
      label.choice { display: flex; align-items: baseline; gap: var(--space-2); padding: 0.35rem 0; line-height: 1.5; }
      input { flex: none; accent-color: var(--accent); }
      textarea { display: block; inline-size: 100%; min-block-size: 5rem; margin-block: var(--space-1) var(--space-2); padding: var(--space-2); ${fieldFrame} font: var(--text-m) / 1.5 var(--mono); resize: vertical; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); margin-block-start: var(--space-2); }
      .right { color: var(--running); font-weight: 600; }
      .wrong { color: var(--failed); font-weight: 600; }
    `,
  ];

  declare step: StepText;
  declare around: LessonSurroundings;
  /** Answered rightly before. */
  declare isPassed: boolean;
  declare private verdict: "open" | "right" | "wrong";
  declare private showsAnswer: boolean;
  #tries = 0;

  constructor() {
    super();
    this.verdict = "open";
    this.showsAnswer = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The same question in another language is the same question.
    const before = changed.get("step") as StepText | undefined;
    if (before === undefined || before.id === this.step.id) return;
    this.verdict = "open";
    this.showsAnswer = false;
    this.#tries = 0;
  }

  protected override render(): TemplateResult {
    const { quiz, predict } = this.step;
    if (quiz !== undefined) return this.#quiz(quiz);
    return predict === undefined ? html`` : this.#prediction(predict);
  }

  #quiz(quiz: Quiz): TemplateResult {
    const { around } = this;
    return html`
      <form @submit=${(event: SubmitEvent) => this.#choose(event, quiz)} @change=${this.#reopen}>
        <fieldset aria-labelledby="question">
          <div id="question">${renderLesson(quiz.question, around)}</div>
          ${quiz.isMultiple ? html`<p class="soft">${msg("Choose all that are right.", { id: "lesson-choose-all" })}</p>` : ""}
          ${quiz.answers.map(
            ({ children }, index) => html`
            <label class="choice"><input type=${quiz.isMultiple ? "checkbox" : "radio"} name="answer" value=${index} ?required=${!quiz.isMultiple} /><span>${renderInlines(children, around)}</span></label>`,
          )}
        </fieldset>
        ${this.#answerRow()}
      </form>
      ${this.#isAnswered ? renderLesson(quiz.explanation, around) : ""}`;
  }

  #prediction(prediction: Prediction): TemplateResult {
    const { around } = this;
    return html`
      <form @submit=${(event: SubmitEvent) => this.#predict(event, prediction)} @input=${this.#reopen}>
        ${renderLesson(prediction.question, around)}
        <label>${msg("Your answer", { id: "lesson-your-answer" })}
          <textarea data-testid="prediction" spellcheck="false" autocapitalize="off" autocomplete="off" required></textarea>
        </label>
        ${this.#answerRow(
          this.verdict === "wrong" && this.#tries >= TRIES_BEFORE_ANSWER && !this.showsAnswer
            ? html`<button class="outlined" type="button" data-testid="show-answer" @click=${() => {
                this.showsAnswer = true;
              }}>${msg("Show the answer", { id: "lesson-show-answer" })}</button>`
            : "",
        )}
      </form>
      ${this.showsAnswer ? prediction.answers.slice(0, 1).map((answer) => html`<div class="sample"><pre><code>${answer}</code></pre></div>`) : ""}
      ${this.#isAnswered || this.showsAnswer ? renderLesson(prediction.explanation, around) : ""}`;
  }

  #answerRow(more: TemplateResult | string = ""): TemplateResult {
    const { verdict } = this;
    return html`
      <div class="row">
        <button class="primary" type="submit" data-testid="answer">${msg("Answer", { id: "lesson-answer" })}</button>
        ${more}
        <span role="status" data-testid="verdict" class=${this.#isAnswered ? "right" : "wrong"}>${
          this.#isAnswered ? msg("Right!", { id: "lesson-right" }) : verdict === "wrong" ? msg("Not quite. Try again.", { id: "lesson-wrong" }) : ""
        }</span>
      </div>`;
  }

  get #isAnswered(): boolean {
    return this.verdict === "right" || (this.isPassed && this.verdict === "open");
  }

  #choose(event: SubmitEvent, quiz: Quiz): void {
    event.preventDefault();
    const chosen = [...this.renderRoot.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => Number(value));
    this.#judge(isRightChoice(quiz, new Set(chosen)));
  }

  #predict(event: SubmitEvent, prediction: Prediction): void {
    event.preventDefault();
    this.#judge(isRightPrediction(prediction, this.renderRoot.querySelector("textarea")?.value ?? ""));
  }

  #judge(isRight: boolean): void {
    this.#tries++;
    this.verdict = isRight ? "right" : "wrong";
    if (isRight) this.dispatchEvent(new Event("passed"));
  }

  readonly #reopen = (): void => {
    if (this.verdict === "wrong") this.verdict = "open";
  };
}

customElements.define("zp-lesson-question", LessonQuestion);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lesson-question": LessonQuestion;
  }
}
