import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { codeIcon, consoleIcon, moduleIcon, networkIcon } from "../ui/icons.ts";

/** What takes turns on a phone, in the order of the tabs. */
export const PHONE_TABS = ["lesson", "code", "output", "network"] as const;

/** The part of the page that a phone shows. */
export type PhoneTab = (typeof PHONE_TABS)[number];

/** Where an arrow key leads from a tab, among those that there are; undefined for other keys. */
export function phoneTabBeside(tab: PhoneTab, tabs: readonly PhoneTab[], key: string): PhoneTab | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  return step === undefined ? undefined : tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
}

/** The tabs by which a phone shows one part of the page at a time. */
export function phoneTabs(
  current: PhoneTab,
  tabs: readonly PhoneTab[],
  show: (name: PhoneTab) => void,
  handleKey: (event: KeyboardEvent) => Promise<void>,
): TemplateResult {
  const tab = (name: PhoneTab): TemplateResult => html`
    <button role="tab" id=${`tab-${name}`} aria-selected=${current === name} aria-controls=${name === "network" ? "output-pane" : `${name}-pane`}
      tabindex=${current === name ? 0 : -1} @click=${() => show(name)}>${content(name)}</button>`;
  return html`
    <div class="panes" role="tablist" aria-label=${msg("Part of the page", { id: "part-of-page" })} @keydown=${handleKey}>${tabs.map(tab)}</div>`;
}

function content(name: PhoneTab): readonly (TemplateResult | string)[] {
  switch (name) {
    case "lesson":
      return [moduleIcon, msg("Lesson", { id: "lesson" })];
    case "code":
      return [codeIcon, msg("Code", { id: "code" })];
    case "output":
      return [consoleIcon, msg("Consoles", { id: "consoles" })];
    case "network":
      return [networkIcon, msg("Network", { id: "network" })];
  }
}
