import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { PlaygroundElement } from "../ui/element.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import { localNumber } from "../locale/numbers.ts";
import type { AnalysisService, AnalysisState } from "./analysis-service.ts";

/** Says in the page's foot why there are no type checks; says nothing while all is well. */
export class AnalysisStatus extends PlaygroundElement {
  static override properties = { service: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      :host { display: contents; }
      span { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
    `,
  ];

  declare service: AnalysisService;

  constructor() {
    super();
    watch(this, () => [this.service]);
  }

  protected override render(): TemplateResult {
    const { state } = this.service;
    const text = analysisText(state);
    return html`<span data-testid="analysis-state" data-state=${state.kind} title=${text} role="status">${text}</span>`;
  }
}

/** The state in a few words; empty when there is nothing to tell. */
export function analysisText(state: AnalysisState): string {
  switch (state.kind) {
    case "idle":
    case "loading":
    case "ready":
      return "";
    case "missing":
      return msg("This playground has no type checker", { id: "analysis-missing" });
    case "build-failed":
      return msg("The type checker could not be built: see the terminal for the reason", { id: "analysis-build-failed" });
    case "too-old":
      return msg("This browser is too old for the type checker", { id: "analysis-too-old" });
    case "building":
      if (state.total === 0) return msg("The type checker is being built", { id: "analysis-building-begins" });
      return msg(str`The type checker is being built: ${localNumber(state.done)} of ${localNumber(state.total)}`, { id: "analysis-building" });
    case "restarting":
      return state.end === "hung"
        ? msg("The type checker took too long and is restarting", { id: "analysis-restarting-hung" })
        : msg("The type checker crashed and is restarting", { id: "analysis-restarting" });
    case "paused":
      return msg("The type checker keeps crashing on this code and restarts with the next change", { id: "analysis-paused" });
    case "unreachable":
      return msg("The type checker could not be loaded; trying again", { id: "analysis-unreachable" });
  }
}

customElements.define("zp-analysis-status", AnalysisStatus);

declare global {
  interface HTMLElementTagNameMap {
    "zp-analysis-status": AnalysisStatus;
  }
}
