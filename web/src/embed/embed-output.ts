import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { ShownExchange } from "../network-view/shown-exchange.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { consoleIcon, networkIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import type { EmbedNetwork } from "./embed-network.ts";
import { embedTabs, showTab, tabStyles } from "./embed-tabs.ts";

/**
 * Consoles or network, as tabs; the consoles are what is inside of the element. The network view is fetched when it is first wanted. Fires
 * `open-source` with a file and a line.
 */
export class EmbedOutput extends PlaygroundElement {
  static override properties = { network: { attribute: false }, fetchNetwork: { attribute: false }, output: { state: true } };

  static override styles = [
    sharedStyles,
    tabStyles,
    css`
      :host { display: block; border-block-start: 1px solid var(--line); }
      .bar { display: flex; flex-wrap: wrap; align-items: center; background: var(--surface); }
      .bar zp-network-chip { padding-inline: 0.4rem; }
      .network { display: flex; flex-direction: column; block-size: 30rem; min-block-size: 18rem; overflow: hidden; resize: vertical; border-block-start: 1px solid var(--line); }
      zp-network { border: 0; border-radius: 0; }
      [role="tabpanel"][hidden] { display: none; }
      .loading { margin: auto; color: var(--ink-soft); }
    `,
  ];

  /** Undefined until the view has been fetched. */
  declare network: EmbedNetwork | undefined;
  /** Fetches the view, by which `network` comes to be; where it cannot be had, the element says so, and `network` stays. */
  declare fetchNetwork: () => Promise<void>;
  declare private output: "consoles" | "network";

  constructor() {
    super();
    this.output = "consoles";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The element begins anew.
    if (changed.get("network") !== undefined && this.network === undefined) this.output = "consoles";
  }

  protected override render(): TemplateResult {
    const { output, network } = this;
    const tabs = [
      { name: "consoles", face: html`${consoleIcon}${msg("Consoles", { id: "consoles" })}` },
      { name: "network", face: html`${networkIcon}${msg("Network", { id: "network" })}` },
    ];
    return html`
      <div class="bar">
        ${embedTabs({ label: msg("What is shown of the programs", { id: "outputs" }), tabs, active: output, panel: (name) => name, open: this.#open })}
        ${network === undefined ? nothing : html`<zp-network-chip .page=${network} @open-conditions=${this.#showConditions}></zp-network-chip>`}
      </div>
      <div role="tabpanel" id="consoles" aria-labelledby="tab-consoles" ?hidden=${output !== "consoles"}><slot></slot></div>
      <div role="tabpanel" id="network" aria-labelledby="tab-network" class="network" ?hidden=${output !== "network"}>${
        network === undefined
          ? html`<p class="loading">${msg("Loading this part of the page…", { id: "part-loading" })}</p>`
          : html`<zp-network .page=${network} .isShown=${output === "network"} @open-source=${this.#openSource}>
              <zp-network-time slot="time" .page=${network} @open-conditions=${this.#showConditions}></zp-network-time>
            </zp-network>`
      }</div>
      ${network === undefined ? nothing : html`<zp-conditions-dialog .page=${network}></zp-conditions-dialog>`}`;
  }

  /** Shows a part of what the programs did on the network, and perhaps one item of it. */
  async showExchange(exchange: ShownExchange, item?: number): Promise<void> {
    await this.#open("network", false);
    await this.updateComplete;
    await this.renderRoot.querySelector("zp-network")?.showExchange(exchange, item);
  }

  readonly #open = async (name: string, byKey: boolean): Promise<void> => {
    this.output = name === "network" ? "network" : "consoles";
    await this.updateComplete;
    showTab(this.renderRoot, byKey);
    if (this.output === "consoles" || this.network !== undefined) return;
    await this.fetchNetwork();
    await this.updateComplete;
    if (this.network === undefined) this.output = "consoles";
  };

  readonly #openSource = ({ detail }: CustomEvent<{ file: string; line: number }>): void => {
    this.dispatchEvent(new CustomEvent("open-source", { detail }));
  };

  readonly #showConditions = (): void => void this.renderRoot.querySelector("zp-conditions-dialog")?.show();
}

// A page may name the script twice.
if (customElements.get("zp-embed-output") === undefined) customElements.define("zp-embed-output", EmbedOutput);

declare global {
  interface HTMLElementTagNameMap {
    "zp-embed-output": EmbedOutput;
  }
}
