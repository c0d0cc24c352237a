import { msg, str } from "@lit/localize";
import { LESSON_SETTING } from "../lessons/lesson-address.ts";
import { chooseLocale, LOCALE_NAMES, nextLocale } from "../locale/locale.ts";
import { nextTheme, themeText } from "../theme/theme-text.ts";
import type { Command } from "../ui/commands.ts";
import type { Playground } from "./playground.ts";

/** Starting and stopping. `showOutput` brings the consoles into view where they share the screen with the code. */
export function runCommands(playground: Playground, showOutput: () => void): Command[] {
  return [
    {
      id: "run.current",
      group: "run",
      label: () => msg("Run the open program", { id: "command-run-current" }),
      shortcut: "Mod-Enter",
      run: () => {
        showOutput();
        return playground.runCurrent();
      },
    },
    {
      id: "run.all",
      group: "run",
      label: () => msg("Run all programs", { id: "command-run-all" }),
      // While a lesson is open, these keys check it.
      get shortcut(): string | readonly string[] {
        return playground.project.settings[LESSON_SETTING] === undefined ? "Mod-Shift-Enter" : [];
      },
      isEnabled: () => playground.programs.all.length > 0,
      run: () => {
        showOutput();
        return playground.programs.run();
      },
    },
    {
      id: "run.stop-all",
      group: "run",
      label: () => msg("Stop all programs", { id: "command-stop-all" }),
      shortcut: "Mod-.",
      isEnabled: () => playground.programs.anyActive,
      run: () => playground.programs.stop(),
    },
  ];
}

/** Consoles, language and colours. `showConsoles` brings the consoles into view, whatever is there now. */
export function viewCommands({ theme, consoles, lateParts }: Playground, showConsoles: () => void): Command[] {
  return [
    {
      id: "view.merge-consoles",
      group: "view",
      label: () => (consoles.isMerged ? msg("A console for each program", { id: "split-consoles" }) : msg("All in one console", { id: "merge-consoles" })),
      run: () => {
        showConsoles();
        consoles.toggle();
      },
    },
    {
      id: "view.language",
      group: "view",
      label: () => msg(str`Language: ${LOCALE_NAMES[nextLocale()]}`, { id: "command-language" }),
      run: () => lateParts.fetch(() => chooseLocale(nextLocale())),
    },
    {
      id: "view.theme",
      group: "view",
      label: () => msg(str`Theme: ${themeText(nextTheme(theme.choice))}`, { id: "command-theme" }),
      run: () => theme.choose(nextTheme(theme.choice)),
    },
  ];
}

/** The network view. */
export interface NetworkActions {
  isShown(): boolean;
  toggle(): void | Promise<void>;
  /** Shows what the line of the cursor sent and received. */
  showLine(): void | Promise<void>;
}

/** What the programs do on the network. */
export function networkCommands({ isShown, toggle, showLine }: NetworkActions): Command[] {
  return [
    {
      id: "view.network",
      group: "view",
      label: () => (isShown() ? msg("Show the consoles", { id: "command-consoles" }) : msg("Show the network", { id: "command-network" })),
      shortcut: "Alt-w",
      run: toggle,
    },
    {
      id: "edit.line-exchange",
      group: "edit",
      label: () => msg("What did this line send?", { id: "command-line-exchange" }),
      shortcut: "Shift-Alt-w",
      run: showLine,
    },
  ];
}

/** What the page tells of itself. */
export interface HelpActions {
  showReference(): void | Promise<void>;
  showBridge(): void | Promise<void>;
  showShortcuts(): void | Promise<void>;
}

/** What helps to find one's way. */
export function helpCommands({ showReference, showBridge, showShortcuts }: HelpActions): Command[] {
  return [
    { id: "help.reference", group: "help", label: () => msg("API reference…", { id: "command-reference" }), shortcut: "F1", run: showReference },
    { id: "help.bridge", group: "help", label: () => msg("What is a bridge?", { id: "what-is-a-bridge" }), run: showBridge },
    {
      id: "help.shortcuts",
      group: "help",
      label: () => msg("Keyboard shortcuts", { id: "command-shortcuts" }),
      shortcut: ["Shift-F1", "?"],
      run: showShortcuts,
    },
  ];
}
