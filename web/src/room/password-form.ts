import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { PageSession } from "../session/page-session.ts";
import { failureText } from "../session/failure-text.ts";
import { fieldStyles } from "../ui/field-styles.ts";
import { formStyles } from "./form-styles.ts";

/** The field for the password of a room that a bridge will not let in without. Fires `enter-room` with the password that was typed. */
export class PasswordForm extends PlaygroundElement {
  static override properties = { session: { attribute: false }, note: {} };

  static override styles = [
    sharedStyles,
    fieldStyles,
    formStyles,
    css`
      form { gap: var(--space-3); }
      .field { display: grid; gap: var(--space-1); }
      .buttons { display: flex; justify-content: flex-end; gap: var(--space-2); }
    `,
  ];

  declare session: PageSession;
  /** What is said above the field. */
  declare note: string;

  constructor() {
    super();
    this.note = "";
    watch(this, () => [this.session]);
  }

  /** Puts the cursor into the field, once it is drawn. */
  focusField(): void {
    void this.updateComplete.then(() => this.#field?.focus());
  }

  protected override render(): TemplateResult {
    const { state } = this.session;
    const isChecking = state.kind === "connecting";
    const fault = state.kind === "locked" && state.failure.code !== "password-required" ? failureText(state.failure) : "";
    return html`
      <form novalidate @submit=${this.#submit}>
        <p class="note" id="note">${this.note}</p>
        <div class="field">
          <label for="password">${msg("Password", { id: "room-ask-label" })}</label>
          <input id="password" data-testid="password" type="password" autocomplete="current-password" maxlength="64" required aria-invalid=${fault !== ""} aria-describedby="fault note" />
          <p class="fault" id="fault" data-testid="password-error" role="alert">${fault}</p>
        </div>
        <div class="buttons">
          <button class="primary" data-testid="enter-room" aria-disabled=${isChecking}>${isChecking ? msg("Checking…", { id: "room-checking" }) : msg("Enter", { id: "room-enter" })}</button>
        </div>
      </form>
    `;
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const field = this.#field;
    if (field === null || field.value === "" || this.session.state.kind === "connecting") return;
    this.dispatchEvent(new CustomEvent("enter-room", { detail: field.value }));
    field.select();
  };
}

customElements.define("zp-password-form", PasswordForm);

declare global {
  interface HTMLElementTagNameMap {
    "zp-password-form": PasswordForm;
  }
}
