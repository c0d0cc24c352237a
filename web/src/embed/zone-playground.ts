import { roomNameOf } from "@playground/network";
import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { preferredLocale, provideRussian, useLocale } from "../locale/locale.ts";
import * as russian from "../locale/ru-embed.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import type { ProjectFile } from "../project/project.ts";
import { embedBar } from "./embed-bar.ts";
import { codeHeight, makeRoom } from "./code-height.ts";
import { type ElementLink, elementLink, openElsewhere } from "./element-link.ts";
import { ElementFiles } from "./element-files.ts";
import { ElementParts } from "./element-parts.ts";
import { embedStyles } from "./embed-styles.ts";
import { programButtons } from "./embed-tools.ts";
import { showTab } from "./embed-tabs.ts";
import { LessonSlot } from "./lesson/lesson-slot.ts";
import { privateRoom } from "./private-room.ts";
import { programsView } from "./programs-view.ts";
import { ProgramEvents } from "./program-events.ts";
import { type Problem, problemText, renderProblem } from "./problem.ts";
import type { BridgeRefusal, EmbedRuntime } from "./runtime.ts";
import { staticCode } from "./static-code.ts";
import { whenNear } from "./when-near.ts";

// The script is one file, and its texts are in it.
provideRussian(() => Promise.resolve(addRussianTexts(russian.templates)));

/** The bridge that this script came from. */
const OWN_BRIDGE = new URL(import.meta.url).origin;

/**
 * `<zone-playground>`: Luau programs in any page, that can be read, changed and run. `docs/embedding.md` describes
 * attributes, events and methods.
 */
export class ZonePlayground extends PlaygroundElement {
  static override properties = {
    src: {},
    lesson: { reflect: true },
    step: { reflect: true },
    bridge: {},
    room: {},
    programs: {},
    theme: { reflect: true },
    height: {},
    loading: {},
    readOnly: { type: Boolean, attribute: "read-only" },
    network: { type: Boolean },
    active: { state: true },
    problem: { state: true },
    hasNetwork: { state: true },
  };

  static override styles = embedStyles;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  /** Addresses of files, separated by spaces, instead of files inside the element. */
  declare src: string | undefined;
  /** A lesson of the bridge's, instead of files: `programs-that-talk/a-server-waits`. */
  declare lesson: string | undefined;
  /** The step of it to begin with; by default where the reader was. */
  declare step: string | undefined;
  /** Address of the bridge; by default the one that serves this script. */
  declare bridge: string | undefined;
  /** The room to run in; without it, one that nobody else is in. */
  declare room: string | undefined;
  /** Names of the files that are run, separated by spaces; without it, all but those marked `data-module`. */
  declare programs: string | undefined;
  declare theme: string | undefined;
  /** Height of the code: pixels, or a length of CSS. */
  declare height: string | undefined;
  /** `lazy`: the editor comes once the element is nearly in sight; `click`: once the reader touches it. */
  declare loading: string | undefined;
  declare readOnly: boolean;
  /** Whether programs are recorded, and what they do on the network can be seen beside the consoles; from the next run on where programs run. */
  declare network: boolean;
  declare private active: string;
  declare private problem: Problem | undefined;
  /** `network`, as it was when programs were run last, or is while none runs. */
  declare private hasNetwork: boolean;

  readonly #privateRoom = privateRoom();
  readonly #events = new ProgramEvents((type, detail) => this.#fire(type, detail));
  #endNear: (() => void) | undefined;
  /** Does what waits for the room's password. */
  #awaited: (() => void) | undefined;
  readonly #files = new ElementFiles(
    this,
    () => {
      if (this.#file === undefined) this.active = this.#files.all[0]?.name ?? "";
      this.#parts.runtime?.programs.match();
    },
    (error) => {
      this.problem = { kind: "file", error };
      this.#fire("error", { code: error.code, message: this.#problemText(this.problem) });
    },
  );

