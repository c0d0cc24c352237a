import { msg, str } from "@lit/localize";
import { ShareError, type SharedFile, type SharedProject } from "@playground/share";
import { MAX_ROOM_NAME_LENGTH } from "@playground/network";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { failedIcon, shareIcon } from "../ui/icons.ts";
import { decoded, substituteRoomName } from "../room/page-url.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { withoutTurns } from "../library/project-title.ts";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { openSharedLink } from "./open-shared-link.ts";
import { shareFaultText } from "../library/share-fault-text.ts";
import type { SharedLink } from "./shared-link.ts";
import { shortLinkFaultText } from "./short-link-fault-text.ts";
import { ShortLinkError } from "./short-links.ts";

/** Characters of a wrong address that are shown. */
const MAX_SHOWN_PATH = 200;

/** What the reader decided about a shared project. */
export interface ArrivalDecision {
  /** Undefined when it is not to be opened. */
  readonly project: SharedProject | undefined;
  /** Whether to join the room that it names. */
  readonly joinsRoom: boolean;
}

/**
 * Shows what is behind a link before anything of it is opened, joined or run. Stands in the place of the page: the bridge is not
 * asked for a session until the reader has decided.
 */
export class SharedArrival extends PlaygroundElement {
  static override properties = { link: { attribute: false }, room: { attribute: false }, project: { state: true }, fault: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: grid; min-block-size: 100dvh; place-items: center; padding: var(--space-3); }
      main {
        display: grid;
        gap: var(--space-4);
        inline-size: min(40rem, 100%);
        padding: var(--space-6);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--raised);
        box-shadow: var(--shadow);
      }
      h1 { display: flex; align-items: center; gap: 0.6rem; margin: 0; font: 600 1.25rem / 1.3 var(--font); overflow-wrap: anywhere; }
      h1 svg { color: var(--accent); }
      .fault h1 svg { color: var(--failed); }
      h1:focus-visible { outline: none; }
      p { margin: 0; }
      .detail { color: var(--ink-soft); font: var(--text-s) / 1.5 var(--mono); overflow-wrap: anywhere; }
      .detail a { color: var(--accent); }
      ul { display: grid; gap: var(--space-1); margin: 0; padding: 0; list-style: none; max-block-size: 50dvh; overflow-y: auto; border-block: 1px solid var(--line); padding-block: var(--space-2); }
      summary { display: flex; gap: var(--space-2); align-items: baseline; min-block-size: 1.75rem; padding: 0.15rem var(--space-2); border-radius: var(--radius-s); cursor: pointer; font: 500 var(--text-m) / 1.5 var(--mono); }
      summary::before { content: "▸"; color: var(--ink-soft); }
      details[open] > summary::before { content: "▾"; }
      summary:hover { background: var(--hover); }
      .name { min-inline-size: 0; overflow-wrap: anywhere; }
      .kind { margin-inline-start: auto; color: var(--ink-soft); font: var(--text-s) / 1.5 var(--font); white-space: nowrap; }
      pre { margin: var(--space-1) 0; padding: var(--space-2); max-block-size: 18rem; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius-s); font: var(--text-s) / 1.5 var(--mono); tab-size: 4; }
      .soft { color: var(--ink-soft); }
      .buttons { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: flex-end; }
      .buttons button { white-space: normal; line-height: 1.2; }
      /* The first choice stands where a dialog's does, and above the others where they do not fit beside it. */
      .choices { flex-direction: row-reverse; justify-content: flex-start; }
      .buttons .cancel { margin-inline-end: auto; }
    `,
  ];

  /** Undefined: the address leads nowhere. */
  declare link: SharedLink | undefined;
  /** The room that the page is in, or would be in without the link. */
  declare room: string;
  declare private project: SharedProject | undefined;
  declare private fault: unknown;
  #decide: (decision: ArrivalDecision) => void = () => {};
  readonly decided = new Promise<ArrivalDecision>((resolve) => {
    this.#decide = resolve;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  protected override render(): TemplateResult | string {
    if (this.link === undefined) return this.#renderNowhere();
    if (this.fault !== undefined) return this.#renderFault(this.fault);
    if (this.project === undefined) return html`<main><p role="status">${msg("Opening the link…", { id: "arrival-opening" })}</p></main>`;
    const { title, files, room, capture } = this.project;
    // With `--room` the page may be in that room without being asked: the reader is to know it before, and the choice is one.
    const mayStayOut = room !== this.room;
    return html`
      <main data-testid="shared-arrival">
        <h1 id="title" tabindex="-1">${shareIcon}${withoutTurns(title ?? "") || msg("A shared project", { id: "arrival-untitled" })}</h1>
        <p>${msg("Someone shared this project with you. Nothing in it runs until you press Run.", { id: "arrival-safe" })}</p>
        <ul aria-label=${msg("Files", { id: "files" })}>${files.map((file) => html`<li>${renderFile(file)}</li>`)}</ul>
        ${capture === undefined ? "" : html`<p data-testid="has-capture">${msg("It comes with a capture: the page shows what the programs did on the network when the project was shared.", { id: "arrival-capture" })}</p>`}
        ${
          room === undefined
            ? ""
            : html`
          <p id="wants-room" data-testid="wants-room">${msg(str`Shared from room ${room}. In it, the programs of everyone in the room can connect to each other.`, { id: "arrival-room" })}</p>`
        }
        <p class="soft">${msg("You get your own copy of the project. Your other projects do not change.", { id: "arrival-own" })}</p>
        <div class="buttons choices">
          ${
            room === undefined
              ? html`<button class="primary" data-testid="arrival-open" @click=${() => this.#accept(false)}>${msg("Open a copy", { id: "arrival-open" })}</button>`
              : html`
            <button class="primary" data-testid="arrival-join" aria-describedby="title wants-room" @click=${() => this.#accept(true)}>${msg("Open and join the room", { id: "arrival-join" })}</button>
            ${mayStayOut ? html`<button class="outlined" data-testid="arrival-open" @click=${() => this.#accept(false)}>${msg("Open without joining", { id: "arrival-open-alone" })}</button>` : ""}`
          }
          <button class="outlined cancel" data-testid="arrival-cancel" @click=${() => this.#decide({ project: undefined, joinsRoom: false })}>${msg("Cancel", { id: "cancel" })}</button>
        </div>
      </main>`;
  }

  #renderFault(fault: unknown): TemplateResult {
    const text =
      fault instanceof ShareError
        ? shareFaultText(fault.code)
        : fault instanceof ShortLinkError
          ? shortLinkFaultText(fault.fault)
          : msg("The link could not be opened.", { id: "arrival-fault" });
    const canRetry = fault instanceof ShortLinkError && fault.fault !== "not-found";
    return html`
      <main class="fault" data-testid="arrival-fault">
        <h1 tabindex="-1">${failedIcon}${msg("This link does not work", { id: "arrival-fault-title" })}</h1>
        <p role="alert">${text}</p>
        <p class="detail" lang="en">${fault instanceof Error ? fault.message : String(fault)}</p>
        <p class="soft">${msg("Your projects are unchanged.", { id: "arrival-untouched" })}</p>
        <div class="buttons">
          ${canRetry ? html`<button class="outlined" @click=${this.#retry}>${msg("Try again", { id: "try-again" })}</button>` : ""}
          <button class="primary" data-testid="arrival-go-on" @click=${() => this.#decide({ project: undefined, joinsRoom: false })}>${msg("Continue without it", { id: "arrival-go-on" })}</button>
        </div>
      </main>`;
  }

  #renderNowhere(): TemplateResult {
    const room = substituteRoomName(location);
    const roomUrl = new URL(`/room/${room}/`, location.href).href;
    return html`
      <main class="fault" data-testid="arrival-nowhere">
        <h1 tabindex="-1">${failedIcon}${msg("This link does not work", { id: "arrival-fault-title" })}</h1>
        <p role="alert">${
          /^\/room(\/|$)/i.test(location.pathname)
            ? msg(
                str`This is not a valid room name: use the letters a to z, digits, - and _; the longest name has ${localNumber(MAX_ROOM_NAME_LENGTH)}. Check the link, or ask whoever gave it to you.`,
                { id: "arrival-bad-room" },
              )
            : msg("There is nothing at this address. Check the link, or ask whoever gave it to you.", { id: "arrival-nowhere" })
        }</p>
        <p class="detail">${decoded(location.pathname).slice(0, MAX_SHOWN_PATH)}</p>
        ${
          room === undefined
            ? ""
            : html`
          <p>${msg("You can meet in this room instead. Everyone who opens this link is offered the same one:", { id: "arrival-other-room" })}</p>
          <p class="detail"><a data-testid="arrival-substitute" href=${roomUrl}>${roomUrl}</a></p>`
        }
        <p class="soft">${msg("Your projects are unchanged.", { id: "arrival-untouched" })}</p>
        <div class="buttons">
          <button class=${room === undefined ? "primary" : "outlined"} data-testid="arrival-go-on" @click=${() => this.#decide({ project: undefined, joinsRoom: false })}>${msg("Open the playground", { id: "arrival-playground" })}</button>
          ${
            room === undefined
              ? ""
              : html`
            <button class="primary" data-testid="arrival-substitute-open" @click=${() => location.assign(roomUrl)}>${msg(str`Open the room ${room}`, { id: "arrival-open-room" })}</button>`
          }
        </div>
      </main>`;
  }

  protected override updated(): void {
    // Whoever shared the project with its room meant it to be opened there: Enter does that, and the button says what it is. Otherwise
    // the heading is what a screen reader should begin with.
    const join = this.renderRoot.querySelector<HTMLElement>("[data-testid=arrival-join]");
    (join ?? this.renderRoot.querySelector("h1"))?.focus();
  }

  readonly #retry = (): void => {
    this.fault = undefined;
    void this.#open();
  };

  #accept(joinsRoom: boolean): void {
    this.#decide({ project: this.project, joinsRoom });
  }

  async #open(): Promise<void> {
    if (this.link === undefined) return;
    try {
      this.project = await openSharedLink(this.link);
    } catch (error) {
      this.fault = error;
    }
  }
}

function renderFile({ name, source, isProgram }: SharedFile): TemplateResult {
  const lines = source.split("\n").length - (source.endsWith("\n") || source === "" ? 1 : 0);
  return html`
    <details>
      <summary><span class="name">${name}</span><span class="kind">${isProgram ? msg("program", { id: "kind-program" }) : msg("module", { id: "kind-module" })} · ${counted(lines, msg("# line|# lines", { id: "lines" }))}</span></summary>
      <pre tabindex="0" aria-label=${name}>${source}</pre>
    </details>`;
}

customElements.define("zp-shared-arrival", SharedArrival);

declare global {
  interface HTMLElementTagNameMap {
    "zp-shared-arrival": SharedArrival;
  }
}
