import type { RoomAnswer } from "@playground/wire/client";
import { type RoomMachine, RoomResult } from "@playground/wire/codec";
import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { watch } from "../ui/watch.ts";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { fieldStyles } from "../ui/field-styles.ts";
import { formStyles } from "./form-styles.ts";
import { linkOrigins, roomLink } from "./link-origin.ts";
import { nearestName } from "./nearest-name.ts";
import type { RoomPage } from "./room-page.ts";
import type { NameProblem } from "./room-presence.ts";
import { roomAnswerText } from "./room-answer-text.ts";
import "../ui/copy-button.ts";

/** Addresses of the bridge's computer that are offered: who has more of them knows which one is right. */
const MAX_LINKS = 4;

/** The room: who is there and what listens where, this machine's name, the room's link and its password. */
export class RoomPanel extends PlaygroundDialog {
  static override properties = { page: { attribute: false }, nameFault: { state: true }, passwordFault: { state: true }, passwordDone: { state: true } };

  static override styles = [
    dialogStyles,
    fieldStyles,
    formStyles,
    css`
      .body > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
      ul { display: grid; gap: 0; margin: 0; padding: 0; list-style: none; }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 var(--space-2);
        padding: var(--space-1) 0;
        border-block-end: 1px solid var(--line);
      }
      .name { display: flex; align-items: center; gap: 0 0.35em; flex-wrap: wrap; font: 600 var(--text-m) / 1.4 var(--mono); overflow-wrap: anywhere; }
      .named { display: inline-flex; align-items: center; min-inline-size: 0; }
      .who { color: var(--accent-strong); font: 500 var(--text-s) / 1.4 var(--font); }
      .ports { grid-column: 1 / -1; margin: 0; color: var(--ink-soft); font-size: var(--text-s); }
      .ports b { color: var(--ink); font: 600 var(--text-s) var(--mono); }
      .empty { margin: 0; padding: var(--space-3); border-radius: var(--radius-s); background: var(--accent-wash); }
      .warn { margin: 0; padding: var(--space-3); border: 1px solid var(--waiting); border-radius: var(--radius-s); background: var(--warn-wash); overflow-wrap: anywhere; }
      .warn code { font: var(--text-s) var(--mono); white-space: nowrap; }
      .links { display: grid; gap: var(--space-1); }
      .link { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: var(--space-2); }
      .link > span { font: var(--text-s) / 1.4 var(--mono); overflow-wrap: anywhere; }
    `,
  ];

  declare page: RoomPage;
  declare private nameFault: NameProblem | undefined;
  declare private passwordFault: RoomAnswer | "away" | undefined;
  declare private passwordDone: boolean;

  constructor() {
    super();
    this.passwordDone = false;
    watch(this, () => [this.page.presence, this.page.session, linkOrigins]);
  }

  protected override headline(): string {
    return msg(str`Room ${this.page.room}`, { id: "room" });
  }

  protected override body(): TemplateResult {
    const { presence } = this.page;
    const { machines, you } = presence;
    if (!presence.isKnown || you === undefined) {
      return html`<div><p class="note">${msg("Waiting for the list…", { id: "room-unknown" })}</p></div>`;
    }
    return html`
      <div>
        ${this.#links()} ${this.#nameForm(you)} ${this.#password(you)}
        <div>
          <span role="status" data-testid="room-count">${counted(machines.length, msg("# machine in the room|# machines in the room", { id: "room-count" }))}</span>
          <ul aria-label=${msg("Machines", { id: "room-machines" })} data-testid="room-machines">
            ${repeat(
              machines,
              ({ machineId }) => machineId,
              (machine) => this.#machine(machine),
            )}
          </ul>
        </div>
        ${this.#hasSharedPorts ? html`<p class="note" data-testid="shared-ports">${msg(str`Pages have no addresses of their own here: all of them share ${you.address} and its ports, with each other and with the computer that the bridge runs on. Give each server a port of its own, and connect by a machine's name.`, { id: "room-shared-ports" })}</p>` : ""}
        ${machines.length === 1 ? html`<p class="empty" data-testid="room-alone">${msg("You are alone here. Share the link: anyone who opens it joins this room.", { id: "room-alone" })}</p>` : ""}
      </div>
    `;
  }

  override async show(): Promise<void> {
    void linkOrigins.ask();
    await super.show();
  }

