import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { type Example, EXAMPLES } from "./examples.ts";
import { type ExamplesPage, openExample } from "./open-example.ts";

/** The examples, each with a sentence; choosing one opens it as a new project. */
export class ExamplesDialog extends PlaygroundDialog {
  static override properties = { page: { attribute: false }, failed: { state: true } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: var(--space-2); margin: 0; padding: 0; list-style: none; }
      li { display: grid; }
      li button {
        display: grid;
        align-content: start;
        justify-items: start;
        gap: 0.25rem;
        padding: var(--space-3);
        border: 1px solid var(--line);
        background: var(--surface);
        white-space: normal;
        text-align: start;
        block-size: auto;
      }
      li button:hover { border-color: var(--accent); }
      b { font-weight: 600; }
      small { color: var(--ink-soft); font-size: var(--text-s); line-height: 1.35; }
    `,
  ];

  declare page: ExamplesPage;
  declare private failed: boolean;
  protected override readonly wide = true;

  constructor() {
    super();
    this.failed = false;
  }

  override async show(): Promise<void> {
    this.failed = false;
    await super.show();
  }

  protected override headline(): string {
    return msg("Examples", { id: "examples" });
  }

  protected override body(): TemplateResult {
    return html`
      <div class="content">
        <p class="soft">${msg("An example opens as a new project; your work stays as it is.", { id: "examples-new-project" })}</p>
        ${this.failed ? html`<p class="fault" role="alert">${msg("The examples could not be loaded. Is the bridge running?", { id: "examples-failed" })}</p>` : ""}
        <ul>${EXAMPLES.map(
          (example) => html`
          <li><button data-example=${example.id} @click=${() => void this.#open(example)}><b>${example.title()}</b><small>${example.summary()}</small></button></li>`,
        )}
        </ul>
      </div>`;
  }

  async #open(example: Example): Promise<void> {
    try {
      await openExample(this.page, example);
      this.close();
    } catch {
      this.failed = true;
    }
  }
}

customElements.define("zp-examples-dialog", ExamplesDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-examples-dialog": ExamplesDialog;
  }
}
