import { msg, str } from "@lit/localize";
import { encodeShare, MAX_CAPTURE_CHARS, ShareError, shareHash } from "@playground/share";
import { css, html, type TemplateResult } from "lit";
import { loadCapture } from "../capture/load-capture.ts";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { exportProject } from "../library/export-project.ts";
import { toShared } from "../library/stored-project.ts";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";
import { linkOrigins } from "../room/link-origin.ts";
import { MAX_QR_CHARS, qrCode } from "./qr-code.ts";
import { shareFaultText } from "../library/share-fault-text.ts";
import { type ShareableCapture, shareableCapture } from "./shareable-capture.ts";
import type { SharePage } from "./share-page.ts";
import { shortLinkFaultText } from "./short-link-fault-text.ts";
import { makeShortLink, ShortLinkError } from "./short-links.ts";
import "../ui/copy-button.ts";
import "./qr-board.ts";

/** Longest link that every messenger and mail program is known to leave whole, characters. */
const SAFE_LINK_CHARS = 2_000;

const KILOBYTE = 1024;

type Short =
  | { readonly kind: "none" }
  | { readonly kind: "making" }
  | { readonly kind: "made"; readonly path: string }
  | { readonly kind: "failed"; readonly error: ShortLinkError };

/** What of the capture goes along. */
type Captured =
  | { readonly kind: "none" }
  | { readonly kind: "making" }
  | { readonly kind: "made"; readonly capture: ShareableCapture }
  /** There is too much of it, or what makes it could not be had. */
  | { readonly kind: "too-large" | "unavailable" };

