import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { closeIcon, runIcon } from "../ui/icons.ts";
import type { Playground } from "./playground.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { shortcutText } from "../ui/shortcut.ts";
import { watch } from "../ui/watch.ts";

/**
 * On a first visit: what this is and what to do first, with buttons that do it. Never takes the focus; fires `leave-focus` when it
 * goes by a button or a key of its own, which take the focus with them.
 */
export class Welcome extends PlaygroundElement {
  static override properties = { playground: { attribute: false }, compact: { type: Boolean, reflect: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; flex: none; }
      section {
        display: grid;
        gap: var(--space-2);
        margin-block-end: var(--space-2);
        padding: var(--space-2) var(--space-2) var(--space-3) var(--space-4);
        border: 1px solid var(--accent);
        border-radius: var(--radius-m);
        background: var(--accent-wash);
      }
      header { display: flex; align-items: center; gap: var(--space-2); }
      h2 { flex: 1; margin: 0; font: 600 var(--text-l) / 1.3 var(--font); }
      p { margin: 0; }
      ol { display: grid; gap: var(--space-2); margin: 0; padding: 0 var(--space-2) 0 0; list-style: none; }
      li { display: flex; align-items: center; justify-content: space-between; gap: var(--space-4); }
      li button { flex: none; min-inline-size: 8.5rem; }

      /* Where code and consoles take turns, the buttons say what their sentences would. */
      :host([compact]) section { gap: var(--space-1); padding: var(--space-1) var(--space-1) var(--space-2) var(--space-3); }
      :host([compact]) ol { display: flex; flex-wrap: wrap; }
      :host([compact]) li button { min-inline-size: 0; }
      :host([compact]) li span { display: none; }
      :host([compact]) p { padding-inline-end: var(--space-2); padding-block-end: var(--space-1); }
      /* A low window is the code's: on a phone that lies, or magnified. */
      @media (max-height: 30rem) {
        :host([compact]) p { display: none; }
        :host([compact]) section { display: flex; flex-flow: row-reverse wrap; align-items: center; justify-content: space-between; padding-block: var(--space-1); }
        :host([compact]) h2 { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
      }
    `,
  ];

  declare playground: Playground;
  /** Short, for small screens. */
  declare compact: boolean;

  constructor() {
    super();
    this.compact = false;
    watch(this, () => [this.playground.firstVisit]);
  }

  protected override render(): TemplateResult | string {
    if (!this.playground.firstVisit.isOn) return "";
    const close = msg("Close", { id: "close" });
    const key = shortcutText("Mod-Enter");
    return html`
      <section aria-labelledby="title" data-testid="welcome" @keydown=${this.#key}>
        <header>
          <h2 id="title">${msg("Welcome!", { id: "welcome" })}</h2>
          <button class="icon" title=${close} aria-label=${close} data-testid="welcome-close" @click=${this.#close}>${closeIcon}</button>
        </header>
        <p>${msg("Write programs in Luau that talk over real TCP, right here in your browser.", { id: "welcome-what" })}</p>
        <ol>
          <li><span>${msg(str`Run the programs and watch them talk. ${key} runs the open one.`, { id: "welcome-run-help" })}</span>
            <button class="primary" data-testid="welcome-run" @click=${this.#run}>${runIcon}${msg("Run now", { id: "welcome-run" })}</button></li>
          <li><span>${msg("Begin with an example: a chat, an HTTP server, a game.", { id: "welcome-examples-help" })}</span>
            <button class="outlined" data-testid="welcome-examples" @click=${() => this.playground.commands.run("project.examples")}>${msg("Open examples", { id: "welcome-examples" })}</button></li>
          <li><span>${msg("Send a link to your project, or invite others to your room: its name is at the bottom of the page.", { id: "welcome-share-help" })}</span>
            <button class="outlined" data-testid="welcome-share" @click=${() => this.playground.commands.run("project.share")}>${msg("Share", { id: "share" })}</button></li>
        </ol>
      </section>`;
  }

  readonly #run = (): void => {
    this.playground.commands.run("run.all");
    this.#close();
  };

  readonly #close = (): void => {
    this.playground.firstVisit.end();
    this.dispatchEvent(new Event("leave-focus"));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.#close();
  };
}

customElements.define("zp-welcome", Welcome);

declare global {
  interface HTMLElementTagNameMap {
    "zp-welcome": Welcome;
  }
}
