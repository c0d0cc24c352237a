import { LOCALE_STATUS_EVENT, msg } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { analysisCommands } from "../analysis/analysis-commands.ts";
import type { SavedOrigin } from "../capture/saved-capture.ts";
import { conditionsCommands } from "../conditions/conditions-commands.ts";
import { loadConditions } from "../conditions/load-conditions.ts";
import { editorCommands } from "../editor/editor-commands.ts";
import type { EditorPane } from "../editor/editor-pane.ts";
import type { Place } from "../editor/language/service.ts";
import { projectCommands } from "../library/project-commands.ts";
import { savedText } from "../library/saved-text.ts";
import { currentLocale } from "../locale/locale.ts";
import { fileCommands } from "../project/file-commands.ts";
import { Announcer } from "./announcer.ts";
import { roomCommands } from "../room/room-commands.ts";
import type { Command } from "../ui/commands.ts";
import { PlaygroundElement } from "../ui/element.ts";
import type { Output, OutputPane } from "./output-pane.ts";
import { pageDialogs } from "./page-dialogs.ts";
import { type PhoneTab, phoneTabBeside, phoneTabs } from "./phone-tabs.ts";
import { helpCommands, networkCommands, runCommands, viewCommands } from "./page-commands.ts";
import type { Playground } from "./playground.ts";
import { ReferenceOpener } from "./reference-opener.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import type { Toolbar } from "./toolbar.ts";
import { watch } from "../ui/watch.ts";
import "../session/bridge-notice.ts";
import "../editor/editor-pane.ts";
import "../library/library-notice.ts";
import "../project/file-tabs.ts";
import "../ui/late-notice.ts";
import "../ui/pane-divider.ts";
import "./output-pane.ts";
import "./status-bar.ts";
import "./toolbar.ts";
import "./welcome.ts";

/** Below this width code and consoles take turns. */
const NARROW = "(max-width: 47.5rem)";

/** Per cent of the width that the code has to begin with, and its bounds. */
const SPLIT = { first: 54, least: 25, most: 75 };

type Pane = "code" | "output";

