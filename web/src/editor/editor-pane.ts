import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundElement } from "../app/element.ts";
import type { Playground } from "../app/playground.ts";
import { sharedStyles } from "../app/shared-styles.ts";
import { watch } from "../app/watch.ts";
import type { CodeView } from "./code-view.ts";
import { editorPhrases } from "./phrases.ts";

/** The open file. Shows its text at once, and becomes an editor as soon as CodeMirror has loaded. */
export class EditorPane extends PlaygroundElement {
  static override properties = { playground: { attribute: false }, loaded: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; min-block-size: 0; min-inline-size: 0; position: relative; }
      .editor { block-size: 100%; }
      pre {
        margin: 0;
        padding: 0.5rem 0 0 3.6rem;
        block-size: 100%;
        overflow: auto;
        font: var(--text-m) / 1.55 var(--mono);
        tab-size: 4;
        box-sizing: border-box;
      }
      /* On a phone the code needs the room; CodeMirror itself says "flex !important". */
      @media (max-width: 47.5rem) {
        .editor .cm-gutters .cm-gutter.cm-foldGutter { display: none !important; }
      }
    `,
  ];

  declare playground: Playground;
  declare private loaded: boolean;
  #view: CodeView | undefined;
  /** The project's generation that the view shows. */
  #generation = 0;
  #becameReady: (view: CodeView) => void = () => {};
  readonly #ready = new Promise<CodeView>((resolve) => {
    this.#becameReady = resolve;
  });

  constructor() {
    super();
    this.loaded = false;
    watch(this, () => [this.playground.project, ...this.playground.programs]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
  }

  /** Puts the cursor into the code, once the editor is there. */
  focusCode(): void {
    void this.#ready.then((view) => view.focus());
  }

  /** Shows a line of the open file, counted from 1, and puts the cursor there. */
  async goTo(line: number | undefined): Promise<void> {
    const view = await this.#ready;
    // The file to go to may have been opened in this very moment.
    await this.updateComplete;
    if (line === undefined) view.focus();
    else view.goTo(line);
  }

  protected override render(): TemplateResult {
    const { active } = this.playground.project;
    return html`
      <div class="visually-hidden help" id="editor-help">${msg("Control and Enter runs the program. To leave the editor with the keyboard, press Escape, then Tab.", { id: "editor-help" })}</div>
      ${this.loaded ? "" : html`<pre aria-label=${active}>${this.playground.project.file(active)?.source}</pre>`}
      <div class="editor" id="editor" ?hidden=${!this.loaded}></div>
    `;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(_changed: PropertyValues): void {
    this.#follow();
  }

  async #load(): Promise<void> {
    const { CodeView } = await import("./code-view.ts");
    const { playground } = this;
    this.#view = new CodeView(this.renderRoot.querySelector(".editor") as HTMLElement, {
      root: this.renderRoot as ShadowRoot,
      phrases: editorPhrases(),
      label: this.#label,
      onEdit: (file, source) => playground.edit(file, source),
    });
    this.#follow();
    this.loaded = true;
    this.#becameReady(this.#view);
  }

  #follow(): void {
    const { project } = this.playground;
    const view = this.#view;
    if (view === undefined) return;
    if (project.generation !== this.#generation) view.forgetAll();
    this.#generation = project.generation;
    view.keepOnly(project.files.map(({ name }) => name));
    const file = project.file(project.active);
    if (file === undefined) return;
    view.show(file.name, file.source);
    view.mark(this.playground.marks(file.name));
  }

  readonly #label = (file: string): string => msg(str`Code of ${file}`, { id: "code-of" });

  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status === "ready") this.#view?.translate(editorPhrases());
  };
}

customElements.define("zp-editor", EditorPane);

declare global {
  interface HTMLElementTagNameMap {
    "zp-editor": EditorPane;
  }
}
