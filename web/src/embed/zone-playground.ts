import { roomNameOf } from "@playground/network";
import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlaygroundElement } from "../ui/element.ts";
import { preferredLocale, provideRussian, useLocale } from "../locale/locale.ts";
import * as russian from "../locale/ru-embed.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import type { ProjectFile } from "../project/project.ts";
import { embedBar } from "./embed-bar.ts";
import { codeHeight, makeRoom } from "./code-height.ts";
import { elementLink, openElsewhere } from "./element-link.ts";
import { ElementFiles } from "./element-files.ts";
import { ElementParts } from "./element-parts.ts";
import { embedLock, isLocked } from "./embed-lock.ts";
import { embedStyles } from "./embed-styles.ts";
import "./embed-output.ts";
import { programButtons } from "./embed-tools.ts";
import { showTab } from "./embed-tabs.ts";
import { privateRoom } from "./private-room.ts";
import { ProgramEvents } from "./program-events.ts";
import { type Problem, problemText, renderProblem } from "./problem.ts";
import type { EmbedRuntime } from "./runtime.ts";
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
  /** The run that waits for the room's password. */
  #awaited: { readonly name: string | undefined } | undefined;
  readonly #files = new ElementFiles(
    this,
    () => this.#filesTaken(),
    (error) => {
      this.problem = { kind: "file", error };
      this.#fire("error", { code: error.code, message: this.#problemText(this.problem) });
    },
  );

  readonly #parts = new ElementParts(this, {
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
    if (this.loading !== "click") this.#endNear = whenNear(this, () => void this.#parts.load().catch(() => {}));
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
    const runtime = await this.#parts.load();
    this.hasNetwork = this.network;
    const refusal = await runtime.run(name).catch((error: unknown) => {
      this.#partFailed(error);
      throw error;
    });
    if (refusal !== undefined) this.problem = { kind: refusal };
    else if (this.problem?.kind !== "file" && this.problem?.kind !== "share") this.problem = undefined;
    this.#awaited = refusal === "password-required" ? { name } : undefined;
    if (refusal === undefined) return;
    this.#fire("error", { code: refusal, message: this.#problemText({ kind: refusal }) });
    // Whoever pressed Run goes on with the password; a page that called this keeps its focus.
    if (refusal === "password-required" && (this.renderRoot as ShadowRoot).activeElement !== null) await this.#focus("zp-password-form");
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
    this.#files.set(files);
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
    const changed = this.#files.reset();
    this.#parts.editor?.begin();
    for (const { name, source } of changed) this.#fire("change", { name, source });
  }

  /** A link that opens these files, as they are now, in the bridge's own page. */
  share(): Promise<string> {
    return elementLink({ bridge: this.#bridge, files: this.getFiles(), active: this.active });
  }

  /** Opens the files, as they are now, in the bridge's own page, in a tab of its own. To be called while the reader's click is answered. */
  async openPlayground(): Promise<void> {
    // Whoever reads on there may go on in the same room, and is asked.
    const link = { bridge: this.#bridge, files: this.getFiles(), active: this.active, room: roomNameOf(this.room ?? "") };
    try {
      this.problem = (await openElsewhere(link)) ?? this.problem;
    } catch (error) {
      this.#partFailed(error);
    }
  }

  /** Whether a program runs. */
  get running(): boolean {
    return this.#parts.runtime?.programs.anyActive ?? false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("src") && this.src !== undefined) void this.#files.fetch(this.src);
    if (changed.has("programs")) this.#files.choose();
    if (changed.has("network") && !this.running) this.hasNetwork = this.network;
    if (changed.has("hasNetwork" as keyof ZonePlayground) && !this.hasNetwork) this.#parts.runtime?.closeNetwork();
  }

  protected override render(): TemplateResult {
    const { active, problem } = this;
    const { runtime } = this.#parts;
    const files = this.#files.all;
    const file = this.#file;
    return html`
      ${embedBar(this, files, active, this.#openTab)}
      <div class="code" id="code" role=${files.length > 1 ? "tabpanel" : "region"} aria-label=${msg(str`Code of ${active}`, { id: "code-of" })}
        @pointerdown=${this.#touched} @focusin=${this.#touched} @keydown=${this.#codeKey} @messages-height=${makeRoom}>
        <div class="visually-hidden" id="editor-help">${msg("Control+Enter runs the program. To leave the editor with the keyboard, press Escape, then Tab.", { id: "editor-help" })}</div>
        ${this.#parts.editor !== undefined || file === undefined ? "" : staticCode(file.source, msg(str`Code of ${active}`, { id: "code-of" }))}
        <div class="editor" ?hidden=${this.#parts.editor === undefined}></div>
      </div>
      <zp-embed-tools .target=${this} .programs=${programButtons(files, (name) => runtime?.programs.get(name)?.state)}
        .isChanged=${this.#files.isChanged} .canChange=${!this.readOnly}></zp-embed-tools>
      ${renderProblem(problem, (shown) => this.#problemText(shown))}
      ${
        runtime === undefined
          ? ""
          : isLocked(runtime.session, problem)
            ? embedLock(runtime.session, this.#enterRoom)
            : html`<zp-bridge-notice .session=${runtime.session}></zp-bridge-notice>`
      }
      ${
        this.hasNetwork
          ? html`<zp-embed-output .network=${runtime?.network} .fetchNetwork=${this.#parts.fetchNetwork} @open-source=${this.#openSource}>${this.#consoles()}</zp-embed-output>`
          : this.#consoles()
      }
    `;
  }

  #consoles(): unknown {
    return repeat(
      (this.#parts.runtime?.programs.all ?? []).filter(({ entry }) => this.#events.hasRun(entry)),
      (program) => program,
      (program) => html`
        <zp-embed-console data-program=${program.entry} .program=${program} .isFile=${this.#isFile} .fetchPart=${this.#parts.fetch} @open-source=${this.#openSource}></zp-embed-console>`,
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    // While the reader writes, the frame does not move under the hand.
    if (!this.#files.isOwn || changed.has("height")) this.style.setProperty("--code-height", codeHeight(this.height, this.#file?.source ?? ""));
    if (changed.has("readOnly")) this.#parts.editor?.begin();
    this.#showInEditor();
    if (changed.has("active" as keyof ZonePlayground)) showTab(this.renderRoot, false);
  }

  get #file(): ProjectFile | undefined {
    return this.#files.get(this.active);
  }

  get #bridge(): string {
    return this.bridge === undefined || this.bridge === "" ? OWN_BRIDGE : new URL(this.bridge, document.baseURI).origin;
  }

  #filesTaken(): void {
    if (this.#file === undefined) this.active = this.#files.all[0]?.name ?? "";
    this.#parts.runtime?.programs.match();
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

  readonly #touched = (event: Event): void => {
    if (this.#parts.editor !== undefined) return;
    const details = event.composedPath().some((target) => target instanceof HTMLElement && target.localName === "summary");
    // A folded region is opened, as the reader meant.
    if (!details)
      void this.#parts
        .load()
        .then(() => this.updateComplete)
        .then(() => {
          if (event.type === "pointerdown") this.#parts.editor?.focus();
        })
        .catch(() => {});
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

  readonly #isFile = (name: string): boolean => this.#files.has(name);

  readonly #enterRoom = async ({ detail }: CustomEvent<string>): Promise<void> => {
    if (!(await this.#parts.runtime?.enterRoom(detail))) return;
    const awaited = this.#awaited;
    this.problem = this.#awaited = undefined;
    // The field is gone, and the focus with it.
    await this.#focus("[data-testid=run]");
    if (awaited !== undefined) await this.run(awaited.name);
  };

  async #focus(selector: "zp-password-form" | "[data-testid=run]"): Promise<void> {
    await this.updateComplete;
    const element = this.renderRoot.querySelector<HTMLElement>(selector);
    if (element?.localName === "zp-password-form") (element as HTMLElementTagNameMap["zp-password-form"]).focusField();
    else element?.focus();
  }

  /** Goes to a place that a console names. */
  readonly #openSource = async ({ detail }: CustomEvent<{ file: string; line: number }>): Promise<void> => {
    this.openFile(detail.file);
    await this.updateComplete;
    this.#parts.editor?.goTo(detail.line);
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
