import { msg } from "@lit/localize";
import type { ScriptPlace } from "@playground/capture";
import { css, html, type TemplateResult } from "lit";
import { loadConditions } from "../conditions/load-conditions.ts";
import type { NetworkTab } from "../network-view/network-tab.ts";
import type { ShownExchange } from "../network-view/shown-exchange.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { consoleIcon, networkIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { loadNetwork } from "./load-network.ts";
import type { Playground } from "./playground.ts";
import "../console/console-area.ts";

/** What is shown of the running programs. */
export type Output = "consoles" | "network";

const OUTPUTS: readonly Output[] = ["consoles", "network"];

/** Consoles or network, as tabs; where the page has tabs of its own (`isNarrow`), those choose. The network comes when it is first opened, and with it what takes its time in hand. Fires `show-output` with what the reader wants to see, and `open-conditions`. */
export class OutputPane extends PlaygroundElement {
  static override properties = { playground: { attribute: false }, output: {}, isNarrow: { attribute: false }, hasNetwork: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { position: relative; display: flex; flex-direction: column; flex: 1; min-block-size: 0; min-inline-size: 0; }
      /* In the row of the consoles' own bar. */
      [role="tablist"] { position: absolute; inset: 0 auto auto 0; z-index: 2; display: flex; gap: var(--space-1); }
      [role="tab"] { min-block-size: 1.75rem; padding-inline: 0.6rem; border-radius: var(--radius-s); color: var(--ink-soft); font-size: var(--text-s); }
      [role="tab"][aria-selected="true"] { color: var(--accent-strong); background: var(--accent-wash); }
      [role="tabpanel"] { display: flex; flex-direction: column; flex: 1; min-block-size: 0; min-inline-size: 0; }
      [role="tabpanel"][hidden] { display: none; }
      .network.tabbed { padding-block-start: calc(1.75rem + var(--space-2)); }
      .loading { margin: auto; padding: var(--space-6); color: var(--ink-soft); }
      @media (pointer: coarse) {
        [role="tab"] { min-block-size: 2.5rem; }
        .network.tabbed { padding-block-start: calc(2.5rem + var(--space-2)); }
      }
      @media (forced-colors: active) {
        [role="tab"][aria-selected="true"] { forced-color-adjust: none; background: SelectedItem; color: SelectedItemText; }
      }
    `,
  ];

  declare playground: Playground;
  declare output: Output;
  declare isNarrow: boolean;
  /** Whether the network view has been loaded. */
  declare private hasNetwork: boolean;
  #loading: Promise<boolean> | undefined;

  constructor() {
    super();
    this.output = "consoles";
    this.isNarrow = this.hasNetwork = false;
  }

  /** Shows what a line of a script sent, once the network view is there; nothing where it cannot be had, which the page has said then. */
  async showPlace(place: ScriptPlace): Promise<void> {
    if (!(await this.#load())) return;
    this.#network?.showPlace(place);
    await this.#network?.focusList();
  }

  /** Shows a part of what went over the network, and perhaps one item of it, as `showPlace` does. */
  async showExchange(exchange: ShownExchange, item?: number): Promise<void> {
    if (await this.#load()) await this.#network?.showExchange(exchange, item);
  }

  /** Brings the focus into what is shown. */
  async focusOutput(): Promise<void> {
    if (this.output === "network" && (await this.#load())) await this.#network?.focusList();
    else this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  protected override willUpdate(): void {
    if (this.output === "network" && !this.hasNetwork) void this.#load();
  }

  protected override render(): TemplateResult {
    const { playground, output, isNarrow } = this;
    return html`
      ${
        isNarrow
          ? ""
          : html`<div role="tablist" aria-label=${msg("What is shown of the programs", { id: "outputs" })} @keydown=${this.#key}>
        ${this.#tab("consoles", consoleIcon, msg("Consoles", { id: "consoles" }))}${this.#tab("network", networkIcon, msg("Network", { id: "network" }))}
      </div>`
      }
      ${this.#panel("consoles", html`<zp-console-area .page=${playground} .keepsBar=${!isNarrow}></zp-console-area>`)}
      ${this.#panel(
        "network",
        this.hasNetwork
          ? html`<zp-network .page=${playground} .isShown=${output === "network"}><zp-network-time slot="time" .page=${playground} @open-conditions=${() => this.dispatchEvent(new Event("open-conditions"))}></zp-network-time></zp-network>`
          : output === "network"
            ? html`<p class="loading">${msg("Loading this part of the page…", { id: "part-loading" })}</p>`
            : "",
      )}`;
  }

  #tab(output: Output, icon: TemplateResult, label: string): TemplateResult {
    const isSelected = this.output === output;
    return html`<button role="tab" id=${`${output}-tab`} data-testid=${`tab-${output}`} aria-selected=${isSelected} aria-controls=${`${output}-panel`} tabindex=${isSelected ? 0 : -1}
      @click=${() => this.#want(output)}>${icon}${label}</button>`;
  }

  #panel(output: Output, content: TemplateResult | string): TemplateResult {
    const label = output === "consoles" ? msg("Consoles", { id: "consoles" }) : msg("Network", { id: "network" });
    return html`<div role="tabpanel" id=${`${output}-panel`} class=${this.isNarrow ? output : `${output} tabbed`} aria-label=${label} ?hidden=${this.output !== output}>${content}</div>`;
  }

  async #key(event: KeyboardEvent): Promise<void> {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to =
      step === undefined
        ? { Home: OUTPUTS[0], End: OUTPUTS.at(-1) }[event.key]
        : OUTPUTS[(OUTPUTS.indexOf(this.output) + step + OUTPUTS.length) % OUTPUTS.length];
    if (to === undefined) return;
    event.preventDefault();
    this.#want(to);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${to}-tab`)?.focus();
  }

  #want(output: Output): void {
    this.output = output;
    this.dispatchEvent(new CustomEvent("show-output", { detail: output }));
  }

  /** Whether the network view is there, which is fetched for it. */
  #load(): Promise<boolean> {
    this.#loading ??= this.playground.lateParts
      .fetch(() => Promise.all([loadNetwork(), loadConditions(), this.playground.captureLog.load()]))
      .then(async (parts) => {
        this.hasNetwork = parts !== undefined;
        if (!this.hasNetwork) this.#want("consoles");
        this.#loading = undefined;
        await this.updateComplete;
        return this.hasNetwork;
      });
    return this.#loading;
  }

  get #network(): NetworkTab | null {
    return this.renderRoot.querySelector("zp-network");
  }
}

customElements.define("zp-output-pane", OutputPane);

declare global {
  interface HTMLElementTagNameMap {
    "zp-output-pane": OutputPane;
  }
}
