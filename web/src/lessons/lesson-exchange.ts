import { msg } from "@lit/localize";
import type { CaptureTime, LadderItem } from "@playground/capture";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { templates } from "../locale/ru/network.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import { isShown } from "../network-view/item-filter.ts";
import { type Lane, Lanes } from "../network-view/lanes.ts";
import { ROW_HEIGHTS } from "../network-view/ladder-row.ts";
import { filterOf, type ShownExchange } from "../network-view/shown-exchange.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { networkIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import type { LessonsPage } from "./lessons-page.ts";
import "../network-view/ladder-view.ts";

addRussianTexts(templates);

/** Pixels of the heads of columns, and of a bar for scrolling. */
const HEADS = 44 + 12;

/** The ladder of one exchange of a check, as it was when the check had ended, and the way to it in the network view. Fires `show-exchange` with what is to be shown there. */
export class LessonExchange extends PlaygroundElement {
  static override properties = { page: { attribute: false }, exchange: { attribute: false }, items: { state: true }, chosen: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; margin-block-start: var(--space-3); }
      h4 { margin: 0 0 var(--space-1); font: 600 var(--text-m) / 1.4 var(--font); }
      .ladder { display: flex; max-block-size: 22rem; border: 1px solid var(--line); border-radius: var(--radius-s); overflow: hidden; }
      button { margin-block-start: var(--space-2); block-size: auto; padding-block: 0.4rem; white-space: normal; line-height: 1.3; }
      p { margin: 0; color: var(--ink-soft); line-height: 1.5; }
    `,
  ];

  declare page: LessonsPage;
  declare exchange: ShownExchange;
  declare private items: readonly LadderItem[] | undefined;
  /** The row that the reader is at; 0 for none. */
  declare private chosen: number;
  #lanes = new Lanes();
  #columns: readonly Lane[] = [];
  #origin: CaptureTime = 0;

  constructor() {
    super();
    this.chosen = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("exchange") as ShownExchange | undefined;
    if (changed.has("exchange") && before?.from !== this.exchange.from) void this.#read(this.exchange);
  }

  protected override render(): TemplateResult {
    const { items } = this;
    if (items === undefined) return html``;
    if (!items.some(isOfNetwork))
      return html`<p data-testid="no-exchange">${msg("Nothing went over the network in this step.", { id: "lesson-no-exchange" })}</p>`;
    const height = items.reduce((sum, { shape }) => sum + ROW_HEIGHTS[shape], HEADS);
    return html`
      <h4>${msg("What went over the network", { id: "lesson-exchange" })}</h4>
      <div class="ladder" .style=${`block-size: ${height}px`} data-testid="lesson-exchange">
        <zp-ladder .items=${items} .lanes=${this.#lanes} .columns=${this.#columns} .origin=${this.#origin} .chosen=${this.chosen}
          .colours=${this.page.project.files.filter(({ isProgram }) => isProgram).map(({ name }) => name)}
          @choose=${({ detail }: CustomEvent<number>) => {
            this.chosen = detail;
          }} @open-item=${({ detail }: CustomEvent<number>) => this.#show(detail)}></zp-ladder>
      </div>
      <button class="outlined" data-testid="show-exchange" @click=${() => this.#show()}>${networkIcon}${msg("Show this exchange in Network", { id: "lesson-show-exchange" })}</button>`;
  }

  /** Takes what is there now: the programs of the check have ended, so that nothing follows. */
  async #read(exchange: ShownExchange): Promise<void> {
    this.items = undefined;
    this.chosen = 0;
    const capture = await this.page.lateParts.fetch(async () => this.page.captureLog?.load());
    if (capture === undefined || exchange.from !== this.exchange.from) return;
    const { ladder } = capture;
    this.#lanes = new Lanes();
    this.#lanes.follow(ladder.lifelines);
    const filter = filterOf(exchange, ladder.connections);
    // No text is looked for.
    this.items = ladder.items.filter((item) => isShown(item, filter, { columnOf: this.#lanes.keyOf, isInBytes: () => true }));
    this.#columns = this.#lanes.usedBy(this.items);
    this.#origin = this.items[0]?.at ?? 0;
  }

  #show(item?: number): void {
    this.dispatchEvent(new CustomEvent("show-exchange", { detail: { exchange: this.exchange, item }, bubbles: true, composed: true }));
  }
}

/** Not what a program does by itself. */
function isOfNetwork({ shape, kind }: LadderItem): boolean {
  return shape === "arrow" || (kind !== "program" && kind !== "printed");
}

customElements.define("zp-lesson-exchange", LessonExchange);

declare global {
  interface HTMLElementTagNameMap {
    "zp-lesson-exchange": LessonExchange;
  }
}
