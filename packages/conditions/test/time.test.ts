import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { type DirectionConditions, PLAIN_CONDITIONS, PLAIN_DIRECTION, presetConditions, SLICE_GAP_MS, TICK_MS } from "../src/index.ts";
import { connectedPair, pair } from "./support/pair.ts";
import { Random } from "./support/random.ts";
import type { Side } from "./support/side.ts";

const SEEDS = rounds({ short: 300, full: 5_000 });

/** How late a delivery may be: all share one timer, and one tick may wait for the one before. */
const LATE_MS = 2 * TICK_MS;

/** When the byte at an offset was taken by `send`, and when it arrived. */
function timesOf(sender: Side, receiver: Side): { readonly offset: number; readonly sentAt: number; readonly arrivedAt: number; readonly before: number }[] {
  const times = [];
  let offset = 0;
  for (const { at, bytes } of receiver.pieces) {
    for (let index = 0; index < bytes.length; index += 1) {
      const taken = sender.taken.findLast((one) => one.offset <= offset)!;
      times.push({ offset, sentAt: taken.at, arrivedAt: at, before: taken.offset });
      offset += 1;
    }
  }
  return times;
}

/** When ten sends arrive, with jitter that is drawn from this seed. */
function arrivals(seed: number, withOthers: boolean): number[] {
  const made = pair();
  made.client.conditions = {
    out: { ...PLAIN_DIRECTION, jitterMs: 1_000 },
    in: withOthers ? { ...PLAIN_DIRECTION, jitterMs: 5 } : PLAIN_DIRECTION,
    seed,
  };
  made.connect();
  made.clock.settle();
  const server = made.serverSide()!;
  const begun = made.clock.now();
  for (let turn = 0; turn < 10; turn += 1) {
    made.clientSide.send(new Uint8Array(10));
    if (withOthers) server.send(new Uint8Array(3));
    made.clock.advance(2_000);
  }
  return server.pieces.map(({ at }) => at - begun);
}

describe("delays", () => {
  it(`are never shorter than asked for, and longer by no more than jitter, gluing and a tick (${SEEDS} seeds)`, () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const random = new Random(seed);
      const made = connectedPair();
      const out: DirectionConditions = {
        ...PLAIN_DIRECTION,
        delayMs: random.between(0, 2_000),
        jitterMs: random.oneIn(2) ? random.between(0, 2_000) : 0,
        glueMs: random.oneIn(2) ? random.between(0, 500) : 0,
      };
      made.client.conditions = { out, in: PLAIN_DIRECTION, seed };
      for (let turn = 0; turn < 20; turn += 1) {
        made.clientSide.send(random.bytes(random.between(1, 50)));
        made.clock.advance(random.between(0, 400));
      }
      made.clock.settle();
      const times = timesOf(made.clientSide, made.other);
      expect(times).toHaveLength(made.clientSide.sentBytes);
      for (const { sentAt, arrivedAt } of times) {
        expect(arrivedAt - sentAt, `seed ${seed}`).toBeGreaterThanOrEqual(out.delayMs);
        expect(arrivedAt - sentAt, `seed ${seed}`).toBeLessThanOrEqual(out.delayMs + out.jitterMs + out.glueMs + LATE_MS);
      }
    }
  });

  it("of both ends add up, there and back, and the connection takes them too", () => {
    const made = pair();
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs: 100 }, in: { ...PLAIN_DIRECTION, delayMs: 30 } };
    made.server.conditions = { ...PLAIN_CONDITIONS, in: { ...PLAIN_DIRECTION, delayMs: 50 } };
    made.connect();
    made.clock.advance(99);
    expect(made.network.openStreams, "the wish to connect is still on its way").toBe(0);
    made.clock.advance(30);
    expect(made.clientSide.words).toEqual([]);
    made.clock.advance(10);
    expect(made.clientSide.words, "100 there and 30 back").toEqual(["opened"]);
    expect(made.serverSide(), "told after 50 more").toBeUndefined();
    made.clock.advance(20);
    expect(made.serverSide()).toBeDefined();
  });

  it("repeat with their seed, whatever other streams do, and differ with another one", () => {
    expect(arrivals(1, true)).toEqual(arrivals(1, false));
    expect(arrivals(1, false)).not.toEqual(arrivals(2, false));
  });

  it("that become shorter hold for what waits, too", () => {
    const made = connectedPair();
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs: 10_000 } };
    made.clientSide.send(new Uint8Array(5));
    made.clock.advance(100);
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs: 200 } };
    made.clock.advance(200 + LATE_MS);
    expect(made.other.receivedBytes).toBe(5);
  });
});

