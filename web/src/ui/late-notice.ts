import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "./element.ts";
import type { LateParts } from "./late-parts.ts";
import { sharedStyles } from "./shared-styles.ts";
import { watch } from "./watch.ts";

/** Says that a part of the page is being fetched, or what can be done when it cannot be had. */
export class LateNotice extends PlaygroundElement {
  static override properties = { parts: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: fixed;
        inset: auto var(--space-3) calc(2.5rem + var(--space-3)) var(--space-3);
        z-index: 5;
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      .box {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        max-inline-size: 40rem;
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--raised);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      .failed { border-color: var(--failed); background: var(--failed-wash); }
      p { margin: 0; flex: 1 1 16rem; min-inline-size: 0; }
    `,
  ];

  declare parts: LateParts;

  constructor() {
    super();
    watch(this, () => [this.parts]);
  }

  protected override render(): TemplateResult {
    const { parts } = this;
    return html`
      <div role="status">${parts.state !== "loading" ? "" : html`<div class="box" data-testid="part-loading">${msg("Loading this part of the page…", { id: "part-loading" })}</div>`}</div>
      ${
        parts.state !== "failed"
          ? ""
          : html`
        <div class="box failed" role="alert" data-testid="part-failed">
          <p>${msg("This part of the page could not be loaded: the bridge is unreachable. Try again when it is back; if that does not help, reload the page.", { id: "part-failed" })}</p>
          <button class="outlined" data-testid="part-retry" @click=${() => parts.retry()}>${msg("Try again", { id: "try-again" })}</button>
          <button class="outlined" data-testid="part-reload" @click=${() => location.reload()}>${msg("Reload the page", { id: "reload-page" })}</button>
          <button class="outlined" data-testid="part-dismiss" @click=${() => parts.dismiss()}>${msg("Not now", { id: "not-now" })}</button>
        </div>`
      }
    `;
  }
}

customElements.define("zp-late-notice", LateNotice);

declare global {
  interface HTMLElementTagNameMap {
    "zp-late-notice": LateNotice;
  }
}
