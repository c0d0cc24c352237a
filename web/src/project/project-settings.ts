import type { SharedSettings } from "@playground/share";

/** The setting that says how strictly files are checked that do not say so themselves. */
export const CHECK_MODE_SETTING = "checkMode";

/** Of a project that begins here. In strict mode the type checker marks a misspelt name and a wrong argument where it is written, before the program is run. */
export const NEW_PROJECT_SETTINGS: SharedSettings = { [CHECK_MODE_SETTING]: "strict" };
