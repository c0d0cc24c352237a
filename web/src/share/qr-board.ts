import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { qrCode } from "./qr-code.ts";

/** A QR code that fills the screen, with its link in letters that can be read from the last row. Black on white in every theme. */
export class QrBoard extends PlaygroundElement {
  static override properties = { link: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: contents; }
      dialog { inline-size: 100vw; block-size: 100dvh; max-inline-size: none; max-block-size: none; margin: 0; border: 0; background: #fff; color: #000; padding: var(--space-4); }
      dialog[open] { display: grid; grid-template: minmax(0, 1fr) auto auto / minmax(0, 1fr); gap: var(--space-3); justify-items: center; }
      .qr { inline-size: 100%; block-size: 100%; min-block-size: 0; }
      p { margin: 0; font: 600 clamp(1rem, 3.5vw, 2.5rem) / 1.3 var(--mono); overflow-wrap: anywhere; text-align: center; }
      button { color: #000; background: #fff; border-color: #767676; }
      button:hover { background: #eee; }
    `,
  ];

  declare link: string;

  constructor() {
    super();
    this.link = "";
  }

  async show(link: string): Promise<void> {
    this.link = link;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-label=${msg("QR code", { id: "qr" })} data-testid="qr-board">
        ${this.link === "" ? "" : qrCode(this.link)}
        <p>${this.link}</p>
        <button class="outlined" autofocus @click=${() => this.#dialog.close()}>${msg("Close", { id: "close" })}</button>
      </dialog>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog") as HTMLDialogElement;
  }
}

customElements.define("zp-qr-board", QrBoard);

declare global {
  interface HTMLElementTagNameMap {
    "zp-qr-board": QrBoard;
  }
}
