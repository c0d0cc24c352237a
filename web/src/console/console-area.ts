import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlaygroundElement } from "../ui/element.ts";
import { clearIcon, mergedIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { consoleMenu } from "./console-menu.ts";
import type { ConsolePage } from "./console-page.ts";
import { ConsoleSizes, fit, pairShare } from "./console-sizes.ts";
import type { ConsoleView } from "./console-view.ts";
import "../ui/menu-button.ts";
import "../ui/pane-divider.ts";
import "./console-panel.ts";
import "./console-view.ts";

/** The consoles of all programs, each by itself, sized against its neighbours, or as one. */
export class ConsoleArea extends PlaygroundElement {
  static override properties = { page: { attribute: false }, keepsBar: { attribute: false }, room: { state: true }, least: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { --least: 8rem; display: flex; flex-direction: column; gap: var(--space-2); flex: 1; min-block-size: 0; overflow-y: auto; border-radius: var(--radius-m); }
      /* What is above it may stand in its row, and shall be above no console. */
      .bar { position: sticky; inset-block-start: 0; z-index: 1; flex: none; min-block-size: 1.75rem; background: var(--ground); display: flex; align-items: center; justify-content: end; gap: var(--space-1); }
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
      /* The consoles have as much room as there is, and at least enough to read in each: then the whole is scrolled. No size depends on what
         they hold, so that printing lays out none of this. */
      .stack { display: grid; grid-template-columns: minmax(0, 1fr); flex: 1 0 0; min-block-size: calc(var(--consoles) * 11.75rem - 0.75rem); }
      .stack[hidden] { display: none; }
      .stack.folded { flex: none; gap: var(--space-2); min-block-size: 0; }
      zp-console { min-block-size: var(--least); }
      zp-console[folded] { min-block-size: 0; }
      .nothing { margin: auto; padding: var(--space-6); color: var(--ink-soft); text-align: center; max-inline-size: 24rem; }
      @media (pointer: coarse) { .bar, .bar button { min-block-size: 2.5rem; } }
    `,
  ];

  declare page: ConsolePage;
  /** Whether its bar is there also without anything in it, since something else stands in the same row. */
  declare keepsBar: boolean;
  /** Pixels that the consoles have together; 0 while that is not known. */
  declare private room: number;
  /** Pixels that a console has at least. */
  declare private least: number;
  readonly #sizes = new ConsoleSizes<ProgramRunner>();
  /** How many consoles there were when `room` was measured. */
  #measured = 0;
  readonly #resized = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.room = this.least = 0;
    this.keepsBar = false;
    watch(this, () => [this.page.programs, this.page.consoles]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resized.observe(this.#stack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#stack);
  }

  protected override updated(): void {
    // At first the observer tells, once the page is laid out as a whole.
    if (this.#measured > 0 && this.#measured !== this.page.programs.all.length) this.#measure();
  }

  protected override render(): TemplateResult {
    const { page } = this;
    const { consoles } = page;
    const programs = page.programs.all;
    const isMerged = consoles.isMerged && programs.length > 0;
    const weights = this.#sizes.weightsOf(programs);
    const rows = weights.map((weight) => `minmax(var(--least), ${weight}fr)`).join(" auto ");
    const sizes = fit(weights, this.room, this.least);
    return html`
      ${
        programs.length < 2 && !isMerged
          ? this.keepsBar
            ? html`<div class="bar"></div>`
            : ""
          : html`
        <div class="bar">
          <button data-testid="merge-consoles" aria-pressed=${isMerged} @click=${() => consoles.toggle()}>${mergedIcon}${msg("All in one console", { id: "merge-consoles" })}</button>
          ${isMerged ? this.#tools() : ""}
        </div>`
      }
      <div class=${isMerged ? "stack folded" : "stack"} style=${`--consoles: ${programs.length}${isMerged ? "" : `; grid-template-rows: ${rows}`}`} ?hidden=${programs.length === 0}>
        ${repeat(
          programs,
          (program) => program,
          (program, index) => html`
          ${index === 0 || isMerged ? "" : this.#divider(index - 1, sizes)}
          <zp-console data-program=${program.entry} .program=${program} .page=${page} .folded=${isMerged}></zp-console>
        `,
        )}
      </div>
      ${
        isMerged
          ? html`
        <section class="merged" aria-label=${msg("All programs", { id: "all-programs" })}>
          <zp-console-view data-testid="merged-console" .log=${consoles.log} .page=${page} .name=${msg("All programs", { id: "all-programs" })}
            .hint=${msg("What the programs print appears here.", { id: "merged-console-empty" })}></zp-console-view>
        </section>`
          : ""
      }
      ${programs.length > 0 ? "" : html`<p class="nothing">${msg("This project has no programs. Create one with the plus sign above the code.", { id: "no-programs" })}</p>`}
    `;
  }

  /** What is between the console at `index` and the one below it. */
  #divider(index: number, sizes: readonly number[]): TemplateResult {
    const { value, least, most } = pairShare(sizes, index, this.least);
    const move = ({ detail }: CustomEvent<number>): void => {
      this.#sizes.move(this.page.programs.all, index, detail, this.room, this.least);
      this.requestUpdate();
    };
    return html`<zp-pane-divider orientation="horizontal" .value=${value} .least=${least} .most=${most} @moved=${move} @reset=${this.#reset}
      .label=${msg(str`Height of the console of ${this.page.programs.all[index]?.entry ?? ""}`, { id: "console-height" })}></zp-pane-divider>`;
  }

  readonly #reset = (): void => {
    this.#sizes.reset();
    this.requestUpdate();
  };

  /** Takes the room anew: when the page or the list of programs has changed, never because something was printed. */
  #measure(): void {
    const consoles = [...this.renderRoot.querySelectorAll("zp-console")].filter(({ folded }) => !folded);
    const room = consoles.reduce((all, { offsetHeight }) => all + offsetHeight, 0);
    this.#measured = this.page.programs.all.length;
    // Folded, or not shown: the sizes stay for the next time.
    if (consoles[0] === undefined || room === 0) return;
    this.room = room;
    this.least = Number.parseFloat(getComputedStyle(consoles[0]).minBlockSize);
  }

  get #stack(): HTMLElement {
    return this.renderRoot.querySelector(".stack") as HTMLElement;
  }

  #tools(): TemplateResult {
    const clear = msg("Clear the console of all programs", { id: "clear-merged" });
    return html`
      <button class="icon" title=${clear} aria-label=${clear} data-testid="clear-merged" @click=${() => this.page.consoles.log.clear()}>${clearIcon}</button>
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
