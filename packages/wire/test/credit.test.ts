import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { MAX_WINDOW_BYTES } from "../src/codec/index.ts";
import { PacketReceiveWindow, PacketSendWindow, ReceiveWindow, SendWindow } from "../src/flow/index.ts";

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

test("both halves together: no byte too many, never stuck, and both agree when all is quiet", () => {
  const size = fc.integer({ min: 1, max: 300 });
  const steps = fc.array(fc.tuple(fc.constantFrom("send", "deliver", "consume", "credit"), fc.integer({ min: 1, max: 200 })), { maxLength: 200 });
  fc.assert(
    fc.property(size, steps, (window, list) => {
      const sender = new SendWindow(window);
      const receiver = new ReceiveWindow(window);
      let underWay = 0;
      const credits: number[] = [];
      const consume = (count: number) => {
        const credit = receiver.consume(Math.min(count, receiver.held));
        if (credit > 0) credits.push(credit);
      };
      for (const [step, count] of list) {
        if (step === "send") {
          const sent = Math.min(count, sender.available);
          sender.spend(sent);
          underWay += sent;
        } else if (step === "deliver") {
          const delivered = Math.min(count, underWay);
          underWay -= delivered;
          expect(receiver.receive(delivered)).toBe(true);
        } else if (step === "consume") {
          consume(count);
        } else {
          const credit = credits.shift();
          if (credit !== undefined) expect(sender.add(credit)).toBe(true);
        }
        expect(receiver.held + underWay + sender.available).toBeLessThanOrEqual(window);
      }
      expect(receiver.receive(underWay)).toBe(true);
      consume(receiver.held);
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
