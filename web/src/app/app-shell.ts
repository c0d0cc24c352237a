import { LOCALE_STATUS_EVENT, msg } from "@lit/localize";
import type { ScriptPlace } from "@playground/capture";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { analysisCommands } from "../analysis/analysis-commands.ts";
import type { SavedOrigin } from "../capture/saved-capture.ts";
import { conditionsCommands } from "../conditions/conditions-commands.ts";
import { loadConditions } from "../conditions/load-conditions.ts";
import { editorCommands } from "../editor/editor-commands.ts";
import type { EditorPane } from "../editor/editor-pane.ts";
import type { Place } from "../editor/language/service.ts";
import type { SentLines } from "../editor/sent-marks.ts";
import { projectCommands } from "../library/project-commands.ts";
import { savedText } from "../library/saved-text.ts";
import { currentLocale } from "../locale/locale.ts";
import { fileCommands } from "../project/file-commands.ts";
import { Announcer } from "./announcer.ts";
import { appShellStyles } from "./app-shell-styles.ts";
import { LessonsOpener } from "./lessons-opener.ts";
import type { ShownExchange } from "../network-view/shown-exchange.ts";
import { roomCommands } from "../room/room-commands.ts";
import type { Command } from "../ui/commands.ts";
import { PlaygroundElement } from "../ui/element.ts";
import type { Output, OutputPane } from "./output-pane.ts";
import { pageDialogs } from "./page-dialogs.ts";
import { PHONE_TABS, type PhoneTab, phoneTabBeside, phoneTabs } from "./phone-tabs.ts";
import { helpCommands, networkCommands, runCommands, viewCommands } from "./page-commands.ts";
import type { Playground } from "./playground.ts";
import { ReferenceOpener } from "./reference-opener.ts";
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

/** The same with the text of a lesson beside both. */
const NARROW_WITH_LESSON = "(max-width: 64rem)";

/** Per cent of the width that the code has to begin with, and its bounds. */
const SPLIT = { first: 54, least: 25, most: 75 };

type Pane = "lesson" | "code" | "output";

