import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "./element.ts";
import { sharedStyles } from "./shared-styles.ts";

/** Per cent that an arrow key moves a divider by. */
const STEP = 2;

/**
 * The line between two panes, the elements before and after it, moved with the pointer or the arrow keys; Home and End go
 * as far as it can be moved. Fires `moved` with what the first pane is to have of both together, in per cent, and `reset`
 * on Enter and a double click. Whoever listens sizes the panes, and says by `value` how they are.
 */
export class PaneDivider extends PlaygroundElement {
  static override properties = {
    value: { attribute: false },
    least: { attribute: false },
    most: { attribute: false },
    label: {},
    orientation: { reflect: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; flex: none; inline-size: 0.75rem; }
      :host([orientation="horizontal"]) { inline-size: auto; block-size: 0.75rem; }
      [role="separator"] {
        position: relative;
        block-size: 100%;
        cursor: col-resize;
        touch-action: none;
        -webkit-user-select: none;
        user-select: none;
        border-radius: var(--radius-s);
      }
      [role="separator"]::after {
        content: "";
        position: absolute;
        inset: calc(50% - 1.1rem) auto auto calc(50% - 1.5px);
        inline-size: 3px;
        block-size: 2.2rem;
        border-radius: 2px;
        background: var(--line-strong);
        transition: background var(--quick);
      }
      :host([orientation="horizontal"]) [role="separator"] { cursor: row-resize; }
      :host([orientation="horizontal"]) [role="separator"]::after { inset: calc(50% - 1.5px) auto auto calc(50% - 1.1rem); inline-size: 2.2rem; block-size: 3px; }
      [role="separator"]:hover::after, [role="separator"]:focus-visible::after { background: var(--accent); }
      /* What is around it may cut off what stands out. */
      [role="separator"]:focus-visible { outline-offset: -2px; }
      @media (pointer: coarse) {
        :host([orientation="horizontal"]) { block-size: 1.5rem; }
      }
      @media (forced-colors: active) {
        [role="separator"]::after { background: CanvasText; }
        [role="separator"]:hover::after, [role="separator"]:focus-visible::after { background: Highlight; }
      }
    `,
  ];

  /** What the first pane has of both together, in per cent. */
  declare value: number;
  /** The bounds of `value`. */
  declare least: number;
  declare most: number;
  /** What the value is, in words. */
  declare label: string;
  /** How the line runs: `vertical` between panes side by side, `horizontal` between one above the other. */
  declare orientation: "vertical" | "horizontal";
  /** Pixels from the divider's beginning to where it was taken hold of: it does not jump to the pointer. */
  #grip = 0;

  constructor() {
    super();
    this.value = 50;
    this.least = 0;
    this.most = 100;
    this.label = "";
    this.orientation = "vertical";
  }

  protected override render(): TemplateResult {
    return html`<div role="separator" tabindex="0" aria-orientation=${this.orientation} aria-label=${this.label}
      aria-valuemin=${Math.round(this.least)} aria-valuemax=${Math.round(this.most)} aria-valuenow=${Math.round(this.#within(this.value))}
      @keydown=${this.#key} @pointerdown=${this.#grab} @pointermove=${this.#drag} @dblclick=${this.#reset}></div>`;
  }

  get #isVertical(): boolean {
    return this.orientation === "vertical";
  }

  #key(event: KeyboardEvent): void {
    const { altKey, ctrlKey, metaKey, key } = event;
    if (altKey || ctrlKey || metaKey) return;
    const to = {
      [this.#isVertical ? "ArrowLeft" : "ArrowUp"]: this.value - STEP,
      [this.#isVertical ? "ArrowRight" : "ArrowDown"]: this.value + STEP,
      Home: this.least,
      End: this.most,
    }[key];
    if (to === undefined && key !== "Enter") return;
    event.preventDefault();
    if (to === undefined) this.#reset();
    else this.#move(to);
  }

  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#grip = this.#along(event) - this.#extent(this).from;
  }

  #drag(event: PointerEvent): void {
    const { previousElementSibling: before, nextElementSibling: after } = this;
    if (!(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId) || before === null || after === null) return;
    const first = this.#extent(before);
    this.#move(((this.#along(event) - this.#grip - first.from) / (first.size + this.#extent(after).size)) * 100);
  }

  /** Where the pointer is in the direction of the divider's way, in pixels. */
  #along(event: PointerEvent): number {
    return this.#isVertical ? event.clientX : event.clientY;
  }

  #extent(element: Element): { readonly from: number; readonly size: number } {
    const { left, top, width, height } = element.getBoundingClientRect();
    return this.#isVertical ? { from: left, size: width } : { from: top, size: height };
  }

  #within(value: number): number {
    return Math.min(this.most, Math.max(this.least, value));
  }

  #move(value: number): void {
    this.dispatchEvent(new CustomEvent("moved", { detail: this.#within(value) }));
  }

  #reset(): void {
    this.dispatchEvent(new Event("reset"));
  }
}

customElements.define("zp-pane-divider", PaneDivider);

declare global {
  interface HTMLElementTagNameMap {
    "zp-pane-divider": PaneDivider;
  }
}
