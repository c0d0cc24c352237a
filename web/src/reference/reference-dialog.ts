import { msg, str } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { counted } from "../locale/counted.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { previousIcon } from "../ui/icons.ts";
import type { ReferenceContent, ReferenceTopic } from "./content.ts";
import { referenceLink } from "./reference-link.ts";
import { NARROW, referenceStyles } from "./reference-styles.ts";
import { type BlockSurroundings, follow, markedText, renderBlocks, renderCode, renderInlines } from "./render-blocks.ts";
import { type Found, MAX_QUERY_LENGTH, ReferenceSearch, wordsOf } from "./search.ts";
import { type ReferenceSection, sectionsOf } from "./sections.ts";

/** The script API's reference: its contents or what a search has found beside the text, a section at a time. */
export class ReferenceDialog extends PlaygroundDialog {
  static override properties = {
    content: { state: true },
    topic: { state: true },
    words: { state: true },
    pane: { state: true },
  };

  static override styles = [dialogStyles, referenceStyles, css`.back svg { rotate: -90deg; }`];

  declare private content: ReferenceContent;
  /** The id of the one that is shown. */
  declare private topic: string;
  /** What is searched for. */
  declare private words: readonly string[];
  /** Which of the two is seen where they take turns. */
  declare private pane: "list" | "text";
  #sections: readonly ReferenceSection[] = [];
  #search = new ReferenceSearch([]);

  constructor() {
    super();
    this.content = { note: [], topics: [] };
    this.topic = "";
    this.words = [];
    this.pane = "list";
  }

  /** Shows a reference where it was left, or at a topic. An id that there is not shows the beginning. */
  async openAt(content: ReferenceContent, topic?: string): Promise<void> {
    this.content = content;
    if (topic !== undefined) {
      this.#clearSearch();
      this.topic = topic;
      this.pane = "text";
    }
    await this.show();
    if (topic !== undefined) this.#focusTopic();
    // A phone would cover half of the contents with its keyboard.
    else if (!matchMedia("(pointer: coarse)").matches) this.#field?.select();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("content")) return;
    this.#sections = sectionsOf(this.content.topics);
    this.#search = new ReferenceSearch(this.content.topics);
  }

  protected override headline(): string {
    return msg("API reference", { id: "reference" });
  }

  protected override body(): TemplateResult {
    const found = this.#search.find(this.words);
    const isSearching = this.words.length > 0;
    const listLabel = isSearching ? msg("Search results", { id: "reference-results" }) : msg("Contents", { id: "reference-contents" });
    return html`
      <form role="search" data-pane=${this.pane} @submit=${(event: Event) => this.#submit(event, found)}>
        <input type="search" data-testid="reference-search" aria-label=${msg("Search in the reference", { id: "reference-search" })} placeholder=${msg("Search", { id: "search" })}
          maxlength=${MAX_QUERY_LENGTH} autocomplete="off" autocapitalize="off" spellcheck="false" @input=${this.#typed} @keydown=${this.#fieldKey} />
        <span role="status" class=${isSearching && found.length === 0 ? "none" : ""} data-testid="reference-count">${
          !isSearching
            ? ""
            : found.length === 0
              ? msg("Nothing found", { id: "nothing-found" })
              : counted(found.length, msg("# result|# results", { id: "reference-found" }))
        }</span>
        <button type="button" class="outlined to-list back" data-testid="reference-to-list" @click=${this.#showList}>${previousIcon}${listLabel}</button>
      </form>
      <div class="panes" data-pane=${this.pane}>
        <nav class="list" aria-label=${listLabel} @keydown=${this.#listKey}>${isSearching ? this.#results(found) : this.#contents()}</nav>
        ${this.#text()}
      </div>`;
  }

