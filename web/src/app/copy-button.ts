import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { copyText } from "./clipboard.ts";
import { PlaygroundElement } from "./element.ts";
import { copyIcon, doneIcon } from "./icons.ts";
import { sharedStyles } from "./shared-styles.ts";

/** Milliseconds for which the button says that it has copied. */
const DONE_MS = 1_600;

/** Shows a text, or only an icon, and copies the text when pressed. */
export class CopyButton extends PlaygroundElement {
  static override properties = { text: { attribute: false }, label: { attribute: false }, iconOnly: { type: Boolean }, done: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: inline-flex; }
      button { min-block-size: 1.75rem; padding: 0 0.4rem; font: 500 var(--text-s) / 1 var(--mono); color: var(--ink); }
      svg { color: var(--ink-soft); }
      .done svg { color: var(--accent); }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare text: string;
  declare label: string;
  declare iconOnly: boolean;
  declare private done: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = "";
    this.label = "";
    this.iconOnly = false;
    this.done = false;
  }

  protected override render(): TemplateResult {
    return html`
      <button class=${this.done ? "done" : ""} title=${this.label} aria-label=${this.label} @click=${this.#copy}>
        ${this.iconOnly ? "" : html`<span>${this.text}</span>`}${this.done ? doneIcon : copyIcon}
      </button>
      <span class="visually-hidden" role="status">${this.done ? msg("Copied", { id: "copied" }) : ""}</span>
    `;
  }

  readonly #copy = async (): Promise<void> => {
    this.done = await copyText(this.text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.done = false;
    }, DONE_MS);
  };
}

customElements.define("zp-copy-button", CopyButton);

declare global {
  interface HTMLElementTagNameMap {
    "zp-copy-button": CopyButton;
  }
}
