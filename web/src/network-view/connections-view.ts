import { msg } from "@lit/localize";
import type { CaptureTime, ConnectionKey, ConnectionState, Gauge } from "@playground/capture";
import { endpointText } from "@playground/network";
import { plainText } from "@playground/safe-text";
import { css, html, nothing, svg, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { isSameConnection } from "./item-filter.ts";
import type { Lanes } from "./lanes.ts";
import { pressureText, stepPath } from "./pressure.ts";
import { bytesText, shortSize } from "./size-text.ts";
import { durationText } from "./time-text.ts";

/** Units of a strip, which is as wide as its place. */
const STRIP = { width: 400, height: 36 } as const;
/** Milliseconds between two looks at the ages of open connections. */
const AGE_MS = 1_000;
/** Connections that are shown: the newest. More than fit on any screen. */
const MAX_SHOWN = 500;

/** The connections as a table, and of the one that was chosen how full its buffers were. Fires `choose-connection` with its key, and `show-connection` to see its arrows. */
export class ConnectionsView extends PlaygroundElement {
  static override properties = { connections: { attribute: false }, lanes: { attribute: false }, chosen: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-direction: column; flex: 1; min-block-size: 0; background: var(--console); }
      .table { flex: 1 1 8rem; min-block-size: 0; overflow: auto; }
      table { inline-size: 100%; border-collapse: collapse; font-size: var(--text-s); font-variant-numeric: tabular-nums; }
      th { position: sticky; inset-block-start: 0; padding: 0.45rem 0.5rem; background: var(--surface); border-block-end: 1px solid var(--line); color: var(--ink-soft); font-weight: 500; text-align: start; white-space: nowrap; }
      td { padding: 0.1rem 0.5rem; border-block-end: 1px solid var(--line); white-space: nowrap; }
      .figure { text-align: end; }
      tr[aria-selected="true"], tr.chosen { background: var(--accent-wash); }
      .who { white-space: normal; }
      td button { display: grid; justify-items: start; justify-content: start; gap: 0.15rem; inline-size: 100%; min-block-size: 2.5rem; padding: 0.3rem 0.35rem; text-align: start; white-space: normal; }
      .name { font: 600 var(--text-s) / 1.25 var(--mono); overflow-wrap: anywhere; }
      .endpoint { color: var(--ink-soft); font: var(--text-xs) / 1.2 var(--mono); }
      .open { color: var(--running); }
      .connecting { color: var(--waiting); }
      .failed, .broken { color: var(--failed); }
      .strips { flex: none; max-block-size: 60%; overflow: auto; padding: var(--space-3); border-block-start: 1px solid var(--line); background: var(--surface); font-size: var(--text-s); line-height: 1.45; }
      .strips-head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); margin-block-end: var(--space-2); }
      h3 { flex: 1 1 12rem; min-inline-size: 0; margin: 0; font: 600 var(--text-m) / 1.35 var(--font); overflow-wrap: anywhere; }
      p { margin: 0 0 var(--space-2); }
      .strip { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--space-2); margin-block-start: var(--space-2); }
      .strip dt { color: var(--ink-soft); }
      dl { margin: 0; }
      dd { margin: 0; }
      .strip svg { grid-column: 1 / -1; inline-size: 100%; block-size: 2.25rem; margin-block-start: 0.2rem; border: 1px solid var(--line); border-radius: 3px; background: var(--paper); }
      .curve { fill: none; stroke: var(--accent); stroke-width: 1.5; }
      .area { fill: var(--accent-wash); stroke: none; }
      .full .curve { stroke: var(--failed); }
      .full .area { fill: var(--failed-wash); }
      .nothing { margin: auto; padding: var(--space-6); color: var(--ink-soft); text-align: center; }
      /* Where there is no room for columns, each connection has two lines. */
      @container (max-width: 32rem) or (max-width: 512px) {
        thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
        tr { display: grid; grid-template-columns: 1fr auto auto auto; padding-block-end: 0.4rem; border-block-end: 1px solid var(--line); }
        td { border: 0; }
        td:not(.who) { padding-inline: 0.85rem 0.5rem; }
        .who { grid-column: 1 / -1; }
        .sent::before { content: "↑ " / ""; }
        .received::before { content: "↓ " / ""; }
      }
      @media (forced-colors: active) {
        .curve { stroke: CanvasText; }
        .area { fill: none; }
        tr.chosen { forced-color-adjust: none; background: SelectedItem; color: SelectedItemText; }
        tr.chosen * { color: inherit; }
        tr.chosen button, tr.chosen button:hover { background: none; }
      }
    `,
  ];

  declare connections: readonly ConnectionState[];
  declare lanes: Lanes;
  declare chosen: ConnectionKey | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.connections = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), AGE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    const { connections, chosen } = this;
    if (connections.length === 0)
      return html`<p class="nothing">${msg("No connections yet. They appear here when a program connects or is connected to.", { id: "net-no-connections" })}</p>`;
    const now = performance.timeOrigin + performance.now();
    const one = chosen === undefined ? undefined : connections.find(({ key }) => isSameConnection(key, chosen));
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${msg("Connections", { id: "net-connections" })}>
        <table role="table" data-testid="connections">
          <thead role="rowgroup"><tr role="row">
            <th role="columnheader" scope="col">${msg("Program and other side", { id: "net-both-sides" })}</th>
            <th role="columnheader" scope="col">${msg("State", { id: "net-state" })}</th>
            <th role="columnheader" scope="col" class="figure">${msg("Sent", { id: "net-time-sent" })}</th>
            <th role="columnheader" scope="col" class="figure">${msg("Received", { id: "net-time-received" })}</th>
            <th role="columnheader" scope="col" class="figure">${msg("Age", { id: "net-age" })}</th>
          </tr></thead>
          <tbody role="rowgroup">${[...connections]
            .reverse()
            .slice(0, MAX_SHOWN)
            .map((connection) => this.#row(connection, now))}</tbody>
        </table>
      </div>
      ${one === undefined ? nothing : this.#strips(one, now)}`;
  }

  #row(connection: ConnectionState, now: CaptureTime): TemplateResult {
    const { key, program, remote, direction, state, since, until, bytesIn, bytesOut } = connection;
    const isChosen = this.chosen !== undefined && isSameConnection(key, this.chosen);
    return html`
      <tr role="row" class=${isChosen ? "chosen" : ""} data-connection=${`${key.run}.${key.connection}`}>
        <td role="cell" class="who"><button aria-pressed=${isChosen} @click=${() => this.#fire("choose-connection", key)}>
          <span class="name" translate="no">${this.#name(program)} ${direction === "out" ? "→" : "←"} ${this.#name(connection.peer)}</span>${
            remote === undefined ? nothing : html`<span class="endpoint">${endpointText(remote.address, remote.port)}</span>`
          }</button></td>
        <td role="cell" class=${state}>${stateText(state)}</td>
        <td role="cell" class="figure sent">${shortSize(bytesOut)}</td>
        <td role="cell" class="figure received">${shortSize(bytesIn)}</td>
        <td role="cell" class="figure">${durationText((until ?? now) - since)}</td>
      </tr>`;
  }

  #strips(connection: ConnectionState, now: CaptureTime): TemplateResult {
    const { key, program, peer, gauges, since, until } = connection;
    const last = gauges.at(-1);
    const view = { from: gauges[0]?.at ?? since, to: Math.max(until ?? now, last?.at ?? 0) };
    return html`
      <section class="strips" data-testid="pressure" aria-label=${msg("How full the buffers are", { id: "net-buffers" })}>
        <div class="strips-head">
          <h3>${this.#name(program)} ⇄ ${this.#name(peer)}</h3>
          <button class="outlined" data-testid="show-connection" @click=${() => this.#fire("show-connection", key)}>${msg("Show its exchange", { id: "net-show-connection" })}</button>
        </div>
        ${
          last === undefined
            ? html`<p>${msg("Nothing waits: both sides keep up with each other.", { id: "pressure-none" })}</p>`
            : html`
        <p data-testid="pressure-text">${pressureText(last)}</p>
        <dl>
          ${strip(gauges, view, msg("Send buffer: taken by send, not gone yet", { id: "net-send-buffer" }), ({ sendBuffer }) => sendBuffer, last.sendBufferLimit)}
          ${strip(gauges, view, msg("Window: what the other side may still send", { id: "net-window" }), ({ window }) => window)}
          ${strip(gauges, view, msg("Waiting for update()", { id: "net-waiting" }), ({ waiting }) => waiting)}
        </dl>`
        }
      </section>`;
  }

  #name(lifeline: string): string {
    return plainText(this.lanes.laneOf(lifeline)?.name ?? "?");
  }

  #fire(name: "choose-connection" | "show-connection", key: ConnectionKey): void {
    this.dispatchEvent(new CustomEvent(name, { detail: key }));
  }
}

