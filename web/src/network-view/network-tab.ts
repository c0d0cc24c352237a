import { msg, str } from "@lit/localize";
import type { ConnectionKey, LadderItem, ScriptPlace } from "@playground/capture";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { templates } from "../locale/ru/network.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import { isActive } from "../programs/program-state.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { clearIcon, closeIcon, networkIcon, runIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { Exchange } from "./exchange.ts";
import { type ItemFilter, isSameConnection } from "./item-filter.ts";
import type { NetworkPage } from "./network-page.ts";
import { networkTabStyles } from "./network-tab-styles.ts";
import { printedWith } from "./printed-with.ts";
import { savedBanner } from "./saved-banner.ts";
import { parsePattern } from "./search-pattern.ts";
import { filterOf, type ShownExchange } from "./shown-exchange.ts";
import { clockText } from "./time-text.ts";
import "./capture-menu.ts";
import "./connections-view.ts";
import "./item-detail.ts";
import "./ladder-view.ts";

addRussianTexts(templates);

/** Milliseconds after the last letter until the search begins: one looks for words, not for their first letter. */
const TYPING_MS = 200;

/** A filter that leaves nothing out; printed lines are asked about by themselves. */
const EVERYTHING = { column: undefined, connection: undefined, pattern: undefined, place: undefined, time: undefined } as const;

type View = "exchange" | "connections";

/** The tab "Network": what programs did with the network, as a ladder and as a table of connections. Fires `open-source` with a file and a line, and `sent-lines` with the lines that have sent bytes, while it is shown. */
export class NetworkTab extends PlaygroundElement {
  static override properties = {
    page: { attribute: false },
    isShown: { attribute: false },
    view: { state: true },
    chosen: { state: true },
    hasDetail: { state: true },
    connection: { state: true },
    written: { state: true },
  };

  static override styles = [sharedStyles, networkTabStyles];

  declare page: NetworkPage;
  /** Whether the tab is the one that is seen: only then it keeps up with the programs. */
  declare isShown: boolean;
  declare private view: View;
  /** The item that the reader is at; 0 for none. */
  declare private chosen: number;
  declare private hasDetail: boolean;
  /** The connection whose buffers are shown. */
  declare private connection: ConnectionKey | undefined;
  /** What stands in the search field. */
  declare private written: string;
  #exchange: Exchange | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** The lines that were told of. */
  #told: ReadonlyMap<string, readonly number[]> | undefined;

  constructor() {
    super();
    this.isShown = this.hasDetail = false;
    this.view = "exchange";
    this.chosen = 0;
    this.written = "";
    watch(this, () => [this.#exchange, this.page.captureLog.saved, this.page.programs, ...this.page.programs.all]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#exchange?.follow(this.isShown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#exchange?.follow(false);
    this.#tellSent(undefined);
  }

  /** Shows what a line of a script sent and received. */
  showPlace(place: ScriptPlace): void {
    this.view = "exchange";
    this.#narrow({ place });
  }

  /** Shows a part of what the page's programs did, and perhaps one item of it at length. */
  async showExchange(shown: ShownExchange, item?: number): Promise<void> {
    this.page.captureLog.saved.setAside();
    this.view = "exchange";
    this.requestUpdate();
    await this.updateComplete;
    const { connection, time } = filterOf(shown, this.#exchange?.capture.ladder.connections ?? []);
    this.written = "";
    this.#narrow({ ...EVERYTHING, connection, time, hasPrinted: true });
    await this.#afterSearch();
    if (item !== undefined) await this.#openDetail(new CustomEvent("open-item", { detail: item }));
    else await this.focusList();
  }

  /** Brings the focus to the list, or to what there is instead. */
  async focusList(): Promise<void> {
    await this.updateComplete;
    await this.#afterSearch();
    const ladder = this.#ladder;
    if (ladder !== null) {
      await ladder.updateComplete;
      ladder.focusList();
    } else this.renderRoot.querySelector<HTMLElement>(".empty button, .views button")?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { captureLog } = this.page;
    const { capture } = captureLog;
    if (changed.has("page") || capture !== this.#exchange?.capture) {
      this.#exchange?.follow(false);
      this.#exchange = capture && new Exchange(captureLog, capture, !captureLog.saved.isShown);
      this.#forget();
    }
    this.#exchange?.follow(this.isShown && this.isConnected);
  }

  protected override updated(): void {
    this.#tellSent(this.isShown ? this.#exchange?.capture.ladder.sentLines : undefined);
  }

  #tellSent(files: ReadonlyMap<string, readonly number[]> | undefined): void {
    if (files === this.#told) return;
    this.#told = files;
    this.dispatchEvent(new CustomEvent("sent-lines", { bubbles: true, composed: true, detail: files && { files, label: sentMarkText } }));
  }

  protected override render(): TemplateResult {
    const exchange = this.#exchange;
    if (exchange === undefined) return html``;
    const isEmpty = exchange.total === 0 && exchange.items.length === 0;
    return html`
      <slot name="time"></slot>
      ${savedBanner(this.page.captureLog.saved, this.#focusAfter)}
      ${this.#bars(exchange)}
      ${this.#dropped(exchange)}
      <div class="stage" @keydown=${this.#escape}>
        ${isEmpty ? this.#empty() : this.view === "connections" ? this.#connections(exchange) : this.#ladderOf(exchange)}
      </div>
      <div class="visually-hidden" role="status">${this.#isNarrowed && !exchange.isSearching ? this.#countText(exchange) : ""}</div>`;
  }

  #bars(exchange: Exchange): TemplateResult {
    const { filter } = exchange;
    const clear = msg("Clear the network view", { id: "net-clear" });
    const views: readonly (readonly [View, string])[] = [
      ["exchange", msg("Exchange", { id: "net-exchange" })],
      ["connections", msg("Connections", { id: "net-connections" })],
    ];
    return html`
      <div class="bar">
        <div class="views" role="group" aria-label=${msg("What is shown", { id: "net-views" })}>${views.map(
          ([view, label]) =>
            html`<button data-testid=${`view-${view}`} aria-pressed=${this.view === view} @click=${() => {
              this.view = view;
            }}>${label}</button>`,
        )}</div>
        <span class="count" data-testid="shown-count">${exchange.total === 0 ? "" : this.#countText(exchange)}</span>
        ${exchange.total === 0 || this.page.captureLog.saved.isShown ? nothing : html`<button class="icon" data-testid="clear-network" title=${clear} aria-label=${clear} @click=${this.#clear}>${clearIcon}</button>`}
        <zp-capture-menu .page=${this.page}></zp-capture-menu>
      </div>
      ${
        this.view === "connections" || exchange.total === 0
          ? nothing
          : html`
      <div class="bar" role="search" aria-label=${msg("Filter", { id: "net-filter" })}>
        <select data-testid="filter-program" aria-label=${msg("Who takes part", { id: "net-who" })} @change=${(event: Event) => this.#narrow({ column: (event.target as HTMLSelectElement).value || undefined })}>
          <option value="" ?selected=${filter.column === undefined}>${msg("Everybody", { id: "net-everybody" })}</option>
          ${exchange.lanes.all.map(({ key, name }) => html`<option value=${key} ?selected=${filter.column === key}>${name}</option>`)}
        </select>
        <input type="search" data-testid="filter-text" .value=${this.written} @input=${this.#typed} spellcheck="false" autocomplete="off"
          aria-label=${msg("Text or bytes, such as hello, \\r\\n or 0x0d0a", { id: "net-search-label" })} placeholder=${msg("Text, \\r\\n, 0x0d0a", { id: "net-search" })} />
        <label class="toggle"><input type="checkbox" data-testid="filter-printed" .checked=${filter.hasPrinted} @change=${(event: Event) => this.#narrow({ hasPrinted: (event.target as HTMLInputElement).checked })} />${msg("Printed lines", { id: "net-printed-lines" })}</label>
        ${filter.connection === undefined ? nothing : this.#chip("chip-connection", this.#connectionName(exchange, filter.connection), () => this.#narrow({ connection: undefined }))}
        ${filter.time === undefined ? nothing : this.#chip("chip-time", msg(str`${clockText(filter.time.from)} to ${clockText(filter.time.to)}`, { id: "net-chip-time" }), () => this.#narrow({ time: undefined }))}
        ${filter.place === undefined ? nothing : this.#chip("chip-place", msg(str`Line ${filter.place.file}:${filter.place.line}`, { id: "net-chip-line" }), () => this.#narrow({ place: undefined }))}
      </div>`
      }`;
  }

  #chip(testId: string, text: string, remove: () => void): TemplateResult {
    return html`<button class="chip" data-testid=${testId} title=${msg(str`Show all again: ${text}`, { id: "net-chip-remove" })} @click=${() => {
      remove();
      // The chip is gone now.
      void this.focusList();
    }}><span>${text}</span>${closeIcon}</button>`;
  }

  #ladderOf(exchange: Exchange): TemplateResult {
    const { items, lanes, columns, origin } = exchange;
    const item = this.hasDetail ? this.#item : undefined;
    if (items.length === 0)
      return html`<div class="empty" data-testid="nothing-found">
        <p>${exchange.isSearching ? msg("Searching…", { id: "net-searching" }) : msg("Nothing of the exchange fits the filter.", { id: "net-nothing-found" })}</p>
        <button class="outlined" data-testid="show-all" @click=${this.#showAll}>${msg("Show everything", { id: "net-show-all" })}</button>
      </div>`;
    return html`
      <zp-ladder .items=${items} .lanes=${lanes} .columns=${columns} .origin=${origin} .chosen=${this.chosen}
        .colours=${this.page.programs.all.map(({ entry }) => entry)}
        @choose=${({ detail }: CustomEvent<number>) => {
          this.chosen = detail;
        }} @open-item=${this.#openDetail}></zp-ladder>
      ${
        item === undefined
          ? nothing
          : html`<zp-network-detail .item=${item} .printed=${printedWith(exchange.capture.ladder, item)} .lanes=${lanes} .hasFile=${(name: string) => this.page.project.has(name)}
              role="region" aria-label=${msg("Details", { id: "net-details" })} data-testid="network-detail" @close=${this.#closeDetail}></zp-network-detail>`
      }`;
  }

  #connections({ lanes, capture }: Exchange): TemplateResult {
    return html`<zp-connections .connections=${capture.ladder.connections} .lanes=${lanes} .chosen=${this.connection}
      @choose-connection=${({ detail }: CustomEvent<ConnectionKey>) => {
        this.connection = detail;
      }} @show-connection=${({ detail }: CustomEvent<ConnectionKey>) => {
        this.view = "exchange";
        this.#narrow({ connection: detail });
        void this.focusList();
      }}></zp-connections>`;
  }

  #empty(): TemplateResult {
    const { programs } = this.page;
    const isRunning = programs.all.some(({ state }) => isActive(state));
    return html`<div class="empty" data-testid="network-empty">
      ${networkIcon}
      <p><strong>${msg("What your programs say to each other appears here.", { id: "net-empty-what" })}</strong></p>
      <p>${
        isRunning
          ? msg("The programs are running; nothing has gone over the network yet.", { id: "net-empty-running" })
          : msg(
              "Every connection and every byte as it goes over the network: from whom, to whom, when, and by which line of code. For that a program has to run.",
              {
                id: "net-empty-help",
              },
            )
      }</p>
      ${isRunning || programs.all.length === 0 ? nothing : html`<button class="primary" data-testid="network-run" @click=${() => this.page.runAll()}>${runIcon}${msg("Run all", { id: "run-all" })}</button>`}
    </div>`;
  }

  #dropped({ capture }: Exchange): TemplateResult | typeof nothing {
    const { events } = capture.dropped;
    if (events === 0) return nothing;
    const count = counted(events, msg("# event|# events", { id: "net-events" }));
    return html`<p class="dropped" data-testid="dropped">${msg(str`The beginning is no longer kept (${count}): a capture has a limit, and the oldest goes first.`, { id: "net-dropped" })}</p>`;
  }

  #countText({ items, total }: Exchange): string {
    const all = counted(total, msg("# event|# events", { id: "net-events" }));
    return items.length === total ? all : msg(str`${localNumber(items.length)} of ${all}`, { id: "net-count-of" });
  }

  #connectionName({ capture, lanes }: Exchange, key: ConnectionKey): string {
    const state = capture.ladder.connections.find((connection) => isSameConnection(connection.key, key));
    const [one, other] = [state?.program, state?.peer].map((lifeline) => lanes.laneOf(lifeline ?? "")?.name ?? "?");
    return `${one} ⇄ ${other}${state?.remote === undefined ? "" : ` :${state.direction === "out" ? (state.local?.port ?? state.remote.port) : state.remote.port}`}`;
  }

  get #item(): LadderItem | undefined {
    return this.#exchange?.items.find(({ id }) => id === this.chosen);
  }

  get #isNarrowed(): boolean {
    const { column, connection, pattern, place, time, hasPrinted } = this.#exchange?.filter ?? { hasPrinted: true };
    return column !== undefined || connection !== undefined || time !== undefined || pattern !== undefined || place !== undefined || !hasPrinted;
  }

  #narrow(by: { readonly [Key in keyof ItemFilter]?: ItemFilter[Key] | undefined }): void {
    const all = { ...this.#exchange?.filter, ...by };
    const { column, connection, pattern, place, time, hasPrinted = true } = all;
    this.#exchange?.setFilter({
      hasPrinted,
      ...(column !== undefined && { column }),
      ...(connection !== undefined && { connection }),
      ...(pattern !== undefined && { pattern }),
      ...(place !== undefined && { place }),
      ...(time !== undefined && { time }),
    });
  }

  readonly #focusAfter = (testId?: string): void => {
    if (testId === undefined) return void this.focusList();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-testid=${testId}]`)?.focus());
  };

  readonly #showAll = (): void => {
    this.written = "";
    this.#narrow({ ...EVERYTHING, hasPrinted: true });
    void this.focusList();
  };

  /** Once it is known what is shown, and drawn. */
  async #afterSearch(): Promise<void> {
    while (this.isShown && this.#exchange?.isSearching === true) await new Promise((done) => requestAnimationFrame(done));
    await this.updateComplete;
  }

  readonly #typed = (event: Event): void => {
    this.written = (event.target as HTMLInputElement).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#narrow({ pattern: parsePattern(this.written) }), TYPING_MS);
  };

  readonly #clear = (): void => {
    this.#forget();
    this.#narrow(EVERYTHING);
    this.page.captureLog.clear();
    // The button is gone until something happens.
    void this.focusList();
  };

  /** Nothing is chosen, since it is not there any more. */
  #forget(): void {
    this.chosen = 0;
    this.hasDetail = false;
    this.connection = undefined;
    this.written = "";
  }

  readonly #openDetail = async ({ detail }: CustomEvent<number>): Promise<void> => {
    this.chosen = detail;
    this.hasDetail = true;
    await this.updateComplete;
    const view = this.renderRoot.querySelector("zp-network-detail");
    await view?.updateComplete;
    view?.focusHeadline();
    // What the detail covers now is not what was chosen.
    this.#ladder?.show(detail);
  };

  readonly #closeDetail = (): void => {
    this.hasDetail = false;
    this.#ladder?.focusList();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.hasDetail) return;
    event.preventDefault();
    this.#closeDetail();
  };

  get #ladder() {
    return this.renderRoot.querySelector("zp-ladder");
  }
}

function sentMarkText(line: number): string {
  return msg(str`Line ${line} has sent bytes: show them`, { id: "net-sent-mark" });
}

customElements.define("zp-network", NetworkTab);

declare global {
  interface HTMLElementTagNameMap {
    "zp-network": NetworkTab;
  }
}
