import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as abi from "../src/abi.ts";

test("native/abi.h and src/abi.ts hold the same figures", () => {
  const header = readFileSync(new URL("../native/abi.h", import.meta.url), "utf8");
  const native = Object.fromEntries([...header.matchAll(/^constexpr u?int32_t ([A-Z_]+) = (-?\d+);/gm)].map((match) => [match[1]!, Number(match[2])]));
  const { SLOT_BYTES, ...binding } = abi;
  expect(Object.keys(native).length).toBeGreaterThan(30);
  expect(binding).toEqual(native);
  expect(header).toContain(`static_assert(sizeof(Slot) == ${SLOT_BYTES}`);
});
