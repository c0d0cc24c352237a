import { msg, str } from "@lit/localize";
import { MAX_TITLE_CHARS, ShareError, type SkippedFile } from "@playground/share";
import { css, html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { addIcon, copyIcon, deleteIcon, editIcon } from "../ui/icons.ts";
import { currentLocale } from "../locale/locale.ts";
import { NEW_PROJECT_SETTINGS } from "../project/project-settings.ts";
import { starterProject } from "../project/starter-project.ts";
import type { LibraryPage } from "./library-page.ts";
import { shareFaultText, skippedText } from "./share-fault-text.ts";
import { exportProject } from "./export-project.ts";
import { importProject } from "./import-project.ts";
import { projectTitle } from "./project-title.ts";
import { newStoredProject, type StoredProject } from "./stored-project.ts";

/** The reader's projects: open, new, rename, duplicate, delete with a way back, export and import. */
export class ProjectsDialog extends PlaygroundDialog {
  static override properties = {
    page: { attribute: false },
    projects: { state: true },
    renaming: { state: true },
    deleted: { state: true },
    fault: { state: true },
    skipped: { state: true },
  };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      ul { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-1); margin: 0; padding: var(--space-2) 0; list-style: none; max-block-size: 45dvh; overflow-y: auto; border-block: 1px solid var(--line); }
      li { display: flex; align-items: center; gap: var(--space-1); border-radius: var(--radius-s); }
      li.current { background: var(--accent-wash); }
      .open { flex: 1; min-inline-size: 0; min-block-size: 2.75rem; padding-block: 0.4rem; display: grid; justify-content: start; justify-items: start; gap: 0.2rem; white-space: normal; text-align: start; }
      .open:focus-visible { outline-offset: -2px; }
      .open b { font-weight: 600; overflow-wrap: anywhere; line-height: 1.25; }
      .open small { color: var(--ink-soft); font-size: var(--text-s); line-height: 1.25; overflow-wrap: anywhere; }
      li form { display: flex; flex: 1; gap: var(--space-1); padding: var(--space-1); }
      .top { display: flex; flex-wrap: wrap; gap: var(--space-2); }
      .undo { display: flex; align-items: center; gap: var(--space-2); padding: var(--space-2) var(--space-3); border-radius: var(--radius-s); background: var(--warn-wash); }
      .undo span { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
      .alone { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); color: var(--ink-soft); }
      .alone p { flex: 1 1 16rem; }
      .skipped { margin: 0; padding-inline-start: 1.2rem; font-size: var(--text-s); overflow-wrap: anywhere; list-style: disc; border: 0; max-block-size: 8rem; display: block; }
      .skipped li { display: list-item; }
    `,
  ];

  declare page: LibraryPage;
  declare private projects: readonly StoredProject[];
  /** Id of the project whose title is being changed. */
  declare private renaming: string | undefined;
  /** The project that was deleted last, for undo. */
  declare private deleted: StoredProject | undefined;
  declare private fault: string | undefined;
  declare private skipped: readonly SkippedFile[];

  constructor() {
    super();
    this.projects = [];
    this.skipped = [];
  }

  protected override readonly wide = true;

  override async show(): Promise<void> {
    Object.assign(this, { renaming: undefined, deleted: undefined, fault: undefined, skipped: [] });
    await this.#load();
    await super.show();
    this.renderRoot.querySelector<HTMLElement>("li.current .open")?.focus();
  }

  /** Asks for a zip, and opens what is in it as a new project. */
  chooseFile(): void {
    this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();
  }

  protected override headline(): string {
    return msg("Projects", { id: "projects" });
  }

  protected override render(): TemplateResult {
    // Beside the dialog, so that a file can be chosen from the menu as well.
    return html`${super.render()}
      <input type="file" accept=".zip,application/zip" hidden data-testid="import-file" @change=${this.#import} />`;
  }

  protected override body(): TemplateResult {
    return html`
      <div class="content">
        ${this.page.library.isLasting ? "" : html`<p class="soft">${msg("This browser keeps nothing for this page: projects are gone when the tab is closed.", { id: "projects-memory" })}</p>`}
        <div class="top">
          <button class="outlined" data-testid="new-project" @click=${() => this.#switchTo(newStoredProject({ files: starterProject(currentLocale()), settings: NEW_PROJECT_SETTINGS }))}>${addIcon}${msg("New project", { id: "new-project" })}</button>
          <button class="outlined" data-testid="import" @click=${() => this.chooseFile()}>${msg("Import a file…", { id: "import" })}</button>
          <button class="outlined" data-testid="export-project" @click=${() => this.#export()}>${msg("Export this project", { id: "export-this" })}</button>
        </div>
        ${this.fault === undefined ? "" : html`<p class="fault" role="alert">${this.fault}</p>`}
        ${this.#renderSkipped()}
        ${this.projects.length > 1 ? "" : this.#renderAlone()}
        <ul>${repeat(
          this.projects,
          ({ id }) => id,
          (project) => this.#renderProject(project),
        )}</ul>
        ${
          this.deleted === undefined
            ? ""
            : html`
          <div class="undo" role="status"><span>${msg(str`Deleted: ${projectTitle(this.deleted.title)}`, { id: "project-deleted" })}</span>
            <button class="outlined" data-testid="undo-delete" @click=${this.#undo}>${msg("Undo", { id: "undo" })}</button></div>`
        }
      </div>`;
  }

  /** There is nothing to choose from yet: what comes here, and how. */
  #renderAlone(): TemplateResult {
    const { library, commands } = this.page;
    return html`
      <div class="alone" data-testid="projects-alone">
        <p>${
          !library.isLasting || library.current.revision > 0
            ? msg("This is your only project so far. Start a new one, import a file, or look at the examples: each opens as a separate project.", {
                id: "projects-alone",
              })
            : msg("Nothing is saved yet: this browser keeps the project as soon as you change it. Examples open as separate projects.", {
                id: "projects-none",
              })
        }</p>
        <button class="outlined" data-testid="projects-examples" @click=${() => {
          this.close();
          commands.run("project.examples");
        }}>${msg("Open examples", { id: "welcome-examples" })}</button>
      </div>`;
  }

  #renderProject(project: StoredProject): TemplateResult {
    const { id, files, changedAt, revision } = project;
    const title = projectTitle(project.title);
    const isCurrent = id === this.page.library.id;
    if (this.renaming === id) {
      return html`<li><form @submit=${(event: Event) => void this.#rename(event, id)} @keydown=${this.#renameKey}>
        <input type="text" maxlength=${MAX_TITLE_CHARS} .value=${project.title} aria-label=${msg("Title of the project", { id: "project-title" })} data-testid="project-title" />
        <button class="primary">${msg("Save", { id: "save" })}</button></form></li>`;
    }
    const when = new Intl.DateTimeFormat(currentLocale(), { dateStyle: "medium", timeStyle: "short" }).format(changedAt);
    return html`
      <li class=${isCurrent ? "current" : ""} data-project=${id}>
        <button class="open" data-testid="open-project" aria-current=${isCurrent} @click=${() => void this.#open(project)}>
          <b>${title}</b><small>${files.map(({ name }) => name).join(", ")}${revision === 0 ? "" : ` · ${when}`}</small></button>
        ${action("rename-project", msg(str`Rename ${title}`, { id: "rename-project" }), editIcon, () => this.#startRename(id))}
        ${action("duplicate-project", msg(str`Duplicate ${title}`, { id: "duplicate-project" }), copyIcon, () => void this.#duplicate(project))}
        ${isCurrent ? "" : action("delete-project", msg(str`Delete ${title}`, { id: "delete-project" }), deleteIcon, () => void this.#delete(project))}
      </li>`;
  }

  #renderSkipped(): TemplateResult | string {
    if (this.skipped.length === 0) return "";
    return html`<div role="status" data-testid="skipped"><p class="soft">${msg("These files were skipped:", { id: "import-skipped" })}</p>
      <ul class="skipped">${this.skipped.map(({ name, reason }) => html`<li>${name} – ${skippedText(reason)}</li>`)}</ul></div>`;
  }

  async #load(): Promise<void> {
    try {
      this.projects = await this.page.library.all();
    } catch (error) {
      this.fault = faultText(error);
    }
  }

  async #open(project: StoredProject): Promise<void> {
    if (project.id === this.page.library.id) {
      this.close();
      return;
    }
    await this.#try(async () => this.#switchTo(await this.#latest(project)));
  }

  async #switchTo(project: StoredProject): Promise<void> {
    await this.page.openProject(project);
    this.close();
  }

  #startRename(id: string): void {
    this.renaming = id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('[data-testid="project-title"]')?.select());
  }

  readonly #renameKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.renaming = undefined;
  };

  async #rename(event: Event, id: string): Promise<void> {
    event.preventDefault();
    const title = this.renderRoot.querySelector<HTMLInputElement>('[data-testid="project-title"]')?.value.trim() ?? "";
    this.renaming = undefined;
    await this.#try(() => this.page.library.rename(id, title));
    await this.#load();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-project="${id}"] [data-testid="rename-project"]`)?.focus();
  }

  /** A project as it is now: it may have changed since the list was drawn, here or in another tab. */
  async #latest(project: StoredProject): Promise<StoredProject> {
    const { library } = this.page;
    return project.id === library.id ? library.current : ((await library.read(project.id)) ?? project);
  }

  async #duplicate(drawn: StoredProject): Promise<void> {
    await this.#try(async () => {
      const project = await this.#latest(drawn);
      const title = msg(str`${projectTitle(project.title)} (copy)`, { id: "copy-title" }).slice(0, MAX_TITLE_CHARS);
      await this.page.library.add(newStoredProject({ ...project, title }));
    });
    await this.#load();
  }

  async #delete(project: StoredProject): Promise<void> {
    await this.#try(async () => {
      const latest = await this.#latest(project);
      await this.page.library.remove(project.id);
      this.deleted = latest;
    });
    await this.#load();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-testid="undo-delete"]')?.focus();
  }

  readonly #undo = async (): Promise<void> => {
    const { deleted } = this;
    if (deleted === undefined) return;
    await this.#try(() => this.page.library.add(deleted));
    this.deleted = undefined;
    await this.#load();
  };

  #export(): void {
    void this.#try(() => exportProject(this.page.library.current));
  }

  readonly #import = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    if (file === undefined) return;
    this.skipped = [];
    await this.#try(async () => {
      const { stored, skipped } = await importProject(file, this.page.room);
      await this.page.openProject(await this.page.library.add(stored));
      this.skipped = skipped;
      if (skipped.length === 0) this.close();
    });
    // The same file can be chosen again.
    field.value = "";
    if (this.skipped.length === 0 && this.fault === undefined) return;
    await this.#load();
    await super.show();
  };

  /** Does something, and says what went wrong with it. */
  async #try(action: () => unknown): Promise<void> {
    this.fault = undefined;
    try {
      await action();
    } catch (error) {
      this.fault = faultText(error);
    }
  }
}

function action(testId: string, label: string, icon: TemplateResult, run: () => void): TemplateResult {
  return html`<button class="icon" data-testid=${testId} title=${label} aria-label=${label} @click=${run}>${icon}</button>`;
}

function faultText(error: unknown): string {
  if (error instanceof ShareError) return `${shareFaultText(error.code)} ${error.code === "invalid" ? error.message : ""}`;
  if (error instanceof DOMException && error.name === "QuotaExceededError")
    return msg("The browser has no space left for this page. Export and delete what you no longer need.", { id: "storage-full" });
  return msg(str`That did not work: ${error instanceof Error ? error.message : String(error)}`, { id: "storage-failed" });
}

customElements.define("zp-projects-dialog", ProjectsDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-projects-dialog": ProjectsDialog;
  }
}
