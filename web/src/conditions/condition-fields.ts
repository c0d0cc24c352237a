import { msg } from "@lit/localize";
import { BYTES_PER_SECOND_RANGE, type DirectionConditions, MAX_DELAY_MS, type PresetName, SLICE_BYTES_RANGE } from "@playground/conditions";

/** A number of a direction's conditions that the reader sets. */
export interface ConditionField {
  readonly key: "delayMs" | "jitterMs" | "bytesPerSecond" | "sliceBytes" | "glueMs";
  /** Least and most; an empty field stands for nothing being done. */
  readonly range: readonly [number, number];
  label(): string;
  unit(): string;
  help(): string;
}

const MILLISECONDS = (): string => msg("ms", { id: "unit-ms" });

export const CONDITION_FIELDS: readonly ConditionField[] = [
  {
    key: "delayMs",
    range: [0, MAX_DELAY_MS],
    label: () => msg("Delay", { id: "condition-delay" }),
    unit: MILLISECONDS,
    help: () => msg("Each piece takes so long.", { id: "condition-delay-help" }),
  },
  {
    key: "jitterMs",
    range: [0, MAX_DELAY_MS],
    label: () => msg("Jitter", { id: "condition-jitter" }),
    unit: MILLISECONDS,
    help: () => msg("At most so much is added to the delay, by chance.", { id: "condition-jitter-help" }),
  },
  {
    key: "bytesPerSecond",
    range: BYTES_PER_SECOND_RANGE,
    label: () => msg("Speed", { id: "condition-rate" }),
    unit: () => msg("bytes a second", { id: "unit-bytes-a-second" }),
    help: () => msg("Each connection carries no more than that.", { id: "condition-rate-help" }),
  },
  {
    key: "sliceBytes",
    range: SLICE_BYTES_RANGE,
    label: () => msg("Slices", { id: "condition-slice" }),
    unit: () => msg("bytes", { id: "unit-bytes" }),
    help: () => msg("Pieces are cut to at most this size, and come one by one, 40 a second at most.", { id: "condition-slice-help" }),
  },
  {
    key: "glueMs",
    range: [0, MAX_DELAY_MS],
    label: () => msg("Gluing", { id: "condition-glue" }),
    unit: MILLISECONDS,
    help: () => msg("What is sent within this time comes as one piece.", { id: "condition-glue-help" }),
  },
];

/** The conditions with another value of a field; undefined: nothing is done by it. */
export function withField(conditions: DirectionConditions, key: ConditionField["key"], value: number | undefined): DirectionConditions {
  if (key === "bytesPerSecond") {
    const { bytesPerSecond: _before, ...others } = conditions;
    return value === undefined ? others : { ...others, bytesPerSecond: value };
  }
  if (key === "sliceBytes") {
    const { sliceBytes: _before, ...others } = conditions;
    return value === undefined ? others : { ...others, sliceBytes: value };
  }
  return { ...conditions, [key]: value ?? 0 };
}

export function presetText(name: PresetName): string {
  switch (name) {
    case "school-wifi":
      return msg("School Wi-Fi", { id: "preset-school-wifi" });
    case "other-continent":
      return msg("Another continent", { id: "preset-other-continent" });
    case "one-byte":
      return msg("One byte at a time", { id: "preset-one-byte" });
    case "all-at-once":
      return msg("Several sends at once", { id: "preset-all-at-once" });
  }
}

/** What a preset is there to be seen by. */
export function presetHelp(name: PresetName): string {
  switch (name) {
    case "school-wifi":
      return msg("Mostly quick, at times a tenth of a second late, and what has waited comes together.", { id: "preset-school-wifi-help" });
    case "other-continent":
      return msg("An answer takes two tenths of a second, however fast both programs are.", { id: "preset-other-continent-help" });
    case "one-byte":
      return msg("Does your program still work when a message comes in pieces? TCP may cut it anywhere.", { id: "preset-one-byte-help" });
    case "all-at-once":
      return msg("Does your program still work when several messages come as one? TCP keeps no borders between sends.", { id: "preset-all-at-once-help" });
  }
}
