import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import type { ProjectFile } from "../project/project.ts";
import { runIcon, stopIcon } from "../ui/icons.ts";
import { type EmbedTabs, embedTabs } from "./embed-tabs.ts";

/** The element that a bar is of. */
export interface BarTarget {
  /** Whether a program runs. */
  readonly running: boolean;
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Above an element's code: its files as tabs, and what runs and stops all of its programs. `open` is as in `EmbedTabs`. */
export function embedBar(element: BarTarget, files: readonly ProjectFile[], active: string, open: EmbedTabs["open"]): TemplateResult {
  const tabs = files.map(({ name }) => ({ name, face: name }));
  const programs = files.filter(({ isProgram }) => isProgram).length;
  const stop = msg("Stop", { id: "embed-stop" });
  return html`
    <div class="bar">
      ${tabs.length < 2 ? html`<span class="single">${active}</span>` : embedTabs({ label: msg("Files", { id: "files" }), tabs, active, panel: () => "code", open })}
      <div class="actions">
        <button class="primary" data-testid="run" aria-disabled=${programs === 0} @click=${() => void element.run().catch(() => {})}>${runIcon}${programs > 1 ? msg("Run all", { id: "run-all" }) : msg("Run", { id: "embed-run" })}</button>
        <button class="outlined icon" data-testid="stop" aria-disabled=${!element.running} aria-label=${stop} title=${stop} @click=${() => void element.stop()}>${stopIcon}</button>
      </div>
    </div>`;
}
