import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { watch } from "../ui/watch.ts";
import type { Place } from "../editor/language/service.ts";
import { currentLocale } from "../locale/locale.ts";
import { adviceOn } from "./advice.ts";
import type { AnalysisPage } from "./analysis-page.ts";
import { analysisText } from "./analysis-status.ts";
import { type Problem, problemsOf } from "./problems.ts";

/** Everything that the type checker finds wrong in all files of the project. Fires `open-place` with the one that is chosen. */
export class ProblemsDialog extends PlaygroundDialog {
  static override properties = { page: { attribute: false }, shown: { state: true } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      ol { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-1); }
      .problem { display: grid; grid-template-columns: minmax(0, 1fr); justify-items: start; gap: var(--space-1); inline-size: 100%; padding: var(--space-2); text-align: start; white-space: normal; line-height: 1.4; font-weight: 400; }
      .head { display: flex; flex-wrap: wrap; gap: 0 var(--space-3); font-size: var(--text-s); }
      .place { font-family: var(--mono); text-decoration: underline; }
      .error { color: var(--failed); }
      .warning { color: var(--waiting); }
      code { font-family: var(--mono); }
      .message { white-space: pre-wrap; overflow-wrap: anywhere; }
    `,
  ];

  declare page: AnalysisPage;
  /** Whether there is something to draw: a closed list costs nothing while one types. */
  declare private shown: boolean;
  protected override readonly wide = true;

  constructor() {
    super();
    this.shown = false;
    watch(this, () => (this.shown ? [this.page.analysis, this.page.project] : []));
  }

  override async show(): Promise<void> {
    this.shown = true;
    await super.show();
  }

  protected override onClosed(): void {
    super.onClosed();
    this.shown = false;
  }

  protected override headline(): string {
    return msg("Problems in all files", { id: "problems-title" });
  }

  protected override body(): TemplateResult {
    if (!this.shown) return html``;
    const { analysis, project } = this.page;
    const problems = problemsOf(project.files, (file) => analysis.diagnostics(file));
    if (problems.length > 0) return html`<ol data-testid="problems">${problems.map((problem) => this.#row(problem))}</ol>`;
    return html`<p data-testid="no-problems">${
      analysis.state.kind === "ready"
        ? msg("No problems in the files of this project.", { id: "problems-none" })
        : analysisText(analysis.state) || msg("The type checker is loading.", { id: "problems-not-yet" })
    }</p>`;
  }

  #row(problem: Problem): TemplateResult {
    const { file, line, column, severity, code, message } = problem;
    const help = adviceOn(problem)?.[currentLocale()];
    return html`
      <li><button class="problem" @click=${() => this.#choose(problem)}>
        <span class="head"><span class="place">${file}:${line}:${column}</span><span class=${severity}>${severityText(severity)}</span><span class="soft">${code}</span></span>
        <span class="message" lang="en">${message.trim()}</span>
        ${help === undefined ? "" : html`<span class="soft">${withCode(help)}</span>`}
      </button></li>`;
  }

  #choose({ file, range }: Problem): void {
    this.close();
    this.dispatchEvent(new CustomEvent<Place>("open-place", { detail: { file, ...range } }));
  }
}

/** A sentence in which code stands between backticks. */
function withCode(text: string): (string | TemplateResult)[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

function severityText(severity: Problem["severity"]): string {
  return severity === "error" ? msg("error", { id: "problem-error" }) : msg("warning", { id: "problem-warning" });
}

customElements.define("zp-problems-dialog", ProblemsDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-problems-dialog": ProblemsDialog;
  }
}
