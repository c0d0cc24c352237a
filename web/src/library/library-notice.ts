import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { noticeStyles } from "../ui/notice-styles.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { LibraryPage } from "./library-page.ts";
import type { Library } from "./library.ts";

/** Says what the reader should know about how the work is kept: not at all, not any more, or twice. */
export class LibraryNotice extends PlaygroundElement {
  static override properties = { page: { attribute: false } };

  static override styles = [
    sharedStyles,
    noticeStyles,
    css`
      aside { flex-wrap: wrap; }
      p { flex-basis: 18rem; }
    `,
  ];

  declare page: LibraryPage;

  constructor() {
    super();
    watch(this, () => [this.page.library]);
  }

  protected override render(): TemplateResult | string {
    const { library } = this.page;
    const { notice } = library;
    if (notice === undefined) return "";
    return html`<aside role="status" class=${notice.kind} data-testid="library-notice" data-kind=${notice.kind}>${this.#renderNotice(notice, library)}</aside>`;
  }

  #renderNotice(notice: NonNullable<Library["notice"]>, library: Library): TemplateResult {
    const exportButton = html`<button class="outlined" data-testid="notice-export" @click=${async () => (await this.page.fetchDialogs())?.exportProject(library.current)}>${msg("Export as a file", { id: "export" })}</button>`;
    const dismiss = html`<button class="outlined" data-testid="notice-dismiss" @click=${() => library.dismissNotice()}>${msg("Got it", { id: "got-it" })}</button>`;
    switch (notice.kind) {
      case "memory":
        return html`<p>${msg("This browser keeps nothing for this page: your work is gone when the tab is closed. Export it to keep it.", { id: "notice-memory" })}</p>${exportButton}${dismiss}`;
      case "failed":
        return html`<p>${
          notice.isFull
            ? msg("Your work could not be saved: the browser has no space left for this page. Export it, or delete projects that you no longer need.", {
                id: "notice-full",
              })
            : msg(str`Your work could not be saved: ${notice.reason}. The page tries again with your next change; export it to be safe.`, {
                id: "notice-failed",
              })
        }</p>${exportButton}`;
      case "newer":
        return html`<p>${msg("This project was changed in another tab, and you see an older version. If you continue here, your changes become a separate project.", { id: "notice-newer" })}</p>
          <button class="outlined" data-testid="show-newer" @click=${() => void library.showNewer()}>${msg("Show the new version", { id: "show-newer" })}</button>`;
      case "forked":
        return html`<p>${msg("This project was changed in another tab at the same time. Nothing is lost: your changes are now a separate project.", { id: "notice-forked" })}</p>${dismiss}`;
    }
  }
}

customElements.define("zp-library-notice", LibraryNotice);

declare global {
  interface HTMLElementTagNameMap {
    "zp-library-notice": LibraryNotice;
  }
}
