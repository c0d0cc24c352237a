import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import type { ProgramRunner } from "../programs/program-runner.ts";

/** Says that a program hangs and offers to end it; nothing while it answers. With `hangingStyles`. */
export function hangingNotice(program: ProgramRunner): TemplateResult | "" {
  if (!program.unresponsive) return "";
  return html`
        <div class="unresponsive" role="status" data-testid="unresponsive">
          <span>${msg("This program is not responding: it may be stuck in a long call. Its output and your code are kept.", { id: "unresponsive" })}</span>
          <button class="outlined danger" data-testid="end-now" @click=${() => program.endNow()}>${msg("End now", { id: "end-now" })}</button>
        </div>`;
}

export const hangingStyles = css`
  .unresponsive { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.7rem; padding: 0.3rem 0.7rem; background: var(--warn-wash); font-size: var(--text-s); }
`;
