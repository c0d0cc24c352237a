import { CHECK_MODES, type CheckMode } from "@playground/luau-analysis";

/** The project's setting that says how strictly files are checked that do not say so themselves. */
export const CHECK_MODE_SETTING = "checkMode";

/** Without the setting: as Luau's own tools do, so that a learner's first lines are not full of marks. */
export const DEFAULT_CHECK_MODE: CheckMode = "nonstrict";

/** Reads the setting; what is no mode counts as absent. */
export function checkModeOf(setting: unknown): CheckMode {
  return CHECK_MODES.find((mode) => mode === setting) ?? DEFAULT_CHECK_MODE;
}
