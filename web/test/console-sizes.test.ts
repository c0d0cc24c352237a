import { describe, expect, it } from "vitest";
import { ConsoleSizes, fit, pairShare } from "../src/console/console-sizes.ts";

/** Heights in so many pixels of room, at least 100 each. */
function heights(sizes: ConsoleSizes<object>, consoles: readonly object[], room = 600): number[] {
  return fit(sizes.weightsOf(consoles), room, 100).map(Math.round);
}

describe("fit", () => {
  it.each([
    ["equal weights", [1, 1], 400, 100, [200, 200]],
    ["by weight", [3, 1], 800, 100, [600, 200]],
    ["none below the least", [9, 1], 400, 100, [300, 100]],
    ["one that is kept up takes from the others by their weights", [1, 4, 8], 690, 90, [90, 200, 400]],
    ["one that falls below only once another is kept up", [1, 10, 89], 100, 10, [10, 10, 80]],
    ["not enough room", [1, 2, 3], 100, 50, [50, 50, 50]],
    ["no room at all", [1, 1], 0, 50, [50, 50]],
    ["one alone", [0.4], 400, 100, [400]],
    ["none", [], 400, 100, []],
  ])("%s", (_, weights, room, least, sizes) => {
    const found = fit(weights, room, least);
    expect(found).toHaveLength(sizes.length);
    for (const [index, size] of sizes.entries()) expect(found[index]).toBeCloseTo(size, 6);
  });
});

describe("pairShare", () => {
  it("has bounds that leave each console its least", () => {
    expect(pairShare([300, 100, 400], 0, 100)).toEqual({ value: 75, least: 25, most: 75 });
    expect(pairShare([300, 100, 400], 1, 100)).toEqual({ value: 20, least: 20, most: 80 });
  });

  it("is in the middle where nothing is known, and where nothing can be moved", () => {
    expect(pairShare([0, 0], 0, 0)).toEqual({ value: 50, least: 0, most: 100 });
    expect(pairShare([100, 100], 0, 100)).toEqual({ value: 50, least: 50, most: 50 });
  });
});

describe("ConsoleSizes", () => {
  const [a, b, c] = [{}, {}, {}];

  it("begins with equal consoles", () => {
    expect(heights(new ConsoleSizes(), [a, b, c])).toEqual([200, 200, 200]);
  });

  it("moves what is between two neighbours, and leaves the others", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b, c], 0, 70, 600, 100);
    expect(heights(sizes, [a, b, c])).toEqual([280, 120, 200]);
    sizes.move([a, b, c], 1, 50, 600, 100);
    expect(heights(sizes, [a, b, c])).toEqual([280, 160, 160]);
  });

  it("moves nothing while it is not known how much room there is", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b], 0, 70, 0, 0);
    expect(heights(sizes, [a, b])).toEqual([300, 300]);
  });

  it("leaves each the least, however far it is moved", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b], 0, 0, 600, 100);
    expect(heights(sizes, [a, b])).toEqual([100, 500]);
    sizes.move([a, b], 0, 100, 600, 100);
    expect(heights(sizes, [a, b])).toEqual([500, 100]);
    // From what is seen, and not from weights that the least has overruled.
    expect(heights(sizes, [a, b], 300)).toEqual([200, 100]);
    sizes.move([a, b], 0, 50, 300, 100);
    expect(heights(sizes, [a, b])).toEqual([300, 300]);
  });

  it("ignores a divider that is not there", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b], 1, 80, 600, 100);
    expect(heights(sizes, [a, b])).toEqual([300, 300]);
  });

  it("makes a new console as high as the others are on average, and keeps their ratio", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b], 0, 75, 600, 100);
    expect(heights(sizes, [a, b, c])).toEqual([300, 100, 200]);
  });

  it("fills the room when one goes, also with what was small", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b, c], 0, 30, 600, 100);
    expect(heights(sizes, [a, c])).toEqual([225, 375]);
    expect(sizes.weightsOf([a])).toEqual([1]);
    expect(heights(sizes, [a])).toEqual([600]);
  });

  it("goes back to equal", () => {
    const sizes = new ConsoleSizes<object>();
    sizes.move([a, b, c], 1, 75, 600, 100);
    sizes.reset();
    expect(heights(sizes, [a, b, c])).toEqual([200, 200, 200]);
  });
});
