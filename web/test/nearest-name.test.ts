import { expect, test } from "vitest";
import { nearestName } from "../src/room/nearest-name.ts";

test.each([
  ["Аня 🦊", "Аня"],
  ["🦊", ""],
  ["Максимилиан Александрович Константинопольский", "Максимилиан-Александрович"],
  ["О" + "о".repeat(40), "О" + "о".repeat(31)],
  ["7б Аня", "Аня"],
  ["2fast", "fast"],
  ["12 34", ""],
  ["-Anna_B.-", "Anna-B"],
  ["José María", "José-María"],
  ["שרה!", "שרה"],
  ["localhost", "localhost"],
])("%j: %j", (asked, nearest) => expect(nearestName(asked)).toBe(nearest));
