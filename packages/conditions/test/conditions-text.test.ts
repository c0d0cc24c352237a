import { describe, expect, it } from "vitest";
import { chance } from "../src/chance.ts";
import { directionText, parseConditions, PLAIN_CONDITIONS, PRESET_NAMES, presetConditions, presetOf } from "../src/index.ts";

describe("conditions as text", () => {
  it.each(PRESET_NAMES)("are the preset %s, which is found again", (name) => {
    const conditions = parseConditions(name, 5);
    expect(conditions).toEqual(presetConditions(name, 5));
    expect(presetOf(conditions)).toBe(name);
    const text = directionText(conditions.out);
    expect(parseConditions(text, 5)).toEqual(conditions);
  });

  it("hold for both directions, or for one", () => {
    const { out, in: incoming, seed } = parseConditions("delay=100, out.slice=1,in.rate=500,in.delay=20", 9);
    expect(seed).toBe(9);
    expect(directionText(out)).toBe("delay=100,slice=1");
    expect(directionText(incoming)).toBe("delay=20,rate=500");
  });

  it.each([
    ["", '"" is no condition'],
    ["slow", '"slow" is no condition; it takes one of school-wifi, other-continent, one-byte, all-at-once'],
    ["delay=1,loss=5", '"loss=5" is no condition'],
    ["delay=99999", "out.delayMs is 99999; it takes a whole number from 0 to 10000"],
    ["slice=0", "out.sliceBytes is 0"],
    ["delay=-1", '"delay=-1" is no condition'],
  ])("%j is refused", (text, message) => {
    expect(() => parseConditions(text, 0)).toThrow(message);
  });

  it("are no preset where one value is another", () => {
    expect(presetOf(PLAIN_CONDITIONS)).toBeUndefined();
    expect(presetOf({ ...presetConditions("one-byte"), isCut: true })).toBeUndefined();
  });
});

describe("chance", () => {
  it("is even: a tenth of 100,000 places in each tenth, whatever the seed", () => {
    for (const seed of [0, 1, 2, 0xffff_ffff]) {
      const counts = Array.from({ length: 10 }, () => 0);
      for (let place = 0; place < 100_000; place += 1) counts[Math.floor(chance(seed, place) * 10)]! += 1;
      for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    }
  });
});
