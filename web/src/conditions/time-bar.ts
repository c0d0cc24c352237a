import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { counted } from "../locale/counted.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { pausedIcon, stepIcon } from "../ui/icons.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { ariaShortcut, shortcutText } from "../ui/shortcut.ts";
import { watch } from "../ui/watch.ts";
import { PAUSE_SHORTCUT, STEP_SHORTCUT } from "./conditions-commands.ts";
import type { ConditionsPage } from "./conditions-page.ts";

/** Pause, step, and what hangs meanwhile; what is inside of the element stands beside the buttons. `compact`: without words where the container around it has little room. */
export class TimeBar extends PlaygroundElement {
  static override properties = { page: { attribute: false }, compact: { type: Boolean, reflect: true } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: block; min-inline-size: 0; }
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); }
      button { min-block-size: 1.75rem; font-size: var(--text-s); }
      button[aria-pressed="true"] { border-color: var(--waiting); background: var(--warn-wash); }
      .held { color: var(--ink-soft); font-size: var(--text-s); font-variant-numeric: tabular-nums; }
      @container (max-width: 32rem) or (max-width: 512px) {
        :host([compact]) .word { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
      }
      @media (pointer: coarse) { button { min-block-size: 2.25rem; } }
    `,
  ];

  declare page: ConditionsPage;
  declare compact: boolean;

  constructor() {
    super();
    this.compact = false;
    watch(this, () => [this.page.timeControl]);
  }

  protected override render(): TemplateResult {
    const { timeControl } = this.page;
    const { isPaused, canStep } = timeControl;
    const pauseHelp = msg("Holds everything that these programs send and receive. Nothing is lost.", { id: "time-pause-help" });
    const stepHelp = msg("Lets the piece through that has waited longest.", { id: "time-step-help" });
    return html`
      <div class="bar" role="group" aria-label=${msg("Network time", { id: "time-bar" })}>
        <button class="outlined" data-testid="pause-network" aria-pressed=${isPaused} aria-keyshortcuts=${ariaShortcut(PAUSE_SHORTCUT)}
          title=${`${pauseHelp} (${shortcutText(PAUSE_SHORTCUT)})`} @click=${() => {
            timeControl.isPaused = !isPaused;
          }}>${pausedIcon}<span class="word">${msg("Pause the network", { id: "network-pause" })}</span></button>
        <button class="outlined" data-testid="next-delivery" aria-disabled=${!canStep} aria-keyshortcuts=${ariaShortcut(STEP_SHORTCUT)}
          title=${`${stepHelp} (${shortcutText(STEP_SHORTCUT)})`} @click=${() => timeControl.step()}>${stepIcon}<span class="word">${msg("Next delivery", { id: "network-step" })}</span></button>
        <slot></slot>
        <span class="held" role="status" data-testid="held">${this.#held()}</span>
      </div>`;
  }

  #held(): string {
    const { isPaused, isHolding, held, isSetAside, hasConditions } = this.page.timeControl;
    if (isSetAside) return isPaused || hasConditions ? msg("Does not hold while a lesson is checked.", { id: "time-set-aside" }) : "";
    if (held.pieces === 0) return isHolding ? msg("Nothing is waiting yet.", { id: "time-nothing-held" }) : "";
    // Without a pause the number changes all the time, and says little.
    if (!isPaused) return "";
    const pieces = counted(held.pieces, msg("# delivery waits|# deliveries wait", { id: "time-held" }));
    if (held.bytes === 0) return pieces;
    return msg(str`${pieces}, ${counted(held.bytes, msg("# byte|# bytes", { id: "time-held-bytes" }))}`, { id: "time-held-both" });
  }
}

customElements.define("zp-time-bar", TimeBar);

declare global {
  interface HTMLElementTagNameMap {
    "zp-time-bar": TimeBar;
  }
}
