import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../app/element.ts";
import { clearIcon, runIcon, stopIcon } from "../app/icons.ts";
import type { Playground } from "../app/playground.ts";
import { sharedStyles } from "../app/shared-styles.ts";
import { watch } from "../app/watch.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { isActive } from "../programs/program-state.ts";
import { programStateIcon, programStateText } from "../programs/state-text.ts";
import type { ConsoleEntry } from "../worker/messages.ts";
import type { LogChange } from "./console-log.ts";
import { LogMirror } from "./log-mirror.ts";
import { entryText } from "./notice-text.ts";
import { terminalText } from "./terminal-text.ts";
import type { TerminalView } from "./terminal-view.ts";
import "./console-input.ts";

/** One program's console: its state, what runs and stops it, and what it has written. Fires `open-source` with a file and a line. */
export class ConsolePanel extends PlaygroundElement {
  static override properties = { program: { attribute: false }, playground: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--console);
        overflow: hidden;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        padding: 0.25rem 0.25rem 0.25rem 0.4rem;
        background: var(--surface);
        border-block-end: 1px solid var(--line);
      }
      h2 { margin: 0; min-inline-size: 0; }
      .name { font: 600 var(--text-s) / 1 var(--mono); padding: 0 0.4rem; max-inline-size: 100%; }
      .name span { overflow: hidden; text-overflow: ellipsis; }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 0.35rem;
        margin-inline-end: auto;
        padding-block-start: 1px;
        color: var(--ink-soft);
        font-size: var(--text-s);
        line-height: 1;
        white-space: nowrap;
      }
      .state.running { color: var(--running); }
      .state:is(.starting, .connecting, .stopping) { color: var(--waiting); }
      .state.failed { color: var(--failed); font-weight: 600; }
      @media (prefers-reduced-motion: no-preference) {
        .state:is(.starting, .connecting, .stopping) svg { animation: turn 2.4s linear infinite; }
      }
      @keyframes turn { to { rotate: 1turn; } }

      .failure {
        display: flex;
        align-items: baseline;
        gap: 0.5rem;
        padding: 0.3rem 0.7rem;
        background: var(--failed-wash);
        border-block-end: 1px solid var(--line);
        font-size: var(--text-s);
        overflow-wrap: anywhere;
        max-block-size: 6rem;
        overflow-y: auto;
      }
      .failure button {
        min-block-size: 1.5rem;
        padding: 0;
        color: var(--failed);
        font: 600 var(--text-s) / 1.4 var(--mono);
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }
      .failure button:hover { background: none; text-decoration-thickness: 2px; }

      .viewport { position: relative; flex: 1; min-block-size: 0; overflow: hidden; }
      .viewport:focus-visible { outline-offset: -3px; border-radius: 0 0 var(--radius-m) var(--radius-m); }
      .screen { position: absolute; inset: 0.45rem 0.2rem 0.3rem 0.8rem; font: var(--text-s) / 1.3 var(--mono); }
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
      .screen .xterm-viewport { background: none; }
    `,
  ];

  declare program: ProgramRunner;
  declare playground: Playground;
  #terminal: TerminalView | undefined;
  #mirror: LogMirror | undefined;
  #detach: (() => void) | undefined;
  #endTheme: (() => void) | undefined;
  /** What waits to be on the screen: told even where the terminal is taken down before. */
  readonly #unshown = new Set<() => void>();
  readonly #systemDark = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    super();
    watch(this, () => [this.program, this.program?.console]);
    this.addEventListener("copy", (event) => {
      const selection = this.#terminal?.selection ?? "";
      if (selection === "") return;
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

  protected override render(): TemplateResult {
    const { entry, state, failure } = this.program;
    const active = isActive(state);
    const runLabel = active ? msg(str`Restart ${entry}`, { id: "restart-program" }) : msg(str`Run ${entry}`, { id: "run-program" });
    const stopLabel = msg(str`Stop ${entry}`, { id: "stop-program" });
    const clearLabel = msg(str`Clear the console of ${entry}`, { id: "clear-console" });
    return html`
      <header>
        <h2><button class="name" title=${msg(str`Open ${entry} in the editor`, { id: "open-in-editor" })}
          @click=${() => this.#open(entry)}><span>${entry}</span></button></h2>
        <span class=${`state ${state}`} data-testid="program-state" data-state=${state}>${programStateIcon(state)}${programStateText(state)}</span>
        <button class="icon" title=${clearLabel} aria-label=${clearLabel} data-testid="clear" @click=${() => this.program.console.clear()}>${clearIcon}</button>
        <button class="icon" title=${stopLabel} aria-label=${stopLabel} data-testid="stop" aria-disabled=${!active} @click=${() => void this.program.stop()}>${stopIcon}</button>
        <button class="icon outlined" title=${runLabel} aria-label=${runLabel} data-testid="run" @click=${() => void this.program.run()}>${runIcon}</button>
      </header>
      ${failure?.chunk === undefined || failure.line === undefined ? "" : html`
        <div class="failure" data-testid="failure">
          <button @click=${() => this.#open(failure.chunk, failure.line)}
            title=${msg("Show the line in the editor", { id: "show-line" })}>${failure.chunk}:${failure.line}</button>
          <span>${failure.message}</span>
        </div>`}
      <div class="viewport" tabindex="0" role="group" aria-label=${msg(str`Console of ${entry}`, { id: "console-of" })} @keydown=${this.#key} @focusin=${this.#keepFocus}>
        ${this.program.console.entries.length > 0 || active ? "" : html`<p class="hint">${msg("What the program prints appears here.", { id: "console-empty" })}</p>`}
        <div class="screen" aria-hidden="true"></div>
        <div class="visually-hidden" role="log" aria-live="polite" aria-label=${msg(str`Output of ${entry}`, { id: "output-of" })}></div>
      </div>
      <zp-console-input .program=${this.program}></zp-console-input>
    `;
  }

  async #openTerminal(): Promise<void> {
    const { program } = this;
    const log = this.renderRoot.querySelector<HTMLElement>("[role=log]");
    const container = this.renderRoot.querySelector<HTMLElement>(".screen");
    if (log === null || container === null || this.#mirror !== undefined) return;
    this.#mirror = new LogMirror(log);
    this.#mirror.add(program.console.entries);
    const mirror = this.#mirror;
    // Until xterm is here, the mirror shows what comes, and the log keeps it for the terminal.
    this.#detach = program.console.attachView((change) => this.#follow(change, mirror));
    const { TerminalView } = await import("./terminal-view.ts");
    if (mirror !== this.#mirror) return;
    const terminal = new TerminalView(container, this.renderRoot as ShadowRoot, {
      isFile: (name) => this.playground.project.has(name),
      onLink: ({ file, line }) => this.#open(file, line),
    });
    this.#terminal = terminal;
    const waiting = [...this.#unshown];
    terminal.write(this.#textOf(program.console.entries), () => {
      for (const shown of waiting) this.#shown(shown);
    });
    const followTheme = (): void => terminal.followTheme();
    const endTheme = this.playground.theme.subscribe(followTheme);
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
    this.#detach = this.#endTheme = this.#mirror = this.#terminal = undefined;
  }

  #follow(change: LogChange, mirror: LogMirror): void {
    if (change.type === "cleared") {
      mirror.clear();
      this.#terminal?.clear();
      return;
    }
    mirror.add(change.entries);
    this.#unshown.add(change.shown);
    this.#terminal?.write(this.#textOf(change.entries), () => this.#shown(change.shown));
  }

  #shown(shown: () => void): void {
    if (this.#unshown.delete(shown)) shown();
  }

  #textOf(entries: readonly ConsoleEntry[]): string {
    const isFile = (name: string): boolean => this.playground.project.has(name);
    return entries.map((entry) => terminalText(entry.level, entryText(entry), isFile)).join("");
  }

  /** The page's own notices change their language with the page. */
  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    const { entries } = this.program.console;
    if (event.detail.status !== "ready" || !entries.some((entry) => entry.code !== undefined)) return;
    this.#mirror?.clear();
    this.#mirror?.add(entries);
    this.#terminal?.clear();
    this.#terminal?.write(this.#textOf(entries));
  };

  #open(file: string | undefined, line?: number): void {
    if (file === undefined) return;
    this.dispatchEvent(new CustomEvent("open-source", { bubbles: true, composed: true, detail: { file, line } }));
  }

  /** The terminal's hidden field takes the focus on a click; the console as a whole should have it. */
  #keepFocus(event: FocusEvent): void {
    if (event.target instanceof HTMLTextAreaElement) (event.currentTarget as HTMLElement).focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    const terminal = this.#terminal;
    if (terminal === undefined) return;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => terminal.scroll(-1),
      ArrowDown: () => terminal.scroll(1),
      PageUp: () => terminal.scrollPages(-1),
      PageDown: () => terminal.scrollPages(1),
      Home: () => terminal.scrollToTop(),
      End: () => terminal.scrollToBottom(),
    };
    const isSelectAll = event.code === "KeyA" && (event.ctrlKey || event.metaKey);
    const action = isSelectAll ? () => terminal.selectAll() : event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}

customElements.define("zp-console", ConsolePanel);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console": ConsolePanel;
  }
}
