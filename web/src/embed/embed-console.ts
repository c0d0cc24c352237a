import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { clearIcon } from "../ui/icons.ts";
import "../ui/menu-button.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import "../console/console-input.ts";
import type { LogChange, LogEntry } from "../log/console-log.ts";
import { consoleMenu, type LogViewer } from "../console/console-menu.ts";
import type { ConsoleSearch } from "../console/console-search.ts";
import type { Found, SearchDirection } from "../console/found.ts";
import { hangingNotice, hangingStyles } from "../console/hanging-notice.ts";
import { keepingStyles, LogKeeping } from "../console/log-keeping.ts";
import { levelText, LogMirror } from "../console/log-mirror.ts";
import type { LogSearch } from "../console/log-search.ts";
import { entryText } from "../log/notice-text.ts";
import { selectedText } from "../console/selected-text.ts";
import { styledParts } from "../console/styled-text.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { isActive } from "../programs/program-state.ts";
import { programStateIcon, programStateText } from "../programs/state-text.ts";

/** Pixels from the end within which the console still counts as read to the end, and follows what is added. */
const END_PX = 4;

/**
 * The console of a program in `<zone-playground>`: the page's log as plain elements, with the page's tools and the field to
 * type into. Lighter than the page's terminal by a hundred kilobytes, and it writes no style element, which a site's CSP might
 * forbid. Fires `open-source` with a file and a line; the event does not leave the element's tree.
 */
export class EmbedConsole extends PlaygroundElement implements LogViewer {
  static override properties = {
    program: { attribute: false },
    isFile: { attribute: false },
    fetchPart: { attribute: false },
    searching: { state: true },
    found: { state: true },
  };

  static override styles = [
    sharedStyles,
    keepingStyles,
    hangingStyles,
    css`
      :host { display: block; border-block-start: 1px solid var(--line); background: var(--console); }
      header { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.6rem; padding: 0.1rem 0.25rem 0.1rem 0.75rem; font-size: var(--text-s); }
      .name { font: 600 var(--text-s) / 1.4 var(--mono); overflow-wrap: anywhere; }
      .state { display: inline-flex; align-items: center; gap: 0.35rem; color: var(--ink-soft); white-space: nowrap; }
      .state.running { color: var(--running); }
      .state:is(.starting, .connecting, .stopping) { color: var(--waiting); }
      .state.failed { color: var(--failed); font-weight: 600; }
      .tools { display: flex; margin-inline-start: auto; }
      .log {
        position: relative;
        max-block-size: 12rem;
        min-block-size: 2.4rem;
        overflow: auto;
        padding: 0.35rem 0.75rem 0.5rem;
        font: var(--text-s) / 1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        tab-size: 4;
      }
      .log:focus-visible { outline-offset: -3px; }
      /* A long line is many of these: those out of sight are not laid out again when the width changes. */
      .part { content-visibility: auto; contain-intrinsic-block-size: auto 20lh; }
      [data-level="warn"] { color: var(--waiting); }
      [data-level="warn"]::before { content: "▲ "; content: "▲ " / ""; }
      [data-level="error"] { color: var(--failed); }
      [data-level="error"]::before { content: "✖ "; content: "✖ " / ""; }
      [data-level="input"] { color: var(--code-type); }
      [data-level="input"]::before { content: "› "; content: "› " / ""; }
      [data-level="notice"] { color: var(--ink-soft); font-style: italic; }
      [data-level="notice"]::before { content: "• "; content: "• " / ""; }
      /* What a search has found, above the colours that a program has chosen; a line beside it where the browser has no marks. */
      ::highlight(zp-found) { background-color: var(--selection); color: var(--ink); }
      ::highlight(zp-found-current) { background-color: var(--accent); color: var(--on-accent); }
      [data-found] { box-shadow: -0.4rem 0 var(--console), -0.6rem 0 var(--accent); }
      @media (forced-colors: active) {
        ::highlight(zp-found) { background-color: Mark; color: MarkText; }
        ::highlight(zp-found-current) { background-color: Highlight; color: HighlightText; }
      }
      [data-count] { color: var(--ink-soft); font-style: normal; }
      .place {
        display: inline;
        min-block-size: 0;
        padding: 0;
        border: 0;
        border-radius: 2px;
        color: inherit;
        font: inherit;
        text-decoration: underline;
        text-underline-offset: 0.2em;
        white-space: inherit;
      }
      .place:hover { background: none; text-decoration-thickness: 2px; }
      .unresponsive { padding-inline: 0.75rem; }
      .unresponsive span { flex: 1 1 14rem; }
    `,
  ];

  declare program: ProgramRunner;
  /** Whether a name is one of the element's files: only those are places to go to. */
  declare isFile: (name: string) => boolean;
  /** Fetches a part that comes late, and says it where that cannot be had; then it gives nothing. */
  declare fetchPart: <T>(load: () => Promise<T>) => Promise<T | undefined>;
  declare private searching: boolean;
  declare private found: Found | undefined;
  readonly keeping = new LogKeeping(
    this,
    () => this.program.console,
    () => this.program.entry,
  );
  #search: LogSearch | undefined;
  #mirror: LogMirror | undefined;
  #detach: (() => void) | undefined;
  /** What counts as shown once it is in the tree. */
  #unshown: (() => void)[] = [];
  /** The reader is at the end of the log, and stays there. */
  #isAtEnd = true;
  #selected = "";

