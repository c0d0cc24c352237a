import { msg, str } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { closeIcon, nextIcon, previousIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { localNumber } from "../locale/numbers.ts";
import { consoleField } from "./console-field.ts";
import type { Found, SearchDirection } from "./found.ts";

/** The search of a console: Enter goes on, Shift+Enter back, Escape ends it. Fires `find` with a text and a direction, and `close`. */
export class ConsoleSearch extends PlaygroundElement {
  static override properties = { name: {}, found: { attribute: false }, text: { state: true } };

  static override styles = [
    sharedStyles,
    consoleField,
    css`
      form { display: flex; align-items: center; gap: var(--space-1); padding: 0.25rem; border-block-end: 1px solid var(--line); background: var(--surface); }
      input { min-inline-size: 4rem; }
      [role="status"] { min-inline-size: 4.5rem; color: var(--ink-soft); font-size: var(--text-s); text-align: end; font-variant-numeric: tabular-nums; }
      .none { color: var(--failed); }
    `,
  ];

  /** The console's. */
  declare name: string;
  declare found: Found | undefined;
  declare private text: string;

  constructor() {
    super();
    this.name = this.text = "";
  }

  focusField(): void {
    this.#field?.select();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.focusField();
  }

  protected override render(): TemplateResult {
    const next = msg("Next match", { id: "next-match" });
    const previous = msg("Previous match", { id: "previous-match" });
    const close = msg("Close the search", { id: "close-search" });
    return html`
      <form role="search" @submit=${this.#submit} @keydown=${this.#key}>
        <input type="text" data-testid="console-search" aria-label=${msg(str`Search in the console of ${this.name}`, { id: "search-console" })}
          autocomplete="off" autocapitalize="off" spellcheck="false" placeholder=${msg("Search", { id: "search" })} @input=${this.#typed} />
        <span role="status" class=${this.found?.count === 0 ? "none" : ""} data-testid="search-count">${this.#count()}</span>
        <button type="button" class="icon" title=${previous} aria-label=${previous} @click=${() => this.#find("previous")}>${previousIcon}</button>
        <button type="submit" class="icon" title=${next} aria-label=${next}>${nextIcon}</button>
        <button type="button" class="icon" title=${close} aria-label=${close} @click=${this.#close}>${closeIcon}</button>
      </form>`;
  }

  #count(): string {
    const { found, text } = this;
    if (text === "" || found === undefined) return "";
    if (found.count === 0) return msg("Nothing found", { id: "nothing-found" });
    const count = localNumber(found.count);
    return found.index < 0 ? msg(str`Found: ${count}`, { id: "found-many" }) : msg(str`${localNumber(found.index + 1)} of ${count}`, { id: "found-which" });
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }

  #find(direction: SearchDirection): void {
    this.text = this.#field?.value ?? "";
    this.dispatchEvent(new CustomEvent("find", { detail: { text: this.text, direction } }));
  }

  readonly #typed = (): void => this.#find("here");

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#find("next");
  };

  readonly #close = (): void => {
    this.dispatchEvent(new Event("close"));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && event.shiftKey) this.#find("previous");
    else if (event.code === "KeyF" && (event.ctrlKey || event.metaKey)) this.focusField();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define("zp-console-search", ConsoleSearch);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console-search": ConsoleSearch;
  }
}
