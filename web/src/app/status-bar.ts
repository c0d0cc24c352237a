import { msg, str } from "@lit/localize";
import { LUAU_VERSION } from "@playground/luau-wasm";
import { css, html, type TemplateResult } from "lit";
import { loadConditions } from "../conditions/load-conditions.ts";
import { bridgeMeaning } from "../session/bridge-meaning.ts";
import type { BridgeState } from "../session/page-session.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { connectedIcon, lostIcon, peopleIcon, waitingIcon } from "../ui/icons.ts";
import { counted } from "../locale/counted.ts";
import { linkOrigins, roomLink } from "../room/link-origin.ts";
import { localNumber } from "../locale/numbers.ts";
import type { Playground } from "./playground.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { commitText, versionText } from "./version-text.ts";
import { watch } from "../ui/watch.ts";
import "../analysis/analysis-status.ts";
import "../analysis/problem-count.ts";
import "../conditions/network-chip.ts";
import "../ui/copy-button.ts";
import "./usage-figures.ts";

/** The page's foot: how the bridge is, this machine's address, the room, what the programs use, the versions. */
export class StatusBar extends PlaygroundElement {
  static override properties = { playground: { attribute: false }, isTimeShown: { attribute: false }, hasTimeBar: { state: true } };

  static override styles = [
    sharedStyles,
    css`
      .time { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3); padding-inline: var(--space-3); }
      .time zp-time-bar { padding-block-start: var(--space-1); }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-4);
        min-block-size: 2.5rem;
        padding: 0.2rem var(--space-4);
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      .item { position: relative; display: inline-flex; align-items: center; gap: 0.4rem; min-inline-size: 0; }
      .bridge { color: var(--ink); }
      .state { overflow: hidden; text-overflow: ellipsis; }
      .connected svg { color: var(--running); }
      .connecting svg, .reconnecting svg, .locked svg { color: var(--waiting); }
      .lost, .lost svg { color: var(--failed); }
      .version { margin-inline-start: auto; white-space: nowrap; }
      .open-room { min-block-size: 1.75rem; padding: 0 0.4rem; color: inherit; font: inherit; min-inline-size: 0; }
      .count { min-inline-size: 1.5em; padding: 0 0.35em; border-radius: 1em; background: var(--accent-wash); color: var(--accent-strong); text-align: center; line-height: 1.5; }
      @media (pointer: coarse) { .open-room { min-block-size: 2.25rem; } }
      .machine { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 9rem; color: var(--ink); font: 600 var(--text-s) / 1.5 var(--mono); }
      .room { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 12rem; }
      /* Up to here not everything has room in one line with its words: the sign and the description say the same. */
      @media (max-width: 104rem) {
        footer { padding-inline: var(--space-3); gap: 0 var(--space-3); }
        .word { display: none; }
      }
      @media (min-width: 62rem) {
        footer { flex-wrap: nowrap; }
        .item { white-space: nowrap; }
        .version { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
        .open-room, .checks { overflow: hidden; }
      }
      /* Like the versions further below, the commit is in the list of shortcuts too. */
      @media (max-width: 110rem) { .commit { display: none; } }
      /* The versions are in the list of shortcuts too, and that all is well the sign alone can say. */
      @media (max-width: 88rem) {
        .version { display: none; }
        .connected .state { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
      }
      @media (max-width: 78rem) { .room { max-inline-size: 9rem; } }
      /* On a phone the room has a line of its own, and lines are as high as they get: nothing moves when the bridge answers. */
      @media (max-width: 47.5rem) {
        .own-line { flex-basis: 100%; }
        .item:not(.checks) { min-block-size: 1.75rem; }
      }
      @media (max-width: 47.5rem) and (pointer: coarse) { .item:not(.checks) { min-block-size: 2.25rem; } }
    `,
  ];

  declare playground: Playground;
  /** Whether another part of the page shows the time bar, as the network view does. */
  declare isTimeShown: boolean;
  /** Whether the time bar has been loaded. */
  declare private hasTimeBar: boolean;

  constructor() {
    super();
    this.isTimeShown = this.hasTimeBar = false;
    watch(this, () => [this.playground.session, this.playground.presence, this.playground.timeControl, linkOrigins]);
  }

