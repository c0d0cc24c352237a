import { describe, expect, it } from "vitest";
import { brackets } from "../src/network-view/brackets.ts";
import { Lanes, placeLanes } from "../src/network-view/lanes.ts";
import { stepPath } from "../src/network-view/pressure.ts";
import { RowTops, scrollToShow } from "../src/network-view/row-window.ts";
import { silenceBefore } from "../src/network-view/silence.ts";
import { LadderFixture } from "./support/ladder-fixture.ts";

/** A piece of a send. */
const part = (number: number, of?: number) => ({ offset: 0, size: 9, asked: 9, part: number, ...(of !== undefined && { of }) });

describe("RowTops", () => {
  const tops = new RowTops([30, 46, 46, 30]);

  it("knows where rows begin and which row is at a height", () => {
    expect([0, 1, 2, 3, 4].map((index) => tops.top(index))).toEqual([0, 30, 76, 122, 152]);
    expect(tops.height).toBe(152);
    expect([-5, 0, 29, 30, 75, 76, 151, 500].map((y) => tops.at(y))).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
  });
  it("gives the rows in sight, with a margin that ends at the ends", () => {
    expect(tops.window(40, 40, 0)).toEqual({ first: 1, end: 3 });
    expect(tops.window(40, 40, 1)).toEqual({ first: 0, end: 4 });
    expect(tops.window(0, 1_000, 5)).toEqual({ first: 0, end: 4 });
    expect(new RowTops([]).window(0, 100, 5)).toEqual({ first: 0, end: 0 });
  });
  it("draws as many of 20,000 rows as are in sight", () => {
    const many = new RowTops(new Float64Array(20_000).fill(46));
    const { first, end } = many.window(460_000, 600, 8);
    expect([first, end - first]).toEqual([9_992, 30]);
  });
  it("scrolls only as far as a row is out of sight", () => {
    const view = { scrollTop: 40, height: 80, head: 20 };
    // Below the head there is room for 60.
    expect(scrollToShow(tops, 0, view)).toBe(0);
    expect(scrollToShow(tops, 1, view)).toBe(30);
    expect(scrollToShow(tops, 3, view)).toBe(92);
    expect(scrollToShow(new RowTops([10, 10, 10]), 1, { scrollTop: 0, height: 60, head: 20 })).toBe(0);
  });
});

describe("silenceBefore", () => {
  it("counts from the end of what was before", () => {
    const ladder = new LadderFixture();
    const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
    ladder.bytes(one, other, "slow", { arrivedAt: ladder.now + 5_000 });
    ladder.wait(5_100).mark("listen");
    ladder.wait(999).mark("listen");
    ladder.wait(1_000).mark("listen");
    expect(ladder.items.map((_, index) => silenceBefore(ladder.items, index))).toEqual([0, 0, 0, 1_000]);
  });
});

describe("Lanes", () => {
  it("has one column for all runs of a program, programs first", () => {
    const ladder = new LadderFixture();
    const outside = ladder.lifeline("outside", "127.1.1.9");
    const first = ladder.lifeline("program", "a.luau");
    const again = ladder.lifeline("program", "a.luau", "127.1.1.1");
    const lanes = new Lanes();
    lanes.follow(ladder.lifelines);
    expect(lanes.all.map(({ name }) => name)).toEqual(["a.luau", "127.1.1.9"]);
    expect(lanes.keyOf(first)).toBe(lanes.keyOf(again));
    expect(lanes.laneOf(first)?.address).toBe("127.1.1.1");
    ladder.bytes(outside, again, "x");
    ladder.mark("lost");
    expect(lanes.usedBy(ladder.items).map(({ name }) => name)).toEqual(["a.luau", "127.1.1.9"]);
    expect(lanes.usedBy(ladder.items.slice(1))).toEqual([]);
  });
  it("shares the room, and takes more where names could not be read", () => {
    const lanes = Array.from({ length: 4 }, (_, index) => ({ key: String(index), kind: "program" as const, name: String(index) }));
    expect(placeLanes(lanes.slice(0, 2), 500)).toEqual({
      width: 500,
      middles: new Map([
        ["0", 125],
        ["1", 375],
      ]),
    });
    expect(placeLanes(lanes, 300).width).toBe(416);
  });
});

describe("brackets", () => {
  it("join the pieces of one send, and the sends of one arrival", () => {
    const ladder = new LadderFixture();
    const [one, other] = [ladder.lifeline("program", "a.luau"), ladder.lifeline("program", "b.luau")];
    ladder.bytes(one, other, "abc", { piece: { send: part(1, 3) } });
    ladder.mark("printed", { on: one, text: "between" });
    ladder.bytes(one, other, "def", { piece: { send: part(2, 3) } });
    ladder.bytes(one, other, "ghi", { piece: { send: part(3, 3) } });
    ladder.bytes(one, other, "whole", { piece: { offset: 9, arrival: { offset: 9, size: 7, sends: 2 } } });
    ladder.bytes(one, other, "me", { piece: { offset: 14, arrival: { offset: 9, size: 7, sends: 2 } } });
    ladder.bytes(other, one, "alone");
    expect(brackets(ladder.items, 0, 10)).toEqual([
      { kind: "send", first: 0, last: 3, at: one, towards: other },
      { kind: "arrival", first: 4, last: 5, at: other, towards: one },
    ]);
    // Seen from its middle it is as long.
    expect(brackets(ladder.items, 2, 3)).toEqual([{ kind: "send", first: 0, last: 3, at: one, towards: other }]);
  });
});

describe("stepPath", () => {
  it("holds each value until the next, and the last to the end", () => {
    const points = [
      { at: 0, value: 0 },
      { at: 50, value: 5 },
    ];
    expect(stepPath(points, { from: 0, to: 100, most: 10, width: 200, height: 40 })).toBe("M0 40H100V20H200");
    expect(stepPath([], { from: 0, to: 100, most: 10, width: 200, height: 40 })).toBe("");
  });
});
