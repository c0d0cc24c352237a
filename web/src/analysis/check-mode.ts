import { CHECK_MODES, type CheckMode } from "@playground/luau-analysis";

/** Without the setting, in projects that were made elsewhere or earlier: as Luau's own tools do, so that code written for that is not full of marks. */
export const DEFAULT_CHECK_MODE: CheckMode = "nonstrict";

/** Reads the setting; what is no mode counts as absent. */
export function checkModeOf(setting: unknown): CheckMode {
  return CHECK_MODES.find((mode) => mode === setting) ?? DEFAULT_CHECK_MODE;
}
