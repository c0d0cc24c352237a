import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { pausedIcon, slowIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { ConditionsPage } from "./conditions-page.ts";

/** Says that the network is paused, or not as it would be by itself: whoever forgot that would look for a mistake in the program. Fires `open-conditions`. */
export class NetworkChip extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: inline-flex; min-inline-size: 0; }
      button { margin-block-start: var(--space-1); }
      button { min-block-size: 1.75rem; padding: 0 0.6rem; border-color: var(--waiting); background: var(--warn-wash); color: var(--ink); font-size: var(--text-s); }
      button:hover { background: var(--hover); }
      svg { color: var(--waiting); }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare page: ConditionsPage;

  constructor() {
    super();
    watch(this, () => [this.page.timeControl]);
  }

  protected override render(): TemplateResult {
    const { isPaused, hasConditions } = this.page.timeControl;
    const text = isPaused
      ? msg("Network paused", { id: "network-is-paused" })
      : hasConditions
        ? msg("Network conditions on", { id: "network-conditions-on" })
        : "";
    // The region is there before its text: else it would not be read out.
    return html`
      <span class="visually-hidden" role="status">${text}</span>
      ${
        text === ""
          ? ""
          : html`<button data-testid="network-chip" aria-haspopup="dialog" @click=${() => this.dispatchEvent(new Event("open-conditions"))}>${
              isPaused ? pausedIcon : slowIcon
            }${text}</button>`
      }`;
  }
}

customElements.define("zp-network-chip", NetworkChip);

declare global {
  interface HTMLElementTagNameMap {
    "zp-network-chip": NetworkChip;
  }
}
