import { msg } from "@lit/localize";
import type { CaptureTime, LadderItem } from "@playground/capture";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlaygroundElement } from "../ui/element.ts";
import { nextIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { type Bracket, brackets } from "./brackets.ts";
import { lifelinesOf } from "./item-filter.ts";
import { type BracketPiece, ROW_HEIGHTS, rowLines, type RowPlaces, rowWords, silenceWords } from "./ladder-row.ts";
import { ladderStyles } from "./ladder-styles.ts";
import { sentence } from "./ladder-texts.ts";
import { type Lane, laneKindText, type LanePlaces, type Lanes, placeLanes } from "./lanes.ts";
import { RowTops, scrollToShow } from "./row-window.ts";
import { silenceBefore } from "./silence.ts";
import { sinceText } from "./time-text.ts";

/** Rows above and below what is in sight that are drawn too. */
const MARGIN_ROWS = 8;
/** Pixels of the times beside the columns. */
const TIME_WIDTH = 68;
/** Pixels from the end at which the reader still counts as being there. */
const NEAR_END = 24;
/** Pixels between a lifeline and words beside it, and the room that is enough for most words. */
const WORDS = { markGap: 12, arrowGap: 4, enough: 380 } as const;
/** Of all room: so much of it is enough too, where there is little. */
const MOST_OF_IT = 0.75;
/** Colours of programs, in the order of the consoles' own. */
const LANE_COLOURS = ["--running", "--code-function", "--code-keyword", "--code-type", "--code-string", "--code-builtin"] as const;

/**
 * The ladder: who takes part side by side, what happened from top to bottom. A list box, of whose rows only those in sight are elements; the
 * keyboard's focus stays on the list itself, so that no row takes it along. Places are properties (`.style`), since sites that have this in an
 * element of theirs may forbid the attribute. Fires `choose` with an item's id when the reader goes to it, and
 * `open-item` when its detail is asked for.
 */
export class LadderView extends PlaygroundElement {
  static override properties = {
    items: { attribute: false },
    lanes: { attribute: false },
    columns: { attribute: false },
    colours: { attribute: false },
    origin: { attribute: false },
    chosen: { attribute: false },
    isFollowing: { state: true },
    room: { state: true },
    first: { state: true },
    end: { state: true },
  };

  static override styles = [sharedStyles, ladderStyles];

  /** The items that are shown. */
  declare items: readonly LadderItem[];
  declare lanes: Lanes;
  /** The columns that these items need. */
  declare columns: readonly Lane[];
  /** Names of programs in the order of their colours. */
  declare colours: readonly string[];
  /** When the capture began. */
  declare origin: CaptureTime;
  /** The id of the row that the reader is at; 0 for none. */
  declare chosen: number;
  /** Whether the newest row is kept in sight. */
  declare private isFollowing: boolean;
  /** Pixels that the columns have. */
  declare private room: number;
  /** The rows that are drawn, from `first` up to before `end`. */
  declare private first: number;
  declare private end: number;
  #tops = new RowTops([]);
  #places: LanePlaces = placeLanes([], 0);
  // In the next frame: what is measured changes what is observed.
  readonly #resized = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));

  constructor() {
    super();
    this.items = this.columns = this.colours = [];
    this.origin = this.chosen = this.room = this.first = this.end = 0;
    this.isFollowing = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resized.observe(this.#scroll);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** Brings the focus to the list. */
  focusList(): void {
    // The list is as long as the capture: its beginning shall not come into sight.
    this.#list.focus({ preventScroll: true });
  }

  /** Goes to the newest row, and on with those that come. */
  follow(): void {
    this.isFollowing = true;
    this.#toEnd();
  }

  /** Brings a row into sight. */
  show(id: number): void {
    const index = this.#indexOf(id);
    if (index < 0) return;
    this.isFollowing = index === this.items.length - 1 && this.isFollowing;
    const scroll = this.#scroll;
    scroll.scrollTop = scrollToShow(this.#tops, index, { scrollTop: scroll.scrollTop, height: scroll.clientHeight, head: this.#headHeight });
    this.#window();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("items")) {
      const { items } = this;
      this.#tops = new RowTops(
        Float64Array.from(items, (item, index) => ROW_HEIGHTS[item.shape] + (silenceBefore(items, index) > 0 ? ROW_HEIGHTS.silence : 0)),
      );
    }
    if (changed.has("columns") || changed.has("room")) this.#places = placeLanes(this.columns, this.room);
    if (changed.has("items") || changed.has("first") || changed.has("end")) this.#window();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#scroll);
    this.#measure();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("items") && this.isFollowing) this.#toEnd();
  }

  protected override render(): TemplateResult {
    const { items, columns } = this;
    const { width, middles } = this.#places;
    const current = this.#indexOf(this.chosen);
    const rows = this.#drawnRows(current);
    const pieces = brackets(items, this.first, this.end);
    return html`
      <div class="scroll" @scroll=${this.#scrolled}>
        <div class="heads" .style=${`inline-size: ${width + TIME_WIDTH}px`} aria-hidden="true">
          <span class="since">${msg("seconds", { id: "net-seconds" })}</span>
          ${columns.map((lane) => this.#head(lane, middles.get(lane.key) ?? 0))}
        </div>
        <div class="rows" role="listbox" tabindex="0" aria-label=${msg("What happened on the network", { id: "net-list" })} data-testid="ladder"
          .style=${`block-size: ${this.#tops.height}px; inline-size: ${width + TIME_WIDTH}px`}
          aria-activedescendant=${current < 0 ? nothing : `row-${this.chosen}`} @keydown=${this.#key} @click=${this.#click}>
          ${columns.map(({ key, name, kind }) => html`<div class="lifeline" role="presentation" .style=${`inset-inline-start: ${TIME_WIDTH + (middles.get(key) ?? 0)}px; ${this.#colour(kind, name)}`}></div>`)}
          ${repeat(
            rows,
            (index) => items[index]?.id,
            (index) => this.#row(index, pieces),
          )}
        </div>
      </div>
      ${
        this.isFollowing
          ? ""
          : html`<button class="outlined newest" data-testid="newest" @click=${this.#newest}>${nextIcon}${msg("Newest", { id: "net-newest" })}</button>`
      }
    `;
  }

  #head({ key, kind, name, address }: Lane, middle: number): TemplateResult {
    const each = this.#places.width / Math.max(1, this.columns.length);
    return html`<div class="lane-head" data-lane=${key} title=${address === undefined || address === name ? name : `${name}, ${address}`}
      .style=${`inset-inline-start: ${TIME_WIDTH + middle}px; inline-size: ${Math.floor(each)}px; ${this.#colour(kind, name)}`}>
      <span class="lane-name" translate="no"><span>${name}</span></span>
      <span class="lane-kind">${address !== undefined && address !== name ? address : laneKindText(kind)}</span>
    </div>`;
  }

  #row(index: number, all: readonly Bracket[]): TemplateResult {
    const item = this.items[index] as LadderItem;
    const { middles, width } = this.#places;
    const silence = silenceBefore(this.items, index);
    const height = this.#tops.top(index + 1) - this.#tops.top(index);
    const own = height - (silence > 0 ? ROW_HEIGHTS.silence : 0);
    const [from, to = from] = lifelinesOf(item).map((lifeline) => middles.get(this.lanes.keyOf(lifeline) ?? ""));
    const isChosen = item.id === this.chosen;
    const lane = this.lanes.laneOf(lifelinesOf(item)[0] ?? "");
    const kinds = item.shape === "arrow" ? `${item.kind} ${item.state}` : item.kind;
    const words = silence > 0 ? `${silenceWords(silence)}: ${sentence(item, this.#names)}` : sentence(item, this.#names);
    const places = { width, height, from, to, brackets: this.#pieces(index, all) };
    const { isMiddle, style } = this.#wordsPlace(item, places, height - own);
    return html`
      <div class=${`row ${item.shape} ${kinds}${from === undefined ? " for-all" : ""}`} role="option" id=${`row-${item.id}`} data-id=${item.id} data-kind=${item.kind}
        aria-setsize=${this.items.length} aria-posinset=${index + 1} aria-selected=${isChosen} ?data-current=${isChosen} aria-label=${words}
        .style=${`inset-block-start: ${this.#tops.top(index)}px; block-size: ${height}px; ${lane === undefined ? "" : this.#colour(lane.kind, lane.name)}`}>
        ${silence > 0 ? html`<div class="silence" .style=${`block-size: ${ROW_HEIGHTS.silence}px`}><span>${silenceWords(silence)}</span></div>` : ""}
        <span class="time" .style=${`inset-block-start: ${height - own + (item.shape === "arrow" ? 17 : 9)}px`}>${sinceText(item.at, this.origin)}</span>
        <div .style=${`position: absolute; inset: 0 auto auto ${TIME_WIDTH}px`}>${rowLines(item, places)}</div>
        <div class=${isMiddle ? "words middle" : "words"} .style=${style}>${rowWords(item)}</div>
      </div>`;
  }

  /** Words of an arrow stand above it, in its middle where there is room on both sides; those of a mark beside it. */
  #wordsPlace(item: LadderItem, { width, from, to }: RowPlaces, top: number): { readonly isMiddle: boolean; readonly style: string } {
    const y = `inset-block-start: ${top + (item.shape === "arrow" ? 3 : 6)}px`;
    const at = (left: number, room: number): string => `${y}; inset-inline-start: ${TIME_WIDTH + left}px; --room: ${room}px`;
    if (from === undefined || to === undefined) return { isMiddle: false, style: at(0, width) };
    const middle = (from + to) / 2;
    const room = 2 * Math.min(middle, width - middle) - 8;
    if (item.shape === "arrow" && from !== to && room >= Math.min(WORDS.enough, width * MOST_OF_IT)) return { isMiddle: true, style: at(middle, room) };
    const [left, right] = item.shape === "arrow" && from !== to ? [Math.min(from, to), Math.max(from, to)] : [from, from];
    const gap = item.shape === "arrow" ? WORDS.arrowGap : WORDS.markGap;
    const isRight = width - left >= right || width - left >= WORDS.enough;
    return {
      isMiddle: false,
      style: isRight ? at(left + gap, width - left - gap) : `${y}; inset-inline-end: ${width - right + gap}px; --room: ${right - gap}px`,
    };
  }

  #pieces(index: number, all: readonly Bracket[]): BracketPiece[] {
    const { middles } = this.#places;
    return all
      .filter(({ first, last }) => index >= first && index <= last)
      .flatMap(({ at, towards, first, last }) => {
        const x = middles.get(this.lanes.keyOf(at) ?? "");
        const other = middles.get(this.lanes.keyOf(towards) ?? "");
        return x === undefined || other === undefined
          ? []
          : [{ x, side: other >= x ? (-1 as const) : (1 as const), isFirst: index === first, isLast: index === last }];
      });
  }

  /** The rows in sight, and the one that the reader is at wherever it is. */
  #drawnRows(current: number): number[] {
    const rows = Array.from({ length: Math.max(0, Math.min(this.end, this.items.length) - this.first) }, (_, step) => this.first + step);
    if (current >= 0 && (current < this.first || current >= this.end)) rows[current < this.first ? "unshift" : "push"](current);
    return rows;
  }

  #colour(kind: Lane["kind"], name: string): string {
    const index = kind === "program" ? this.colours.indexOf(name) : -1;
    return `--lane: var(${index < 0 ? "--ink-soft" : LANE_COLOURS[index % LANE_COLOURS.length]})`;
  }

  readonly #names = { nameOf: (lifeline: string): string | undefined => this.lanes.laneOf(lifeline)?.name };

  /** Ids rise, and items stand nearly in their order: what is looked for is near where it would be, if it is there at all. */
  #indexOf(id: number): number {
    return id === 0 ? -1 : this.items.findIndex((item) => item.id === id);
  }

  #measure(): void {
    this.room = Math.max(0, this.#scroll.clientWidth - TIME_WIDTH);
    this.#window();
    if (this.isFollowing) this.#toEnd();
  }

  /** Takes anew which rows are in sight. */
  #window(): void {
    const scroll = this.hasUpdated ? this.#scroll : undefined;
    if (scroll === undefined) return;
    const { first, end } = this.#tops.window(
      Math.min(scroll.scrollTop, Math.max(0, this.#tops.height - scroll.clientHeight)),
      scroll.clientHeight,
      MARGIN_ROWS,
    );
    this.first = first;
    this.end = end;
  }

  readonly #scrolled = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroll;
    this.isFollowing = scrollTop + clientHeight >= scrollHeight - NEAR_END;
    this.#window();
  };

  #toEnd(): void {
    const scroll = this.#scroll;
    scroll.scrollTop = scroll.scrollHeight;
    this.#window();
  }

  readonly #newest = async (): Promise<void> => {
    this.follow();
    await this.updateComplete;
    // The button is gone now.
    this.focusList();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.items.length - 1;
    const current = this.#indexOf(this.chosen);
    const page = Math.max(1, Math.floor(this.#scroll.clientHeight / ROW_HEIGHTS.arrow) - 1);
    const to = {
      ArrowUp: current < 0 ? last : current - 1,
      ArrowDown: current < 0 ? this.#tops.at(this.#scroll.scrollTop) : current + 1,
      PageUp: (current < 0 ? last : current) - page,
      PageDown: current + page,
      Home: 0,
      End: last,
    }[event.key];
    const isOpening = event.key === "Enter" || event.key === " ";
    if (to === undefined && !isOpening) return;
    event.preventDefault();
    if (last < 0) return;
    if (isOpening) {
      if (current >= 0) this.#fire("open-item", this.chosen);
      return;
    }
    const item = this.items[Math.max(0, Math.min(last, to ?? 0))] as LadderItem;
    this.#fire("choose", item.id);
    if (item === this.items[last]) this.isFollowing = true;
    this.show(item.id);
  };

  readonly #click = (event: Event): void => {
    const row = event.composedPath().find((target): target is HTMLElement => target instanceof HTMLElement && target.getAttribute("role") === "option");
    const id = Number(row?.dataset["id"] ?? 0);
    if (id === 0) return;
    this.#fire("choose", id);
    this.#fire("open-item", id);
  };

  #fire(name: "choose" | "open-item", id: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }

  get #headHeight(): number {
    return this.renderRoot.querySelector<HTMLElement>(".heads")?.offsetHeight ?? 0;
  }

  get #scroll(): HTMLElement {
    return this.renderRoot.querySelector(".scroll") as HTMLElement;
  }

  get #list(): HTMLElement {
    return this.renderRoot.querySelector(".rows") as HTMLElement;
  }
}

customElements.define("zp-ladder", LadderView);

declare global {
  interface HTMLElementTagNameMap {
    "zp-ladder": LadderView;
  }
}
