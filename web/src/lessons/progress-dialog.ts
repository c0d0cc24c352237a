import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { counted } from "../locale/counted.ts";
import { persistent } from "../storage/safe-storage.ts";
import { dialogParts } from "../ui/dialog-parts.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import { download } from "../ui/download.ts";
import { doneIcon } from "../ui/icons.ts";
import type { Lessons } from "./lessons.ts";
import { MAX_PROGRESS_BYTES, ProgressFileError, progressFile, readProgressFile } from "./progress-file.ts";
import { dayText, otherLessons, progressReport, type ReportedCourse, type ReportedLesson, reportNote, reportPage } from "./progress-report.ts";

/** What the reader has written as their name, for whom they hand the report in to. */
const NAME_KEY = "zone-playground:learner-name";

/** Characters of it: a name, a surname and a class. */
const MAX_NAME_CHARS = 80;

/** On the page while this dialog is open: whatever else there is is not printed. */
const PRINTED_MARK = "data-prints-progress";

/** What the reader has passed and when: to look at, to print, to hand in, and to take to another computer. */
export class ProgressDialog extends PlaygroundDialog {
  static override properties = { lessons: { attribute: false }, name: { state: true }, fault: { state: true }, added: { state: true } };

  static override styles = [
    dialogStyles,
    dialogParts,
    css`
      h3 { font-size: var(--text-l); }
      h4 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--space-2); margin: var(--space-3) 0 var(--space-1); font: 600 var(--text-m) / 1.35 var(--font); break-after: avoid; }
      h4 svg { align-self: center; color: var(--running); }
      h4 small { color: var(--ink-soft); font-weight: 400; font-size: var(--text-s); }
      table { inline-size: 100%; border-collapse: collapse; font-size: var(--text-s); line-height: 1.4; }
      tr { break-inside: avoid; }
      th, td { padding: 0.2rem 0; border-block-end: 1px solid var(--line); font-weight: 400; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
      td { padding-inline-start: var(--space-3); color: var(--ink-soft); text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .buttons { justify-content: start; }
      .buttons button { block-size: auto; padding-block: 0.4rem; white-space: normal; line-height: 1.3; }
      label { display: grid; gap: var(--space-1); }
      .printed { display: none; }
      @media print {
        dialog, .wide { position: absolute; inset: 0 auto auto 0; inline-size: 100%; max-inline-size: none; max-block-size: none; margin: 0; border: 0; box-shadow: none; overflow: visible; background: white; color: black; }
        dialog[open] { display: block; }
        .body { overflow: visible; }
        header button, .unprinted { display: none; }
        .printed { display: block; }
        h4 small, td, .soft { color: black; }
      }
    `,
  ];

  declare lessons: Lessons;
  declare private name: string;
  /** Why a file could not be taken in. */
  declare private fault: string | undefined;
  /** Steps that the last file has brought. */
  declare private added: number | undefined;
  protected override readonly wide = true;

  constructor() {
    super();
    this.name = (persistent.read(NAME_KEY) ?? "").slice(0, MAX_NAME_CHARS);
  }

  override async show(): Promise<void> {
    this.fault = this.added = undefined;
    // More may be passed than when it was drawn.
    this.requestUpdate();
    this.#page?.setAttribute(PRINTED_MARK, "");
    await super.show();
  }

  protected override onClosed(): void {
    this.#page?.removeAttribute(PRINTED_MARK);
    super.onClosed();
  }

  protected override headline(): string {
    return msg("My progress", { id: "progress" });
  }