/** The whole page: code beside consoles or network, and perhaps a lesson; on a phone one of them. */
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

  static override styles = appShellStyles;

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
  readonly #lessonQuery = matchMedia(NARROW_WITH_LESSON);
  #hadLesson = false;
  readonly #announcer = new Announcer(this);
  #referenceOpener: ReferenceOpener | undefined;
  #lessonsOpener: LessonsOpener | undefined;
  #takeCommands: () => void = () => {};

  constructor() {
    super();
    this.pane = "code";
    this.output = "consoles";
    this.hasDialogs = false;
    this.hasConditions = false;
    this.narrow = this.#narrowQuery.matches;
    this.split = SPLIT.first;
    watch(this, () => [this.playground.session, this.playground.captureLog.saved, this.playground.library, this.#lessons]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#takeCommands = this.playground.commands.add(this.#commands());
    addEventListener("keydown", this.playground.commands.handleKey);
    for (const query of [this.#narrowQuery, this.#lessonQuery]) query.addEventListener("change", this.#widthChanged);
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    addEventListener("hashchange", this.#followLink);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#takeCommands();
    removeEventListener("keydown", this.playground.commands.handleKey);
    for (const query of [this.#narrowQuery, this.#lessonQuery]) query.removeEventListener("change", this.#widthChanged);
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    removeEventListener("hashchange", this.#followLink);
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.#announcer.follow(this.playground);
    this.#followLink();
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
    const hasLesson = this.#lessons.isInLesson;
    if (hasLesson === this.#hadLesson) return;
    this.#hadLesson = hasLesson;
    this.#widthChanged();
    this.pane = hasLesson ? "lesson" : "code";
    if (hasLesson) void this.#lessons.load();
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
      <main class=${`${narrow ? "narrow" : ""} ${this.#lessons.isInLesson ? "with-lesson" : ""}`} style=${`--split: ${this.split / 100}`}>
        ${narrow ? [this.#lessons.isInLesson ? "" : this.#welcome(true), phoneTabs(this.#phoneTab, this.#phoneTabs, (name) => this.#showTab(name), this.#paneKey)] : ""}
        ${this.#lessons.isInLesson ? this.#lesson() : ""}
        <section class="code" id="code-pane" aria-label=${msg("Code", { id: "code" })} ?hidden=${narrow && pane !== "code"}>
          <zp-file-tabs .page=${playground} @new-file=${this.#newFile} @change-file=${({ detail }: CustomEvent<string>) => this.#changeFile(detail)}></zp-file-tabs>
          <zp-editor .page=${playground} @show-sent=${({ detail }: CustomEvent<ScriptPlace>) => this.#showPlace(detail)} @open-reference=${({ detail }: CustomEvent<string>) => this.#reference.show(detail)}></zp-editor>
        </section>
        <zp-pane-divider .value=${this.split} .least=${SPLIT.least} .most=${SPLIT.most} .label=${msg("Width of the editor", { id: "code-width" })}
          @moved=${({ detail }: CustomEvent<number>) => {
            this.split = detail;
          }} @reset=${() => {
            this.split = SPLIT.first;
          }}></zp-pane-divider>
        <section class="output" id="output-pane" aria-label=${output === "network" ? msg("Network", { id: "network" }) : msg("Consoles", { id: "consoles" })}
          ?hidden=${narrow && pane !== "output"} @open-source=${this.#openSource} @sent-lines=${({ detail }: CustomEvent<SentLines | undefined>) => this.#editor.markSent(detail)}>
          ${narrow || this.#lessons.isInLesson ? "" : this.#welcome(false)}
          <zp-output-pane .playground=${playground} .output=${output} .isNarrow=${narrow} @show-output=${({ detail }: CustomEvent<Output>) => {
            this.output = detail;
          }} @open-conditions=${this.#showConditions}></zp-output-pane>
        </section>
      </main>
      <zp-status-bar .playground=${playground} .isTimeShown=${output === "network" && !(narrow && pane !== "output")} @open-room=${this.#showRoom} @open-problems=${this.#showProblems}
        @open-conditions=${this.#showConditions}></zp-status-bar>
      <zp-late-notice .parts=${playground.lateParts}></zp-late-notice>
      ${this.hasDialogs ? pageDialogs(playground, this.#openPlace) : ""}
      ${this.#lessons.lessons === undefined ? "" : html`<zp-lessons-dialog .lessons=${this.#lessons.lessons} @show-progress=${this.#showProgress}></zp-lessons-dialog>`}
      ${this.#lessons.hasProgress ? html`<zp-progress-dialog .lessons=${this.#lessons.lessons}></zp-progress-dialog>` : ""}
      ${this.hasConditions ? html`<zp-conditions-dialog .page=${playground}></zp-conditions-dialog>` : ""}
      <div class="visually-hidden" role="status">${this.#announcer.text}</div>
    `;
  }

  #lesson(): TemplateResult {
    return html`
      <section class="lesson" id="lesson-pane" aria-label=${msg("Lesson", { id: "lesson" })} ?hidden=${this.narrow && this.pane !== "lesson"}
        @open-source=${this.#openSource} @open-reference=${({ detail }: CustomEvent<string>) => this.#reference.show(detail)} @show-lessons=${this.#showLessons} @show-exchange=${this.#showExchange}>
        ${this.#lessons.lessons === undefined ? "" : html`<zp-lesson .page=${this.playground} .lessons=${this.#lessons.lessons}></zp-lesson>`}
      </section>`;
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
        showLessons: this.#showLessons,
        share: this.#share,
        save: this.#save,
        exportFile: async () => (await playground.fetchDialogs())?.exportProject(playground.library.current),
        importFile: async () => (await this.#dialog("zp-projects-dialog"))?.chooseFile(),
      }),
      ...analysisCommands({ showProblems: this.#showProblems, chooseMode: async () => (await this.#dialog("zp-check-mode-dialog"))?.show() }),
      ...runCommands(playground, this.#showOutput),
      ...conditionsCommands(playground.timeControl, this.#showConditions),
      ...viewCommands(playground, () => this.#showTab("output")),
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

  /** What takes turns on a phone at the moment. */
  get #phoneTabs(): readonly PhoneTab[] {
    return PHONE_TABS.filter((name) => name !== "lesson" || this.#lessons.isInLesson);
  }

  get #phoneTab(): PhoneTab {
    return this.pane === "output" && this.output === "network" ? "network" : this.pane;
  }

  #showTab(name: PhoneTab): void {
    this.pane = name === "network" ? "output" : name;
    if (this.pane === "output") this.output = name === "network" ? "network" : "consoles";
  }

  readonly #paneKey = async (event: KeyboardEvent): Promise<void> => {
    const name = phoneTabBeside(this.#phoneTab, this.#phoneTabs, event.key);
    if (name === undefined) return;
    event.preventDefault();
    this.#showTab(name);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#tab-${name}`)?.focus();
  };

  get #reference(): ReferenceOpener {
    return (this.#referenceOpener ??= new ReferenceOpener(this.playground.lateParts, () => this.#dialog("zp-reference-dialog")));
  }

  get #lessons(): LessonsOpener {
    return (this.#lessonsOpener ??= new LessonsOpener(this.playground, async () => {
      await this.updateComplete;
      return this.renderRoot.querySelector("zp-lessons-dialog");
    }));
  }

  get #editor(): EditorPane {
    return this.renderRoot.querySelector("zp-editor") as EditorPane;
  }

  readonly #focusRun = (): void => {
    this.renderRoot.querySelector<Toolbar>("zp-toolbar")?.focusRun();
  };

  readonly #widthChanged = (): void => {
    this.narrow = (this.#lessons.isInLesson ? this.#lessonQuery : this.#narrowQuery).matches;
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
  readonly #showLine = async (): Promise<void> => this.#showPlace(await this.#editor.lineAtCursor());

  async #showPlace(place: ScriptPlace): Promise<void> {
    this.pane = "output";
    this.output = "network";
    await this.updateComplete;
    await this.#outputPane.showPlace(place);
  }

  /** A part of what a check's programs sent. */
  readonly #showExchange = async ({ detail }: CustomEvent<{ exchange: ShownExchange; item?: number }>): Promise<void> => {
    this.pane = "output";
    this.output = "network";
    await this.updateComplete;
    await this.#outputPane.showExchange(detail.exchange, detail.item);
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

  readonly #followLink = (): void => {
    this.#reference.followLink();
    this.#lessons.followLink();
  };

  readonly #showLessons = (): Promise<void> => this.#lessons.showList();

  readonly #showProgress = async (): Promise<void> => {
    if (!(await this.#lessons.loadProgress())) return;
    await this.updateComplete;
    await this.renderRoot.querySelector("zp-progress-dialog")?.show();
  };

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