  constructor() {
    super();
    this.isFile = () => false;
    this.fetchPart = (load) => load();
    this.searching = false;
    watch(this, () => [this.program]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    this.#detach?.();
    this.#mirror?.clear();
    this.#mirror = undefined;
    this.#search?.end();
    this.searching = false;
    this.#acknowledge();
  }

  protected override firstUpdated(): void {
    this.#attach();
  }

  async search(): Promise<void> {
    const parts = await this.fetchPart(() => Promise.all([import("../console/log-search.ts"), import("../console/console-search.ts")]));
    if (parts === undefined || !this.isConnected) return;
    this.#search ??= new parts[0].LogSearch(this.#log, (found) => {
      this.found = found;
    });
    this.searching = true;
    await this.updateComplete;
    this.renderRoot.querySelector<ConsoleSearch>("zp-console-search")?.focusField();
  }

  protected override render(): TemplateResult {
    const { entry, state } = this.program;
    const clear = msg(str`Clear the console of ${entry}`, { id: "clear-console" });
    return html`
      <header>
        <span class="name">${entry}</span>
        <span class=${`state ${state}`} data-testid="program-state" data-state=${state}>${programStateIcon(state)}${programStateText(state)}</span>
        <span class="tools">
          <button class="icon" title=${clear} aria-label=${clear} data-testid="clear" @click=${() => this.program.console.clear()}>${clearIcon}</button>
          ${consoleMenu(entry, () => this)}
        </span>
      </header>
      ${hangingNotice(this.program)}
      ${this.searching ? html`<zp-console-search .name=${entry} .found=${this.found} @find=${this.#find} @close=${this.#endSearch}></zp-console-search>` : ""}
      <div class="log" role="log" tabindex="0" aria-live=${isActive(state) ? "polite" : "off"} aria-relevant="additions" aria-label=${msg(str`Output of ${entry}`, { id: "output-of" })}
        @click=${this.#clicked} @scroll=${this.#scrolled} @keydown=${this.#key} @copy=${this.#copy} @pointerup=${this.#select} @keyup=${this.#select}></div>
      ${this.keeping.status()}
      <zp-console-input .program=${this.program}></zp-console-input>
    `;
  }

  get #log(): HTMLElement {
    return this.renderRoot.querySelector(".log") as HTMLElement;
  }

  #attach(): void {
    const log = this.#log;
    this.#mirror = new LogMirror(log, {
      body: (entry) => this.#body(entry),
      onWritten: (isAll) => {
        if (this.#isAtEnd) log.scrollTop = log.scrollHeight;
        this.#search?.refresh();
        if (isAll) this.#acknowledge();
      },
    });
    this.#mirror.add(this.program.console.entries);
    this.#detach = this.program.console.attachView((change) => this.#follow(change));
  }

  #follow(change: LogChange): void {
    if (change.type === "cleared") {
      this.#mirror?.clear();
      this.#search?.refresh();
      this.#acknowledge();
      return;
    }
    // The program goes on printing only as fast as it is shown.
    this.#unshown.push(change.shown);
    if (change.repeated !== undefined) this.#mirror?.repeat(change.repeated);
    this.#mirror?.add(change.entries);
  }

  #acknowledge(): void {
    const shown = this.#unshown;
    this.#unshown = [];
    for (const tell of shown) tell();
  }

  *#body(entry: LogEntry): Generator<Node[], void> {
    let level: Node[] = [];
    if (levelText(entry) !== "") {
      const element = document.createElement("span");
      element.className = "visually-hidden";
      element.textContent = levelText(entry);
      level = [element];
    }
    for (const part of styledParts(entryText(entry), this.isFile)) {
      yield [...level, ...part];
      level = [];
    }
  }

  readonly #clicked = ({ target }: Event): void => {
    const place = target instanceof Element ? target.closest<HTMLElement>(".place") : null;
    if (place === null) return;
    this.dispatchEvent(new CustomEvent("open-source", { detail: { file: place.dataset["file"], line: Number(place.dataset["line"]) } }));
  };

  readonly #find = ({ detail }: CustomEvent<{ text: string; direction: SearchDirection }>): void => {
    if (detail.text === "") this.found = undefined;
    this.#search?.find(detail.text, detail.direction);
  };

  readonly #endSearch = (): void => {
    this.#search?.end();
    this.searching = false;
    this.found = undefined;
    this.#log.focus({ preventScroll: true });
  };

  get selection(): string {
    return this.#selected;
  }

  /** Remembered: pressing the menu's button may end what is selected. */
  readonly #select = (): void => {
    this.#selected = selectedText(this.#log);
  };

  /** By the key's place, so that it works with any letters. */
  readonly #key = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.code === "KeyF") void this.search();
    else if (event.code === "KeyC" || event.code === "Insert") {
      this.#select();
      if (this.#selected === "") return;
      void this.keeping.copy(this.#selected);
    } else return;
    event.preventDefault();
  };

  /** From the browser's own menu. */
  readonly #copy = (event: ClipboardEvent): void => {
    const selected = selectedText(this.#log);
    if (selected === "" || event.clipboardData === null) return;
    event.clipboardData.setData("text/plain", selected);
    event.preventDefault();
  };

  readonly #scrolled = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.#log;
    this.#isAtEnd = scrollTop + clientHeight >= scrollHeight - END_PX;
  };

  /** Notices are in the reader's language. */
  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status !== "ready") return;
    this.#mirror?.clear();
    this.#mirror?.add(this.program.console.entries);
  };
}

customElements.define("zp-embed-console", EmbedConsole);

declare global {
  interface HTMLElementTagNameMap {
    "zp-embed-console": EmbedConsole;
  }
}
