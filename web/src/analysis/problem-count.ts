import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../app/element.ts";
import { failedIcon } from "../app/icons.ts";
import type { Playground } from "../app/playground.ts";
import { sharedStyles } from "../app/shared-styles.ts";
import { watch } from "../app/watch.ts";
import { localNumber } from "../locale/numbers.ts";
import { countProblems } from "./problems.ts";

/** How many problems all files have, in the page's foot; nothing where there are none. A click fires `open-problems`. */
export class ProblemCount extends PlaygroundElement {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: contents; }
      button { min-block-size: 1.75rem; padding: 0 0.4rem; margin-inline-start: -0.4rem; font: inherit; color: inherit; }
      .errors { color: var(--failed); }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare playground: Playground;

  constructor() {
    super();
    watch(this, () => [this.playground.analysis, this.playground.project]);
  }

  protected override render(): TemplateResult {
    const { analysis, project } = this.playground;
    const { errors, warnings } = countProblems(project.files, (file) => analysis.diagnostics(file));
    if (errors + warnings === 0) return html``;
    return html`
      <button class=${errors > 0 ? "errors" : ""} data-testid="problem-count" aria-haspopup="dialog" title=${msg("Problems in all files", { id: "problems-title" })}
        @click=${() => this.dispatchEvent(new Event("open-problems", { bubbles: true, composed: true }))}>
        ${failedIcon}<span>${problemCountText(errors, warnings)}</span></button>`;
  }
}

function problemCountText(errors: number, warnings: number): string {
  const parts = [
    ...(errors > 0 ? [msg(str`Errors: ${localNumber(errors)}`, { id: "problem-errors" })] : []),
    ...(warnings > 0 ? [msg(str`Warnings: ${localNumber(warnings)}`, { id: "problem-warnings" })] : []),
  ];
  return parts.join(", ");
}

customElements.define("zp-problem-count", ProblemCount);

declare global {
  interface HTMLElementTagNameMap {
    "zp-problem-count": ProblemCount;
  }
}
