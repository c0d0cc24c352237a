import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { currentLocale } from "../locale/locale.ts";
import { totalUsage, type UsageModel } from "../programs/program-usage.ts";
import { PlaygroundElement } from "../ui/element.ts";
import type { Playground } from "./playground.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";

/** Milliseconds between two changes of what is shown: figures that change faster cannot be read. */
const SHOW_MS = 250;

/** What all programs use together: frame time, memory, connections, bytes. Figures have room of their own, so that nothing moves when they change. */
export class UsageFigures extends PlaygroundElement {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: inline-flex; min-inline-size: 0; }
      dl { display: flex; flex-wrap: wrap; gap: 0 var(--space-2); margin: 0; font-variant-numeric: tabular-nums; }
      div { position: relative; display: inline-flex; gap: 0.3rem; white-space: nowrap; }
      dd { margin: 0; color: var(--ink); }
      .frame dd { min-inline-size: 3.2rem; }
      .memory dd, .in dd, .out dd { min-inline-size: 4.2rem; }
      .connections dd { min-inline-size: 1.6rem; }
      .sign { display: none; }
      @media (max-width: 88rem) {
        .sign { display: inline; }
        .sign + span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
        .connections dd { min-inline-size: 1.2rem; }
      }
      @media (min-width: 62rem) { dl { flex-wrap: nowrap; } }
      /* A phone has room for the two that tell of trouble. */
      @media (max-width: 47.5rem) { .in, .out, .connections { display: none; } }
    `,
  ];

  declare playground: Playground;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #watched = new Map<UsageModel, () => void>();

  constructor() {
    super();
    watch(this, () => [this.playground.programs]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const end of this.#watched.values()) end();
    this.#watched.clear();
  }

  protected override render(): TemplateResult {
    const models = this.playground.programs.all.map(({ usage }) => usage);
    this.#follow(models);
    const { frameMs, memoryBytes, connections, bytesIn, bytesOut } = totalUsage(models.map(({ usage }) => usage));
    const frameTime = unit(frameMs, "millisecond", frameMs < 10 ? 1 : 0);
    return html`
      <dl data-testid="usage">
        ${figure("frame", "frame-time", msg("Frame", { id: "usage-frame" }), msg("The longest recent frame of any program", { id: "usage-frame-hint" }), frameMs, frameTime)}
        ${figure("memory", "memory", msg("Memory", { id: "usage-memory" }), msg("Memory used by the programs' scripts", { id: "usage-memory-hint" }), memoryBytes, bytes(memoryBytes))}
        ${figure("connections", "connections", msg("Connections", { id: "usage-connections" }), msg("Open connections", { id: "usage-connections-hint" }), connections, String(connections), "⇄")}
        ${figure("in", "bytes-in", msg("In", { id: "usage-in" }), msg("Bytes received since the programs started", { id: "usage-in-hint" }), bytesIn, bytes(bytesIn), "↓")}
        ${figure("out", "bytes-out", msg("Out", { id: "usage-out" }), msg("Bytes sent since the programs started", { id: "usage-out-hint" }), bytesOut, bytes(bytesOut), "↑")}
      </dl>`;
  }

  #follow(models: readonly UsageModel[]): void {
    for (const [model, end] of this.#watched) {
      if (models.includes(model)) continue;
      end();
      this.#watched.delete(model);
    }
    for (const model of models) if (!this.#watched.has(model)) this.#watched.set(model, model.subscribe(this.#later));
  }

  readonly #later = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, SHOW_MS);
  };
}

/** `sign` stands for the name where there is little room. */
function figure(kind: string, id: string, name: string, hint: string, value: number, shown: string, sign?: string): TemplateResult {
  const term = sign === undefined ? name : html`<span class="sign" aria-hidden="true">${sign}</span><span>${name}</span>`;
  return html`<div class=${kind} title=${hint}><dt>${term}</dt><dd data-testid=${id} data-value=${value}>${shown}</dd></div>`;
}

function unit(value: number, name: string, digits: number): string {
  const locale = currentLocale();
  // The short form of English bytes has no plural.
  const unitDisplay = name === "byte" && locale === "en" ? "long" : "short";
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: name,
    unitDisplay,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A number of bytes in the unit that suits it, by thousands. */
function bytes(count: number): string {
  const [size, name, digits] =
    count < 1e3
      ? ([count, "byte", 0] as const)
      : count < 1e6
        ? ([count / 1e3, "kilobyte", 1] as const)
        : count < 1e9
          ? ([count / 1e6, "megabyte", 1] as const)
          : ([count / 1e9, "gigabyte", 2] as const);
  return unit(size, name, digits);
}

customElements.define("zp-usage-figures", UsageFigures);

declare global {
  interface HTMLElementTagNameMap {
    "zp-usage-figures": UsageFigures;
  }
}
