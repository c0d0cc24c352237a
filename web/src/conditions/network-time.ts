import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { slowIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import type { ConditionsPage } from "./conditions-page.ts";
import "./time-bar.ts";

/** Pause, step and the way to the conditions, to stand above an exchange, since they hold all of it up. Fires `open-conditions`. */
export class NetworkTime extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; container-type: inline-size; padding: 0.3rem 0.4rem; background: var(--surface); border-block-end: 1px solid var(--line); }
      button { min-block-size: 1.75rem; font-size: var(--text-s); }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare page: ConditionsPage;

  protected override render(): TemplateResult {
    return html`
      <zp-time-bar compact .page=${this.page}>
        <button class="outlined" data-testid="open-conditions" aria-haspopup="dialog" @click=${() => this.dispatchEvent(new Event("open-conditions"))}>${slowIcon}${msg("Conditions…", { id: "open-conditions" })}</button>
      </zp-time-bar>`;
  }
}

customElements.define("zp-network-time", NetworkTime);

declare global {
  interface HTMLElementTagNameMap {
    "zp-network-time": NetworkTime;
  }
}
