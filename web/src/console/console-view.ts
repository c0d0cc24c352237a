import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { nextTurn } from "../ui/next-turn.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { ConsoleLog, LogChange } from "../log/console-log.ts";
import type { LogViewer } from "./console-menu.ts";
import "./console-search.ts";
import type { ConsolePage } from "./console-page.ts";
import type { Found, SearchDirection } from "./found.ts";
import { keepingStyles, LogKeeping } from "./log-keeping.ts";
import { LogMirror } from "./log-mirror.ts";
import type { TerminalView } from "./terminal-view.ts";

/** What a log holds, on a terminal and in the accessibility tree, with its search. Fires `open-source` with a file and a line. */
export class ConsoleView extends PlaygroundElement implements LogViewer {
  static override properties = {
    log: { attribute: false },
    page: { attribute: false },
    name: {},
    hint: {},
    searching: { state: true },
    found: { state: true },
  };

  static override styles = [
    sharedStyles,
    keepingStyles,
    css`
      :host { position: relative; display: flex; flex-direction: column; flex: 1; min-block-size: 0; overflow: hidden; }
      .viewport { position: relative; flex: 1; min-block-size: 0; overflow: hidden; }
      .viewport:focus-visible { outline-offset: -3px; border-radius: 0 0 var(--radius-m) var(--radius-m); }
      .screen { position: absolute; inset: 0.45rem 0.2rem 0.3rem 0.8rem; font: var(--text-s) / 1.3 var(--mono); }
      .screen .xterm-viewport { background: none; }
      /* Hundreds of lines that nobody sees: none is wrapped, and none moves the page around it. With content-visibility
         the browser would not lay them out at all, but Chromium then keeps them from screen readers too. */
      [role="log"] { contain: strict; white-space: pre; }
      .hint {
        position: absolute;
        inset: 0;
        z-index: 1;
        display: grid;
        place-content: center;
        margin: 0;
        padding: var(--space-4);
        color: var(--ink-faint);
        font-size: var(--text-s);
        text-align: center;
        pointer-events: none;
      }
    `,
  ];