  /** The links that lead others here. They come first, and the list of machines last: a class has forty. */
  #links(): TemplateResult {
    const origins = linkOrigins.all.slice(0, MAX_LINKS);
    const leadsNowhere = linkOrigins.isOnlyHere && origins[0] === location.origin;
    return html`
      <div class="links">
        ${
          leadsNowhere
            ? html`<p class="warn" data-testid="room-loopback">${withOption(msg(str`Nobody else can open this link: ${location.hostname} means each reader's own computer. Start the bridge with --host 0.0.0.0 and open the page by the address that it prints for other computers.`, { id: "room-loopback" }), "--host 0.0.0.0")}</p>`
            : ""
        }
        <span>${msg("Link to this room", { id: "room-link" })}</span>
        ${origins.map((origin, index) => {
          const link = roomLink(this.page.room, origin);
          return html`<div class="link"><span>${link}</span>
            <zp-copy-button data-testid=${index === 0 ? "room-panel-link" : ""} .text=${link} iconOnly .label=${msg("Copy the link to this room", { id: "copy-room-link" })}></zp-copy-button></div>`;
        })}
        ${
          linkOrigins.isOnlyHere && !leadsNowhere
            ? html`<p class="note" data-testid="room-for-others">${msg(str`Give others this link, not the one in your address bar: ${location.hostname} means each reader's own computer.`, { id: "room-for-others" })}${origins.length > 1 ? html` ${msg("If the first one does not open for them, try the next.", { id: "link-next" })}` : ""}</p>`
            : ""
        }
      </div>`;
  }

  /** Whether machines share addresses, so that only their names tell them apart. */
  get #hasSharedPorts(): boolean {
    const { state } = this.page.session;
    return (state.kind === "connected" || state.kind === "reconnecting") && state.info.network === "host";
  }

  #machine({ name, address, isYou, isKeeper, listeners, moreListeners }: RoomMachine): TemplateResult {
    return html`
      <li data-machine=${name}>
        <span class="name"><span class="named"><bdi>${name}</bdi><zp-copy-button iconOnly .text=${name} .label=${msg(str`Copy the name ${name}`, { id: "copy-name" })}></zp-copy-button></span>${
          isYou || isKeeper
            ? html` <span class="who">${isYou ? msg("you", { id: "room-you" }) : ""}${isYou && isKeeper ? ", " : ""}${
                isKeeper
                  ? html`<span title=${msg("Can set the password of the room", { id: "room-keeper-help" })}>${msg("host", { id: "room-keeper" })}</span>`
                  : ""
              }</span>`
            : ""
        }</span>
        ${
          // Where all have the same address, it leads to nobody.
          this.#hasSharedPorts
            ? ""
            : html`<zp-copy-button .text=${address} .label=${msg(str`Copy the address ${address}`, { id: "copy-address" })}></zp-copy-button>`
        }
        <p class="ports" data-testid="ports">${
          listeners.length === 0
            ? msg("no open ports", { id: "room-no-ports" })
            : html`
          ${msg("listens on", { id: "room-listens" })} ${listeners.map(
            ({ port, isPrivate }, index) =>
              html`${index > 0 ? ", " : ""}<b>${port}</b>${isPrivate ? html` ${msg("(only for itself)", { id: "room-private" })}` : ""}`,
          )}${moreListeners > 0 ? msg(str` and ${localNumber(moreListeners)} more`, { id: "room-more-ports" }) : ""}`
        }</p>
      </li>
    `;
  }

  #nameForm(you: RoomMachine): TemplateResult {
    const { nameProblem } = this.page.presence;
    const fault = this.nameFault ?? nameProblem;
    const proposal = proposalFor(fault);
    return html`
      <form novalidate @submit=${this.#rename}>
        <label for="name">${msg("Your machine's name", { id: "room-name" })}</label>
        <div class="row">
          <input id="name" data-testid="machine-name" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="64" .value=${you.name}
            aria-invalid=${fault !== undefined} aria-describedby="name-fault name-note" />
          <button class="outlined" data-testid="rename-machine">${msg("Rename", { id: "room-rename" })}</button>
        </div>
        <p class="fault" id="name-fault" data-testid="name-fault" role="alert">${fault === undefined ? "" : roomAnswerText(fault.answer, fault.asked)}</p>
        ${proposal === "" ? "" : html`<button type="button" class="outlined" data-testid="use-proposal" @click=${() => this.#take(proposal)}>${msg(str`Use the name ${proposal}`, { id: "room-take-name" })}</button>`}
        <p class="note" id="name-note">${msg(str`Programs in the room connect to you by it: client:listen("${you.name}", …)`, { id: "room-name-help" })}</p>
      </form>
    `;
  }

  #password(you: RoomMachine): TemplateResult | string {
    const { hasPassword } = this.page.presence;
    const state = hasPassword
      ? msg("This room has a password.", { id: "room-has-password" })
      : msg("This room has no password: anyone with the link can enter.", { id: "room-no-password" });
    if (!you.isKeeper) return html`<p class="note" data-testid="password-state">${state}</p>`;
    const fault = this.passwordFault === undefined ? "" : roomAnswerText(this.passwordFault === "away" ? undefined : this.passwordFault);
    return html`
      <form novalidate @submit=${this.#setPassword}>
        <label for="password">${msg("Password of the room", { id: "room-password" })}</label>
        <div class="row">
          <input id="password" data-testid="new-password" type="password" autocomplete="new-password" maxlength="64" aria-invalid=${fault !== ""} aria-describedby="password-fault password-note" />
          <button class="outlined" data-testid="set-password">${msg("Set", { id: "room-set-password" })}</button>
          ${hasPassword ? html`<button type="button" class="danger" data-testid="remove-password" @click=${() => void this.#send("")}>${msg("Remove", { id: "room-remove-password" })}</button>` : ""}
        </div>
        <p class="fault" id="password-fault" data-testid="password-fault" role="alert">${fault}</p>
        <p class="note" id="password-note" data-testid="password-state">${state} ${msg("Nobody is removed.", { id: "room-stay" })}</p>
        <span class="visually-hidden" role="status">${this.passwordDone ? msg("Done", { id: "room-done" }) : ""}</span>
      </form>
    `;
  }

  protected override onClosed(): void {
    this.nameFault = undefined;
    this.passwordFault = undefined;
    this.passwordDone = false;
    super.onClosed();
  }

  #field(id: string): HTMLInputElement {
    return this.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  }

  readonly #rename = (event: Event): void => {
    event.preventDefault();
    this.#take(this.#field("name").value.trim().replaceAll(/\s+/g, "-"));
  };

  #take(asked: string): void {
    const field = this.#field("name");
    // An empty name cannot even be asked for.
    const answer =
      asked === "" ? Promise.resolve({ kind: "answer", result: RoomResult.BAD_NAME, proposal: "", message: "" } as const) : this.page.presence.rename(asked);
    void answer.then((settled) => {
      const isDone = settled?.result === RoomResult.DONE;
      this.nameFault = isDone ? undefined : { answer: settled, asked };
      if (isDone) field.value = asked;
      else field.focus();
    });
  }

  readonly #setPassword = (event: Event): void => {
    event.preventDefault();
    const { value } = this.#field("password");
    // Nothing typed is no wish to remove it: there is a button for that.
    if (value === "") this.passwordFault = { kind: "answer", result: RoomResult.BAD_PASSWORD, proposal: "", message: "" };
    else void this.#send(value);
  };

  async #send(password: string): Promise<void> {
    this.passwordDone = false;
    const answer = await this.page.presence.setPassword(password);
    this.passwordDone = answer?.result === RoomResult.DONE;
    this.passwordFault = this.passwordDone ? undefined : (answer ?? "away");
    if (this.passwordDone) this.#field("password").value = "";
  }
}

/** A name to have instead: the bridge's, when the name is taken; where it takes no such name, the nearest that it may take. */
function proposalFor(fault: NameProblem | undefined): string {
  if (fault?.answer?.result !== RoomResult.BAD_NAME) return fault?.answer?.proposal ?? "";
  const nearest = nearestName(fault.asked);
  return nearest === fault.asked ? "" : nearest;
}

/** A sentence whose option of the command line is not broken between lines. */
function withOption(text: string, option: string): TemplateResult {
  const [before, ...after] = text.split(option);
  return html`${before}${after.map((rest) => html`<code>${option}</code>${rest}`)}`;
}

customElements.define("zp-room-panel", RoomPanel);

declare global {
  interface HTMLElementTagNameMap {
    "zp-room-panel": RoomPanel;
  }
}
