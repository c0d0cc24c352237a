import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { fieldStyles } from "../ui/field-styles.ts";
import { counted } from "../locale/counted.ts";
import { completeFileName, type FileNameFault, fileNameFault, MAX_FILE_NAME_CHARS } from "./file-name.ts";
import type { ProjectPage } from "./project-page.ts";

/** Asks for a file's name and kind: for a new file, or to rename and delete one. */
export class FileDialog extends PlaygroundDialog {
  static override properties = {
    page: { attribute: false },
    file: { state: true },
    name: { state: true },
    isProgram: { state: true },
    fault: { state: true },
    deleting: { state: true },
  };

  static override styles = [
    dialogStyles,
    fieldStyles,
    css`
      form { display: grid; gap: var(--space-4); }
      .field { display: grid; gap: var(--space-1); }
      input[type="text"] { inline-size: 100%; }
      .fault { margin: 0; color: var(--failed); font-size: var(--text-s); min-block-size: 1.2em; }
      .kind { display: grid; grid-template-columns: auto 1fr; gap: 0 0.6rem; align-items: baseline; }
      .kind small { grid-column: 2; color: var(--ink-soft); font-size: var(--text-s); }
      input[type="checkbox"] { accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; translate: 0 0.2rem; }
      .buttons { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: flex-end; }
      .buttons .danger { margin-inline-end: auto; }
    `,
  ];

  declare page: ProjectPage;
  /** The file that is changed; undefined for a new one. */
  declare private file: string | undefined;
  declare private name: string;
  declare private isProgram: boolean;
  declare private fault: FileNameFault | undefined;
  declare private deleting: boolean;

  constructor() {
    super();
    this.name = "";
    this.isProgram = false;
    this.deleting = false;
  }

  openForNew(): void {
    this.#show(undefined, "", false);
  }

  openFor(file: string): void {
    this.#show(file, file, this.page.project.file(file)?.isProgram ?? false);
  }

  protected override headline(): string {
    const { file } = this;
    if (file === undefined) return msg("New file", { id: "new-file" });
    return this.deleting ? msg(str`Delete ${file}?`, { id: "delete-title" }) : msg(str`Change ${file}`, { id: "change-title" });
  }

  protected override body(): TemplateResult {
    const { file, deleting } = this;
    const cancel = html`<button type="button" class="outlined" @click=${this.close}>${msg("Cancel", { id: "cancel" })}</button>`;
    return html`
      ${
        deleting && file !== undefined
          ? html`
        <form @submit=${this.#delete}>
          <div>${msg("Its code will be lost for good.", { id: "delete-warning" })}</div>
          <div class="buttons">${cancel}<button class="outlined danger" data-testid="confirm-delete">${msg("Delete", { id: "delete" })}</button></div>
        </form>`
          : html`
        <form novalidate @submit=${this.#submit}>
          <div class="field">
            <label for="name">${msg("Name", { id: "file-name" })}</label>
            <input id="name" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.name} @input=${this.#type}
              aria-invalid=${this.fault !== undefined} aria-describedby="fault" />
            <p class="fault" id="fault" role="alert">${this.fault === undefined ? "" : faultText(this.fault, completeFileName(this.name))}</p>
          </div>
          <div class="kind">
            <input id="program" type="checkbox" .checked=${this.isProgram} @change=${this.#toggle} aria-describedby="program-help" />
            <label for="program">${msg("Program", { id: "is-program" })}</label>
            <small id="program-help">${msg("Runs by itself and has its own console. Other files are modules for require.", { id: "is-program-help" })}</small>
          </div>
          <div class="buttons">
            ${
              file === undefined || this.page.project.files.length < 2
                ? ""
                : html`
              <button type="button" class="danger" data-testid="delete-file" @click=${() => {
                this.deleting = true;
              }}>${msg("Delete…", { id: "delete-ask" })}</button>`
            }
            ${cancel}
            <button class="primary" data-testid="save-file">${file === undefined ? msg("Create", { id: "create" }) : msg("Save", { id: "save" })}</button>
          </div>
        </form>`
      }
    `;
  }

  protected override onClosed(): void {
    this.deleting = false;
    super.onClosed();
  }

  #show(file: string | undefined, name: string, isProgram: boolean): void {
    Object.assign(this, { file, name, isProgram, fault: undefined, deleting: false });
    void this.updateComplete.then(async () => {
      await this.show();
      const field = this.renderRoot.querySelector<HTMLInputElement>("#name");
      field?.focus();
      // The name without its ending, which is what one wants to change.
      field?.setSelectionRange(0, name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length);
    });
  }

  readonly #type = (event: Event): void => {
    this.name = (event.target as HTMLInputElement).value;
    this.fault = undefined;
  };

  readonly #toggle = (event: Event): void => {
    this.isProgram = (event.target as HTMLInputElement).checked;
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const { page, file, isProgram } = this;
    const name = completeFileName(this.name);
    this.fault = fileNameFault(name, (taken) => taken !== file && page.project.has(taken));
    if (this.fault !== undefined) {
      this.renderRoot.querySelector<HTMLInputElement>("#name")?.focus();
      return;
    }
    if (file === undefined) page.project.add({ name, source: "", isProgram });
    else page.changeFile(file, { name, isProgram });
    this.close();
  };

  readonly #delete = (event: Event): void => {
    event.preventDefault();
    if (this.file !== undefined) this.page.project.remove(this.file);
    this.close();
  };
}

function faultText(fault: FileNameFault, name: string): string {
  switch (fault) {
    case "empty":
      return msg("Enter a file name.", { id: "fault-empty" });
    case "too-long":
      return counted(MAX_FILE_NAME_CHARS, msg("A name has at most # character.|A name has at most # characters.", { id: "fault-too-long" }));
    case "bad-characters":
      return msg("Use letters, digits, dots, hyphens and underscores; begin with a letter or a digit.", { id: "fault-bad-characters" });
    case "taken":
      return msg(str`There is already a file ${name}.`, { id: "fault-taken" });
  }
}

customElements.define("zp-file-dialog", FileDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-file-dialog": FileDialog;
  }
}
