import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { moreIcon } from "../ui/icons.ts";
import type { MenuItem, MenuSection } from "../ui/menu-button.ts";
import type { LogKeeping } from "./log-keeping.ts";

/** Whoever shows a log. */
export interface LogViewer {
  readonly keeping: LogKeeping;
  /** What is selected in the log; empty for nothing. */
  readonly selection: string;
  /** Opens the search, which is fetched when it is opened first. */
  search(): Promise<void>;
}

/** What can be done with a console's text: a button with its menu. `view` is asked when something is chosen. */
export function consoleMenu(name: string, view: () => LogViewer | null): TemplateResult {
  const sections = (): readonly MenuSection[] => {
    // As it is now: a choice in the menu may end it.
    const selected = view()?.selection ?? "";
    const selection: readonly MenuItem[] =
      selected === ""
        ? []
        : [
            {
              id: "copy-selection",
              label: msg("Copy the selection", { id: "copy-selection" }),
              shortcut: "Mod-c",
              run: () => void view()?.keeping.copy(selected),
            },
          ];
    return [
      {
        items: [
          { id: "search", label: msg("Search", { id: "search" }), shortcut: "Mod-f", run: () => void view()?.search() },
          ...selection,
          { id: "copy", label: msg("Copy all", { id: "copy-all" }), run: () => void view()?.keeping.copyAll() },
          { id: "save", label: msg("Save as a file", { id: "save-console" }), run: () => view()?.keeping.save() },
        ],
      },
    ];
  };
  return html`<zp-menu-button data-testid="console-menu" .label=${msg(str`Console menu of ${name}`, { id: "console-menu" })} .sections=${sections}>${moreIcon}</zp-menu-button>`;
}
