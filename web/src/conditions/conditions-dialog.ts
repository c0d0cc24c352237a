import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import type { ConditionsPage } from "./conditions-page.ts";
import "./conditions-panel.ts";
import "./time-bar.ts";

/** Pause, step and the conditions of the network, above the page. */
export class ConditionsDialog extends PlaygroundDialog {
  static override properties = { page: { attribute: false } };

  static override styles = [dialogStyles, dialogParts, css`zp-time-bar { padding-block-end: var(--space-2); }`];

  declare page: ConditionsPage;
  protected override readonly wide = true;

  protected override headline(): string {
    return msg("Network conditions", { id: "conditions-title" });
  }

  protected override body(): TemplateResult {
    return html`
      <div class="content">
        <zp-time-bar .page=${this.page}></zp-time-bar>
        <zp-conditions-panel .page=${this.page}></zp-conditions-panel>
        <div class="buttons"><button class="primary" data-testid="conditions-done" @click=${this.close}>${msg("Done", { id: "done" })}</button></div>
      </div>`;
  }
}

customElements.define("zp-conditions-dialog", ConditionsDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-conditions-dialog": ConditionsDialog;
  }
}
