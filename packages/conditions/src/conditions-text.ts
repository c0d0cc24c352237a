import { checkedConditions, type Conditions, type DirectionConditions, isPlainDirection, PLAIN_DIRECTION } from "./conditions.ts";
import { isPresetName, PRESET_NAMES, presetConditions } from "./presets.ts";

/** Conditions as text, and back: `school-wifi`, or `delay=100,jitter=50,out.rate=5000,in.slice=1`. */

/** What a value is called in text, and in conditions. */
const KEYS = { delay: "delayMs", jitter: "jitterMs", rate: "bytesPerSecond", slice: "sliceBytes", glue: "glueMs" } as const;

/**
 * Reads conditions: the name of a preset, or values for both directions, or for one of them.
 *
 * @throws {RangeError} which names what is wrong and says what may stand there
 */
export function parseConditions(text: string, seed: number): Conditions {
  if (isPresetName(text)) return checkedConditions(presetConditions(text, seed));
  const directions: { out: DirectionConditions; in: DirectionConditions } = { out: PLAIN_DIRECTION, in: PLAIN_DIRECTION };
  for (const part of text.split(",")) {
    const match = /^(?:(in|out)\.)?(delay|jitter|rate|slice|glue)=([0-9]{1,10})$/.exec(part.trim());
    if (match === null)
      throw new RangeError(
        `"${part}" is no condition; it takes one of ${PRESET_NAMES.join(", ")}, or values such as delay=100,jitter=50,rate=5000,slice=1,glue=20, with in. or out. in front for one direction`,
      );
    const [, only, key, number] = match;
    for (const direction of ["out", "in"] as const) {
      if (only !== undefined && only !== direction) continue;
      directions[direction] = { ...directions[direction], [KEYS[key as keyof typeof KEYS]]: Number(number) };
    }
  }
  return checkedConditions({ ...directions, seed });
}

/** One direction in a few characters and in no language, as `parseConditions` reads it; empty where nothing is done. */
export function directionText(conditions: DirectionConditions): string {
  if (isPlainDirection(conditions)) return "";
  const { delayMs, jitterMs, bytesPerSecond, sliceBytes, glueMs, stalled } = conditions;
  return [
    delayMs > 0 ? `delay=${delayMs}` : "",
    jitterMs > 0 ? `jitter=${jitterMs}` : "",
    bytesPerSecond === undefined ? "" : `rate=${bytesPerSecond}`,
    sliceBytes === undefined ? "" : `slice=${sliceBytes}`,
    glueMs > 0 ? `glue=${glueMs}` : "",
    stalled ? "stalled" : "",
  ]
    .filter((part) => part !== "")
    .join(",");
}