  readonly #lesson: LessonSlot = new LessonSlot(this, {
    files: this.#files,
    parts: () => this.#parts,
    bridge: () => this.#bridge,
    reachBridge: (again) => this.#withBridge((runtime) => runtime.connect(), again),
    openSource: (event) => this.#openSource(event),
  });

  readonly #parts: ElementParts = new ElementParts(this, {
    before: () => this.#lesson.ready(),
    runtime: () => ({
      bridge: this.#bridge,
      room: this.room || this.#privateRoom,
      files: () => this.#files.all,
      project: this.#files,
      runAll: () => void this.run().catch(() => {}),
      isRecorded: () => this.hasNetwork,
    }),
    editor: {
      readOnly: () => this.readOnly,
      onEdit: (name, source) => {
        this.#files.edit(name, source);
        this.#lesson.lesson?.edited(name, source);
        this.#fire("change", { name, source });
      },
      onOpen: ({ file, from }) => {
        this.openFile(file);
        void this.updateComplete.then(() => this.#parts.editor?.select(from));
      },
    },
    onReady: () => {
      this.#showInEditor();
      this.#fire("ready", {});
    },
    onChange: (runtime) => this.#programsChanged(runtime),
    onFetched: () => {
      if (this.problem?.kind === "part") this.problem = undefined;
    },
    onFailed: (error) => this.#partFailed(error),
  });

  constructor() {
    super();
    this.readOnly = this.network = this.hasNetwork = false;
    this.active = "";
    this.addEventListener("keydown", (event) => this.#parts.runtime?.network?.handleKey(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endNear?.();
    void useLocale(preferredLocale(this.closest<HTMLElement>("[lang]")?.lang, navigator.languages));
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    this.#endNear = whenNear(this, () => void (this.loading === "click" ? this.#lesson.ready() : this.#parts.load()).catch(() => {}));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    this.#endNear?.();
    // Whoever moves an element takes it out and puts it in again in one go: its programs run on, and its editor stays.
    queueMicrotask(() => {
      if (!this.isConnected) this.#release();
    });
  }

  /** Lets go of everything that was loaded. An element that comes back begins anew, with the files as they are. */
  #release(): void {
    this.#lesson.release();
    this.#parts.release();
    this.#awaited = undefined;
    this.#events.clear();
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === "lang" && this.isConnected) void useLocale(preferredLocale(now ?? undefined, navigator.languages));
  }

  /** Runs one program, or all of them, one after the other. Resolves once they are under way, or cannot be. */
  async run(name?: string): Promise<void> {
    await this.#withBridge(
      (runtime) => runtime.run(name),
      () => void this.run(name),
    );
  }

  /** Asks for what needs the bridge; `again` does so once the reader has given the password that was missing. False, and said, where there is no bridge. */
  async #withBridge(ask: (runtime: EmbedRuntime) => Promise<BridgeRefusal | undefined>, again: () => void): Promise<boolean> {
    const runtime = await this.#parts.load();
    this.hasNetwork = this.#wantsNetwork;
    const refusal = await ask(runtime).catch((error: unknown) => {
      this.#partFailed(error);
      throw error;
    });
    if (refusal !== undefined) this.problem = { kind: refusal };
    else if (this.problem?.kind !== "file" && this.problem?.kind !== "share") this.problem = undefined;
    this.#awaited = refusal === "password-required" ? again : undefined;
    if (refusal === undefined) return true;
    this.#fire("error", { code: refusal, message: this.#problemText({ kind: refusal }) });
    // Whoever pressed Run goes on with the password; a page that called this keeps its focus.
    if (refusal === "password-required" && (this.renderRoot as ShadowRoot).activeElement !== null) await this.#focus("zp-password-form");
    return false;
  }

  /** Stops one program, or all of them. Resolves once their sockets are closed. */
  async stop(name?: string): Promise<void> {
    this.#awaited = undefined;
    await this.#parts.runtime?.programs.stop(name);
  }

  /** The files as they are now. */
  getFiles(): ProjectFile[] {
    return this.#files.all.map((file) => ({ ...file }));
  }

  /** Shows other files. */
  setFiles(files: readonly ProjectFile[]): void {
    (this.#lesson.lesson ?? this.#files).set(files);
  }

  /** Shows one of the files. */
  openFile(name: string): void {
    if (this.#files.has(name)) this.active = name;
  }

  /** Says that the link with the code could not be read. */
  showFault(reason: string): void {
    this.problem = { kind: "share", reason };
  }

  /** Shows the author's code again, in the place of what the reader has changed. */
  reset(): void {
    const { lesson } = this.#lesson;
    if (lesson !== undefined) return lesson.startAgain();
    const changed = this.#files.reset();
    this.#parts.editor?.begin();
    for (const { name, source } of changed) this.#fire("change", { name, source });
  }

  /** A link that opens these files, as they are now, in the bridge's own page. */
  share(): Promise<string> {
    return elementLink(this.#link);
  }

  get #link(): ElementLink {
    return { bridge: this.#bridge, files: this.getFiles(), active: this.active, lesson: this.#lesson.lesson?.place, isChanged: this.#files.isChanged };
  }

  /** Opens the files, as they are now, in the bridge's own page, in a tab of its own. To be called while the reader's click is answered. */
  async openPlayground(): Promise<void> {
    try {
      // Whoever reads on there may go on in the same room, and is asked.
      this.problem = (await openElsewhere({ ...this.#link, room: roomNameOf(this.room ?? "") })) ?? this.problem;
    } catch (error) {
      this.#partFailed(error);
    }
  }

  /** Whether a program runs. */
  get running(): boolean {
    return this.#parts.runtime?.programs.anyActive ?? false;
  }

  /** Ids of the steps of the lesson that the reader has passed, now or before. Empty until the lesson is shown. */
  get passedSteps(): string[] {
    return this.#lesson.lesson?.passedSteps ?? [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("src") && this.src !== undefined) void this.#files.fetch(this.src);
    if (changed.has("programs")) this.#files.choose();
    if ((changed.has("network") || changed.has("lesson")) && !this.running) this.hasNetwork = this.#wantsNetwork;
    if (changed.has("hasNetwork" as keyof ZonePlayground) && !this.hasNetwork) this.#parts.runtime?.closeNetwork();
  }

  protected override render(): TemplateResult {
    const { active, problem } = this;
    const { runtime } = this.#parts;
    const files = this.#files.all;
    const file = this.#file;
    return html`<div class="frame"><div class="columns">${this.#lesson.render()}<div class="work" ?hidden=${!this.#lesson.hasCode}>
      ${embedBar(this, files, active, this.#openTab)}
      <div class="code" id="code" role=${files.length > 1 ? "tabpanel" : "region"} aria-label=${msg(str`Code of ${active}`, { id: "code-of" })}
        @pointerdown=${this.#parts.touched} @focusin=${this.#parts.touched} @keydown=${this.#codeKey} @messages-height=${makeRoom}>
        <div class="visually-hidden" id="editor-help">${msg("Control+Enter runs the program. To leave the editor with the keyboard, press Escape, then Tab.", { id: "editor-help" })}</div>
        ${this.#parts.editor !== undefined || file === undefined ? "" : staticCode(file.source, msg(str`Code of ${active}`, { id: "code-of" }))}
        <div class="editor" ?hidden=${this.#parts.editor === undefined}></div>
      </div>
      <zp-embed-tools .target=${this} .programs=${programButtons(files, (name) => runtime?.programs.get(name)?.state)}
        .isChanged=${this.#files.isChanged} .canChange=${!this.readOnly}></zp-embed-tools>
      ${renderProblem(problem, (shown) => this.#problemText(shown))}
      ${programsView({
        parts: this.#parts,
        problem,
        hasNetwork: this.hasNetwork,
        hasRun: (program) => this.#events.hasRun(program),
        isFile: this.#files.has,
        enterRoom: this.#enterRoom,
        openSource: this.#openSource,
      })}
    </div></div></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // While the reader writes, the frame does not move under the hand.
    if (!this.#files.isOwn || changed.has("height")) this.style.setProperty("--code-height", codeHeight(this.height, this.#file?.source ?? ""));
    if (changed.has("readOnly")) this.#parts.editor?.begin();
    this.#lesson.lesson?.showed(this.active);
    this.#showInEditor();
    if (changed.has("active" as keyof ZonePlayground)) showTab(this.renderRoot, false);
  }

  get #file(): ProjectFile | undefined {
    return this.#files.get(this.active);
  }

  /** Every lesson looks at the network. */
  get #wantsNetwork(): boolean {
    return this.network || this.#lesson.isNamed;
  }

  get #bridge(): string {
    return this.bridge === undefined || this.bridge === "" ? OWN_BRIDGE : new URL(this.bridge, document.baseURI).origin;
  }

  readonly #openTab = async (name: string, byKey: boolean): Promise<void> => {
    this.openFile(name);
    await this.updateComplete;
    showTab(this.renderRoot, byKey);
  };

  readonly #codeKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.run().catch(() => {});
  };

  #partFailed(error: unknown): void {
    this.problem = { kind: "part", reason: error instanceof Error ? error.message : String(error) };
    this.#fire("error", { code: "not-loaded", message: this.#problemText(this.problem) });
  }

  #showInEditor(): void {
    const file = this.#file;
    if (this.#parts.editor === undefined || file === undefined) return;
    this.#parts.editor.show(file);
    this.#parts.editor.mark(this.#parts.runtime?.programs.marks(file.name) ?? []);
  }

  #programsChanged(runtime: EmbedRuntime): void {
    this.#events.update(runtime.programs.all);
    this.requestUpdate();
  }

  readonly #enterRoom = async ({ detail }: CustomEvent<string>): Promise<void> => {
    if (!(await this.#parts.runtime?.enterRoom(detail))) return;
    const awaited = this.#awaited;
    this.problem = this.#awaited = undefined;
    // The field is gone, and the focus with it.
    await this.#focus("[data-testid=run]");
    awaited?.();
  };

  async #focus(selector: "zp-password-form" | "[data-testid=run]"): Promise<void> {
    await this.updateComplete;
    const element = this.renderRoot.querySelector<HTMLElement>(selector);
    if (element?.localName === "zp-password-form") (element as HTMLElementTagNameMap["zp-password-form"]).focusField();
    else element?.focus();
  }

  /** Goes to a place that a console names. */
  readonly #openSource = async ({ detail }: CustomEvent<{ file: string; line?: number }>): Promise<void> => {
    this.openFile(detail.file);
    await this.updateComplete;
    if (detail.line !== undefined) this.#parts.editor?.goTo(detail.line);
  };

  #problemText(problem: Problem): string {
    return problemText(problem, { bridge: this.#bridge, room: this.room ?? "", script: OWN_BRIDGE });
  }

  #fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status === "ready") this.#parts.editor?.translate();
  };
}

// A page may name the script twice.
if (customElements.get("zone-playground") === undefined) customElements.define("zone-playground", ZonePlayground);

declare global {
  interface HTMLElementTagNameMap {
    "zone-playground": ZonePlayground;
  }
}