  get #section(): ReferenceSection | undefined {
    return this.#sections.find(({ topics }) => topics.some(({ id }) => id === this.topic)) ?? this.#sections[0];
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }

  /** Chapters and sections, and the entries of the section that is shown. */
  #contents(): TemplateResult {
    const shown = this.#section;
    return html`<ul data-testid="reference-contents">${this.#sections.map(
      (section) => html`
      <li>
        <button class=${section.chapter === undefined ? "chapter" : ""} data-topic=${section.id} aria-current=${section === shown ? "page" : "false"}
          @click=${() => this.#open(section.id)}>${section.title}</button>
        ${
          section !== shown || section.topics.length === 1
            ? ""
            : html`<ul>${section.topics.slice(1).map(
                ({ id, title }) => html`
          <li><button class="entry" translate="no" data-topic=${id} aria-current=${id === this.topic ? "location" : "false"} @click=${() => this.#open(id)}>${title}</button></li>`,
              )}</ul>`
        }
      </li>`,
    )}</ul>`;
  }

  #results(found: readonly Found[]): TemplateResult {
    return html`<ul data-testid="reference-results">${repeat(
      found,
      ({ topic }) => topic.id,
      ({ topic, excerpt }) => html`
      <li><button class="result" data-topic=${topic.id} aria-current=${topic.id === this.topic ? "location" : "false"} @click=${() => this.#open(topic.id)}>
        <b translate=${topic.names.length > 0 ? "no" : "yes"}>${markedText(topic.title, this.words)}</b><small>${markedText(excerpt, this.words)}</small></button></li>`,
    )}</ul>`;
  }

  #text(): TemplateResult {
    const section = this.#section;
    if (section === undefined) return html``;
    const around: BlockSurroundings = { words: this.words, open: (topic) => this.#open(topic) };
    const next = this.#sections[this.#sections.indexOf(section) + 1];
    const [introduction, ...entries] = section.topics as [ReferenceTopic, ...ReferenceTopic[]];
    return html`
      <article class="text" tabindex="0" aria-labelledby="section-title" data-testid="reference-text">
        ${section.chapter === undefined ? "" : html`<p class="within">${section.chapter}</p>`}
        <h3 id="section-title" data-heading=${introduction.id} tabindex="-1">${this.#heading(introduction)}</h3>
        ${renderBlocks(introduction.blocks, around)}
        ${entries.map((entry) => this.#entry(entry, around))}
        ${entries.some(({ names }) => names.length > 0) ? html`<p class="marks">${renderInlines(this.content.note, around)}</p>` : ""}
        ${next === undefined ? "" : html`<button class="outlined next" @click=${() => this.#open(next.id)}>${msg(str`Next: ${next.title}`, { id: "reference-next" })}</button>`}
      </article>`;
  }

  #entry(entry: ReferenceTopic, around: BlockSurroundings): TemplateResult {
    const [signature, ...rest] = entry.blocks;
    return html`
      <section class="entry-text">
        <h4 data-heading=${entry.id} translate="no" tabindex="-1">${this.#heading(entry)}</h4>
        ${signature?.kind === "code" ? html`<div class="signature">${renderCode(signature.source, around)}</div>` : ""}
        ${renderBlocks(rest, around)}
      </section>`;
  }

  /** Its address can be copied from the heading, as elsewhere. */
  #heading({ id, title }: ReferenceTopic): TemplateResult {
    return html`<a href=${referenceLink(id, location)} @click=${(event: MouseEvent) => follow(event, () => this.#open(id))}>${markedText(title, this.words)}</a>`;
  }

  #open(topic: string): void {
    this.topic = topic;
    this.pane = "text";
    void this.updateComplete.then(() => this.#focusTopic());
  }

  /** Brings the heading of the topic to the top, where a screen reader goes on. */
  #focusTopic(): void {
    const headings = [...this.renderRoot.querySelectorAll<HTMLElement>("[data-heading]")];
    const heading = headings.find((candidate) => candidate.dataset["heading"] === this.topic) ?? headings[0];
    heading?.focus({ preventScroll: true });
    if (heading === headings[0]) this.renderRoot.querySelector(".text")?.scrollTo({ top: 0 });
    else heading?.scrollIntoView({ block: "start" });
    this.renderRoot.querySelector(".list [aria-current=location], .list [aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }

  #clearSearch(): void {
    if (this.#field !== null) this.#field.value = "";
    this.words = [];
  }

  readonly #showList = (): void => {
    this.pane = "list";
    void this.updateComplete.then(() => {
      (this.renderRoot.querySelector<HTMLElement>(".list [aria-current=location], .list [aria-current=page]") ?? this.#field)?.focus();
    });
  };

  readonly #typed = (): void => {
    this.words = wordsOf(this.#field?.value ?? "");
    if (matchMedia(NARROW).matches) this.pane = "list";
    this.renderRoot.querySelector(".list")?.scrollTo({ top: 0 });
  };

  #submit(event: Event, [first]: readonly Found[]): void {
    event.preventDefault();
    if (first !== undefined) this.#open(first.topic.id);
  }

  /** Escape empties the field before it closes the dialog; the arrow goes on to what was found. */
  readonly #fieldKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.words.length > 0) this.#clearSearch();
    else if (event.key === "ArrowDown") this.#listButtons[0]?.focus();
    else return;
    event.preventDefault();
  };

  get #listButtons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".list button")];
  }

  /** The arrows go through the list, and from its beginning back to the field. */
  readonly #listKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const buttons = this.#listButtons;
    const index = buttons.indexOf(event.composedPath()[0] as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
    const target = index < 0 ? this.#field : buttons[index];
    if (target === undefined) return;
    event.preventDefault();
    target?.focus();
  };
}

customElements.define("zp-reference-dialog", ReferenceDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-reference-dialog": ReferenceDialog;
  }
}
