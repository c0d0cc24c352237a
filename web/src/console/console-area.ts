import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlaygroundElement } from "../app/element.ts";
import { clearIcon, mergedIcon } from "../app/icons.ts";
import type { Playground } from "../app/playground.ts";
import { sharedStyles } from "../app/shared-styles.ts";
import { watch } from "../app/watch.ts";
import type { ConsoleView } from "./console-view.ts";
import { consoleMenu } from "./console-menu.ts";
import "../app/menu-button.ts";
import "./console-panel.ts";
import "./console-view.ts";

/** The consoles of all programs, each by itself or as one. */
export class ConsoleArea extends PlaygroundElement {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-direction: column; gap: var(--space-2); flex: 1; min-block-size: 0; overflow-y: auto; border-radius: var(--radius-m); }
      .bar { display: flex; align-items: center; justify-content: end; gap: var(--space-1); }
      .bar button { min-block-size: 1.75rem; font-size: var(--text-s); color: var(--ink-soft); }
      .bar button[aria-pressed="true"] { background: var(--accent-wash); color: var(--accent-strong); }
      .merged {
        display: flex;
        flex-direction: column;
        flex: 1 0 14rem;
        min-block-size: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--console);
        overflow: hidden;
      }
      zp-console { flex: 1 0 11rem; }
      zp-console[folded] { flex: 0 0 auto; }
      .nothing { margin: auto; padding: var(--space-6); color: var(--ink-soft); text-align: center; max-inline-size: 24rem; }
      @media (pointer: coarse) { .bar button { min-block-size: 2.5rem; } }
    `,
  ];

  declare playground: Playground;

  constructor() {
    super();
    watch(this, () => [this.playground, this.playground.consoles]);
  }

  protected override render(): TemplateResult {
    const { playground } = this;
    const { programs, consoles } = playground;
    const isMerged = consoles.isMerged && programs.length > 0;
    return html`
      ${programs.length < 2 && !isMerged ? "" : html`
        <div class="bar">
          <button data-testid="merge-consoles" aria-pressed=${isMerged} @click=${() => consoles.toggle()}>${mergedIcon}${msg("All in one console", { id: "merge-consoles" })}</button>
          ${isMerged ? this.#tools() : ""}
        </div>`}
      ${repeat(programs, (program) => program, (program) => html`
        <zp-console data-program=${program.entry} .program=${program} .playground=${playground} .folded=${isMerged}></zp-console>
      `)}
      ${isMerged ? html`
        <section class="merged" aria-label=${msg("All programs", { id: "all-programs" })}>
          <zp-console-view data-testid="merged-console" .log=${consoles.log} .playground=${playground} .name=${msg("All programs", { id: "all-programs" })}
            .hint=${msg("What the programs print appears here.", { id: "merged-console-empty" })}></zp-console-view>
        </section>` : ""}
      ${programs.length > 0 ? "" : html`<p class="nothing">${msg("No file of this project is a program. Make one with the plus sign above the code.", { id: "no-programs" })}</p>`}
    `;
  }

  #tools(): TemplateResult {
    const clear = msg("Clear the console of all programs", { id: "clear-merged" });
    return html`
      <button class="icon" title=${clear} aria-label=${clear} data-testid="clear-merged" @click=${() => this.playground.consoles.log.clear()}>${clearIcon}</button>
      ${consoleMenu(msg("All programs", { id: "all-programs" }), () => this.#view)}`;
  }

  get #view(): ConsoleView | null {
    return this.renderRoot.querySelector("zp-console-view");
  }
}

customElements.define("zp-console-area", ConsoleArea);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console-area": ConsoleArea;
  }
}
