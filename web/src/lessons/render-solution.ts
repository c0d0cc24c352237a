import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { firstHunk, lineDiff, withHunk } from "./line-diff.ts";
import { noDifference, renderDiff, renderHunk } from "./render-lesson.ts";

/** A file beside what it is to become. */
export interface SolutionView {
  readonly file: string;
  /** The learner's text, and the solution's. */
  readonly source: string;
  readonly solution: string;
  /** Whether all of the solution is shown, or its next difference alone. */
  readonly isWhole: boolean;
  showWhole(isWhole: boolean): void;
  /** Makes this the learner's text. */
  put(source: string): void;
}

/** How a file becomes the solution: difference by difference, so that nobody has to see more than the next one, or all at once. */
export function renderSolution(view: SolutionView): TemplateResult {
  const { file, isWhole } = view;
  const choice = (whole: boolean, testId: string, label: string): TemplateResult =>
    html`<button class="outlined" data-testid=${testId} aria-pressed=${isWhole === whole} @click=${() => view.showWhole(whole)}>${label}</button>`;
  return html`
    <p class="soft">${msg(str`How ${file} becomes the solution of the whole lesson:`, { id: "lesson-solution-help" })}</p>
    <div class="row" role="group" aria-label=${msg("How much of the solution", { id: "lesson-solution-amount" })}>
      ${choice(false, "next-difference", msg("Next difference", { id: "lesson-next-difference" }))}
      ${choice(true, "whole-solution", msg("Whole solution", { id: "lesson-whole-solution" }))}
    </div>
    ${isWhole ? renderDiff(view.source, view.solution) : renderNext(view)}`;
}

function renderNext({ file, source, solution, put }: SolutionView): TemplateResult {
  const lines = lineDiff(source, solution);
  const hunk = firstHunk(lines);
  if (hunk === undefined) return noDifference();
  return html`
    ${renderHunk(lines, hunk)}
    <div class="row">
      <button class="outlined" data-testid="put-difference" @click=${() => put(withHunk(lines, hunk))}>${msg(str`Put this difference into ${file}`, { id: "lesson-put-difference" })}</button>
    </div>`;
}
