import * as fc from "fast-check";
import type { WindowWish } from "@playground/network";
import { describe, expect, test } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { MAX_WINDOW_BYTES } from "../src/codec/index.ts";
import { MAX_GROWN_WINDOW_BYTES, WINDOW_GROWTH_BYTES } from "../src/codec/limits.ts";
import { PacketReceiveWindow, PacketSendWindow, ReceiveWindow, SendWindow, WindowGrowth } from "../src/flow/index.ts";

describe("SendWindow", () => {
  test("spends and takes up credit", () => {
    const window = new SendWindow(1_000);
    window.spend(400);
    expect(window.available).toBe(600);
    expect(window.add(400)).toBe(true);
    expect(window.available).toBe(1_000);
    window.spend(1_000);
    window.spend(0);
    expect(window.available).toBe(0);
  });

  test("cannot spend what it has not", () => {
    const window = new SendWindow(10);
    for (const count of [11, -1, Number.NaN]) expect(() => window.spend(count)).toThrow(RangeError);
    expect(window.available).toBe(10);
  });

  test("credit has a ceiling", () => {
    const window = new SendWindow(MAX_WINDOW_BYTES - 5);
    expect(window.add(6)).toBe(false);
    expect(window.available).toBe(MAX_WINDOW_BYTES - 5);
    expect(window.add(5)).toBe(true);
    expect(window.add(1)).toBe(false);
  });
});

describe("ReceiveWindow", () => {
  test("gives credit back in halves", () => {
    const window = new ReceiveWindow(100);
    expect(window.receive(100)).toBe(true);
    expect(window.receive(1)).toBe(false);
    expect([window.available, window.held]).toEqual([0, 100]);
    expect(window.consume(49)).toBe(0);
    expect(window.consume(1)).toBe(50);
    expect([window.available, window.held]).toEqual([50, 50]);
    expect(window.consume(50)).toBe(50);
  });

  test("an odd window still gives everything back", () => {
    const window = new ReceiveWindow(3);
    window.receive(3);
    expect([window.consume(1), window.consume(1), window.consume(1)]).toEqual([0, 2, 0]);
  });

  test("cannot consume what has not come", () => {
    const window = new ReceiveWindow(100);
    window.receive(10);
    for (const count of [11, -1, 0.5, Number.NaN]) expect(() => window.consume(count)).toThrow(RangeError);
    expect(window.consume(0)).toBe(0);
    expect(window.consume(10)).toBe(0);
  });
});

/** Fills the window and has the reader take all of it; the credit that follows. */
function fillAndTake(window: ReceiveWindow, wish: WindowWish): number {
  expect(window.receive(window.available)).toBe(true);
  return window.consume(window.held, wish);
}

describe("a ReceiveWindow that may grow", () => {
  test("doubles each time that it held the sender up and the reader wants more, to a limit", () => {
    const window = new ReceiveWindow(262_144, new WindowGrowth());
    const sizes = Array.from({ length: 6 }, () => {
      const credit = fillAndTake(window, "wider");
      expect(credit).toBe(window.size);
      return window.size;
    });
    expect(sizes).toEqual([524_288, 1_048_576, 2_097_152, MAX_GROWN_WINDOW_BYTES, MAX_GROWN_WINDOW_BYTES, MAX_GROWN_WINDOW_BYTES]);
  });

  test("does not grow where a byte more could have come", () => {
    const window = new ReceiveWindow(1_000, new WindowGrowth());
    window.receive(999);
    expect(window.consume(999, "wider")).toBe(999);
    expect(window.size).toBe(1_000);
  });

  test.each(["same", "narrower"] as const)("does not grow for a reader that wants it %s", (wish) => {
    const window = new ReceiveWindow(1_000, new WindowGrowth());
    expect(fillAndTake(window, wish)).toBe(1_000);
    expect(window.size).toBe(1_000);
  });

  test("does not grow without anything to grow by", () => {
    const window = new ReceiveWindow(1_000);
    expect(fillAndTake(window, "wider")).toBe(1_000);
    expect(window.size).toBe(1_000);
  });

  test("shrinks by halves for a reader that wants it narrower, never below its first size", () => {
    const growth = new WindowGrowth();
    const window = new ReceiveWindow(1_000, growth);
    for (let count = 0; count < 3; count += 1) fillAndTake(window, "wider");
    expect([window.size, growth.left]).toEqual([8_000, WINDOW_GROWTH_BYTES - 7_000]);
    expect([fillAndTake(window, "narrower"), window.size]).toEqual([4_000, 4_000]);
    expect([fillAndTake(window, "narrower"), window.size]).toEqual([2_000, 2_000]);
    expect([fillAndTake(window, "narrower"), window.size]).toEqual([1_000, 1_000]);
    expect([fillAndTake(window, "narrower"), window.size]).toEqual([1_000, 1_000]);
    expect(growth.left).toBe(WINDOW_GROWTH_BYTES);
  });

  test("shrinks when little of it is used at a time, whatever the reader wants, and stays while a quarter is", () => {
    const window = new ReceiveWindow(1_000, new WindowGrowth());
    for (let count = 0; count < 3; count += 1) fillAndTake(window, "wider");
    const carry = (byteCount: number, piece: number): void => {
      for (let done = 0; done < byteCount; done += piece) {
        window.receive(piece);
        window.consume(piece, "wider");
      }
    };
    carry(80_000, 2_000);
    expect(window.size).toBe(8_000);
    carry(4_000, 1_000);
    // What had waited before counts once more.
    carry(4_000, 1_000);
    expect(window.size).toBe(4_000);
    carry(80_000, 100);
    expect(window.size).toBe(1_000);
  });

  test("gives back what it has grown by when it is over", () => {
    const growth = new WindowGrowth();
    const window = new ReceiveWindow(1_000, growth);
    fillAndTake(window, "wider");
    window.release();
    window.release();
    expect(growth.left).toBe(WINDOW_GROWTH_BYTES);
  });

  test("many of them together grow by no more than may be, and leave something for the next", () => {
    const growth = new WindowGrowth();
    const windows = Array.from({ length: 100 }, () => new ReceiveWindow(262_144, growth));
    for (let round = 0; round < 10; round += 1) for (const window of windows) fillAndTake(window, "wider");
    const grown = windows.reduce((sum, { size }) => sum + size - 262_144, 0);
    expect(grown).toBe(WINDOW_GROWTH_BYTES - growth.left);
    expect(grown).toBeLessThanOrEqual(WINDOW_GROWTH_BYTES);
    const late = new ReceiveWindow(1_000, new WindowGrowth());
    fillAndTake(late, "wider");
    expect(late.size).toBeGreaterThan(1_000);
  });
});