describe("a rate", () => {
  it("is never passed, and reached to within a step", () => {
    const made = connectedPair();
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, bytesPerSecond: 1_000 } };
    made.clientSide.send(new Uint8Array(5_000));
    for (let second = 1; second <= 5; second += 1) {
      made.clock.advance(1_000);
      expect(made.other.receivedBytes).toBeLessThanOrEqual(second * 1_000);
      expect(made.other.receivedBytes).toBeGreaterThanOrEqual(second * 1_000 - 50);
    }
    made.clock.advance(LATE_MS);
    expect(made.other.receivedBytes).toBe(5_000);
  });

  it("holds after a stall and a cut, where all catches up", () => {
    const made = connectedPair();
    const out = { ...PLAIN_DIRECTION, bytesPerSecond: 1_000 };
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...out, stalled: true } };
    made.clientSide.send(new Uint8Array(1_000));
    made.clock.advance(60_000);
    expect(made.other.receivedBytes).toBe(0);
    made.client.conditions = { ...PLAIN_CONDITIONS, out };
    made.clock.advance(500);
    expect(made.other.receivedBytes).toBeLessThanOrEqual(500);
    made.client.conditions = { ...PLAIN_CONDITIONS, out, isCut: true };
    made.clock.advance(60_000);
    made.client.conditions = { ...PLAIN_CONDITIONS, out };
    made.clock.advance(250);
    expect(made.other.receivedBytes).toBeLessThanOrEqual(750);
    made.clock.settle();
    expect(made.other.receivedBytes).toBe(1_000);
  });
});

describe("slices and gluing", () => {
  it("cut to so many bytes, a gap apart, with one timer at a time", () => {
    const made = connectedPair();
    made.server.conditions = { ...PLAIN_CONDITIONS, in: { ...PLAIN_DIRECTION, sliceBytes: 3 } };
    made.clientSide.send(Buffer.from("hello"));
    made.clientSide.send(Buffer.from("you"));
    made.clock.settle();
    expect(made.other.pieces.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(["hel", "loy", "ou"]);
    const times = made.other.pieces.map(({ at }) => at);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(SLICE_GAP_MS);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(SLICE_GAP_MS);
  });

  it("one byte at a time of a mebibyte sets no more than 40 timers a second, and holds what it holds once", () => {
    let changes = 0;
    const made = connectedPair({ heldChanges: () => (changes += 1) });
    made.client.conditions = presetConditions("one-byte");
    made.clientSide.send(new Uint8Array(1_048_576));
    expect(made.client.held.out).toEqual({ pieces: 1, bytes: 1_048_576 });
    const { timersSet } = made.clock;
    changes = 0;
    made.clock.advance(10_000);
    expect(made.other.receivedBytes).toBeGreaterThan(300);
    expect(made.other.receivedBytes).toBeLessThanOrEqual(401);
    // Its own, and four of the memory network for each byte.
    expect(made.clock.timersSet - timersSet).toBeLessThanOrEqual(401 * 5);
    expect(changes).toBeLessThanOrEqual(401);
    expect(made.clock.pending).toBeLessThanOrEqual(2);
  });

  it("glues what is sent within the time into one piece, and no more than that", () => {
    const made = connectedPair();
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, glueMs: 100 } };
    for (const word of ["a", "b", "c"]) {
      made.clientSide.send(Buffer.from(word));
      made.clock.advance(40);
    }
    made.clock.advance(40);
    made.clientSide.send(Buffer.from("d"));
    made.clock.settle();
    expect(made.other.pieces.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(["abc", "d"]);
  });
});
