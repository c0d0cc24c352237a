import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "./element.ts";
import { sharedStyles } from "./shared-styles.ts";
import { ariaShortcut, type Shortcut, shortcutText } from "./shortcut.ts";
import { TopLayer } from "./top-layer.ts";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly shortcut?: Shortcut;
  readonly disabled?: boolean;
  run(): void;
}

export interface MenuSection {
  /** Shown above the items; without it a line divides them from those above. */
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

/** Milliseconds after which typed letters begin a new search. */
const TYPE_AHEAD_MS = 600;
/** Pixels between the menu and the edges of the page. */
const MARGIN = 8;
/** Pixels between the button and the menu below it. */
const GAP = 4;
/** Width of a column where the menu has several, rem: the longest labels take two lines in it. */
const COLUMN_REM = 18;

/**
 * A button that opens a menu, worked with arrow keys, Home, End and the first letters of an item; on a phone a
 * sheet at the foot of the page. A menu that is higher than the window is has several columns, as far as they fit; the rest is scrolled. `sections` is asked whenever the menu opens. What stands inside of the element is the button's face.
 */
export class MenuButton extends PlaygroundElement {
  static override properties = { label: {}, sections: { attribute: false }, outlined: { type: Boolean }, open: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: inline-block; }
      [role="menu"]:not([data-shown]) { display: none; }
      [role="menu"] {
        position: fixed;
        z-index: 10;
        box-sizing: border-box;
        margin: 0;
        inset: auto;
        /* As wide as its items wherever it stands: else it would change its width when it is moved to its place. */
        inline-size: max-content;
        min-inline-size: 15rem;
        max-inline-size: min(26rem, calc(100vw - 1rem));
        overflow-y: auto;
        overscroll-behavior: contain;
        /* A shadow at the edge beyond which there is more; at the end a cover that scrolls along lies over it. */
        background:
          linear-gradient(var(--raised) 40%, transparent) top / 100% 2rem no-repeat local,
          linear-gradient(transparent, var(--raised) 60%) bottom / 100% 2rem no-repeat local,
          linear-gradient(var(--shadow-edge), transparent) top / 100% 0.6rem no-repeat scroll,
          linear-gradient(transparent, var(--shadow-edge)) bottom / 100% 0.6rem no-repeat scroll,
          var(--raised);
        padding: var(--space-1);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      [role="menu"]::backdrop { background: transparent; }
      [role="menu"][data-columns] { inline-size: calc(var(--columns) * ${COLUMN_REM}rem); max-inline-size: none; }
      [data-columns] .groups { columns: var(--columns); column-gap: 0; }
      [data-columns] [role="menuitem"] { break-inside: avoid; }
      [data-columns] .section { break-after: avoid; }
      [role="group"] + [role="group"] { border-block-start: 1px solid var(--line); margin-block-start: var(--space-1); padding-block-start: var(--space-1); }
      .section { padding: 0.3rem 0.7rem; color: var(--ink-faint); font-size: var(--text-s); }
      [role="menuitem"] {
        display: grid;
        grid-template-columns: 1fr auto;
        justify-items: start;
        gap: 0.1rem 1.5rem;
        inline-size: 100%;
        block-size: auto;
        padding: 0.45rem 0.7rem;
        font-weight: 400;
        line-height: 1.3;
        text-align: start;
        white-space: normal;
      }
      /* An item that is scrolled to lies within the edge, and not half a pixel across it. */
      [role="menuitem"] { scroll-margin-block: 2px; }
      [role="menuitem"]:focus-visible { outline-offset: -2px; }
      .hint { grid-column: 1 / -1; color: var(--ink-soft); font-size: var(--text-s); }
      kbd { color: var(--ink-soft); font: var(--text-s) / 1.5 var(--font); white-space: nowrap; }
      @media (max-width: 47.5rem) {
        [role="menu"] {
          inset: auto 0 0 0;
          inline-size: 100%;
          max-inline-size: none;
          max-block-size: 80dvh;
          padding: var(--space-2) var(--space-2) calc(var(--space-4) + env(safe-area-inset-bottom));
          border-radius: var(--radius-m) var(--radius-m) 0 0;
          border-inline: 0;
        }
        [role="menu"]::backdrop { background: #0d14187a; }
        @supports not selector(:popover-open) {
          [role="menu"] { box-shadow: 0 0 0 100vmax #0d14187a; }
        }
        [role="menuitem"] { min-block-size: 2.75rem; align-content: center; }
      }
    `,
  ];

  /** What the button is called. */
  declare label: string;
  declare sections: () => readonly MenuSection[];
  declare outlined: boolean;
  declare private open: boolean;
  #typed = "";
  #typedAt = 0;

  constructor() {
    super();
    this.label = "";
    this.sections = () => [];
    this.outlined = false;
    this.open = false;
  }

  protected override render(): TemplateResult {
    return html`
      <button class=${this.outlined ? "outlined" : "icon"} id="button" title=${this.label} aria-label=${this.label} aria-haspopup="menu" aria-expanded=${this.open}
        aria-controls="menu" @click=${this.#toggle} @keydown=${this.#buttonKey} @pointerdown=${this.#press}><slot></slot></button>
      <div id="menu" role="menu" aria-labelledby="button" @keydown=${this.#menuKey} @focusin=${this.#rove}><div class="groups" role="presentation">
        ${
          this.open
            ? this.sections()
                .filter(({ items }) => items.length > 0)
                .map(
                  (section, index) => html`
          <div role="group" aria-labelledby=${`section-${index}`}>
            ${section.label === undefined ? "" : html`<div class="section" role="presentation" id=${`section-${index}`}>${section.label}</div>`}
            ${section.items.map(
              (item) => html`
              <button role="menuitem" tabindex="-1" data-item=${item.id} aria-disabled=${item.disabled === true}
                aria-keyshortcuts=${item.shortcut === undefined ? "" : ariaShortcut(item.shortcut)} @click=${() => this.#choose(item)}
                @pointerenter=${this.#point}><span>${item.label}</span>${item.shortcut === undefined ? "" : html`<kbd aria-hidden="true">${shortcutText(item.shortcut)}</kbd>`}${item.hint === undefined ? "" : html`<span class="hint">${item.hint}</span>`}</button>`,
            )}
          </div>`,
                )
            : ""
        }
      </div></div>
    `;
  }

  get #button(): HTMLElement {
    return this.renderRoot.querySelector("#button") as HTMLElement;
  }

  get #menu(): HTMLElement {
    return this.renderRoot.querySelector("#menu") as HTMLElement;
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  /** Set while a press on the button closes the menu, so that the click after it does not open it again. */
  #closing = false;

  readonly #press = (): void => {
    this.#closing = this.open;
  };

  readonly #toggle = (): void => {
    if (this.open || this.#closing) this.#layer.hide();
    else void this.#show("first");
    this.#closing = false;
  };

  async #show(focus: "first" | "last"): Promise<void> {
    this.open = true;
    await this.updateComplete;
    const menu = this.#menu;
    this.#layer.show(menu);
    this.#place(menu);
    this.#items.at(focus === "first" ? 0 : -1)?.focus();
  }

  /** The item that has the focus is the menu's one stop of the Tab key: https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex */
  readonly #rove = ({ target }: FocusEvent): void => {
    for (const item of this.#items) item.tabIndex = item === target ? 0 : -1;
  };

  /**
   * Below the button, or above where there is more room, and never over it: what the pointer lies on would be chosen by a second click.
   * The sheet of a phone has its place from the style.
   */
  #place(menu: HTMLElement): void {
    for (const property of ["left", "top", "max-block-size"]) menu.style.removeProperty(property);
    menu.removeAttribute("data-columns");
    if (matchMedia("(max-width: 47.5rem)").matches) return;
    const at = this.#button.getBoundingClientRect();
    const below = innerHeight - at.bottom - GAP - MARGIN;
    const above = at.top - GAP - MARGIN;
    const isBelow = heightOf(menu) <= below || below >= above;
    this.#fit(menu, isBelow ? below : above);
    menu.style.maxBlockSize = `${isBelow ? below : above}px`;
    const left = Math.max(MARGIN, Math.min(at.left, innerWidth - menu.offsetWidth - MARGIN));
    menu.style.left = `${left}px`;
    menu.style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - menu.offsetHeight}px`;
  }

  /** As few columns as fit into a height, pixels; as many as the page is wide for where none do. */
  #fit(menu: HTMLElement, height: number): void {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const most = Math.floor((innerWidth - 2 * MARGIN) / (COLUMN_REM * rem));
    for (let columns = 2; heightOf(menu) > height && columns <= most; columns++) {
      menu.toggleAttribute("data-columns", true);
      menu.style.setProperty("--columns", String(columns));
    }
  }

  readonly #layer = new TopLayer(() => {
    this.open = false;
  });

  #choose(item: MenuItem): void {
    if (item.disabled === true) return;
    this.#close();
    item.run();
  }

  #close(): void {
    this.#layer.hide();
    this.#button.focus();
  }

  readonly #point = (event: PointerEvent): void => {
    if (event.pointerType === "mouse") (event.currentTarget as HTMLElement).focus({ preventScroll: true });
  };

  readonly #buttonKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    void this.#show(event.key === "ArrowDown" ? "first" : "last");
  };

  readonly #menuKey = (event: KeyboardEvent): void => {
    const items = this.#items;
    const index = items.indexOf(event.composedPath()[0] as HTMLElement);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1 + (index < 0 ? 1 : 0), Home: 0, End: items.length - 1 }[event.key];
    if (target !== undefined) items[(target + items.length) % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.#close();
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) this.#typeAhead(event, items, index);
    else return;
    // Tab goes on from the button.
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };

  /** Goes to the next item that begins with what was typed. */
  #typeAhead(event: KeyboardEvent, items: readonly HTMLElement[], index: number): void {
    this.#typed = (event.timeStamp - this.#typedAt < TYPE_AHEAD_MS ? this.#typed : "") + event.key.toLowerCase();
    this.#typedAt = event.timeStamp;
    const from = this.#typed.length === 1 ? index + 1 : Math.max(index, 0);
    const inOrder = [...items.slice(from), ...items.slice(0, from)];
    inOrder.find((item) => item.firstElementChild?.textContent.toLowerCase().startsWith(this.#typed))?.focus();
  }
}

/** Pixels that a menu takes with all of its items, its frame included. */
function heightOf(menu: HTMLElement): number {
  return menu.scrollHeight + menu.offsetHeight - menu.clientHeight;
}

customElements.define("zp-menu-button", MenuButton);

declare global {
  interface HTMLElementTagNameMap {
    "zp-menu-button": MenuButton;
  }
}