/** The whole page: code beside consoles or network, or on a phone one of the three. */
export class AppShell extends PlaygroundElement {
  static override properties = {
    playground: { attribute: false },
    pane: { state: true },
    output: { state: true },
    hasDialogs: { state: true },
    hasConditions: { state: true },
    narrow: { state: true },
    split: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template: auto auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
        block-size: 100dvh;
        min-inline-size: 0;
      }
      .skip {
        position: absolute;
        inset: 0.5rem auto auto 0.5rem;
        z-index: 10;
        padding: 0.5rem 0.8rem;
        border-radius: var(--radius-s);
        background: var(--raised);
        color: var(--accent-strong);
        box-shadow: var(--shadow);
      }
      .skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; padding: 0; }

      main {
        display: grid;
        grid-template-columns: minmax(18rem, calc((100% - 0.75rem) * var(--split))) auto minmax(18rem, 1fr);
        gap: 0;
        padding: 0 var(--space-3);
        min-block-size: 0;
      }
      .code, .output { min-block-size: 0; min-inline-size: 0; }
      .code {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        overflow: hidden;
        background: var(--paper);
      }
      .output {
        display: flex;
        flex-direction: column;
      }

      .panes { display: none; }
      @media ${unsafeCSS(NARROW)} {
        main { grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr); padding: 0 var(--space-2); }
        .panes { display: flex; gap: var(--space-1); padding-block-end: var(--space-2); }
        .panes button { flex: 1; border-color: var(--line); background: var(--surface); color: var(--ink-soft); }
        .panes button[aria-selected="true"] { background: var(--accent-wash); color: var(--accent-strong); border-color: var(--accent); }
        zp-pane-divider, [hidden] { display: none !important; }
      }
    `,
  ];

  declare playground: Playground;
  declare private pane: Pane;
  declare private output: Output;
  /** Whether the dialogs have been loaded: they are drawn from then on. */
  declare private hasDialogs: boolean;
  /** The same of the conditions of the network. */
  declare private hasConditions: boolean;
  declare private narrow: boolean;
  declare private split: number;
  readonly #narrowQuery = matchMedia(NARROW);
  /** Of the saved capture that the page has brought into view. */
  #shownOrigin: SavedOrigin | undefined;
  readonly #announcer = new Announcer(this);
  #referenceOpener: ReferenceOpener | undefined;
  #takeCommands: () => void = () => {};

  constructor() {
    super();
    this.pane = "code";
    this.output = "consoles";
    this.hasDialogs = false;
    this.hasConditions = false;
    this.narrow = this.#narrowQuery.matches;
    this.split = SPLIT.first;
    watch(this, () => [this.playground.session, this.playground.captureLog.saved]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#takeCommands = this.playground.commands.add(this.#commands());
    addEventListener("keydown", this.playground.commands.handleKey);
    this.#narrowQuery.addEventListener("change", this.#widthChanged);
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    addEventListener("hashchange", this.#followReferenceLink);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#takeCommands();
    removeEventListener("keydown", this.playground.commands.handleKey);
    this.#narrowQuery.removeEventListener("change", this.#widthChanged);
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    removeEventListener("hashchange", this.#followReferenceLink);
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.#announcer.follow(this.playground);
    this.#followReferenceLink();
  }

  protected override willUpdate(): void {
    const { origin } = this.playground.captureLog.saved;
    // Whoever opens a project with a capture wants to see it.
    if (origin?.kind === "link" && origin !== this.#shownOrigin) {
      this.pane = "output";
      this.output = "network";
    }
    this.#shownOrigin = origin;
    // The dialog that asks for the room's password opens by itself.
    if (this.playground.session.state.kind === "locked" && !this.hasDialogs) void this.#dialog("zp-password-dialog");
  }

  protected override render(): TemplateResult {
    const { playground, narrow, pane, output } = this;
    return html`
      <zp-toolbar .playground=${playground} @run=${this.#showOutput} @share=${this.#share} @projects=${this.#projects}>
        <a class="skip" href="#editor" @click=${this.#skipToEditor}>${msg("Skip to the editor", { id: "skip-to-editor" })}</a>
      </zp-toolbar>
      <zp-bridge-notice explains .session=${playground.session} @about-bridge=${this.#showBridge}
        @ask-password=${async () => (await this.#dialog("zp-password-dialog"))?.show()}></zp-bridge-notice>
      <zp-library-notice .page=${playground}></zp-library-notice>
      <main style=${`--split: ${this.split / 100}`}>
        ${narrow ? [this.#welcome(true), phoneTabs(this.#phoneTab, (name) => this.#showTab(name), this.#paneKey)] : ""}
        <section class="code" id="code-pane" aria-label=${msg("Code", { id: "code" })} ?hidden=${narrow && pane !== "code"}>
          <zp-file-tabs .page=${playground} @new-file=${this.#newFile} @change-file=${({ detail }: CustomEvent<string>) => this.#changeFile(detail)}></zp-file-tabs>
          <zp-editor .page=${playground} @open-reference=${({ detail }: CustomEvent<string>) => this.#reference.show(detail)}></zp-editor>
        </section>
        <zp-pane-divider .value=${this.split} .least=${SPLIT.least} .most=${SPLIT.most} .label=${msg("Width of the editor", { id: "code-width" })}
          @moved=${({ detail }: CustomEvent<number>) => {
            this.split = detail;
          }} @reset=${() => {
            this.split = SPLIT.first;
          }}></zp-pane-divider>
        <section class="output" id="output-pane" aria-label=${output === "network" ? msg("Network", { id: "network" }) : msg("Consoles", { id: "consoles" })}
          ?hidden=${narrow && pane !== "output"} @open-source=${this.#openSource}>
          ${narrow ? "" : this.#welcome(false)}
          <zp-output-pane .playground=${playground} .output=${output} .isNarrow=${narrow} @show-output=${({ detail }: CustomEvent<Output>) => {
            this.output = detail;
          }} @open-conditions=${this.#showConditions}></zp-output-pane>
        </section>
      </main>
      <zp-status-bar .playground=${playground} .isTimeShown=${output === "network" && !(narrow && pane === "code")} @open-room=${this.#showRoom} @open-problems=${this.#showProblems}
        @open-conditions=${this.#showConditions}></zp-status-bar>
      <zp-late-notice .parts=${playground.lateParts}></zp-late-notice>
      ${this.hasDialogs ? pageDialogs(playground, this.#openPlace) : ""}
      ${this.hasConditions ? html`<zp-conditions-dialog .page=${playground}></zp-conditions-dialog>` : ""}
      <div class="visually-hidden" role="status">${this.#announcer.text}</div>
    `;
  }

  /** A dialog, once the dialogs are here; nothing where they cannot be had, which the page has said then. */
  async #dialog<T extends keyof HTMLElementTagNameMap>(tag: T): Promise<HTMLElementTagNameMap[T] | null> {
    if ((await this.playground.fetchDialogs()) === undefined) return null;
    this.hasDialogs = true;
    await this.updateComplete;
    return this.renderRoot.querySelector(tag);
  }

  /** What the menu and the keys offer; every area says it in a function of its own. */
  #commands(): Command[] {
    const { playground } = this;
    return [
      ...fileCommands(playground.project, { newFile: this.#newFile, changeFile: this.#changeFile }),
      ...editorCommands(() => {
        this.pane = "code";
        return this.#editor;
      }),
      ...projectCommands({
        showProjects: this.#projects,
        showExamples: async () => (await this.#dialog("zp-examples-dialog"))?.show(),
        share: this.#share,
        save: this.#save,
        exportFile: async () => (await playground.fetchDialogs())?.exportProject(playground.library.current),
        importFile: async () => (await this.#dialog("zp-projects-dialog"))?.chooseFile(),
      }),
      ...analysisCommands({ showProblems: this.#showProblems, chooseMode: async () => (await this.#dialog("zp-check-mode-dialog"))?.show() }),
      ...runCommands(playground, this.#showOutput),
      ...conditionsCommands(playground.timeControl, this.#showConditions),
      ...viewCommands(playground),
      ...networkCommands({ isShown: () => this.output === "network", toggle: this.#toggleNetwork, showLine: this.#showLine }),
      ...roomCommands(this.#showRoom),
      ...helpCommands({
        showReference: async () => this.#reference.show(await this.#editor.topicAtCursor()),
        showBridge: this.#showBridge,
        showShortcuts: async () => (await this.#dialog("zp-shortcuts-dialog"))?.show(),
      }),
    ];
  }

  #welcome(compact: boolean): TemplateResult {
    return html`<zp-welcome .playground=${this.playground} .compact=${compact} @leave-focus=${this.#focusRun}></zp-welcome>`;
  }

  get #phoneTab(): PhoneTab {
    return this.pane === "code" ? "code" : this.output === "network" ? "network" : "output";
  }

  #showTab(name: PhoneTab): void {
    this.pane = name === "code" ? "code" : "output";
    if (name !== "code") this.output = name === "network" ? "network" : "consoles";
  }

  readonly #paneKey = async (event: KeyboardEvent): Promise<void> => {
    const name = phoneTabBeside(this.#phoneTab, event.key);
    if (name === undefined) return;
    event.preventDefault();
    this.#showTab(name);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#tab-${name}`)?.focus();
  };

  get #reference(): ReferenceOpener {
    return (this.#referenceOpener ??= new ReferenceOpener(this.playground.lateParts, () => this.#dialog("zp-reference-dialog")));
  }

  get #editor(): EditorPane {
    return this.renderRoot.querySelector("zp-editor") as EditorPane;
  }

  readonly #focusRun = (): void => {
    this.renderRoot.querySelector<Toolbar>("zp-toolbar")?.focusRun();
  };

  readonly #widthChanged = (): void => {
    this.narrow = this.#narrowQuery.matches;
  };

  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status === "ready") this.playground.followLocale(currentLocale());
  };

  readonly #showOutput = (): void => void (this.pane = "output");

  readonly #toggleNetwork = async (): Promise<void> => {
    this.pane = "output";
    this.output = this.output === "network" ? "consoles" : "network";
    await this.updateComplete;
    await this.#outputPane.focusOutput();
  };

  /** What the line of the cursor sent and received. */
  readonly #showLine = async (): Promise<void> => {
    const place = await this.#editor.lineAtCursor();
    this.pane = "output";
    this.output = "network";
    await this.updateComplete;
    await this.#outputPane.showPlace(place);
  };

  get #outputPane(): OutputPane {
    return this.renderRoot.querySelector("zp-output-pane") as OutputPane;
  }

  readonly #skipToEditor = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.pane = "code";
    await this.updateComplete;
    this.#editor.focusCode();
  };

  readonly #openSource = async ({ detail }: CustomEvent<{ file: string; line?: number }>): Promise<void> => {
    this.playground.project.open(detail.file);
    this.pane = "code";
    await this.updateComplete;
    await this.#editor.goTo(detail.line);
  };

  readonly #openPlace = async ({ detail }: CustomEvent<Place>): Promise<void> => {
    this.pane = "code";
    await this.updateComplete;
    await this.#editor.openPlace(detail);
  };

  readonly #showProblems = async (): Promise<void> => {
    await (await this.#dialog("zp-problems-dialog"))?.show();
  };

  readonly #showConditions = async (): Promise<void> => {
    if ((await this.playground.lateParts.fetch(loadConditions)) === undefined) return;
    this.hasConditions = true;
    await this.updateComplete;
    await this.renderRoot.querySelector("zp-conditions-dialog")?.show();
  };

  readonly #showRoom = async (): Promise<void> => {
    await (await this.#dialog("zp-room-panel"))?.show();
  };

  readonly #showBridge = (): Promise<void> => this.#reference.showBridge();

  readonly #followReferenceLink = (): void => this.#reference.followLink();

  readonly #newFile = async (): Promise<void> => {
    (await this.#dialog("zp-file-dialog"))?.openForNew();
  };

  readonly #share = async (): Promise<void> => {
    await (await this.#dialog("zp-share-dialog"))?.show();
  };

  readonly #save = async (): Promise<void> => {
    const { library } = this.playground;
    await library.save();
    this.#editor.say(savedText(library));
  };

  readonly #projects = async (): Promise<void> => {
    await (await this.#dialog("zp-projects-dialog"))?.show();
  };

  readonly #changeFile = async (name: string): Promise<void> => {
    (await this.#dialog("zp-file-dialog"))?.openFor(name);
  };
}

customElements.define("zp-app", AppShell);

declare global {
  interface HTMLElementTagNameMap {
    "zp-app": AppShell;
  }
}
