import { LOCALE_STATUS_EVENT, msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../app/element.ts";
import { sharedStyles } from "../app/shared-styles.ts";
import { watch } from "../app/watch.ts";
import type { LogChange } from "../console/console-log.ts";
import { entryText } from "../console/notice-text.ts";
import { timesOf } from "../worker/entry-repeats.ts";
import { plainText } from "../console/terminal-text.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { isActive } from "../programs/program-state.ts";
import { programStateIcon, programStateText } from "../programs/state-text.ts";
import type { ConsoleEntry } from "../worker/messages.ts";

/** Entries that stand in the element: a tutorial's example says little, and a flood must not slow its page down. */
export const MAX_SHOWN_ENTRIES = 500;

/**
 * The console of a program in `<zone-playground>`: lines as plain elements. Lighter than the page's terminal by a
 * hundred kilobytes, and it writes no style element, which a site's CSP might forbid. Colours of a script are left out.
 */
export class EmbedConsole extends PlaygroundElement {
  static override properties = { program: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; border-block-start: 1px solid var(--line); background: var(--console); }
      header { display: flex; align-items: center; gap: 0.6rem; padding: 0.35rem 0.75rem 0; font-size: var(--text-s); }
      .name { font: 600 var(--text-s) / 1.4 var(--mono); overflow-wrap: anywhere; }
      .state { display: inline-flex; align-items: center; gap: 0.35rem; color: var(--ink-soft); white-space: nowrap; }
      .state.running { color: var(--running); }
      .state:is(.starting, .connecting, .stopping) { color: var(--waiting); }
      .state.failed { color: var(--failed); font-weight: 600; }
      .log {
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
      [data-level="warn"] { color: var(--waiting); }
      [data-level="error"] { color: var(--failed); }
      [data-level="notice"] { color: var(--ink-soft); font-style: italic; }
    `,
  ];

  declare program: ProgramRunner;
  #waiting: { readonly entry: ConsoleEntry | undefined; readonly shown: (() => void) | undefined }[] = [];
  #frame: ReturnType<typeof setTimeout> | undefined;
  #detach: (() => void) | undefined;

  constructor() {
    super();
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
    clearTimeout(this.#frame);
    this.#frame = undefined;
    for (const { shown } of this.#waiting) shown?.();
    this.#waiting = [];
  }

  protected override firstUpdated(): void {
    this.#attach();
  }

  protected override render(): TemplateResult {
    const { entry, state } = this.program;
    return html`
      <header>
        <span class="name">${entry}</span>
        <span class=${`state ${state}`} data-testid="program-state" data-state=${state}>${programStateIcon(state)}${programStateText(state)}</span>
      </header>
      <div class="log" role="log" tabindex="0" aria-live=${isActive(state) ? "polite" : "off"} aria-label=${msg(str`Output of ${entry}`, { id: "output-of" })}></div>
    `;
  }

  get #log(): HTMLElement {
    return this.renderRoot.querySelector(".log") as HTMLElement;
  }

  /** The last line that is shown was written again. */
  #recounted: ConsoleEntry | undefined;

  #attach(): void {
    this.#detach = this.program.console.attachView((change) => this.#follow(change));
    this.#rewrite();
  }

  #follow(change: LogChange): void {
    if (change.type === "cleared") {
      for (const { shown } of this.#waiting) shown?.();
      this.#waiting = [];
      this.#recounted = undefined;
      this.#log.replaceChildren();
      return;
    }
    if (change.repeated !== undefined) {
      const last = this.#waiting.findLastIndex(({ entry }) => entry !== undefined);
      if (last < 0) this.#recounted = change.repeated;
      else this.#waiting[last] = { entry: change.repeated, shown: undefined };
    }
    for (const entry of change.entries) this.#waiting.push({ entry, shown: undefined });
    this.#waiting.push({ entry: undefined, shown: change.shown });
    // A timer, since a hidden page draws no frames and its programs go on.
    this.#frame ??= setTimeout(() => this.#write(), FRAME_MS);
  }

  #write(): void {
    this.#frame = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    const log = this.#log;
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
    if (this.#recounted !== undefined) log.lastElementChild?.replaceWith(lineOf(this.#recounted));
    this.#recounted = undefined;
    const entries = waiting.flatMap(({ entry }) => entry ?? []).slice(-MAX_SHOWN_ENTRIES);
    log.append(...entries.map(lineOf));
    while (log.childElementCount > MAX_SHOWN_ENTRIES) log.firstElementChild?.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
    for (const { shown } of waiting) shown?.();
  }

  #rewrite(): void {
    this.#log.replaceChildren(...this.program.console.entries.slice(-MAX_SHOWN_ENTRIES).map(lineOf));
  }

  readonly #localeChanged = (event: WindowEventMap[typeof LOCALE_STATUS_EVENT]): void => {
    if (event.detail.status === "ready" && this.hasUpdated) this.#rewrite();
  };
}

/** Milliseconds over which entries are gathered before they are drawn. */
const FRAME_MS = 32;

function lineOf(entry: ConsoleEntry): HTMLElement {
  const line = document.createElement("div");
  line.dataset["level"] = entry.level;
  const mark = entry.level === "error" ? "✖ " : entry.level === "warn" ? "▲ " : "";
  line.textContent = mark + plainText(entryText(entry)) + (timesOf(entry) > 1 ? ` ×${timesOf(entry)}` : "");
  return line;
}

customElements.define("zp-embed-console", EmbedConsole);

declare global {
  interface HTMLElementTagNameMap {
    "zp-embed-console": EmbedConsole;
  }
}
