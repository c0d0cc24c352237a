import { msg, str } from "@lit/localize";
import { plainText, safeText } from "@playground/safe-text";
import { explainFailure } from "@playground/zone/explanations";
import type { Arrow, ArrowPiece, ByteField, CallSite, LadderItem, Mark } from "@playground/capture";
import { endpointText } from "@playground/network";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { currentLocale } from "../locale/locale.ts";
import { localNumber } from "../locale/numbers.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { closeIcon, codeIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { detailStyles } from "./detail-styles.ts";
import { explain } from "./explain.ts";
import { hexRows } from "./hex-rows.ts";
import { kindText } from "./ladder-texts.ts";
import type { Lanes } from "./lanes.ts";
import { noteText } from "./note-text.ts";
import { bytesText } from "./size-text.ts";
import { clockText, durationText } from "./time-text.ts";

/** Bytes that are shown at first, and how many more at a time: a few screens, drawn at once. */
const SHOWN_BYTES = 1_024;
/** Pixels from which sixteen bytes stand in a row. */
const WIDE = 528;
/** Printed lines of a callback that are shown. */
const MAX_PRINTED = 50;

/**
 * All that is known of one item: what kind of event it is, the lines of scripts, bytes, fields, times, notes. Fires `open-source` with a
 * file and a line, and `close`.
 */
export class ItemDetail extends PlaygroundElement {
  static override properties = {
    item: { attribute: false },
    printed: { attribute: false },
    lanes: { attribute: false },
    hasFile: { attribute: false },
    shown: { state: true },
    isWide: { state: true },
  };

  static override styles = [sharedStyles, detailStyles];

