import { expect, test } from "vitest";
import { BUSY_FRAME_MS, IDLE_FRAME_MS, MEMORY_LIMIT } from "../src/limits.ts";
import { windowWish } from "../src/socket/read-pace.ts";

const memoryLimit = MEMORY_LIMIT;
const little = MEMORY_LIMIT / 4;
const much = 0.6 * MEMORY_LIMIT;

test.each([
  ["wider while frames are short", 0, little, "wider"],
  ["wider up to half a frame", IDLE_FRAME_MS, little, "wider"],
  ["as it is in between", IDLE_FRAME_MS + 1, little, "same"],
  ["as it is up to a frame that people see", BUSY_FRAME_MS, little, "same"],
  ["narrower beyond it", BUSY_FRAME_MS + 1, little, "narrower"],
  ["narrower where memory is short", 0, much, "narrower"],
] as const)("%s", (_, frameMs, memoryUsed, wish) => {
  expect(windowWish({ frameMs, memoryUsed, memoryLimit })).toBe(wish);
});
