import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { clearIcon, runIcon, stopIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { isActive } from "../programs/program-state.ts";
import { programStateIcon, programStateText } from "../programs/state-text.ts";
import { consoleMenu } from "./console-menu.ts";
import type { ConsolePage } from "./console-page.ts";
import { hangingNotice, hangingStyles } from "./hanging-notice.ts";
import "../ui/menu-button.ts";
import "./console-view.ts";
import "./console-input.ts";

/** One program's console: its state, what runs and stops it, and what it has written. Fires `open-source` with a file and a line. */
export class ConsolePanel extends PlaygroundElement {
  static override properties = { program: { attribute: false }, page: { attribute: false }, folded: { type: Boolean, reflect: true } };

  static override styles = [
    sharedStyles,
    hangingStyles,
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

      .unresponsive { border-block-end: 1px solid var(--line); overflow-y: auto; }
      /* However small the console is made, something of its text stays, and what stands above it is scrolled. */
      zp-console-view { min-block-size: 1.5rem; }
      :host([folded]) header { border-block-end: 0; }
      .end-now { color: var(--failed); }
    `,
  ];

  declare program: ProgramRunner;
  declare page: ConsolePage;
  /** Only the head is shown: the text is in the merged console. */
  declare folded: boolean;

  constructor() {
    super();
    this.folded = false;
    watch(this, () => [this.program]);
  }

  protected override render(): TemplateResult {
    const { entry, state, failure, canEndNow } = this.program;
    const active = isActive(state);
    const runLabel = active ? msg(str`Restart ${entry}`, { id: "restart-program" }) : msg(str`Run ${entry}`, { id: "run-program" });
    const stopLabel = canEndNow ? msg(str`End ${entry} now`, { id: "end-program" }) : msg(str`Stop ${entry}`, { id: "stop-program" });
    const clearLabel = msg(str`Clear the console of ${entry}`, { id: "clear-console" });
    return html`
      <header>
        <h2><button class="name" title=${msg(str`Open ${entry} in the editor`, { id: "open-in-editor" })}
          @click=${() => this.#open(entry)}><span>${entry}</span></button></h2>
        <span class=${`state ${state}`} data-testid="program-state" data-state=${state}>${programStateIcon(state)}${programStateText(state)}</span>
        <button class="icon" title=${clearLabel} aria-label=${clearLabel} data-testid="clear" @click=${() => this.program.console.clear()}>${clearIcon}</button>
        ${this.folded ? "" : consoleMenu(entry, () => this.renderRoot.querySelector("zp-console-view"))}
        <button class=${canEndNow ? "icon end-now" : "icon"} title=${stopLabel} aria-label=${stopLabel} data-testid="stop" aria-disabled=${!active} @click=${() => (canEndNow ? this.program.endNow() : void this.program.stop())}>${stopIcon}</button>
        <button class="icon outlined" title=${runLabel} aria-label=${runLabel} data-testid="run" @click=${() => void this.program.run()}>${runIcon}</button>
      </header>
      ${
        failure?.chunk === undefined || failure.line === undefined
          ? ""
          : html`
        <div class="failure" data-testid="failure">
          <button @click=${() => this.#open(failure.chunk, failure.line)}
            title=${msg("Show the line in the editor", { id: "show-line" })}>${failure.chunk}:${failure.line}</button>
          <span>${failure.message}</span>
        </div>`
      }
      ${hangingNotice(this.program)}
      ${
        this.folded
          ? ""
          : html`
        <zp-console-view .log=${this.program.console} .page=${this.page} .name=${entry}
          .hint=${active ? "" : msg("What the program prints appears here.", { id: "console-empty" })}></zp-console-view>`
      }
      <zp-console-input .program=${this.program}></zp-console-input>
    `;
  }

  #open(file: string | undefined, line?: number): void {
    if (file === undefined) return;
    this.dispatchEvent(new CustomEvent("open-source", { bubbles: true, composed: true, detail: { file, line } }));
  }
}

customElements.define("zp-console", ConsolePanel);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console": ConsolePanel;
  }
}