  declare item: LadderItem;
  /** What was printed in the callbacks that had it. */
  declare printed: readonly Mark[];
  declare lanes: Lanes;
  /** Whether the project has a file of that name, whose lines can be opened. */
  declare hasFile: (name: string) => boolean;
  /** Bytes that are shown. */
  declare private shown: number;
  declare private isWide: boolean;
  // In the next frame: what is measured changes what is observed.
  readonly #resized = new ResizeObserver(() =>
    requestAnimationFrame(() => {
      this.isWide = this.clientWidth >= WIDE;
    }),
  );

  constructor() {
    super();
    this.printed = [];
    this.hasFile = () => false;
    this.shown = SHOWN_BYTES;
    this.isWide = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** Brings the focus to the headline. */
  focusHeadline(): void {
    this.renderRoot.querySelector<HTMLElement>("h3")?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("item") as LadderItem | undefined;
    if (before !== undefined && before.id !== this.item.id) this.shown = SHOWN_BYTES;
  }

  protected override render(): TemplateResult {
    const { item } = this;
    const close = msg("Close", { id: "close" });
    return html`
      <header>
        <h3 tabindex="-1" data-testid="detail-headline">${this.#headline(item)}</h3>
        <button class="icon" data-testid="close-detail" title=${close} aria-label=${close} @click=${() => this.dispatchEvent(new Event("close"))}>${closeIcon}</button>
      </header>
      <div class="content">
        <p data-testid="explanation">${explain(item)}</p>
        ${item.failure === undefined ? nothing : html`<p class="failure" data-testid="failure">${explainFailure(item.failure.code, currentLocale())}</p>`}
        ${item.notes.length === 0 ? nothing : html`<ul class="notes" data-testid="notes">${item.notes.map((note) => html`<li data-note=${note.code}>${noteText(note)}</li>`)}</ul>`}
        ${item.shape === "arrow" ? this.#arrow(item) : this.#mark(item)}
      </div>`;
  }

  #headline(item: LadderItem): string {
    const name = (lifeline: string): string => plainText(this.lanes.laneOf(lifeline)?.name ?? "?");
    if (item.shape === "mark") return item.on === undefined ? kindText(item) : `${name(item.on)}: ${kindText(item)}`;
    const what = item.piece === undefined || item.piece.size === 0 ? kindText(item) : bytesText(item.piece.size);
    return `${name(item.from)} → ${name(item.to)}: ${what}`;
  }

  #arrow(arrow: Arrow): TemplateResult {
    const { piece, sender, receiver, opener, kind } = arrow;
    const isBytes = kind === "bytes";
    return html`
      ${this.#lines([
        [sender, isBytes ? msg("Sent by", { id: "net-sent-by" }) : msg("Called in", { id: "net-called-in" })],
        [receiver, isBytes ? msg("Received in", { id: "net-received-in" }) : msg("Told in", { id: "net-told-in" })],
        [opener, msg("Answered in", { id: "net-answered-in" })],
      ])}
      ${piece === undefined || piece.size === 0 ? nothing : html`${this.#bytes(piece)}${this.#fields(piece)}`}
      ${this.#printed()} ${this.#times(arrow)} ${piece === undefined || piece.size === 0 ? this.#ends(arrow) : this.#place(piece)}`;
  }

  #mark(mark: Mark): TemplateResult {
    const { kind, site, text, endpoint, unread } = mark;
    return html`
      ${this.#lines([[site, kind === "printed" ? msg("Printed by", { id: "net-printed-by" }) : msg("Called in", { id: "net-called-in" })]])}
      ${kind === "printed" && text !== undefined ? html`<div class="printed" translate="no">${safeText(text)}</div>` : nothing}
      <dl>
        <dt>${msg("Time", { id: "net-time" })}</dt><dd>${clockText(mark.at)}</dd>
        ${endpoint === undefined ? nothing : html`<dt>${msg("Address", { id: "address" })}</dt><dd>${endpointText(endpoint.address, endpoint.port)}</dd>`}
        ${unread === undefined || unread === 0 ? nothing : html`<dt>${msg("Unread", { id: "net-unread" })}</dt><dd>${bytesText(unread)}</dd>`}
      </dl>`;
  }

  /** Lines of scripts, as buttons that open them. */
  #lines(lines: readonly (readonly [CallSite | undefined, string])[]): TemplateResult | typeof nothing {
    const known = lines.flatMap(([site, label]) => (site?.place === undefined ? [] : [{ ...site.place, label }]));
    if (known.length === 0) return nothing;
    return html`<div class="lines">${known.map(({ file, line, label }) => {
      const place = `${file}:${line}`;
      return this.hasFile(file)
        ? html`<button class="outlined" data-testid="open-line" data-place=${place} @click=${() => this.#open(file, line)}>${codeIcon}<span>${label} <code>${place}</code></span></button>`
        : html`<span>${label} <code>${plainText(place)}</code></span>`;
    })}</div>`;
  }

  #bytes({ bytes, size }: ArrowPiece): TemplateResult {
    const rows = hexRows(bytes, this.isWide ? 16 : 8, this.shown);
    const kinds = new Set(rows.flatMap(({ cells }) => cells.map(({ kind }) => kind)));
    const digits = Math.max(3, Math.min(size, this.shown).toString(16).length);
    return html`
      <section>
        <h4>${msg("Bytes", { id: "net-bytes-headline" })}</h4>
        <ol class="hex" translate="no" tabindex="0" role="list" aria-label=${msg("Bytes as hexadecimal numbers and as text", { id: "net-hex" })} data-testid="hex">
          ${rows.map(
            ({ offset, cells }) =>
              html`<li><span class="offset">${offset.toString(16).padStart(digits, "0")}</span><span .style=${`inline-size: ${(this.isWide ? 16 : 8) * 3 - 1}ch`}>${cells.map(
                ({ hex, kind, size: places }) => html`<span class=${`cell ${kind}`} .style=${`inline-size: ${places * 3 - 1}ch`}>${hex}</span> `,
              )}</span><span class="as-text">${cells.map(({ text, kind, size: places }) => html`<span class=${`cell ${kind}`} .style=${`inline-size: ${places}ch`}>${text}</span>`)}</span></li>`,
          )}
        </ol>
        ${
          kinds.has("cut-before") || kinds.has("cut-after")
            ? html`<p class="soft" data-testid="cut-character">${msg("½ marks a character that TCP has cut: its other bytes are in the piece before or behind.", { id: "net-cut-character" })}</p>`
            : nothing
        }
        ${kinds.has("invalid") ? html`<p class="soft">${msg("Bytes with a dot in the text are no UTF-8: they may be numbers, or part of a picture.", { id: "net-no-text" })}</p>` : nothing}
        ${
          bytes.length > this.shown
            ? html`<button class="outlined more" @click=${() => {
                this.shown += SHOWN_BYTES;
              }}>${msg("Show more", { id: "net-show-more" })}</button>`
            : nothing
        }
        ${bytes.length < size ? html`<p class="soft">${msg(str`Kept: ${localNumber(bytes.length)} of ${bytesText(size)}.`, { id: "net-kept" })}</p>` : nothing}
      </section>`;
  }

  #fields({ written, read }: ArrowPiece): TemplateResult {
    return html`${this.#fieldList(written, msg("Written as", { id: "net-written" }), "written")}${this.#fieldList(read, msg("Read as", { id: "net-read" }), "read")}`;
  }

  #fieldList(fields: readonly ByteField[], headline: string, name: string): TemplateResult | typeof nothing {
    if (fields.length === 0) return nothing;
    return html`<section><h4>${headline}</h4><dl class="fields" data-testid=${`fields-${name}`}>${fields.map(
      ({ offset, format, value, size }) =>
        html`<dt>${offset}</dt><dd>${format.toLowerCase()} ${value === undefined ? `(${bytesText(size)})` : `= ${typeof value === "string" ? `"${safeText(value)}"` : String(value)}`}</dd>`,
    )}</dl></section>`;
  }

  #printed(): TemplateResult | typeof nothing {
    if (this.printed.length === 0) return nothing;
    return html`<section><h4>${msg("Printed in this callback", { id: "net-printed-there" })}</h4>
      <div class="printed" data-testid="printed" translate="no">${this.printed.slice(0, MAX_PRINTED).map(({ text }) => html`<div>${safeText(text ?? "")}</div>`)}</div></section>`;
  }

  #times(arrow: Arrow): TemplateResult {
    const steps = [
      [msg("Sent", { id: "net-time-sent" }), arrow.sentAt],
      [msg("Left", { id: "net-time-left" }), arrow.leftAt],
      [msg("Arrived", { id: "net-time-arrived" }), arrow.arrivedAt],
      [msg("Let through", { id: "net-time-released" }), arrow.releasedAt],
      [msg("Received", { id: "net-time-received" }), arrow.receivedAt],
    ] as const;
    let before: number | undefined;
    const rows = steps.flatMap(([label, at]) => {
      // What nothing held up went on at the same moment.
      if (at === undefined || at === before) return [];
      const took = before === undefined ? "" : `+${durationText(at - before)}`;
      before = at;
      return [html`<dt>${label}</dt><dd>${clockText(at)}</dd><dd class="soft">${took}</dd>`];
    });
    return html`<section><h4>${msg("Times", { id: "net-times" })}</h4><dl data-testid="times">${rows.length === 0 ? html`<dt>${msg("Time", { id: "net-time" })}</dt><dd>${clockText(arrow.at)}</dd><dd></dd>` : rows}</dl></section>`;
  }

  #place({ offset, size, send, arrival, receipt }: ArrowPiece): TemplateResult {
    const first = localNumber(offset + 1);
    const last = localNumber(offset + size);
    return html`<section><h4>${msg("Place in the stream", { id: "net-place" })}</h4><ul data-testid="place">
      <li>${size === 1 ? msg(str`Of all bytes in this direction: ${first}`, { id: "net-byte-of" }) : msg(str`Of all bytes in this direction: ${first}–${last}`, { id: "net-bytes-of" })}</li>
      ${
        send === undefined
          ? nothing
          : html`<li>${
              send.of === undefined
                ? msg(str`Part ${send.part} of a send of ${bytesText(send.size)}; more may come`, { id: "net-part-of-send-open" })
                : send.of === 1
                  ? msg(str`A whole send: ${bytesText(send.size)}`, { id: "net-whole-send" })
                  : msg(str`Part ${send.part} of ${send.of} of a send: ${bytesText(send.size)}`, { id: "net-part-of-send" })
            }</li>`
      }
      ${
        arrival === undefined
          ? nothing
          : html`<li>${
              arrival.sends > 1
                ? msg(str`Arrived together with bytes of other sends: ${bytesText(arrival.size)} in one piece`, { id: "net-in-arrival-glued" })
                : msg(str`Arrived in a piece of ${bytesText(arrival.size)}`, { id: "net-in-arrival" })
            }</li>`
      }
      ${receipt === undefined ? nothing : html`<li>${msg(str`onReceive was called with ${bytesText(receipt.size)}`, { id: "net-in-receipt" })}</li>`}
    </ul></section>`;
  }

  #ends({ local, remote }: Arrow): TemplateResult | typeof nothing {
    if (local === undefined && remote === undefined) return nothing;
    const text = [local, remote].map((end) => (end === undefined ? "?" : endpointText(end.address, end.port))).join(" → ");
    return html`<section><h4>${msg("Addresses and ports", { id: "net-endpoints" })}</h4><p>${text}</p></section>`;
  }

  #open(file: string, line: number): void {
    this.dispatchEvent(new CustomEvent("open-source", { bubbles: true, composed: true, detail: { file, line } }));
  }
}

customElements.define("zp-network-detail", ItemDetail);

declare global {
  interface HTMLElementTagNameMap {
    "zp-network-detail": ItemDetail;
  }
}
