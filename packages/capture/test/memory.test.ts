import { describe, expect, test } from "vitest";
import { Capture, type CaptureEvent, MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS } from "@playground/capture";
import { eventCost } from "@playground/capture/event-cost";
import { EventRing } from "../src/event-ring.ts";
import { heapOf } from "./support/heap.ts";
import { BEGINNING } from "./support/program-teller.ts";

const ENDS = { local: { address: "127.0.0.1", port: 40_000 }, remote: { address: "127.0.0.1", port: 8_080 } };

/** A question, its answer and the callback that has it, each with objects of its own as what comes from a worker. */
function conversation(index: number, size: number): CaptureEvent[] {
  const piece = { connection: 1, offset: index * size, size, at: BEGINNING + index / 3 };
  const site = (): { entry: number; place: { file: string; line: number } } => ({ entry: index + 1, place: { file: "client.luau", line: 12 } });
  return structuredClone([
    { type: "send", ...piece, asked: size, bytes: new Uint8Array(size), site: site() },
    { type: "arrive", ...piece, bytes: new Uint8Array(size) },
    { type: "receive", ...piece, site: site() },
  ]);
}

/** Somewhat more than there is room for. */
const CONVERSATIONS = (1.2 * MAX_CAPTURE_EVENTS) / 3;

// Measured: 19 MB and 35 MB. Objects for events and pieces took 92 MB and 158 MB, which is what the bounds tell apart.
describe("the memory of a full capture with its ladder, which somebody looks at", () => {
  test.each([
    ["events", 16, 32e6],
    ["bytes", 1_118, 48e6],
  ])("full of %s", (_name, size, limit) => {
    const { made, bytes } = heapOf(() => {
      const capture = new Capture();
      const run = capture.beginRun("client.luau", BEGINNING);
      capture.add(run, [
        { type: "connect", at: BEGINNING, connection: 1, host: "127.0.0.1", port: 8_080 },
        { type: "opened", at: BEGINNING, connection: 1, ...ENDS },
      ]);
      for (let index = 0; index < CONVERSATIONS; index++) capture.add(run, conversation(index, size));
      return { capture, items: capture.ladder.items };
    });
    expect(made.capture.dropped.events).toBeGreaterThan(0);
    expect(made.capture.kept.bytes).toBeLessThanOrEqual(MAX_CAPTURE_BYTES);
    expect(made.items).toHaveLength(20_000);
    expect(bytes).toBeLessThan(limit);
  });

  test("does not grow while nobody looks", () => {
    const { made, bytes } = heapOf(() => {
      const capture = new Capture();
      const run = capture.beginRun("client.luau", BEGINNING);
      for (let index = 0; index < 2 * CONVERSATIONS; index++) capture.add(run, conversation(index, 4));
      return capture;
    });
    expect(made.dropped.events).toBeGreaterThan(MAX_CAPTURE_EVENTS);
    expect(bytes).toBeLessThan(32e6);
  });
});

describe("reckoned memory is no less than what is taken", () => {
  test("by encoded events", () => {
    const { made, bytes } = heapOf(() => {
      const ring = new EventRing<never>();
      for (let index = 0; index < 20_000; index++) for (const event of conversation(index, 100)) ring.push(1, event);
      return ring;
    });
    expect(bytes).toBeLessThan(1.1 * made.memory);
    expect(bytes).toBeGreaterThan(0.5 * made.memory);
  });

  test("by events as objects", () => {
    const { made, bytes } = heapOf(() => Array.from({ length: 10_000 }, (_, index) => conversation(index, 16)));
    const cost = made.flat().reduce((sum, event) => sum + eventCost(event), 0);
    expect(bytes).toBeLessThan(1.1 * cost);
    expect(bytes).toBeGreaterThan(0.5 * cost);
  });
});