/** One figure over time, and as a number what it is now. */
function strip(
  gauges: readonly Gauge[],
  view: { readonly from: number; readonly to: number },
  label: string,
  valueOf: (gauge: Gauge) => number,
  limit?: number,
): TemplateResult {
  const points = gauges.map((gauge) => ({ at: gauge.at, value: valueOf(gauge) }));
  const now = points.at(-1)?.value ?? 0;
  const most = Math.max(limit ?? 0, ...points.map(({ value }) => value), 1);
  const curve = stepPath(points, { ...view, most, ...STRIP });
  const isFull = limit !== undefined && limit > 0 && now >= limit * 0.95;
  return html`<div class=${isFull ? "strip full" : "strip"}>
    <dt>${label}</dt><dd>${bytesText(now)}${limit === undefined || limit === 0 ? nothing : html` / ${shortSize(limit)}`}</dd>
    <svg viewBox=${`0 -2 ${STRIP.width} ${STRIP.height + 4}`} preserveAspectRatio="none" aria-hidden="true">${
      curve === "" ? nothing : svg`<path class="area" d=${`${curve}V${STRIP.height}H0Z`} /><path class="curve" vector-effect="non-scaling-stroke" d=${curve} />`
    }</svg>
  </div>`;
}

function stateText(state: ConnectionState["state"]): string {
  switch (state) {
    case "connecting":
      return msg("connecting", { id: "net-connecting" });
    case "open":
      return msg("open", { id: "net-open" });
    case "ended":
      return msg("end of stream", { id: "net-end" });
    case "closed":
      return msg("closed", { id: "net-closed-state" });
    case "failed":
      return msg("failed", { id: "state-failed" });
    case "broken":
      return msg("broken off", { id: "net-broken-state" });
  }
}

customElements.define("zp-connections", ConnectionsView);

declare global {
  interface HTMLElementTagNameMap {
    "zp-connections": ConnectionsView;
  }
}