  declare log: ConsoleLog;
  declare page: ConsolePage;
  /** What the console is called: the file of its program, or a name for all. */
  declare name: string;
  /** Shown while there is nothing else. */
  declare hint: string;
  declare private searching: boolean;
  declare private found: Found | undefined;
  readonly keeping = new LogKeeping(
    this,
    () => this.log,
    () => this.name,
  );
  #terminal: TerminalView | undefined;
  #mirror: LogMirror | undefined;
  /** The terminal could not be had. */
  #isWithoutTerminal = false;
  #isMenuOpen = false;
  #detach: (() => void) | undefined;
  #endTheme: (() => void) | undefined;
  /** What waits to be on the screen: told even where the terminal is taken down before. */
  readonly #unshown = new Set<() => void>();
  readonly #systemDark = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    super();
    this.name = this.hint = "";
    this.searching = false;
    watch(this, () => [this.log]);
    // From the browser's own menu; the keys are handled below, since not every browser has this event without a selection of its own.
    this.addEventListener("copy", (event) => {
      const { selection } = this;
      if (selection === "" || event.composedPath()[0] instanceof HTMLInputElement) return;
      event.clipboardData?.setData("text/plain", selection);
      event.preventDefault();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    if (this.hasUpdated) void this.#openTerminal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(LOCALE_STATUS_EVENT, this.#localeChanged);
    this.#closeTerminal();
  }

  protected override firstUpdated(): void {
    void this.#openTerminal();
  }

  get selection(): string {
    return this.#terminal?.selection ?? "";
  }

  /** Opens the search, which is fetched when it is opened first. */
  async search(): Promise<void> {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    const isHere = await this.page.lateParts.fetch(async () => {
      await terminal.loadSearch();
      return true;
    });
    // It may have been put away for another meanwhile.
    if (isHere !== true || terminal !== this.#terminal) return;
    this.searching = true;
    await this.updateComplete;
    this.renderRoot.querySelector("zp-console-search")?.focusField();
  }

  protected override render(): TemplateResult {
    const { name } = this;
    return html`
      ${this.searching ? html`<zp-console-search .name=${name} .found=${this.found} @find=${this.#find} @close=${this.#endSearch}></zp-console-search>` : ""}
      <div class="viewport" tabindex="0" role="group" aria-label=${msg(str`Console of ${name}`, { id: "console-of" })} @keydown=${this.#key} @focusin=${this.#keepFocus}
        @pointerdown=${this.#pressed}>
        ${!this.log.isEmpty || this.hint === "" ? "" : html`<p class="hint">${this.hint}</p>`}
        <div class="screen" aria-hidden="true"></div>
        <div class="visually-hidden" role="log" aria-live="polite" aria-relevant="additions" aria-label=${msg(str`Output of ${name}`, { id: "output-of" })}></div>
      </div>
      ${this.keeping.status()}
    `;
  }

  async #openTerminal(): Promise<void> {
    const element = this.renderRoot.querySelector<HTMLElement>("[role=log]");
    const container = this.renderRoot.querySelector<HTMLElement>(".screen");
    if (element === null || container === null || this.#mirror !== undefined) return;
    const mirror = new LogMirror(element);
    this.#mirror = mirror;
    mirror.add(this.log.entries);
    // Until xterm is here, the mirror shows what comes, and the log keeps it for the terminal.
    this.#detach = this.log.attachView((change) => this.#follow(change, mirror));
    const parts = await this.page.lateParts.fetch(() => import("./terminal-view.ts"));
    // Each terminal in a turn of its own: programs may have been started by now, and wait for an answer.
    await nextTurn();
    if (mirror !== this.#mirror) return;
    if (parts === undefined) {
      // The mirror is all there is, and what it has counts as shown: the program goes on.
      this.#isWithoutTerminal = true;
      for (const shown of this.#unshown) this.#shown(shown);
      return;
    }
    const terminal = new parts.TerminalView(container, this.renderRoot as ShadowRoot, {
      entries: () => this.log.entries,
      isFile: (name) => this.page.project.has(name),
      onLink: (detail) => this.dispatchEvent(new CustomEvent("open-source", { bubbles: true, composed: true, detail })),
      onFound: (found) => {
        this.found = found;
      },
    });
    this.#terminal = terminal;
    const waiting = [...this.#unshown];
    terminal.write(this.log.entries, undefined, () => {
      for (const shown of waiting) this.#shown(shown);
    });
    const followTheme = (): void => terminal.followTheme();
    const endTheme = this.page.theme.subscribe(followTheme);
    this.#systemDark.addEventListener("change", followTheme);
    this.#endTheme = () => {
      endTheme();
      this.#systemDark.removeEventListener("change", followTheme);
    };
  }

  #closeTerminal(): void {
    this.#detach?.();
    this.#endTheme?.();
    this.#mirror?.clear();
    this.#terminal?.dispose();
    for (const shown of this.#unshown) this.#shown(shown);
    this.#isWithoutTerminal = false;
    this.#detach = this.#endTheme = this.#mirror = this.#terminal = undefined;
  }

  #follow(change: LogChange, mirror: LogMirror): void {
    if (change.type === "cleared") {
      mirror.clear();
      this.#terminal?.clear();
      return;
    }
    if (change.repeated !== undefined) mirror.repeat(change.repeated);
    mirror.add(change.entries);
    if (this.#isWithoutTerminal) {
      change.shown();
      return;
    }
    this.#unshown.add(change.shown);
    this.#terminal?.write(change.entries, change.repeated, () => this.#shown(change.shown));
  }

  #shown(shown: () => void): void {
    if (this.#unshown.delete(shown)) shown();
  }

  /** The page's own notices change their language with the page. */
  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    const { entries } = this.log;
    if (event.detail.status !== "ready" || !entries.some((entry) => entry.notice !== undefined)) return;
    this.#mirror?.clear();
    this.#mirror?.add(entries);
    this.#terminal?.clear();
    this.#terminal?.write(entries);
  };

  readonly #find = ({ detail }: CustomEvent<{ text: string; direction: SearchDirection }>): void => {
    if (detail.text === "") this.found = undefined;
    this.#terminal?.find(detail.text, detail.direction);
  };

  readonly #endSearch = (): void => {
    this.#terminal?.find("", "here");
    this.searching = false;
    this.found = undefined;
    this.renderRoot.querySelector<HTMLElement>(".viewport")?.focus();
  };

  /** The right button opens the browser's menu, which copies from the terminal's hidden field. */
  #pressed(event: PointerEvent): void {
    this.#isMenuOpen = event.button === 2;
  }

  /** The terminal's hidden field takes the focus on a click; the console as a whole should have it. */
  #keepFocus(event: FocusEvent): void {
    if (event.target instanceof HTMLTextAreaElement && !this.#isMenuOpen) (event.currentTarget as HTMLElement).focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    const terminal = this.#terminal;
    if (terminal === undefined || event.altKey) return;
    const plain: Readonly<Record<string, () => void>> = {
      ArrowUp: () => terminal.scroll(-1),
      ArrowDown: () => terminal.scroll(1),
      PageUp: () => terminal.scrollPages(-1),
      PageDown: () => terminal.scrollPages(1),
      Home: () => terminal.scrollToTop(),
      End: () => terminal.scrollToBottom(),
    };
    // By the key's place, so that they work with any letters.
    const { selection } = terminal;
    const copy = selection === "" || event.shiftKey ? undefined : (): void => void this.keeping.copy(selection);
    const withControl: Readonly<Record<string, (() => void) | undefined>> = {
      KeyA: () => terminal.selectAll(),
      KeyF: () => void this.search(),
      KeyC: copy,
      Insert: copy,
    };
    const action = event.ctrlKey || event.metaKey ? withControl[event.code] : plain[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}

customElements.define("zp-console-view", ConsoleView);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console-view": ConsoleView;
  }
}
