import { msg, str } from "@lit/localize";
import { INPUT_LINE_LIMIT, INPUT_QUEUE_LIMIT } from "@playground/zone/limits";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { consoleField } from "./console-field.ts";
import { InputHistory } from "./input-history.ts";

/**
 * The line to type into, under the console of a program that takes input. Enter sends it; the arrows bring back what was sent before.
 * Several lines that are pasted are sent one by one, and what was being typed stays.
 */
export class ConsoleInput extends PlaygroundElement {
  static override properties = { program: { attribute: false } };

  static override styles = [
    sharedStyles,
    consoleField,
    css`
      form { display: flex; gap: var(--space-1); padding: 0.25rem; border-block-start: 1px solid var(--line); background: var(--surface); }
      label { display: flex; flex: 1; align-items: center; gap: 0.4rem; min-inline-size: 0; padding-inline-start: 0.5rem; color: var(--ink-soft); font: var(--text-s) / 1 var(--mono); }
    `,
  ];

  declare program: ProgramRunner;
  readonly #history = new InputHistory();

  constructor() {
    super();
    watch(this, () => [this.program]);
  }

  protected override render(): TemplateResult | string {
    if (!this.program.wantsInput) return "";
    const label = msg(str`Input for ${this.program.entry}`, { id: "console-input" });
    return html`
      <form @submit=${this.#submit}>
        <label><span aria-hidden="true">›</span>
          <input type="text" data-testid="console-input" aria-label=${label} placeholder=${msg("Type a line and press Enter", { id: "console-input-hint" })}
            maxlength=${INPUT_LINE_LIMIT} autocomplete="off" autocapitalize="off" spellcheck="false" @keydown=${this.#key} @paste=${this.#paste} @drop=${this.#drop} /></label>
        <button class="outlined">${msg("Send", { id: "send" })}</button>
      </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const field = this.#field;
    if (field === null) return;
    this.program.input(field.value);
    this.#history.add(field.value);
    field.value = "";
    field.focus();
  };

  readonly #paste = (event: ClipboardEvent): void => this.#take(event, event.clipboardData);

  readonly #drop = (event: DragEvent): void => this.#take(event, event.dataTransfer);

  /** The field itself would make one line of several. */
  #take(event: Event, data: DataTransfer | null): void {
    const lines = pastedLines(data?.getData("text/plain") ?? "");
    if (lines.length < 2) return;
    event.preventDefault();
    const { console: log } = this.program;
    const tooLong = lines.findIndex(({ length }) => length > INPUT_LINE_LIMIT);
    if (lines.length > INPUT_QUEUE_LIMIT) log.addNotice({ code: "pasted-lines", lines: lines.length, limit: INPUT_QUEUE_LIMIT });
    else if (tooLong >= 0) log.addNotice({ code: "pasted-line", line: tooLong + 1, length: lines[tooLong]?.length ?? 0, limit: INPUT_LINE_LIMIT });
    else {
      for (const line of lines) {
        this.program.input(line);
        this.#history.add(line);
      }
    }
  }

  readonly #key = (event: KeyboardEvent): void => {
    const field = this.#field;
    if (field === null || event.isComposing || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const line = event.key === "ArrowUp" ? this.#history.older(field.value) : this.#history.newer();
    if (line === undefined) return;
    event.preventDefault();
    field.value = line;
  };

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }
}

/** The lines of a text, whatever ends them; a line break at the end begins no further one. */
export function pastedLines(text: string): string[] {
  return text.replace(/(?:\r\n|\r|\n)$/, "").split(/\r\n|\r|\n/);
}

customElements.define("zp-console-input", ConsoleInput);

declare global {
  interface HTMLElementTagNameMap {
    "zp-console-input": ConsoleInput;
  }
}
