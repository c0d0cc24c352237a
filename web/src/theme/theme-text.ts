import { msg } from "@lit/localize";
import type { ThemeChoice } from "./theme.ts";

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: "light", light: "dark", dark: "contrast", contrast: "system" };

/** The colour scheme that comes after this one when one goes through them. */
export function nextTheme(choice: ThemeChoice): ThemeChoice {
  return NEXT_THEME[choice];
}

/** A colour scheme in the reader's words, to stand behind "Colours:". */
export function themeText(choice: ThemeChoice): string {
  switch (choice) {
    case "system":
      return msg("system", { id: "theme-system" });
    case "light":
      return msg("light", { id: "theme-light" });
    case "dark":
      return msg("dark", { id: "theme-dark" });
    case "contrast":
      return msg("high contrast", { id: "theme-contrast" });
  }
}