  protected override body(): TemplateResult {
    const report = this.#report();
    const isEmpty = report.length === 0;
    return html`
      <div class="content">
        <p class="soft unprinted">${msg("What you have passed is kept in this browser alone. Save it as a file to go on with another computer, or as a page to hand it in.", { id: "progress-help" })}</p>
        ${
          isEmpty
            ? html`<p data-testid="progress-empty">${msg("Nothing is passed yet. Open a lesson, and press Check when your program does what the step asks for.", { id: "progress-empty" })}</p>`
            : html`
              <label class="unprinted">${msg("Your name, for whoever you hand it in to", { id: "progress-name" })}
                <input type="text" data-testid="progress-name" maxlength=${MAX_NAME_CHARS} autocomplete="name" .value=${this.name} @input=${this.#named} />
              </label>
              <p class="printed">${this.name === "" ? "" : html`<strong>${this.name}</strong><br />`}${dayText(Date.now())}</p>`
        }
        <div class="buttons unprinted">
          ${
            isEmpty
              ? ""
              : html`
                <button class="primary" data-testid="save-report" @click=${this.#saveReport}>${msg("Save as a page", { id: "progress-save-page" })}</button>
                <button class="outlined" data-testid="print-progress" @click=${() => print()}>${msg("Print", { id: "progress-print" })}</button>
                <button class="outlined" data-testid="save-progress" @click=${this.#saveFile}>${msg("Save as a file", { id: "progress-save-file" })}</button>`
          }
          <button class="outlined" data-testid="import-progress" @click=${() => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click()}>${msg("Bring back from a file…", { id: "progress-import" })}</button>
          <input type="file" accept=".json,application/json" hidden data-testid="progress-file" @change=${this.#import} />
        </div>
        <div class="unprinted" aria-live="polite">${this.added === undefined ? "" : html`<p data-testid="progress-added">${this.#addedText(this.added)}</p>`}</div>
        ${this.fault === undefined ? "" : html`<p class="fault unprinted" role="alert">${this.fault}</p>`}
        ${report.map((course) => this.#course(course))}
        ${isEmpty ? "" : html`<p class="soft">${reportNote()}</p>`}
      </div>`;
  }

  #course({ title, state, lessons }: ReportedCourse): TemplateResult {
    return html`
      <section data-testid="progress-course">
        <h3>${title ?? otherLessons()}</h3>
        <p class="soft">${state}</p>
        ${lessons.map((lesson) => this.#lesson(lesson))}
      </section>`;
  }

  #lesson({ id, title, state, isDone, steps }: ReportedLesson): TemplateResult {
    return html`
      <h4 data-lesson=${id}>${isDone ? doneIcon : ""}${title}<small>${state}</small></h4>
      <table aria-label=${title}><tbody>${steps.map((step) => html`<tr><th scope="row">${step.title}</th><td>${dayText(step.at)}</td></tr>`)}</tbody></table>`;
  }

  #addedText(added: number): string {
    return added === 0
      ? msg("There was nothing in the file that you have not passed here.", { id: "progress-nothing-new" })
      : counted(added, msg("# step has come from the file.|# steps have come from the file.", { id: "progress-added" }));
  }

  #report(): ReportedCourse[] {
    return progressReport(this.lessons.courses, this.lessons.progress.all());
  }

  readonly #named = (event: Event): void => {
    this.name = (event.target as HTMLInputElement).value;
    persistent.write(NAME_KEY, this.name);
  };

  readonly #saveFile = (): void => {
    const now = Date.now();
    download(fileName(now, "json"), new TextEncoder().encode(progressFile(this.lessons.progress.all(), this.name.trim(), now)), "application/json");
  };

  readonly #saveReport = (): void => {
    const now = Date.now();
    download(fileName(now, "html"), new TextEncoder().encode(reportPage(this.#report(), this.name.trim(), now)), "text/html");
  };

  readonly #import = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    input.value = "";
    if (file === undefined) return;
    this.fault = this.added = undefined;
    try {
      // What is larger is none, and need not be read.
      const bytes = new Uint8Array(await file.slice(0, MAX_PROGRESS_BYTES + 1).arrayBuffer());
      this.added = this.lessons.takeProgress(readProgressFile(bytes));
    } catch (error) {
      this.fault = error instanceof ProgressFileError ? error.message : msg("The file could not be read.", { id: "progress-unreadable" });
    }
  };

  /** What this dialog is in. */
  get #page(): Element | undefined {
    const root = this.getRootNode();
    return root instanceof ShadowRoot ? root.host : undefined;
  }
}

function fileName(now: number, ending: string): string {
  return `zone-progress-${new Date(now).toISOString().slice(0, 10)}.${ending}`;
}

customElements.define("zp-progress-dialog", ProgressDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-progress-dialog": ProgressDialog;
  }
}
