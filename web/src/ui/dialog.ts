import { msg } from "@lit/localize";
import { css, type CSSResultGroup, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "./element.ts";
import { closeIcon } from "./icons.ts";
import { sharedStyles } from "./shared-styles.ts";

/** Styles of every dialog; a dialog with styles of its own puts these before them. */
export const dialogStyles: CSSResultGroup = [
  sharedStyles,
  css`
    :host { display: contents; }
    dialog {
      inline-size: min(26rem, calc(100vw - 2rem));
      max-block-size: calc(100dvh - 2rem);
      padding: 0;
      border: 1px solid var(--line);
      border-radius: var(--radius-m);
      background: var(--raised);
      color: var(--ink);
      box-shadow: var(--shadow);
      overflow: hidden;
    }
    dialog[open] { display: flex; flex-direction: column; }
    .wide { inline-size: min(44rem, calc(100vw - 2rem)); }
    dialog::backdrop { background: #0d14187a; }
    header { display: flex; align-items: start; gap: var(--space-2); padding: var(--space-4) var(--space-4) 0 var(--space-6); }
    h2 { flex: 1; margin: 0.35rem 0 0; font: 600 var(--text-l) / 1.3 var(--font); overflow-wrap: anywhere; }
    /* What is hidden for the eye within is placed in here, and cannot make the dialog itself scroll. */
    .body { position: relative; padding: var(--space-3) var(--space-6) var(--space-6); overflow-y: auto; min-block-size: 0; }
    @media (max-width: 30rem) {
      header { padding-inline-start: var(--space-4); }
      .body { padding: var(--space-3) var(--space-4) var(--space-4); }
    }
  `,
];

/**
 * A dialog above the page, with a headline and a cross. Escape, the cross and a click beside it close it; the
 * focus then goes back to where it was. Fires `closed`.
 */
export abstract class PlaygroundDialog extends PlaygroundElement {
  static override styles: CSSResultGroup = dialogStyles;

  /** More room, for lists and tables. */
  protected readonly wide: boolean = false;

  protected abstract headline(): string;

  protected abstract body(): TemplateResult;

  get isOpen(): boolean {
    return this.#dialog?.open ?? false;
  }

  /** Shows the dialog once it has been drawn; what has `autofocus` in it gets the focus. */
  async show(): Promise<void> {
    await this.updateComplete;
    if (!this.isOpen) this.#dialog?.showModal();
  }

  close(): void {
    this.#dialog?.close();
  }

  protected override render(): TemplateResult {
    const closeLabel = msg("Close", { id: "close" });
    return html`
      <dialog class=${this.wide ? "wide" : ""} aria-labelledby="headline" @close=${this.onClosed} @pointerdown=${this.#beside}>
        <header>
          <h2 id="headline">${this.headline()}</h2>
          <button class="icon" type="button" data-testid="close-dialog" title=${closeLabel} aria-label=${closeLabel} @click=${this.close}>${closeIcon}</button>
        </header>
        <div class="body">${this.body()}</div>
      </dialog>
    `;
  }

  /** Called once the dialog is closed, however that was done. */
  protected onClosed(): void {
    this.dispatchEvent(new Event("closed"));
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  /** The backdrop belongs to the dialog element itself, beside its box. */
  readonly #beside = (event: PointerEvent): void => {
    const dialog = this.#dialog;
    if (event.composedPath()[0] !== dialog || dialog === null) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    if (event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom) dialog.close();
  };
}