  protected override willUpdate(): void {
    const { timeControl, lateParts } = this.playground;
    // What lets time go on stands here for as long as it does not.
    if (timeControl.isPaused && !this.hasTimeBar) void lateParts.fetch(loadConditions).then((parts) => (this.hasTimeBar ||= parts !== undefined));
  }

  protected override render(): TemplateResult {
    const { session, presence, room } = this.playground;
    const count = localNumber(presence.machines.length);
    const machines = counted(presence.machines.length, msg("# machine|# machines", { id: "machines" }));
    const label = msg(str`Room ${room}: ${machines}. Show`, { id: "room-open" });
    const { state } = session;
    return html`
      <div class="time">
        <zp-network-chip .page=${this.playground} @open-conditions=${() => this.dispatchEvent(new Event("open-conditions"))}></zp-network-chip>
        ${this.hasTimeBar && !this.isTimeShown && this.playground.timeControl.isPaused ? html`<zp-time-bar .page=${this.playground}></zp-time-bar>` : ""}
      </div>
      <footer>
        <span class=${`item bridge ${state.kind}`} data-testid="bridge-state" data-state=${state.kind} title=${`${bridgeText(state)}. ${bridgeMeaning()}`}>${bridgeIcon(state)}<span class="state">${bridgeText(state)}</span></span>
        ${state.kind === "connected" || state.kind === "reconnecting" ? machineItem(state.info, presence.you?.name) : ""}
        <span class="item own-line"><button class="open-room" data-testid="open-room" title=${label} aria-haspopup="dialog"
            @click=${() => this.dispatchEvent(new Event("open-room"))}>${peopleIcon}<span class="room">${room}</span>${
              presence.isKnown ? html`<span class="count" data-testid="machine-count" aria-hidden="true">${count}</span>` : ""
            }</button>
          <zp-copy-button iconOnly data-testid="room-link" .text=${roomLink(room)}
            .label=${msg("Copy the link to this room", { id: "copy-room-link" })}></zp-copy-button></span>
        <span class="item checks"><zp-analysis-status .service=${this.playground.analysis}></zp-analysis-status><zp-problem-count .page=${this.playground}></zp-problem-count></span>
        <zp-usage-figures .playground=${this.playground}></zp-usage-figures>
        <span class="version" data-testid="versions" title=${versionText()}>${__PLAYGROUND_VERSION__}<span class="commit">${commitText()}</span>, Luau ${LUAU_VERSION}</span>
      </footer>
    `;
  }
}

/** This machine's address; where others have the same one, its name stands before it and tells it from them. */
function machineItem({ address, network }: (BridgeState & { kind: "connected" })["info"], name: string | undefined): TemplateResult {
  const button = html`<zp-copy-button data-testid="address" .text=${address} .label=${msg(str`Copy the address ${address}`, { id: "copy-address" })}></zp-copy-button>`;
  if (network === "lan") return html`<span class="item"><span class="word">${msg("Address", { id: "address" })}</span>${button}</span>`;
  const hint = msg("The name of this machine. Its address and ports are shared with the other pages and with the computer that the bridge runs on.", {
    id: "machine-hint",
  });
  return html`<span class="item" title=${hint}><bdi class="machine" data-testid="machine">${name ?? ""}</bdi>${button}</span>`;
}

function bridgeText(state: BridgeState): string {
  switch (state.kind) {
    case "connecting":
      return msg("Connecting to the bridge", { id: "bridge-connecting" });
    case "connected":
      return msg("Bridge connected", { id: "bridge-connected" });
    case "reconnecting":
      return msg("Reconnecting to the bridge", { id: "bridge-reconnecting" });
    case "locked":
      return msg("Room password needed", { id: "room-locked" });
    case "lost":
      return msg("Bridge unreachable", { id: "bridge-lost-short" });
  }
}

function bridgeIcon(state: BridgeState): TemplateResult {
  return state.kind === "connected" ? connectedIcon : state.kind === "lost" ? lostIcon : waitingIcon;
}

customElements.define("zp-status-bar", StatusBar);

declare global {
  interface HTMLElementTagNameMap {
    "zp-status-bar": StatusBar;
  }
}
