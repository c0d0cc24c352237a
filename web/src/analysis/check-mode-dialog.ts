import { msg } from "@lit/localize";
import { CHECK_MODES, type CheckMode } from "@playground/luau-analysis";
import { css, html, type TemplateResult } from "lit";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { watch } from "../ui/watch.ts";
import type { AnalysisPage } from "./analysis-page.ts";
import { CHECK_MODE_SETTING } from "../project/project-settings.ts";
import { checkModeOf } from "./check-mode.ts";

/** Asks how strictly the project's files are checked. A choice holds at once, so that the marks can be looked at. */
export class CheckModeDialog extends PlaygroundDialog {
  static override properties = { page: { attribute: false } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      fieldset { display: grid; gap: var(--space-3); margin: 0; padding: 0; border: 0; min-inline-size: 0; }
      legend { padding: 0 0 var(--space-3); }
      .mode { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.6rem; align-items: baseline; }
      .mode label { font-weight: 500; }
      .mode small { grid-column: 2; color: var(--ink-soft); font-size: var(--text-s); }
      input[type="radio"] { accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; margin: 0; translate: 0 0.2rem; }
      code { font: var(--text-s) var(--mono); white-space: nowrap; }
    `,
  ];

  declare page: AnalysisPage;

  constructor() {
    super();
    watch(this, () => [this.page.project]);
  }

  protected override headline(): string {
    return msg("Type checking", { id: "check-mode-title" });
  }

  protected override body(): TemplateResult {
    const chosen = checkModeOf(this.page.project.settings[CHECK_MODE_SETTING]);
    return html`
      <div class="content">
        <fieldset>
          <legend>${msg("How the files of this project are checked. The setting is saved with the project and included in links to it.", { id: "check-mode-legend" })}</legend>
          ${CHECK_MODES.map(
            (mode) => html`
            <div class="mode">
              <input type="radio" name="mode" id=${mode} .value=${mode} .checked=${mode === chosen} ?autofocus=${mode === chosen}
                aria-describedby=${`${mode}-help`} @change=${() => this.#choose(mode)} />
              <label for=${mode}>${modeText(mode)}</label>
              <small id=${`${mode}-help`}>${modeHelp(mode)}</small>
            </div>`,
          )}
        </fieldset>
        <p class="soft">${msg("A file that begins with such a line overrides this:", { id: "check-mode-directive" })}
          ${CHECK_MODES.map((mode) => html`<code>--!${mode}</code> `)}</p>
        <div class="buttons"><button class="primary" data-testid="check-mode-done" @click=${this.close}>${msg("Done", { id: "done" })}</button></div>
      </div>`;
  }

  #choose(mode: CheckMode): void {
    this.page.project.set(CHECK_MODE_SETTING, mode);
  }
}

function modeText(mode: CheckMode): string {
  switch (mode) {
    case "strict":
      return msg("Strict", { id: "check-mode-strict" });
    case "nonstrict":
      return msg("Not strict", { id: "check-mode-nonstrict" });
    case "nocheck":
      return msg("Off", { id: "check-mode-nocheck" });
  }
}

function modeHelp(mode: CheckMode): string {
  switch (mode) {
    case "strict":
      return msg("Luau infers every type and marks every mismatch. Default in new projects.", { id: "check-mode-strict-help" });
    case "nonstrict":
      return msg("Luau marks only what is sure to fail.", { id: "check-mode-nonstrict-help" });
    case "nocheck":
      return msg("Types are not checked; syntax errors are still marked.", { id: "check-mode-nocheck-help" });
  }
}

customElements.define("zp-check-mode-dialog", CheckModeDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-check-mode-dialog": CheckModeDialog;
  }
}
