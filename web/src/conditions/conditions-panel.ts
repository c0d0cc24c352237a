import { msg, str } from "@lit/localize";
import {
  type Conditions,
  type Direction,
  isPlain,
  isPresetName,
  MAX_SEED,
  PLAIN_CONDITIONS,
  PRESET_NAMES,
  presetConditions,
  type PresetName,
  presetOf,
} from "@playground/conditions";
import { css, html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { localNumber } from "../locale/numbers.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { dialogParts } from "../ui/dialog-parts.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { fieldFrame } from "../ui/field-frame.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { CONDITION_FIELDS, type ConditionField, presetHelp, presetText, withField } from "./condition-fields.ts";
import type { ConditionsPage } from "./conditions-page.ts";

/** What a choice of presets shows: one of them, none, or values of the reader's own; of several programs also that they differ. */
type Choice = PresetName | "none" | "own" | "different";

/** The conditions of every program's network, in both directions. What is set holds at once, so that one can look at it. */
export class ConditionsPanel extends PlaygroundElement {
  static override properties = { page: { attribute: false }, faults: { state: true }, opened: { state: true } };

  static override styles = [
    sharedStyles,
    dialogParts,
    css`
      :host { display: block; }
      .all, .choose { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-2) var(--space-3); }
      .program { display: grid; gap: var(--space-2); padding-block-start: var(--space-3); border-block-start: 1px solid var(--line); }
      h3 { overflow-wrap: anywhere; }
      label { display: grid; gap: 0.2rem; font-weight: 500; font-size: var(--text-s); min-inline-size: 0; }
      select, input[type="text"] { min-block-size: 2.25rem; padding: 0 0.5rem; ${fieldFrame} font: var(--text-m) var(--font); max-inline-size: 100%; }
      input[aria-invalid="true"] { border-color: var(--failed); }
      .seed input { inline-size: 8rem; }
      button[aria-pressed="true"] { border-color: var(--waiting); background: var(--warn-wash); }
      details > summary { cursor: pointer; min-block-size: 1.75rem; }
      .directions { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: var(--space-3) var(--space-6); padding-block-start: var(--space-2); }
      fieldset { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: var(--space-2); margin: 0; padding: 0; border: 0; min-inline-size: 0; }
      legend { padding: 0 0 var(--space-2); font: 600 var(--text-m) / 1.3 var(--font); }
      .field { display: grid; grid-template-columns: minmax(0, 1fr) 6rem; gap: 0 var(--space-2); align-items: baseline; }
      .field input { grid-area: 1 / 2; inline-size: 100%; text-align: end; font-variant-numeric: tabular-nums; }
      .field small { grid-column: 1 / -1; color: var(--ink-soft); font-weight: 400; font-size: var(--text-s); }
      .field small.fault { color: var(--failed); }
      .unit { color: var(--ink-soft); font-weight: 400; }
      .stall { display: flex; gap: 0.5rem; align-items: baseline; }
      .why p + p { padding-block-start: var(--space-2); }
    `,
  ];

  declare page: ConditionsPage;
  /** Fields whose text is no value, by their id. */
  declare private faults: ReadonlyMap<string, string>;
  /** Programs whose values are shown. */
  declare private opened: ReadonlySet<ProgramRunner>;

  constructor() {
    super();
    this.faults = new Map();
    this.opened = new Set();
    watch(this, () => [this.page.timeControl]);
  }

  protected override render(): TemplateResult {
    const { timeControl } = this.page;
    const { programs } = timeControl;
    return html`
      <div class="content">
        <p class="soft">${msg(
          "What a network does to the bytes of a program. Nothing is lost and nothing changes its order: that is what TCP sees to. Settings hold at once, for nc on the other side too, and end when you reload the page.",
          { id: "conditions-intro" },
        )}</p>
        <div class="all">
          ${this.#presets(msg("All programs", { id: "all-programs" }), "all", choiceOf(programs), (conditions) => timeControl.set(conditions))}
          <label class="seed">${msg("Seed", { id: "conditions-seed" })}
            <input type="text" inputmode="numeric" id="seed" data-testid="conditions-seed" .value=${String(timeControl.seed)} aria-describedby="seed-help" aria-invalid=${this.faults.has("seed")}
              @change=${(event: Event) =>
                this.#take(event, "seed", [0, MAX_SEED], (value) => {
                  timeControl.seed = value ?? 0;
                })} /></label>
          <button class="outlined" data-testid="conditions-clear" aria-disabled=${!timeControl.hasConditions && !timeControl.isPaused}
            @click=${this.#clear}>${msg("Back to normal", { id: "conditions-clear" })}</button>
        </div>
        <p class="soft" id="seed-help">${this.faults.get("seed") ?? msg("The same seed gives the same jitter again. Another one holds for connections that are opened from now on.", { id: "conditions-seed-help" })}</p>
        ${programs.length === 0 ? html`<p>${msg("This project has no programs. Create one with the plus sign above the code.", { id: "no-programs" })}</p>` : ""}
        ${repeat(
          programs,
          (program) => program,
          (program, index) => this.#program(program, index),
        )}
        ${this.#why()}
      </div>`;
  }

  #program(program: ProgramRunner, index: number): TemplateResult {
    const { timeControl } = this.page;
    const { conditions } = program.network;
    const choice = choiceOf([program]);
    const isCut = conditions.isCut === true;
    const isOpen = this.opened.has(program) || choice === "own";
    return html`
      <section class="program" aria-labelledby=${`program-${index}`} data-testid="conditions-program">
        <h3 id=${`program-${index}`}>${program.entry}</h3>
        <div class="choose">
          ${this.#presets(
            msg("Network", { id: "conditions-network" }),
            `preset-${index}`,
            choice,
            (next) => timeControl.set({ ...next, isCut }, program),
            () => this.#open(program, true),
          )}
          <button class="outlined" data-testid="conditions-cut" aria-pressed=${isCut} title=${msg("Nothing goes through and nobody is told, as with a cable that is pulled out. Plugged in again, everything goes on.", { id: "conditions-cut-help" })}
            @click=${() => timeControl.set({ ...conditions, isCut: !isCut }, program)}>${msg("Cut the cable", { id: "conditions-cut" })}</button>
          <button class="outlined danger" data-testid="conditions-reset" title=${msg("Ends all connections of this program at once, for both sides. What is on its way is lost.", { id: "conditions-reset-help" })}
            @click=${() => program.network.reset()}>${msg("Reset connections", { id: "conditions-reset" })}</button>
        </div>
        ${isPresetName(choice) ? html`<p class="soft">${presetHelp(choice)}</p>` : ""}
        <details ?open=${isOpen} @toggle=${(event: Event) => this.#open(program, (event.currentTarget as HTMLDetailsElement).open)}>
          <summary data-testid="conditions-values">${msg("Values for each direction", { id: "conditions-values" })}</summary>
          ${isOpen ? html`<div class="directions">${this.#direction(program, index, "out")}${this.#direction(program, index, "in")}</div>` : ""}
        </details>
      </section>`;
  }

  #direction(program: ProgramRunner, index: number, direction: Direction): TemplateResult {
    const { conditions } = program.network;
    const values = conditions[direction];
    const set = (changed: typeof values): void => this.page.timeControl.set({ ...conditions, [direction]: changed }, program);
    return html`
      <fieldset>
        <legend>${direction === "out" ? msg("What it sends", { id: "conditions-out" }) : msg("What it receives", { id: "conditions-in" })}</legend>
        ${CONDITION_FIELDS.map((field) => this.#field(field, `${direction}-${field.key}-${index}`, values[field.key], (value) => set(withField(values, field.key, value))))}
        <label class="stall"><input type="checkbox" data-testid=${`stall-${direction}`} .checked=${values.stalled}
          @change=${(event: Event) => set({ ...values, stalled: (event.currentTarget as HTMLInputElement).checked })} />
          <span>${msg("Stall: nothing goes through until you clear this, then all of it catches up", { id: "condition-stall" })}</span></label>
      </fieldset>`;
  }

  #field({ label, unit, help, range, key }: ConditionField, id: string, value: number | undefined, set: (value: number | undefined) => void): TemplateResult {
    const fault = this.faults.get(id);
    return html`
      <div class="field">
        <label for=${id}><span>${label()} <span class="unit">(${unit()})</span></span></label>
        <input type="text" inputmode="numeric" autocomplete="off" id=${id} data-testid=${key} .value=${value === undefined || value === 0 ? "" : String(value)}
          placeholder="–" aria-invalid=${fault !== undefined} aria-describedby=${`${id}-help`} @change=${(event: Event) => this.#take(event, id, range, set)} />
        <small id=${`${id}-help`} class=${fault === undefined ? "" : "fault"}>${fault ?? help()}</small>
      </div>`;
  }

  #presets(label: string, id: string, choice: Choice, set: (conditions: Conditions) => void, own?: () => void): TemplateResult {
    const option = (value: Choice, text: string): TemplateResult => html`<option value=${value} ?selected=${value === choice}>${text}</option>`;
    return html`
      <label>${label}
        <select id=${id} data-testid=${id === "all" ? "preset-all" : "preset"} .value=${choice} @change=${(event: Event) => {
          const { value } = event.currentTarget as HTMLSelectElement;
          if (value === "none") set(PLAIN_CONDITIONS);
          else if (isPresetName(value)) set(presetConditions(value));
          else own?.();
        }}>
          ${option("none", msg("As it is", { id: "preset-none" }))}
          ${PRESET_NAMES.map((name) => option(name, presetText(name)))}
          ${own !== undefined || choice === "own" ? option("own", msg("Own values", { id: "preset-own" })) : ""}
          ${choice === "different" ? option("different", msg("Differs", { id: "preset-different" })) : ""}
        </select></label>`;
  }

  #why(): TemplateResult {
    return html`
      <details class="why">
        <summary data-testid="why-no-loss">${msg("Why is there no packet loss?", { id: "why-no-loss" })}</summary>
        <p>${msg("On the way, packets do get lost. But a program that uses TCP never sees that: the system notices that a packet is missing, sends it again, and hands nothing on until it has come. So a lost packet looks like a delay, or like a stall after which everything comes at once.", { id: "why-no-loss-retransmit" })}</p>
        <p>${msg("To see what loss does to your program, use jitter or a stall. A connection that is gone for good is a reset.", { id: "why-no-loss-instead" })}</p>
        <p>${msg("Between two programs of this page the conditions of both add up: what one sends takes its time to leave, and then its time to arrive.", { id: "why-both-add-up" })}</p>
      </details>`;
  }

  readonly #clear = (): void => {
    this.faults = new Map();
    this.page.timeControl.clear();
  };

  #open(program: ProgramRunner, isOpen: boolean): void {
    if (this.opened.has(program) === isOpen) return;
    const opened = new Set(this.opened);
    if (isOpen) opened.add(program);
    else opened.delete(program);
    this.opened = opened;
  }

  /** Takes the number that was typed, or says what a number may be there. */
  #take(event: Event, id: string, [least, most]: readonly [number, number], set: (value: number | undefined) => void): void {
    const text = (event.currentTarget as HTMLInputElement).value.trim();
    const value = text === "" ? undefined : /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    const faults = new Map(this.faults);
    if (value !== undefined && !(value >= least && value <= most)) {
      faults.set(id, msg(str`Enter a whole number from ${localNumber(least)} to ${localNumber(most)}.`, { id: "condition-out-of-range" }));
    } else {
      faults.delete(id);
      set(value);
    }
    this.faults = faults;
  }
}

/** What programs have in common. */
function choiceOf(programs: readonly ProgramRunner[]): Choice {
  const choices = new Set(
    programs.map(({ network }): Choice => {
      // The cable has a button of its own.
      const conditions = { ...network.conditions, isCut: false };
      return isPlain(conditions) ? "none" : (presetOf(conditions) ?? "own");
    }),
  );
  const [only = "none"] = choices;
  return choices.size > 1 ? "different" : only;
}

customElements.define("zp-conditions-panel", ConditionsPanel);

declare global {
  interface HTMLElementTagNameMap {
    "zp-conditions-panel": ConditionsPanel;
  }
}
