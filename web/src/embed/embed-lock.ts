import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import type { PageSession } from "../session/page-session.ts";
import type { Problem } from "./problem.ts";

/** Whether the password is to be asked for: also while one is looked at, so that the field stays. */
export function isLocked({ state }: PageSession, problem: Problem | undefined): boolean {
  return state.kind === "locked" || (state.kind === "connecting" && problem?.kind === "password-required");
}

/** What asks for the password of a room under an element's code. `enter` is told what was typed. */
export function embedLock(session: PageSession, enter: (event: CustomEvent<string>) => void | Promise<void>): TemplateResult {
  return html`
    <section class="lock" data-testid="lock" aria-label=${msg("Room password needed", { id: "room-locked" })}>
      <p role="alert"><strong>${msg("This room has a password.", { id: "failure-password-required" })}</strong></p>
      <zp-password-form .session=${session} @enter-room=${enter}
        .note=${msg("Ask whoever invited you. The password is sent only to the bridge, and this tab remembers it.", { id: "room-ask-help" })}></zp-password-form>
    </section>`;
}
