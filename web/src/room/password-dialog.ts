import { msg, str } from "@lit/localize";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { PlaygroundDialog } from "../ui/dialog.ts";
import { watch } from "../ui/watch.ts";
import type { RoomPage } from "./room-page.ts";
import "./password-form.ts";

/** Asks for the room's password when the bridge wants it. Can be put away; the notice at the head of the page brings it back. */
export class PasswordDialog extends PlaygroundDialog {
  static override properties = { page: { attribute: false } };

  declare page: RoomPage;
  /** The lock that this dialog has been shown for: it does not come back by itself once it was put away. */
  #shownFor: object | undefined;

  constructor() {
    super();
    watch(this, () => [this.page.session]);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { state } = this.page.session;
    if (state.kind === "connected") this.close();
    if (state.kind !== "locked" || state === this.#shownFor) return;
    this.#shownFor = state;
    void this.show().then(() => this.renderRoot.querySelector("zp-password-form")?.focusField());
  }

  protected override headline(): string {
    return msg(str`Password of the room ${this.page.room}`, { id: "room-ask-title" });
  }

  protected override body(): TemplateResult {
    return html`
      <zp-password-form .session=${this.page.session} @enter-room=${this.#enter}
        .note=${msg("Ask whoever invited you. The password is sent only to the bridge, and this tab remembers it.", { id: "room-ask-help" })}></zp-password-form>
    `;
  }

  readonly #enter = ({ detail }: CustomEvent<string>): void => this.page.enterRoom(detail);
}

customElements.define("zp-password-dialog", PasswordDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-password-dialog": PasswordDialog;
  }
}
