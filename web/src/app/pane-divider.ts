import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "./element.ts";
import { sharedStyles } from "./shared-styles.ts";

/** Per cent of the width that the code has to begin with. */
export const DEFAULT_SPLIT = 54;
/** Per cent of the width that either side keeps. */
const LEAST = 25;
const MOST = 75;
/** Per cent that an arrow key moves the divider by. */
const STEP = 2;

/** The line between code and consoles, moved with the pointer or the arrow keys. Fires `moved` with the code's width in per cent. */
export class PaneDivider extends PlaygroundElement {
  static override properties = { value: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; inline-size: 0.75rem; }
      [role="separator"] {
        position: relative;
        block-size: 100%;
        cursor: col-resize;
        touch-action: none;
        border-radius: var(--radius-s);
      }
      [role="separator"]::after {
        content: "";
        position: absolute;
        inset: calc(50% - 1.1rem) auto auto calc(50% - 1.5px);
        inline-size: 3px;
        block-size: 2.2rem;
        border-radius: 2px;
        background: var(--line);
        transition: background var(--quick);
      }
      [role="separator"]:hover::after, [role="separator"]:focus-visible::after { background: var(--accent); }
    `,
  ];

  declare value: number;

  protected override render(): TemplateResult {
    return html`<div role="separator" tabindex="0" aria-orientation="vertical" aria-label=${msg("Width of the code", { id: "code-width" })}
      aria-valuemin=${LEAST} aria-valuemax=${MOST} aria-valuenow=${Math.round(this.value)}
      @keydown=${this.#key} @pointerdown=${this.#grab} @pointermove=${this.#drag} @dblclick=${() => this.#move(DEFAULT_SPLIT)}></div>`;
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -MOST, End: MOST }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#move(this.value + step);
  }

  #grab(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    if (!(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return;
    const frame = this.parentElement?.getBoundingClientRect();
    if (frame !== undefined) this.#move(((event.clientX - frame.left) / frame.width) * 100);
  }

  #move(value: number): void {
    this.dispatchEvent(new CustomEvent("moved", { detail: Math.min(MOST, Math.max(LEAST, value)) }));
  }
}

customElements.define("zp-pane-divider", PaneDivider);

declare global {
  interface HTMLElementTagNameMap {
    "zp-pane-divider": PaneDivider;
  }
}
