import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";

/** Characters of an impossible name that are shown. */
const MAX_SHOWN_NAME = 100;

/** What keeps a lesson from being shown. */
export function renderLessonProblem(text: string): TemplateResult {
  return html`<p class="problem" role="alert" data-testid="problem">${text}</p>`;
}

/** That a lesson could not be had, and why. */
export function notLoaded(lesson = "", reason: string): string {
  return msg(str`The lesson "${lesson.slice(0, MAX_SHOWN_NAME)}" could not be loaded: ${reason}. Reload the page to try again.`, {
    id: "embed-lesson-not-loaded",
  });
}
