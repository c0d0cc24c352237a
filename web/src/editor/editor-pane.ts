import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { nextPicture } from "../ui/next-picture.ts";
import { nextTurn } from "../ui/next-turn.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { CodeView, CodeViewOptions } from "./code-view.ts";
import type { EditorActions } from "./editor-commands.ts";
import type { Project } from "../project/project.ts";
import { persistent } from "../storage/safe-storage.ts";
import type { EditorPage } from "./editor-page.ts";
import { editorText } from "./editor-text.ts";
import type { LanguageService, Place } from "./language/service.ts";
import { format, FormatterError } from "./luau/formatter.ts";
import type { RenameRefusal } from "./luau/source/rename-local.ts";
import { editorPhrases } from "./phrases.ts";
import { refusalText } from "./refusal-text.ts";
import type { Reference } from "./references-dialog.ts";
import type { SentLines } from "./sent-marks.ts";
import { syntaxService } from "./services.ts";

/** Milliseconds over which words of the checker are gathered before it is asked again. */
const ASK_AGAIN_MS = 200;

/** Milliseconds for which the editor lets programs go first that are being started before it is there; one may hang. */
const PROGRAMS_FIRST_MS = 500;

/** Whether the reader wants to see the types of locals. */
const HINTS_KEY = "zone-playground:type-hints";

