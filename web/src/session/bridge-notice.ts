import { msg, str } from "@lit/localize";
import { isLoopbackHost } from "@playground/network";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { lostIcon, waitingIcon } from "../ui/icons.ts";
import { noticeStyles } from "../ui/notice-styles.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { localNumber } from "../locale/numbers.ts";
import { bridgeMeaning } from "./bridge-meaning.ts";
import { failureText } from "./failure-text.ts";
import type { PageSession, BridgeState } from "./page-session.ts";

/**
 * Says that the bridge is lost, why, what to do, and when the page tries again; or that the connection is interrupted, and how long it
 * may be. Fires `ask-password` and `about-bridge`.
 */
export class BridgeNotice extends PlaygroundElement {
  static override properties = { session: { attribute: false }, explains: { type: Boolean } };

  static override styles = [
    sharedStyles,
    noticeStyles,
    css`
      aside { gap: var(--space-3); }
      aside > svg { color: var(--failed); }
      aside.reconnecting { background: none; }
      aside.reconnecting > svg { color: var(--waiting); }
      .countdown { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
      @media (max-width: 47.5rem) {
        aside { flex-wrap: wrap; }
        aside > svg { display: none; }
        p { flex-basis: 100%; }
      }
    `,
  ];

  declare session: PageSession;
  /** Whether `about-bridge` is heard: then the reader is offered to read what a bridge is. */
  declare explains: boolean;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.explains = false;
    watch(this, () => [this.session]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tick(false);
  }

  protected override render(): TemplateResult | string {
    const { state } = this.session;
    this.#tick(state.kind === "lost" || state.kind === "reconnecting");
    if (state.kind === "reconnecting") return this.#renderReconnecting(secondsUntil(state.until));
    if (state.kind === "locked") return this.#renderLocked(failureText(state.failure));
    if (state.kind !== "lost") return "";
    const seconds = state.retryAt === undefined ? 0 : secondsUntil(state.retryAt);
    return html`
      <aside class="failed" data-testid="bridge-notice" aria-label=${msg("Bridge unreachable", { id: "bridge-lost-short" })}>
        ${lostIcon}
        <p><strong>${state.isBlocked ? msg("WebSockets do not get through to the bridge.", { id: "bridge-blocked" }) : failureText(state.failure)}</strong>
          ${helpText(state, new URL(this.session.origin))}
          <span class="countdown">${
            seconds > 0 ? msg(str`Next attempt in ${localNumber(seconds)} s.`, { id: "next-attempt" }) : msg("Trying…", { id: "trying" })
          }</span></p>
        ${this.#renderExplain()}
        <button class="outlined" data-testid="retry" @click=${() => this.session.retryNow()}>${msg("Try now", { id: "try-now" })}</button>
      </aside>
    `;
  }

  #renderExplain(): TemplateResult | string {
    if (!this.explains) return "";
    return html`<button class="outlined" data-testid="about-bridge" @click=${() => this.dispatchEvent(new Event("about-bridge"))}>${msg("What is a bridge?", { id: "what-is-a-bridge" })}</button>`;
  }

  #renderLocked(why: string): TemplateResult {
    return html`
      <aside class="reconnecting" data-testid="bridge-notice" aria-label=${msg("Room password needed", { id: "room-locked" })}>
        ${waitingIcon}
        <p><strong>${why}</strong> ${msg("Programs have no network until you enter it.", { id: "room-locked-help" })}</p>
        <button class="outlined" data-testid="ask-password" @click=${() => this.dispatchEvent(new Event("ask-password"))}>${msg("Enter the password", { id: "room-enter-password" })}</button>
      </aside>
    `;
  }

  #renderReconnecting(seconds: number): TemplateResult {
    return html`
      <aside class="reconnecting" data-testid="bridge-notice" aria-label=${msg("Reconnecting to the bridge", { id: "bridge-reconnecting" })}>
        ${waitingIcon}
        <p><strong>${msg("The connection to the bridge was interrupted.", { id: "bridge-interrupted" })}</strong>
          ${msg("Nothing is lost yet: the page reconnects by itself, and programs keep their connections.", { id: "bridge-reconnecting-help" })}
          <span class="countdown">${msg(str`The bridge waits for ${localNumber(seconds)} s more.`, { id: "bridge-grace-left" })}</span></p>
        ${this.#renderExplain()}
        <button class="outlined" data-testid="retry" @click=${() => this.session.retryNow()}>${msg("Try now", { id: "try-now" })}</button>
      </aside>
    `;
  }

  /** Draws the countdown once a second while there is one. */
  #tick(on: boolean): void {
    if (on && this.#ticker === undefined) this.#ticker = setInterval(() => this.requestUpdate(), 1_000);
    if (!on) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    }
  }
}

/** What a reader can do, who as a rule does not run the bridge. */
function helpText({ failure, isBlocked }: Extract<BridgeState, { kind: "lost" }>, { host, hostname }: URL): string {
  if (isBlocked) {
    return msg(
      str`The bridge at ${host} is reachable, but something on the way, such as a proxy, a filter or an antivirus program, blocks WebSockets. Tell the administrator of this network, or try another one.`,
      { id: "bridge-blocked-help" },
    );
  }
  if (failure.code === "room-full")
    return msg("Use another room, or wait: the page joins by itself as soon as there is a free place.", { id: "room-full-help" });
  if (isLoopbackHost(hostname))
    return msg("Open connections are lost, your code is safe. The bridge runs on this computer: start it again as before, and the page reconnects by itself.", {
      id: "bridge-lost-here",
    });
  const help = msg(
    str`Open connections are lost, your code is safe. The page reconnects by itself; if it takes long, tell whoever runs the bridge at ${host}.`,
    { id: "bridge-lost-help" },
  );
  return `${help} ${bridgeMeaning()}`;
}

function secondsUntil(time: number): number {
  return Math.max(0, Math.ceil((time - Date.now()) / 1000));
}

customElements.define("zp-bridge-notice", BridgeNotice);

declare global {
  interface HTMLElementTagNameMap {
    "zp-bridge-notice": BridgeNotice;
  }
}
