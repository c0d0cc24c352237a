import { msg, str } from "@lit/localize";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { dialogStyles, PlaygroundDialog } from "../app/dialog.ts";
import type { Playground } from "../app/playground.ts";
import { watch } from "../app/watch.ts";
import { failureText } from "../bridge/failure-text.ts";
import { formStyles } from "./form-styles.ts";

/** Asks for the room's password when the bridge wants it. Can be put away; the notice at the head of the page brings it back. */
export class PasswordDialog extends PlaygroundDialog {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    dialogStyles,
    formStyles,
    css`
      form { gap: var(--space-3); }
      .field { display: grid; gap: var(--space-1); }
      .buttons { display: flex; justify-content: flex-end; gap: var(--space-2); }
    `,
  ];

  declare playground: Playground;
  /** The lock that this dialog has been shown for: it does not come back by itself once it was put away. */
  #shownFor: object | undefined;

  constructor() {
    super();
    watch(this, () => [this.playground.bridge]);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { state } = this.playground.bridge;
    if (state.kind === "connected") this.close();
    if (state.kind !== "locked" || state === this.#shownFor) return;
    this.#shownFor = state;
    void this.show().then(() => this.renderRoot.querySelector<HTMLInputElement>("input")?.focus());
  }

  protected override headline(): string {
    return msg(str`Password of the room ${this.playground.room}`, { id: "room-ask-title" });
  }

  protected override body(): TemplateResult {
    const { state } = this.playground.bridge;
    const isChecking = state.kind === "connecting";
    const fault = state.kind === "locked" && state.failure.code !== "password-required" ? failureText(state.failure) : "";
    return html`
      <form novalidate @submit=${this.#submit}>
        <p class="note">${msg("Whoever opened this room has set a password. It is sent to the bridge only, and this tab remembers it.", { id: "room-ask-help" })}</p>
        <div class="field">
          <label for="password">${msg("Password", { id: "room-ask-label" })}</label>
          <input id="password" data-testid="password" type="password" autocomplete="current-password" maxlength="64" required aria-invalid=${fault !== ""} aria-describedby="fault" />
          <p class="fault" id="fault" data-testid="password-error" role="alert">${fault}</p>
        </div>
        <div class="buttons">
          <button class="primary" data-testid="enter-room" aria-disabled=${isChecking}>${isChecking ? msg("Checking…", { id: "room-checking" }) : msg("Enter", { id: "room-enter" })}</button>
        </div>
      </form>
    `;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const field = this.renderRoot.querySelector("input") as HTMLInputElement;
    if (field.value === "" || this.playground.bridge.state.kind === "connecting") return;
    this.playground.enterRoom(field.value);
    field.select();
  };
}

customElements.define("zp-password-dialog", PasswordDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-password-dialog": PasswordDialog;
  }
}
