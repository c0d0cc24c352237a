import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import type { Place } from "./language/service.ts";

/** A place and the line that it stands in. */
export interface Reference extends Place {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Everywhere that a name stands for the same; a click goes there. */
export class ReferencesDialog extends PlaygroundDialog {
  static override properties = { name: { state: true }, references: { state: true } };

  static override styles = [
    dialogStyles,
    css`
      ol { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); }
      button { inline-size: 100%; display: flex; gap: var(--space-3); justify-content: start; text-align: start; white-space: nowrap; overflow: hidden; }
      .place { color: var(--ink-soft); font: var(--text-s) var(--mono); }
      code { font: var(--text-s) var(--mono); overflow: hidden; text-overflow: ellipsis; }
    `,
  ];

  declare private name: string;
  declare private references: readonly Reference[];
  #open: (place: Place) => void = () => {};
  protected override readonly wide = true;

  constructor() {
    super();
    this.name = "";
    this.references = [];
  }

  /** Shows them; `open` is called with the one that is chosen. */
  async openWith(name: string, references: readonly Reference[], open: (place: Place) => void): Promise<void> {
    this.name = name;
    this.references = references;
    this.#open = open;
    await this.show();
  }

  protected override headline(): string {
    return msg(str`References to ${this.name}: ${this.references.length}`, { id: "references-to" });
  }

  protected override body(): TemplateResult {
    return html`<ol data-testid="references">${this.references.map(
      (reference) => html`
      <li><button @click=${() => this.#choose(reference)}><span class="place">${reference.file}:${reference.line}</span><code>${reference.text.trim()}</code></button></li>`,
    )}</ol>`;
  }

  #choose(reference: Reference): void {
    this.close();
    this.#open(reference);
  }
}

customElements.define("zp-references-dialog", ReferencesDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-references-dialog": ReferencesDialog;
  }
}
