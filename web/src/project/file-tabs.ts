import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { addIcon, editIcon, moduleIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { programStateIcon, programStateText } from "../programs/state-text.ts";
import type { ProjectPage } from "./project-page.ts";

/** Pixels from which a press that moves is a drag and no click. */
const DRAG_PX = 6;

/** The project's files as tabs, to be opened, moved, renamed and made. Fires `new-file`, and `change-file` with the name of a file. */
export class FileTabs extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; background: var(--surface); border-block-end: 1px solid var(--line); min-inline-size: 0; }
      [role="tablist"] { display: flex; flex: 1; min-inline-size: 0; overflow-x: auto; scrollbar-width: none; }
      [role="tablist"]::-webkit-scrollbar { display: none; }
      [role="tab"] {
        flex: none;
        min-block-size: 2.5rem;
        border-radius: 0;
        border: 0;
        padding: 0 0.9rem;
        color: var(--ink-soft);
        font: 500 var(--text-s) / 1 var(--mono);
        box-shadow: inset -1px 0 var(--line);
      }
      [role="tab"]:focus-visible { outline-offset: -3px; }
      [role="tab"][aria-selected="true"] { background: var(--paper); color: var(--ink); box-shadow: inset -1px 0 var(--line), inset 0 2px var(--accent); }
      .running svg { color: var(--running); }
      .stopped svg { color: var(--ink-faint); }
      :is(.starting, .connecting, .stopping) svg { color: var(--waiting); }
      .failed svg { color: var(--failed); }
      .module { font-style: italic; }
      .actions { display: flex; align-items: center; padding: 0 0.25rem; }
    `,
  ];

  declare page: ProjectPage;
  /** The tab that was last scrolled into view. */
  #shown = "";
  #dragged: { readonly file: string; readonly x: number; moving: boolean } | undefined;

  constructor() {
    super();
    watch(this, () => [this.page.programs, this.page.project, ...this.page.programs.all]);
  }

  protected override render(): TemplateResult {
    const { project } = this.page;
    const newLabel = msg("New file", { id: "new-file" });
    const changeLabel = msg(str`Rename or delete ${project.active}`, { id: "change-file" });
    return html`
      <div role="tablist" aria-label=${msg("Files", { id: "files" })} @keydown=${this.#key}
        @pointerdown=${this.#grab} @pointermove=${this.#drag} @pointerup=${this.#drop} @pointercancel=${this.#drop}>
        ${project.files.map(({ name }) => this.#tab(name))}
      </div>
      <div class="actions">
        <button class="icon" data-testid="change-file" title=${changeLabel} aria-label=${changeLabel} @click=${() => this.#change(project.active)}>${editIcon}</button>
        <button class="icon" data-testid="new-file" title=${newLabel} aria-label=${newLabel} @click=${() => this.dispatchEvent(new Event("new-file"))}>${addIcon}</button>
      </div>
    `;
  }

  protected override updated(): void {
    const { active } = this.page.project;
    if (active === this.#shown) return;
    const isFirst = this.#shown === "" && active === this.page.project.files[0]?.name;
    this.#shown = active;
    // Nothing is scrolled yet; to ask would have the browser lay out a page that is still being made.
    if (isFirst) return;
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #tab(name: string): TemplateResult {
    const { project } = this.page;
    const program = this.page.programs.get(name);
    const selected = project.active === name;
    const title = program === undefined ? msg("Module for require", { id: "module" }) : programStateText(program.state);
    return html`
      <button role="tab" data-file=${name} class=${program?.state ?? "module"} aria-selected=${selected} tabindex=${selected ? 0 : -1}
        title=${title} @click=${() => project.open(name)} @dblclick=${() => this.#change(name)}>
        ${program === undefined ? moduleIcon : programStateIcon(program.state)}${name}
      </button>`;
  }

  #change(name: string): void {
    this.dispatchEvent(new CustomEvent("change-file", { detail: name }));
  }

  async #key(event: KeyboardEvent): Promise<void> {
    const { project } = this.page;
    const { files, active } = project;
    const index = files.findIndex((file) => file.name === active);
    const targets: Readonly<Record<string, number>> = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: files.length - 1 };
    const target = targets[event.key];
    if (event.key === "F2") {
      event.preventDefault();
      this.#change(active);
    }
    if (event.altKey && target !== undefined) {
      event.preventDefault();
      project.move(active, target);
      await this.updateComplete;
      this.#focusActive();
      return;
    }
    if (target === undefined) return;
    event.preventDefault();
    project.open(files[(target + files.length) % files.length]?.name ?? active);
    await this.updateComplete;
    this.#focusActive();
  }

  #focusActive(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  /** A finger scrolls the tabs; a mouse or a pen moves one. */
  readonly #grab = (event: PointerEvent): void => {
    const tab = (event.target as Element).closest<HTMLElement>("[data-file]");
    if (event.button !== 0 || event.pointerType === "touch" || tab === null) return;
    this.#dragged = { file: tab.dataset["file"] as string, x: event.clientX, moving: false };
  };

  readonly #drag = (event: PointerEvent): void => {
    const dragged = this.#dragged;
    if (dragged === undefined) return;
    if (!dragged.moving) {
      if (Math.abs(event.clientX - dragged.x) < DRAG_PX) return;
      dragged.moving = true;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    }
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>("[data-file]")];
    const from = tabs.findIndex((tab) => tab.dataset["file"] === dragged.file);
    const over = tabs.findIndex((tab) => {
      const { left, right } = tab.getBoundingClientRect();
      return event.clientX >= left && event.clientX < right;
    });
    const target = tabs[over];
    if (target === undefined || over === from) return;
    // Past its middle, so that a tab does not jump back and forth between neighbours of different width.
    const { left, width } = target.getBoundingClientRect();
    if (over > from ? event.clientX > left + width / 2 : event.clientX < left + width / 2) this.page.project.move(dragged.file, over);
  };

  readonly #drop = (): void => {
    if (this.#dragged?.moving === true) this.page.project.open(this.#dragged.file);
    this.#dragged = undefined;
  };
}

customElements.define("zp-file-tabs", FileTabs);

declare global {
  interface HTMLElementTagNameMap {
    "zp-file-tabs": FileTabs;
  }
}
