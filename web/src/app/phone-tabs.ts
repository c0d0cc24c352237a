import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { codeIcon, consoleIcon, networkIcon } from "../ui/icons.ts";

const PHONE_TABS = ["code", "output", "network"] as const;

/** The part of the page that a phone shows. */
export type PhoneTab = (typeof PHONE_TABS)[number];

/** Where an arrow key leads from a tab; undefined for other keys. */
export function phoneTabBeside(tab: PhoneTab, key: string): PhoneTab | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  return step === undefined ? undefined : PHONE_TABS[(PHONE_TABS.indexOf(tab) + step + PHONE_TABS.length) % PHONE_TABS.length];
}

/** The tabs by which a phone shows one part of the page at a time. */
export function phoneTabs(current: PhoneTab, show: (name: PhoneTab) => void, handleKey: (event: KeyboardEvent) => void | Promise<void>): TemplateResult {
  const tab = (name: PhoneTab, icon: TemplateResult, label: string): TemplateResult => html`
    <button role="tab" id=${`tab-${name}`} aria-selected=${current === name} aria-controls=${name === "code" ? "code-pane" : "output-pane"}
      tabindex=${current === name ? 0 : -1} @click=${() => show(name)}>${icon}${label}</button>`;
  return html`
    <div class="panes" role="tablist" aria-label=${msg("Part of the page", { id: "part-of-page" })} @keydown=${handleKey}>
      ${tab("code", codeIcon, msg("Code", { id: "code" }))} ${tab("output", consoleIcon, msg("Consoles", { id: "consoles" }))}
      ${tab("network", networkIcon, msg("Network", { id: "network" }))}
    </div>`;
}
