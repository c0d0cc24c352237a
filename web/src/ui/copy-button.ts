import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { copyText } from "./clipboard.ts";
import { PlaygroundElement } from "./element.ts";
import { fieldFrame } from "./field-frame.ts";
import { copyIcon, doneIcon } from "./icons.ts";
import { sharedStyles } from "./shared-styles.ts";
import { shortcutText } from "./shortcut.ts";

/** Milliseconds for which the button says that it has copied. */
const DONE_MS = 1_600;

/** Shows a text, or only an icon, and copies the text when pressed. Where the browser does not copy, the text is there selected, for the reader to copy. */
export class CopyButton extends PlaygroundElement {
  static override properties = {
    text: { attribute: false },
    label: { attribute: false },
    iconOnly: { type: Boolean },
    done: { state: true },
    failed: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host { display: inline-flex; }
      button { min-block-size: 1.75rem; padding: 0 0.4rem; font: 500 var(--text-s) / 1 var(--mono); color: var(--ink); }
      svg { color: var(--ink-soft); }
      input { inline-size: 12rem; min-inline-size: 4rem; padding: 0 0.4rem; ${fieldFrame} font: var(--text-s) var(--mono); }
      .by-hand { align-self: center; padding-inline: 0.4rem; color: var(--ink); font: var(--text-s) / 1.3 var(--font); }
      .done svg { color: var(--accent); }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare text: string;
  declare label: string;
  declare iconOnly: boolean;
  declare private done: boolean;
  /** The browser has not copied. */
  declare private failed: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = "";
    this.label = "";
    this.iconOnly = false;
    this.done = this.failed = false;
  }

  protected override render(): TemplateResult {
    return html`
      ${
        this.failed
          ? html`
        <input type="text" readonly data-testid="copy-by-hand" aria-label=${this.label} .value=${this.text} @blur=${this.#endByHand} />
        <span class="by-hand" role="status">${msg(str`Not copied. Press ${shortcutText("Mod-c")}`, { id: "copy-by-hand" })}</span>`
          : ""
      }
      <button class=${this.done ? "done" : ""} title=${this.label} aria-label=${this.label} @click=${this.#copy}>
        ${this.iconOnly ? "" : html`<span>${this.text}</span>`}${this.done ? doneIcon : copyIcon}
      </button>
      <span class="visually-hidden" role="status">${this.done ? msg("Copied", { id: "copied" }) : ""}</span>
    `;
  }

  readonly #copy = async (): Promise<void> => {
    this.done = await copyText(this.text, this);
    this.failed = !this.done;
    clearTimeout(this.#timer);
    if (this.failed) {
      await this.updateComplete;
      const field = this.renderRoot.querySelector("input");
      field?.focus();
      field?.select();
      return;
    }
    this.#timer = setTimeout(() => {
      this.done = false;
    }, DONE_MS);
  };

  readonly #endByHand = (): void => {
    this.failed = false;
  };
}

customElements.define("zp-copy-button", CopyButton);

declare global {
  interface HTMLElementTagNameMap {
    "zp-copy-button": CopyButton;
  }
}