/** The open file. Shows its text at once, and becomes an editor as soon as CodeMirror has loaded. Fires `show-sent` with the file and line of such a mark. */
export class EditorPane extends PlaygroundElement implements EditorActions {
  static override properties = { page: { attribute: false }, loaded: { state: true }, notice: { state: true } };

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
      .notice {
        position: absolute;
        inset: auto var(--space-3) var(--space-3) var(--space-3);
        inline-size: fit-content;
        max-inline-size: calc(100% - 2 * var(--space-3));
        margin-inline: auto;
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        background: var(--raised);
        box-shadow: var(--shadow);
        overflow-wrap: anywhere;
      }
      .notice[hidden] { display: none; }
      /* On a phone the code needs the room; CodeMirror itself says "flex !important". */
      @media (max-width: 47.5rem) {
        .editor .cm-gutters .cm-gutter.cm-foldGutter { display: none !important; }
      }
    `,
  ];

  declare page: EditorPage;
  declare private loaded: boolean;
  /** What the last command came to, if that is worth a word. */
  declare private notice: string;
  #view: CodeView | undefined;
  /** Whom the editor asks, in this order; for what only one may answer, the first that does. */
  #services: readonly LanguageService[] = [];
  #endServices: () => void = () => {};
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #sent: SentLines | undefined;
  #sentMarks: typeof import("./sent-marks.ts") | undefined;
  /** The project's generation that the view shows. */
  #generation = 0;
  #becameReady: (view: CodeView) => void = () => {};
  readonly #ready = new Promise<CodeView>((resolve) => {
    this.#becameReady = resolve;
  });

  constructor() {
    super();
    this.loaded = false;
    this.notice = "";
    watch(this, () => [this.page.project, ...this.page.programs.all]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    clearTimeout(this.#askTimer);
    this.#endServices();
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

  find(): void {
    void this.#ready.then((view) => view.find());
  }

  toggleComment(): void {
    void this.#ready.then((view) => view.toggleComment());
  }

  nextFault(): void {
    void this.#ready.then((view) => view.nextFault());
  }

  /** Formats the open file as one step of its history; says why where that cannot be done. */
  async format(): Promise<void> {
    const view = await this.#ready;
    const { text } = view;
    const { active } = this.page.project;
    const [fault] = await syntaxService.diagnostics({ file: active, text, files: () => new Map() }, new AbortController().signal).catch(() => []);
    if (fault !== undefined) {
      this.notice = msg(str`Cannot format, there is an error in line ${text.slice(0, fault.from).split("\n").length}: ${fault.message}`, {
        id: "format-faulty",
      });
      return;
    }
    try {
      const changes = await format(text);
      if (changes.length > 0 && view.text === text) view.change(text, changes);
      this.notice =
        changes.length > 0 ? msg("The file is formatted.", { id: "formatted" }) : msg("The file is already formatted.", { id: "formatted-already" });
    } catch (error) {
      this.notice =
        error instanceof FormatterError
          ? msg("Cannot format: StyLua, the formatter, could not be loaded. Try again when the bridge is back.", { id: "format-no-formatter" })
          : msg(str`Cannot format: ${(error as Error).message}`, { id: "format-failed" });
    }
    view.focus();
  }

  /** Says something about the file, above the code, until it is changed. */
  say(notice: string): void {
    this.notice = notice;
  }

  /** Asks for a new name for the local at the cursor. */
  async rename(): Promise<void> {
    const view = await this.#ready;
    const { text, cursor } = view;
    const places = await syntaxService.local(text, cursor);
    if ("code" in places) {
      this.notice = refusalText(places);
      return;
    }
    const [first] = places.places;
    if (first === undefined) return;
    await (
      await this.#dialog("zp-rename-dialog")
    )?.openFor({
      name: text.slice(first.from, first.to),
      rename: async (name): Promise<RenameRefusal | undefined> => {
        const result = await syntaxService.rename(text, cursor, name);
        if ("code" in result) return result;
        view.change(
          text,
          result.edits.map((edit) => ({ ...edit, insert: name })),
        );
        return undefined;
      },
    });
  }

  async goToDefinition(): Promise<void> {
    const view = await this.#ready;
    const { active } = this.page.project;
    const files = (): ReadonlyMap<string, string> => textsOf(this.page.project);
    const { signal } = new AbortController();
    for (const service of this.#services) {
      const place = await service.definition?.({ file: active, text: view.text, files }, view.cursor, signal).catch(() => undefined);
      if (place !== undefined) return this.openPlace(place);
    }
    this.notice = msg("The declaration is not in this project.", { id: "no-declaration" });
  }

  async findReferences(): Promise<void> {
    const view = await this.#ready;
    const { project } = this.page;
    const files = (): ReadonlyMap<string, string> => textsOf(project);
    const source = { file: project.active, text: view.text, files };
    const { signal } = new AbortController();
    // The checker sees all files; without it the compiler still knows the locals of this one.
    for (const service of [...this.#services].reverse()) {
      const places = (await service.references?.(source, view.cursor, signal).catch(() => [])) ?? [];
      if (places.length === 0) continue;
      const [{ file, from, to }] = places as [Place];
      const name = (files().get(file) ?? "").slice(from, to);
      return (await this.#dialog("zp-references-dialog"))?.openWith(
        name,
        places.map((place) => withLine(place, files())),
        (place) => void this.openPlace(place),
      );
    }
    this.notice = msg("Put the cursor on a name to find its references.", { id: "no-references" });
  }

  /** The line of the cursor in the open file. */
  async lineAtCursor(): Promise<{ readonly file: string; readonly line: number }> {
    const { text, cursor } = await this.#ready;
    return { file: this.page.project.active, line: text.slice(0, cursor).split("\n").length };
  }

  /** Marks the lines of the open file that have sent bytes; undefined: none any more. */
  async markSent(sent: SentLines | undefined): Promise<void> {
    this.#sent = sent;
    // Whoever does not get it can go on without: the key shows the same.
    if (sent !== undefined) this.#sentMarks ??= await import("./sent-marks.ts").catch(() => undefined);
    await this.#ready;
    this.#follow();
  }

  /** The topic of the reference that tells of the name at the cursor, while the cursor is in use. */
  async topicAtCursor(): Promise<string | undefined> {
    const view = this.#view;
    if (view === undefined || !this.matches(":focus-within")) return undefined;
    const source = { file: this.page.project.active, text: view.text, files: () => textsOf(this.page.project) };
    const { signal } = new AbortController();
    for (const service of this.#services) {
      const { topic } = (await service.hover?.(source, view.cursor, signal).catch(() => undefined)) ?? {};
      if (topic !== undefined) return topic;
    }
    return undefined;
  }

  /** An element of this pane that becomes a dialog once the dialogs are here. */
  async #dialog<T extends keyof HTMLElementTagNameMap>(tag: T): Promise<HTMLElementTagNameMap[T] | null> {
    return (await this.page.fetchDialogs()) === undefined ? null : this.renderRoot.querySelector(tag);
  }

  get showsHints(): boolean {
    return persistent.read(HINTS_KEY) === "on";
  }

  toggleHints(): void {
    const isOn = !this.showsHints;
    persistent.write(HINTS_KEY, isOn ? "on" : "off");
    void this.#ready.then((view) => view.showHints(isOn));
  }

  /** Opens a file of the project and puts the cursor at a place in it. */
  async openPlace({ file, from }: Place): Promise<void> {
    const view = await this.#ready;
    this.page.project.open(file);
    await this.updateComplete;
    view.select(from);
  }

  protected override render(): TemplateResult {
    const { active } = this.page.project;
    return html`
      <div class="visually-hidden help" id="editor-help">${msg("Control+Enter runs the program. To leave the editor with the keyboard, press Escape, then Tab.", { id: "editor-help" })}</div>
      ${this.loaded ? "" : html`<pre aria-label=${active}>${this.page.project.file(active)?.source}</pre>`}
      <div class="editor" id="editor" ?hidden=${!this.loaded}></div>
      <div class="notice" role="status" ?hidden=${this.notice === ""} data-testid="editor-notice">${this.notice}</div>
      <zp-rename-dialog></zp-rename-dialog>
      <zp-references-dialog></zp-references-dialog>
    `;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(_changed: PropertyValues): void {
    this.#follow();
  }

  async #load(): Promise<void> {
    const { page } = this;
    // Its text is there already, and Run can be pressed. Whoever has done so has the programs first: their start needs this thread, and so
    // does what they say.
    await nextPicture();
    await page.programs.whenStarted(PROGRAMS_FIRST_MS);
    const parts = await page.lateParts.fetch(() => import("./code-view.ts"));
    // Without an editor the code can be read and run.
    if (parts === undefined) return;
    const { CodeView } = parts;
    // Not in one go with the terminals.
    await nextTurn();
    await page.programs.whenStarted(PROGRAMS_FIRST_MS);
    // Its place is shown first: lines that are hidden have no height, and would jump when they get one.
    this.loaded = true;
    await this.updateComplete;
    const { checker } = page;
    this.#services = [syntaxService, checker];
    const { active } = page.project;
    const options: CodeViewOptions = {
      root: this.renderRoot as ShadowRoot,
      phrases: editorPhrases(),
      label: this.#label,
      onEdit: (file, source) => {
        this.notice = "";
        page.edit(file, source);
      },
      services: this.#services,
      files: () => textsOf(page.project),
      onOpen: (place) => void this.openPlace(place),
      typing: async (isAsked) => (isAsked ? page.lateParts.fetch(() => import("./typing.ts")) : import("./typing.ts").catch(() => undefined)),
      onFormat: () => void this.format(),
      onRename: () => void this.rename(),
      onReferences: () => void this.findReferences(),
    };
    const first = { file: active, source: page.project.file(active)?.source ?? "" };
    this.#view = new CodeView(this.renderRoot.querySelector(".editor") as HTMLElement, options, first);
    if (this.showsHints) this.#view.showHints(true);
    this.#endServices = checker.onChanged?.(() => this.#answersChanged()) ?? this.#endServices;
    this.#follow();
    this.#view.measure();
    this.#becameReady(this.#view);
  }

  /** The checker is there, or knows more; asking once for many such words is enough. */
  #answersChanged(): void {
    clearTimeout(this.#askTimer);
    this.#askTimer = setTimeout(() => this.#view?.askAgain(), ASK_AGAIN_MS);
  }

  #follow(): void {
    const { project } = this.page;
    const view = this.#view;
    if (view === undefined) return;
    if (project.generation !== this.#generation) view.forgetAll();
    this.#generation = project.generation;
    view.keepOnly(project.files.map(({ name }) => name));
    const file = project.file(project.active);
    if (file === undefined) return;
    view.show(file.name, file.source);
    view.mark(this.page.programs.marks(file.name));
    if (this.#sentMarks !== undefined) view.markSent(this.#sentMarks, this.#sentWords, this.#sent?.files.get(file.name));
  }

  readonly #sentWords = {
    label: (line: number): string => this.#sent?.label(line) ?? "",
    onPressed: (line: number): void => {
      this.dispatchEvent(new CustomEvent("show-sent", { detail: { file: this.page.project.active, line } }));
    },
  };

  readonly #label = (file: string): string => msg(str`Code of ${file}`, { id: "code-of" });

  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status === "ready") this.#view?.translate(editorPhrases());
  };
}

/** The project's files as they are in the editor. */
function textsOf({ files }: Project): ReadonlyMap<string, string> {
  return new Map(files.map(({ name, source }) => [name, editorText(source)]));
}

function withLine(place: Place, files: ReadonlyMap<string, string>): Reference {
  const source = files.get(place.file) ?? "";
  const start = source.lastIndexOf("\n", place.from - 1) + 1;
  const end = source.indexOf("\n", place.from);
  return { ...place, line: source.slice(0, place.from).split("\n").length, text: source.slice(start, end < 0 ? undefined : end) };
}

customElements.define("zp-editor", EditorPane);

declare global {
  interface HTMLElementTagNameMap {
    "zp-editor": EditorPane;
  }
}