/** Gives the open project as a long link, a short link, a QR code and a file. */
export class ShareDialog extends PlaygroundDialog {
  static override properties = {
    page: { attribute: false },
    withRoom: { state: true },
    captured: { state: true },
    short: { state: true },
    origin: { state: true },
    shown: { state: true },
  };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      .link { display: flex; gap: var(--space-2); align-items: center; }
      .link input { font-family: var(--mono); font-size: var(--text-s); }
      section { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); }
      .room { display: grid; grid-template-columns: auto 1fr; gap: 0 0.6rem; align-items: baseline; }
      .room small { grid-column: 2; color: var(--ink-soft); font-size: var(--text-s); }
      .loopback { display: grid; gap: var(--space-2); margin: 0; padding: var(--space-3); border: 1px solid var(--waiting); border-radius: var(--radius-s); background: var(--warn-wash); overflow-wrap: anywhere; }
      .loopback.known { border-color: var(--line); background: none; }
      .loopback p { margin: 0; }
      .qr-place { display: flex; gap: var(--space-4); align-items: center; flex-wrap: wrap; }
      .qr-place .qr { inline-size: 9rem; block-size: 9rem; border-radius: var(--radius-s); }
    `,
  ];

  declare page: SharePage;
  declare private withRoom: boolean;
  declare private captured: Captured;
  declare private short: Short;
  /** What the links begin with. */
  declare private origin: string;
  /** Whether there is something to draw: links are made only when they are asked for. */
  declare private shown: boolean;
  /** Path and hash of the long link. Made once, for the project as it was when the dialog was shown: packing a large one takes a moment. */
  #long: string | ShareError = "";
  /** Counts openings and changes, so that an answer that comes late is not taken for the present one. */
  #turn = 0;

  constructor() {
    super();
    this.withRoom = false;
    this.captured = { kind: "none" };
    this.short = { kind: "none" };
    this.origin = location.origin;
    this.shown = false;
  }

  override async show(): Promise<void> {
    this.#turn++;
    // What happens on the network changes all the time: it is taken along anew each time that the reader wants it.
    this.captured = { kind: "none" };
    this.#renew();
    this.#takeOrigin();
    this.shown = true;
    void linkOrigins.ask().then(() => this.#takeOrigin());
    await super.show();
  }

  protected override headline(): string {
    return msg("Share", { id: "share" });
  }

  protected override onClosed(): void {
    super.onClosed();
    this.shown = false;
  }

  protected override body(): TemplateResult {
    return this.shown ? this.#renderContent() : html``;
  }

  #renderContent(): TemplateResult {
    const long = this.#longLink;
    return html`
      <div class="content">
        <p class="soft">${msg("The link holds the files as they are now, and which of them are programs. Anyone who opens it gets their own copy; your later changes are not included.", { id: "share-what" })}</p>
        <div class="room">
          <input id="with-room" type="checkbox" data-testid="share-room" .checked=${this.withRoom} @change=${this.#toggleRoom} aria-describedby="room-help" />
          <label for="with-room">${msg(str`With the room ${this.page.room}`, { id: "share-room" })}</label>
          <small id="room-help">${msg("Anyone who opens the link is asked whether to join. Their programs and yours can then connect to each other.", { id: "share-room-help" })}</small>
        </div>
        ${this.#renderCapture()}
        ${this.#renderLoopback()}
        <section aria-labelledby="long-title">
          <h3 id="long-title">${msg("Link", { id: "share-long" })}</h3>
          ${
            typeof long === "string"
              ? html`
            ${this.#renderLink(long, "long", msg("Copy the link", { id: "share-copy-long" }))}
            <p class="soft">${msg("Contains the whole project: never expires, and nothing is stored on the bridge.", { id: "share-long-help" })}
              ${long.length > SAFE_LINK_CHARS ? msg(str`It has ${counted(long.length, msg("# character|# characters", { id: "characters" }))}, and some programs cut such links: a short link is safer.`, { id: "share-long-warning" }) : ""}</p>`
              : html`<p class="fault" role="alert">${shareFaultText(long.code)}${
                  this.captured.kind === "made" ? ` ${msg("Leave the capture out, or save it as a file.", { id: "share-without-capture" })}` : ""
                }</p>`
          }
        </section>
        <section aria-labelledby="short-title">
          <h3 id="short-title">${msg("Short link", { id: "share-short" })}</h3>
          ${this.#renderShort()}
        </section>
        ${this.#renderQr()}
        <zp-qr-board></zp-qr-board>
        <div class="buttons">
          <button class="outlined" data-testid="export" @click=${() => exportProject(this.page.library.current)}>${msg("Export as a file", { id: "export" })}</button>
          <button class="primary" data-testid="share-close" @click=${this.close}>${msg("Done", { id: "done" })}</button>
        </div>
      </div>`;
  }

  #renderShort(): TemplateResult {
    const { short } = this;
    if (short.kind === "made") {
      return html`${this.#renderLink(this.#absolute(short.path), "short", msg("Copy the short link", { id: "share-copy-short" }))}`;
    }
    return html`
      <p class="soft">${msg("For a blackboard or a phone. The bridge stores the project as long as someone opens the link now and then; anyone with the link can read it.", { id: "share-short-help" })}</p>
      ${short.kind === "failed" ? html`<p class="fault" role="alert" data-testid="short-fault">${shortLinkFaultText(short.error.fault)}</p>` : ""}
      <div><button class="outlined" data-testid="make-short" aria-disabled=${short.kind === "making"} @click=${this.#makeShort}>
        ${short.kind === "making" ? msg("Creating the link…", { id: "share-making" }) : msg("Create a short link", { id: "share-make-short" })}</button></div>`;
  }

  #renderCapture(): TemplateResult | string {
    const { captured } = this;
    if (captured.kind === "none" && this.page.captureLog.isEmpty) return "";
    return html`
      <div class="room">
        <input id="with-capture" type="checkbox" data-testid="share-capture" .checked=${captured.kind !== "none"} @change=${this.#toggleCapture} aria-describedby="capture-help" />
        <label for="with-capture">${msg("With the network capture", { id: "share-capture" })}</label>
        <small id="capture-help" data-testid="share-capture-help" role="status">${this.#captureHelp()}</small>
      </div>`;
  }

  #captureHelp(): string {
    const { captured } = this;
    const limit = localNumber(MAX_CAPTURE_CHARS / KILOBYTE);
    switch (captured.kind) {
      case "none":
        return msg(
          "Anyone who opens the link sees what the programs did on the network, without running anything. It holds every byte they sent and received.",
          {
            id: "share-capture-help",
          },
        );
      case "making":
        return msg("Packing the capture…", { id: "share-capture-making" });
      case "too-large":
        return msg(
          str`The capture is too large: a link has room for ${limit} KB of it. Clear the network view and run only what you want to show, or save the capture as a file.`,
          {
            id: "share-capture-large",
          },
        );
      case "unavailable":
        return msg("The capture could not be packed: a part of the page did not come. Try again.", { id: "share-capture-unavailable" });
      case "made": {
        const { text, leftOut } = captured.capture;
        const size = localNumber(Math.ceil(text.length / KILOBYTE));
        if (leftOut === 0)
          return msg(str`It takes ${size} KB of the link, and holds every byte that the programs sent and received.`, { id: "share-capture-size" });
        const events = counted(leftOut, msg("# oldest event is|# oldest events are", { id: "share-capture-left-out" }));
        return msg(str`It takes ${size} KB. A link has room for ${limit} KB of it: ${events} left out.`, { id: "share-capture-cut" });
      }
    }
  }

  /** Where the page's own address leads nobody here: what the links begin with instead, or that they are of no use to others. */
  #renderLoopback(): TemplateResult | string {
    if (!linkOrigins.isOnlyHere) return "";
    const origins = linkOrigins.all;
    if (origins[0] === location.origin) {
      return html`<p class="loopback" data-testid="loopback-hint">${msg("This address works on this computer only. For other computers, start the bridge with --host 0.0.0.0 and open the page by the link that it prints.", { id: "share-loopback" })}</p>`;
    }
    return html`
      <div class="loopback known" data-testid="loopback-known">
        <p>${msg(str`The links begin with an address of this computer that others can open: ${location.hostname} means each reader's own computer.`, { id: "share-for-others" })}</p>
        ${
          origins.length === 1
            ? ""
            : html`
          <label for="origin">${msg("If others cannot open it, choose another address:", { id: "share-origin" })}</label>
          <select id="origin" data-testid="link-origin" @change=${this.#chooseOrigin}>${origins.map((origin) => html`<option .selected=${origin === this.origin}>${origin}</option>`)}</select>`
        }
      </div>`;
  }

  #renderLink(link: string, kind: "long" | "short", copyLabel: string): TemplateResult {
    return html`
      <div class="link">
        <input type="text" readonly data-testid=${`${kind}-link`} .value=${link} aria-labelledby=${`${kind}-title`} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <zp-copy-button iconOnly data-testid=${`copy-${kind}-link`} .text=${link} .label=${copyLabel}></zp-copy-button>
      </div>`;
  }

  #renderQr(): TemplateResult | string {
    const link = this.#qrLink;
    if (link === undefined) return "";
    return html`
      <div class="qr-place" data-testid="qr">
        ${qrCode(link)}
        <button class="outlined" data-testid="qr-large" @click=${() => void this.renderRoot.querySelector("zp-qr-board")?.show(link)}>${msg("Show large", { id: "qr-large" })}</button>
      </div>`;
  }

  /** What the QR code leads to: the short link, or a long one that is not long. */
  get #qrLink(): string | undefined {
    if (this.short.kind === "made") return this.#absolute(this.short.path);
    const long = this.#longLink;
    return typeof long === "string" && long.length <= MAX_QR_CHARS ? long : undefined;
  }

  get #shared(): ReturnType<typeof toShared> {
    const { captured, page } = this;
    return toShared(page.library.current, {
      room: this.withRoom ? page.room : undefined,
      capture: captured.kind === "made" ? captured.capture.text : undefined,
    });
  }

  get #longLink(): string | ShareError {
    return typeof this.#long === "string" ? this.#absolute(this.#long) : this.#long;
  }

  #absolute(path: string): string {
    return new URL(path, this.origin).href;
  }

  #takeOrigin(): void {
    const origins = linkOrigins.all;
    if (!origins.includes(this.origin) || this.origin === location.origin) this.origin = origins[0] ?? location.origin;
    this.requestUpdate();
  }

  readonly #chooseOrigin = (event: Event): void => {
    this.origin = (event.target as HTMLSelectElement).value;
  };

  #longPath(): string | ShareError {
    try {
      return `/${shareHash(encodeShare(this.#shared))}`;
    } catch (error) {
      if (error instanceof ShareError) return error;
      throw error;
    }
  }

  /** The links are to hold something else. */
  #renew(): void {
    this.#turn++;
    this.#long = this.#longPath();
    this.short = { kind: "none" };
  }

  readonly #toggleRoom = (event: Event): void => {
    this.withRoom = (event.target as HTMLInputElement).checked;
    this.#renew();
  };

  readonly #toggleCapture = async (event: Event): Promise<void> => {
    const isWanted = (event.target as HTMLInputElement).checked;
    this.captured = { kind: isWanted ? "making" : "none" };
    this.#renew();
    if (!isWanted) return;
    const making = this.captured;
    const captured = await this.#pack();
    // Unless the reader has thought better of it.
    if (this.captured !== making) return;
    this.captured = captured;
    this.#renew();
  };

  async #pack(): Promise<Captured> {
    try {
      const { encodeEvents } = await loadCapture();
      const capture = await shareableCapture(await this.page.captureLog.shownRuns(), encodeEvents);
      return capture === undefined ? { kind: "too-large" } : { kind: "made", capture };
    } catch (error) {
      console.error(error);
      return { kind: "unavailable" };
    }
  }

  readonly #makeShort = async (): Promise<void> => {
    if (this.short.kind === "making") return;
    const turn = ++this.#turn;
    this.short = { kind: "making" };
    let short: Short;
    try {
      short = { kind: "made", path: await makeShortLink(this.#shared) };
    } catch (error) {
      short = { kind: "failed", error: error instanceof ShortLinkError ? error : new ShortLinkError("refused", String(error)) };
    }
    if (turn !== this.#turn) return;
    this.short = short;
    if (short.kind !== "made") return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('[data-testid="short-link"]')?.focus();
  };
}

customElements.define("zp-share-dialog", ShareDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-share-dialog": ShareDialog;
  }
}
