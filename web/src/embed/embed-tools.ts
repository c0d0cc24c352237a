import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { isActive, type ProgramState } from "../programs/program-state.ts";
import type { ProjectFile } from "../project/project.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { runIcon, stopIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";

/** A program as its button has it. */
export interface ProgramButton {
  readonly name: string;
  readonly isActive: boolean;
}

/** The element that the tools are of. */
export interface ToolsTarget {
  run(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  reset(): void;
  openPlayground(): Promise<void>;
}

/** The buttons of an element's programs: none where there is one program, which has *Run* above. `stateOf` says what they are doing. */
export function programButtons(files: readonly ProjectFile[], stateOf: (name: string) => ProgramState | undefined): ProgramButton[] {
  const programs = files.filter(({ isProgram }) => isProgram);
  return programs.length > 1 ? programs.map(({ name }) => ({ name, isActive: isActive(stateOf(name) ?? "stopped") })) : [];
}

/** What can be done with an element's code, below it: running each of several programs, *Reset*, which asks once, and opening it in the playground. */
export class EmbedTools extends PlaygroundElement {
  static override properties = {
    target: { attribute: false },
    programs: { attribute: false },
    isChanged: { attribute: false },
    canChange: { attribute: false },
    asks: { state: true },
  };

  static override styles = [
    sharedStyles,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; padding: 0.25rem 0.4rem; border-block-start: 1px solid var(--line); background: var(--surface); }
      button { max-inline-size: 100%; font-size: var(--text-s); }
      .program { overflow: hidden; text-overflow: ellipsis; font-family: var(--mono); }
      .rest { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; margin-inline-start: auto; }
      .answers { display: flex; gap: 0.25rem; margin-inline-start: auto; }
      .question { padding-inline: 0.4rem; font-size: var(--text-s); }
    `,
  ];

  declare target: ToolsTarget;
  declare programs: readonly ProgramButton[];
  /** The code is not the author's any more. */
  declare isChanged: boolean;
  /** The reader may change the code. */
  declare canChange: boolean;
  /** Whether the question is there that *Reset* asks. */
  declare private asks: boolean;

  constructor() {
    super();
    this.programs = [];
    this.isChanged = this.canChange = this.asks = false;
  }

  protected override render(): TemplateResult {
    return html`
      ${this.programs.map((program) => this.#program(program))}
      <span class="rest">${this.asks && this.isChanged ? this.#question() : this.#rest()}</span>
    `;
  }

  #program({ name, isActive }: ProgramButton): TemplateResult {
    const label = isActive ? msg(str`Stop ${name}`, { id: "stop-program" }) : msg(str`Run ${name}`, { id: "run-program" });
    return html`
      <button class="outlined" data-testid="run-one" data-program=${name} aria-label=${label} title=${label}
        @click=${() => void (isActive ? this.target.stop(name) : this.target.run(name)).catch(() => {})}>${isActive ? stopIcon : runIcon}<span class="program">${name}</span></button>`;
  }

  #rest(): TemplateResult {
    return html`
      ${
        this.canChange
          ? html`<button data-testid="reset" aria-disabled=${!this.isChanged} @click=${this.#ask}>${msg("Reset", { id: "embed-reset" })}</button>`
          : ""
      }
      <button data-testid="open-playground" @click=${() => void this.target.openPlayground()}>${msg("Open in the playground", { id: "embed-open" })}</button>`;
  }

  #question(): TemplateResult {
    return html`
      <span class="question" role="alert">${msg("Your changes will be lost.", { id: "embed-reset-question" })}</span>
      <span class="answers"><button class="outlined danger" data-testid="reset-yes" @click=${this.#reset} @keydown=${this.#key}>${msg("Reset", { id: "embed-reset" })}</button>
      <button class="outlined" data-testid="reset-no" @click=${this.#keep} @keydown=${this.#key}>${msg("Keep", { id: "embed-reset-keep" })}</button></span>`;
  }

  readonly #ask = (): void => {
    if (this.isChanged) void this.#show(true, "reset-yes");
  };

  readonly #keep = (): void => void this.#show(false, "reset");

  readonly #reset = (): void => {
    this.target.reset();
    void this.#show(false, "reset");
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#keep();
  };

  /** Shows the question or puts it away, and takes the focus along. */
  async #show(asks: boolean, focused: string): Promise<void> {
    this.asks = asks;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-testid=${focused}]`)?.focus();
  }
}

// A page may name the script twice.
if (customElements.get("zp-embed-tools") === undefined) customElements.define("zp-embed-tools", EmbedTools);
