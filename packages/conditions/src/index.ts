export {
  checkedConditions,
  type Conditions,
  type Direction,
  type DirectionConditions,
  isPlain,
  isPlainDirection,
  PLAIN_CONDITIONS,
  PLAIN_DIRECTION,
} from "./conditions.ts";
export { ConditionControl, type Held, type HeldCount, type HeldStream, type Passage } from "./condition-control.ts";
export type { ConditionClock } from "./schedule.ts";
export { directionText, parseConditions } from "./conditions-text.ts";
export {
  BYTES_PER_SECOND_RANGE,
  CUT_CONNECT_MS,
  MAX_DELAY_MS,
  MAX_HELD_CLIENTS,
  MAX_HELD_PIECES,
  MAX_SEED,
  RATE_STEP_MS,
  SLICE_BYTES_RANGE,
  SLICE_GAP_MS,
  TICK_MS,
} from "./limits.ts";
export { isPresetName, PRESET_NAMES, type PresetName, presetConditions, presetOf } from "./presets.ts";
export { withConditions } from "./with-conditions.ts";
