import { type Conditions, type DirectionConditions, PLAIN_DIRECTION } from "./conditions.ts";

/** Conditions that have a name, in the order in which they are offered. */
export const PRESET_NAMES = ["school-wifi", "other-continent", "one-byte", "all-at-once"] as const;

export type PresetName = (typeof PRESET_NAMES)[number];

/** What each direction of one program has by a preset. Between two programs that both have it, everything adds up. */
const PRESETS: Readonly<Record<PresetName, DirectionConditions>> = {
  // A full class on one access point: mostly quick, at times not, and what has waited comes together.
  "school-wifi": { ...PLAIN_DIRECTION, delayMs: 10, jitterMs: 90, bytesPerSecond: 250_000, glueMs: 20 },
  // Light takes 60 ms through 12,000 km of fibre; cables do not go straight, and routers take time.
  "other-continent": { ...PLAIN_DIRECTION, delayMs: 90, jitterMs: 10 },
  "one-byte": { ...PLAIN_DIRECTION, sliceBytes: 1 },
  "all-at-once": { ...PLAIN_DIRECTION, glueMs: 300 },
};

/** The conditions of a preset, with this seed. */
export function presetConditions(name: PresetName, seed = 0): Conditions {
  return { out: PRESETS[name], in: PRESETS[name], seed };
}

/** The preset that conditions are, whatever their seed; undefined: none. */
export function presetOf({ out, in: incoming, isCut }: Conditions): PresetName | undefined {
  if (isCut === true) return undefined;
  return PRESET_NAMES.find((name) => isSame(out, PRESETS[name]) && isSame(incoming, PRESETS[name]));
}

export function isPresetName(text: string): text is PresetName {
  return (PRESET_NAMES as readonly string[]).includes(text);
}

function isSame(one: DirectionConditions, other: DirectionConditions): boolean {
  return (
    one.delayMs === other.delayMs &&
    one.jitterMs === other.jitterMs &&
    one.bytesPerSecond === other.bytesPerSecond &&
    one.sliceBytes === other.sliceBytes &&
    one.glueMs === other.glueMs &&
    one.stalled === other.stalled
  );
}