test("both halves together: no byte too many, never stuck, and both agree when all is quiet", () => {
  const size = fc.integer({ min: 1, max: 300 });
  const wish = fc.constantFrom("wider", "wider", "same", "narrower");
  const steps = fc.array(fc.tuple(fc.constantFrom("send", "deliver", "consume", "credit"), fc.integer({ min: 1, max: 1_000 }), wish), { maxLength: 200 });
  fc.assert(
    fc.property(size, steps, fc.boolean(), (window, list, mayGrow) => {
      const growth = new WindowGrowth();
      const sender = new SendWindow(window);
      const receiver = new ReceiveWindow(window, mayGrow ? growth : undefined);
      let underWay = 0;
      const credits: number[] = [];
      const consume = (count: number, wish: WindowWish) => {
        const credit = receiver.consume(Math.min(count, receiver.held), wish);
        if (credit > 0) credits.push(credit);
      };
      for (const [step, count, wish] of list) {
        if (step === "send") {
          const sent = Math.min(count, sender.available);
          sender.spend(sent);
          underWay += sent;
        } else if (step === "deliver") {
          const delivered = Math.min(count, underWay);
          underWay -= delivered;
          expect(receiver.receive(delivered)).toBe(true);
        } else if (step === "consume") {
          consume(count, wish);
        } else {
          const credit = credits.shift();
          if (credit !== undefined) expect(sender.add(credit)).toBe(true);
        }
        expect(receiver.held + underWay + sender.available).toBeLessThanOrEqual(receiver.size);
        expect(receiver.size).toBe(window + WINDOW_GROWTH_BYTES - growth.left);
      }
      expect(receiver.receive(underWay)).toBe(true);
      consume(receiver.held, "narrower");
      for (const credit of credits) sender.add(credit);
      expect(sender.available).toBe(receiver.available);
      // All consumed: less than a batch is withheld, so the sender can go on.
      expect(sender.available).toBeGreaterThan(0);
    }),
    { numRuns: rounds({ short: 200, full: 500 }) },
  );
});

describe("packet credit of plain Wisp", () => {
  test("the client's half", () => {
    const window = new PacketSendWindow(2);
    window.spend();
    window.spend();
    expect(() => window.spend()).toThrow(RangeError);
    window.reset(5);
    expect(window.available).toBe(5);
  });

  test("the bridge's half counts what may be under way", () => {
    const window = new PacketReceiveWindow(8);
    expect(() => window.drain()).toThrow(RangeError);
    for (let count = 0; count < 4; count += 1) expect(window.receive()).toBe(true);
    expect([window.drain(), window.drain(), window.drain()]).toEqual([undefined, undefined, undefined]);
    // Four more may be on their way, and would come on top of whatever is announced.
    expect(window.drain()).toBe(4);
    for (let count = 0; count < 8; count += 1) expect(window.receive()).toBe(true);
    expect(window.receive()).toBe(false);
    expect(window.held).toBe(8);
  });

  test("both halves with packets under way: the bound holds, and a client with something to send never waits for ever", () => {
    const size = fc.integer({ min: 1, max: 40 });
    const steps = fc.array(fc.constantFrom("send", "send", "deliver", "drain", "continue"), { maxLength: 300 });
    fc.assert(
      fc.property(size, steps, (limit, list) => {
        const client = new PacketSendWindow(limit);
        const bridge = new PacketReceiveWindow(limit);
        let underWay = 0;
        const continues: number[] = [];
        const step = (name: string): boolean => {
          if (name === "send" && client.available > 0) {
            client.spend();
            underWay += 1;
          } else if (name === "deliver" && underWay > 0) {
            underWay -= 1;
            expect(bridge.receive()).toBe(true);
          } else if (name === "drain" && bridge.held > 0) {
            const packets = bridge.drain();
            if (packets !== undefined) continues.push(packets);
          } else if (name === "continue" && continues.length > 0) {
            client.reset(continues.shift() as number);
          } else {
            return false;
          }
          expect(bridge.held).toBeLessThanOrEqual(limit);
          return true;
        };
        for (const name of list) step(name);
        // Everything arrives and is drained: after that there must be credit again.
        while (step("deliver") || step("drain") || step("continue"));
        expect(client.available).toBeGreaterThan(0);
      }),
      { numRuns: rounds({ short: 300, full: 1_000 }) },
    );
  });
});
