import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { failedIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import type { AnalysisPage } from "./analysis-page.ts";
import { countProblems } from "./problems.ts";

/** How many problems all files have, in the page's foot; nothing where there are none. A click fires `open-problems`. */
export class ProblemCount extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: contents; }
      button { min-block-size: 1.75rem; padding: 0 0.4rem; margin-inline-start: -0.4rem; font: inherit; color: inherit; }
      .errors { color: var(--failed); }
      .short { display: none; align-items: center; gap: 0.3rem; }
      .warnings { color: var(--waiting); }
      /* In one line with all else there is room for signs and numbers only; the words are the button's name and its hint. */
      @media (min-width: 62rem) and (max-width: 96rem) {
        .words { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
        .short { display: inline-flex; }
      }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare page: AnalysisPage;

  constructor() {
    super();
    watch(this, () => [this.page.analysis, this.page.project]);
  }

  protected override render(): TemplateResult {
    const { analysis, project } = this.page;
    const { errors, warnings } = countProblems(project.files, (file) => analysis.diagnostics(file));
    if (errors + warnings === 0) return html``;
    const words = problemCountText(errors, warnings);
    return html`
      <button class=${errors > 0 ? "errors" : "warnings"} data-testid="problem-count" aria-haspopup="dialog" title=${`${msg("Problems in all files", { id: "problems-title" })}. ${words}`}
        @click=${() => this.dispatchEvent(new Event("open-problems", { bubbles: true, composed: true }))}>
        ${failedIcon}<span class="words">${words}</span>
        <span class="short" aria-hidden="true">${localNumber(errors > 0 ? errors : warnings)}
          ${errors > 0 && warnings > 0 ? html`<span class="short warnings">${failedIcon}${localNumber(warnings)}</span>` : ""}</span></button>`;
  }
}

function problemCountText(errors: number, warnings: number): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, msg("# error|# errors", { id: "problem-errors" }))] : []),
    ...(warnings > 0 ? [counted(warnings, msg("# warning|# warnings", { id: "problem-warnings" }))] : []),
  ];
  return parts.join(", ");
}

customElements.define("zp-problem-count", ProblemCount);

declare global {
  interface HTMLElementTagNameMap {
    "zp-problem-count": ProblemCount;
  }
}
