import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { moreIcon } from "../ui/icons.ts";
import type { MenuSection } from "../ui/menu-button.ts";
import { watch } from "../ui/watch.ts";
import type { NetworkPage } from "./network-page.ts";
import "../ui/menu-button.ts";

/** Saves what is shown as a file, and opens one. */
export class CaptureMenu extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [css`:host { display: inline-block; }`];

  declare page: NetworkPage;

  constructor() {
    super();
    watch(this, () => [this.page.captureLog.saved]);
  }

  protected override render(): TemplateResult {
    return html`
      <zp-menu-button data-testid="capture-menu" .label=${msg("Save and open captures", { id: "net-captures" })} .sections=${() => this.#sections()}>${moreIcon}</zp-menu-button>
      <input type="file" accept=".pcapng,.pcap,.cap" hidden data-testid="capture-file" aria-label=${msg("Open a capture", { id: "net-open-label" })} @change=${this.#chosen} />`;
  }

  #sections(): MenuSection[] {
    const { captureLog } = this.page;
    return [
      {
        items: [
          {
            id: "save-capture",
            label: msg("Save capture", { id: "net-save" }),
            hint: msg("A file for Wireshark, with the script lines as comments", { id: "net-save-hint" }),
            disabled: captureLog.isEmpty,
            run: () => void this.#save(),
          },
          {
            id: "open-capture",
            label: msg("Open capture…", { id: "net-open-file" }),
            hint: msg("One that was saved here, or by Wireshark. Nothing runs.", { id: "net-open-hint" }),
            run: () => this.renderRoot.querySelector<HTMLInputElement>("input")?.click(),
          },
        ],
      },
    ];
  }

  async #save(): Promise<void> {
    const { captureLog } = this.page;
    const parts = await this.page.fetchCaptureFiles();
    const { capture } = captureLog;
    if (parts !== undefined && capture !== undefined) parts.saveCapture(capture.runs, capture.ladder.lifelines);
  }

  readonly #chosen = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    if (file === undefined) return;
    const { captureLog } = this.page;
    const parts = await this.page.fetchCaptureFiles();
    if (parts === undefined) return;
    try {
      const { origin, capture } = await parts.openCapture(file);
      captureLog.saved.open(origin, capture);
    } catch (error) {
      captureLog.saved.fail(error instanceof parts.CaptureError ? error.code : "unreadable");
    }
    // The same file can be chosen again.
    field.value = "";
  };
}

customElements.define("zp-capture-menu", CaptureMenu);

declare global {
  interface HTMLElementTagNameMap {
    "zp-capture-menu": CaptureMenu;
  }
}
