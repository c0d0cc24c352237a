import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { fieldStyles } from "../ui/field-styles.ts";
import type { RenameRefusal } from "./luau/source/rename-local.ts";
import { refusalText } from "./refusal-text.ts";

/** What is renamed, and who does it: gives why not, or nothing when it is done. */
export interface Renaming {
  readonly name: string;
  rename(name: string): Promise<RenameRefusal | undefined>;
}

/** Asks for a local's new name. */
export class RenameDialog extends PlaygroundDialog {
  static override properties = { renaming: { state: true }, refusal: { state: true } };

  static override styles = [
    dialogStyles,
    fieldStyles,
    css`
      form { display: grid; gap: var(--space-3); }
      input { inline-size: 100%; }
      p { margin: 0; color: var(--failed); font-size: var(--text-s); min-block-size: 1.2em; }
      .buttons { display: flex; justify-content: flex-end; gap: var(--space-2); }
    `,
  ];

  declare private renaming: Renaming | undefined;
  declare private refusal: RenameRefusal | undefined;

  async openFor(renaming: Renaming): Promise<void> {
    this.renaming = renaming;
    this.refusal = undefined;
    await this.show();
    const field = this.renderRoot.querySelector("input");
    if (field === null) return;
    field.value = renaming.name;
    field.focus();
    field.select();
  }

  protected override headline(): string {
    return msg(str`Rename ${this.renaming?.name ?? ""}`, { id: "rename-title" });
  }

  protected override body(): TemplateResult {
    return html`
      <form @submit=${this.#submit}>
        <label for="name">${msg("New name", { id: "rename-name" })}</label>
        <input id="name" autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${this.refusal !== undefined} aria-describedby="fault"
          @input=${() => {
            this.refusal = undefined;
          }} />
        <p id="fault" role="alert">${this.refusal === undefined ? "" : refusalText(this.refusal)}</p>
        <div class="buttons">
          <button type="button" class="outlined" @click=${this.close}>${msg("Cancel", { id: "cancel" })}</button>
          <button class="primary" data-testid="rename">${msg("Rename", { id: "rename" })}</button>
        </div>
      </form>
    `;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = this.renderRoot.querySelector("input")?.value.trim() ?? "";
    const refusal = name === this.renaming?.name ? undefined : await this.renaming?.rename(name);
    if (refusal === undefined) this.close();
    else this.refusal = refusal;
  };
}

customElements.define("zp-rename-dialog", RenameDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-rename-dialog": RenameDialog;
  }
}
