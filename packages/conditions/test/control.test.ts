import { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES } from "@playground/network";
import { describe, expect, it } from "vitest";
import {
  ConditionControl,
  CUT_CONNECT_MS,
  MAX_DELAY_MS,
  MAX_HELD_CLIENTS,
  MAX_HELD_PIECES,
  PLAIN_CONDITIONS,
  PLAIN_DIRECTION,
  withConditions,
} from "../src/index.ts";
import { MemoryNetwork, SEND_BUFFER_BYTES, WINDOW_BYTES } from "./support/memory-network.ts";
import { connectedPair, pair } from "./support/pair.ts";
import { Side } from "./support/side.ts";
import { TestClock } from "./support/test-clock.ts";

const MINUTE = 60_000;

describe("a pause", () => {
  it("of a minute loses nothing: bytes, ends and connections go on where they were", () => {
    const made = connectedPair();
    made.clientSide.send(Buffer.from("before "));
    made.clock.settle();
    made.client.pause();
    made.server.pause();
    made.clientSide.send(Buffer.from("during "));
    made.clientSide.send(Buffer.from("and on"));
    made.other.send(Buffer.from("back"));
    made.clientSide.endAfter();
    made.clock.advance(MINUTE);
    expect(made.other.received.toString()).toBe("before ");
    expect(made.clientSide.receivedBytes).toBe(0);
    expect(made.client.held.out).toEqual({ pieces: 3, bytes: 13 });
    expect(made.server.held.out).toEqual({ pieces: 1, bytes: 4 });
    made.client.resume();
    made.clock.settle();
    expect(made.other.received.toString(), "held where it arrives").toBe("before ");
    expect(made.server.held.in.bytes).toBe(13);
    made.server.resume();
    made.clock.settle();
    expect(made.other.received.toString()).toBe("before during and on");
    expect(made.other.words).toEqual(["end"]);
    expect(made.clientSide.received.toString()).toBe("back");
  });

  it("stops time for what is on its way", () => {
    const made = connectedPair();
    made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs: 1_000 } };
    made.clientSide.send(Buffer.from("x"));
    made.clock.advance(600);
    made.client.pause();
    made.clock.advance(MINUTE);
    made.client.resume();
    made.clock.advance(390);
    expect(made.other.receivedBytes).toBe(0);
    made.clock.advance(20);
    expect(made.other.receivedBytes).toBe(1);
  });

  it("holds clients that come, and asks for connections only when it is over", () => {
    const made = pair();
    made.server.pause();
    made.connect();
    made.clock.settle();
    expect(made.clientSide.words, "the other program's own network is not paused").toEqual(["opened"]);
    expect(made.serverSide()).toBeUndefined();
    made.clientSide.send(Buffer.from("first"));
    made.clock.settle();
    expect(made.server.held.in).toEqual({ pieces: 2, bytes: 5 });
    made.server.resume();
    made.clock.settle();
    expect(made.serverSide()!.received.toString()).toBe("first");
    made.client.pause();
    made.connect();
    made.clock.advance(MINUTE);
    expect(made.network.openStreams).toBe(2);
    made.client.resume();
    made.clock.settle();
    expect(made.network.openStreams).toBe(4);
  });

  it("lets go a connection that is called off while it is held, and resets clients whose listener closes", () => {
    const made = pair();
    made.client.pause();
    made.connect();
    made.clientSide.stream!.close();
    expect(made.client.held.out.pieces).toBe(0);
    made.client.resume();
    made.clock.settle();
    expect(made.network.openStreams).toBe(0);
    made.server.pause();
    const client = made.connect();
    made.clock.settle();
    made.closeListener();
    made.clock.settle();
    expect(client.words).toEqual(["opened", "closed connection-reset"]);
    expect(made.network.openStreams).toBe(0);
    expect(made.server.held.in.pieces).toBe(0);
  });
});

describe("a step", () => {
  it("lets the next delivery through, in the order in which they came over all streams", () => {
    const made = connectedPair();
    const secondClient = made.connect();
    made.clock.settle();
    const second = made.serverSide()!;
    made.server.pause();
    second.send(Buffer.from("1"));
    made.other.send(Buffer.from("2"));
    second.send(Buffer.from("3"));
    const arrived: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      expect(made.server.step()).toMatchObject({ from: "10.0.0.1:80" });
      made.clock.settle();
      arrived.push(`${secondClient.received.toString()} ${made.clientSide.received.toString()}`);
    }
    expect(arrived).toEqual(["1 ", "1 2", "13 2"]);
    expect(made.server.step()).toBe(false);
  });

  it("that lets bytes out lets them in at the other end as well, with the end of the stream", () => {
    const made = connectedPair();
    made.client.pause();
    made.server.pause();
    made.clientSide.send(Buffer.from("one"));
    made.clientSide.send(Buffer.from("two"));
    made.clientSide.endAfter();
    const received: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      const passage = made.client.step();
      if (typeof passage === "boolean") throw new Error("no bytes have left");
      made.server.letThrough(passage);
      made.clock.advance(100);
      received.push(made.other.received.toString() + made.other.words.join());
    }
    expect(received).toEqual(["one", "onetwo", "onetwoend"]);
    expect(made.client.step()).toBe(false);
  });

  it("goes by the time at which deliveries are due, and lets one slice through", () => {
    const made = connectedPair();
    made.server.conditions = { ...PLAIN_CONDITIONS, in: { ...PLAIN_DIRECTION, delayMs: 500, sliceBytes: 2 }, out: { ...PLAIN_DIRECTION, delayMs: 100 } };
    made.clientSide.send(Buffer.from("abcd"));
    made.clock.advance(10);
    made.other.send(Buffer.from("out"));
    made.server.pause();
    expect(made.server.step()).not.toBe(true);
    made.clock.settle();
    expect(made.clientSide.received.toString()).toBe("out");
    expect(made.server.step()).toBe(true);
    expect(made.other.received.toString()).toBe("ab");
  });
});

describe("a program that ends", () => {
  it("while it is paused leaves nothing open, and what it had sent arrives before the end", async () => {
    const made = connectedPair();
    made.client.pause();
    made.clientSide.send(Buffer.from("last words"));
    made.clientSide.stream!.close();
    await made.client.finish(500, 1_000);
    made.clock.settle();
    expect(made.other.received.toString()).toBe("last words");
    expect(made.other.words).toEqual(["end"]);
    made.other.stream!.close();
    made.clock.settle();
    expect(made.network.openStreams).toBe(0);
    expect(made.client.held).toEqual({ out: { pieces: 0, bytes: 0 }, in: { pieces: 0, bytes: 0 }, streams: [] });
    expect(made.clock.pending).toBe(0);
  });

  it("lets what was sent take its time, and no more of it than there is", async () => {
    for (const [delayMs, arrivesAt] of [
      [200, 200],
      [9_000, 500],
    ] as const) {
      const made = connectedPair();
      made.client.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs } };
      const begun = made.clock.now();
      made.clientSide.send(Buffer.from("x"));
      made.clientSide.stream!.close();
      const over = made.client.finish(500, 1_000);
      made.clock.settle();
      await over;
      expect(made.other.pieces[0]!.at - begun).toBeGreaterThanOrEqual(arrivesAt);
      expect(made.other.pieces[0]!.at - begun).toBeLessThanOrEqual(arrivesAt + 10);
    }
  });

  it("waits for a full network no longer than it may", async () => {
    const made = connectedPair();
    made.other.isReading = false;
    made.client.pause();
    made.clientSide.stream!.send(new Uint8Array(100_000));
    made.clientSide.stream!.close();
    let isOver = false;
    const over = made.client.finish(500, 1_000).then(() => (isOver = true));
    made.clock.advance(900);
    await Promise.resolve();
    expect(isOver).toBe(false);
    made.clock.advance(100);
    await over;
  });

  it("under a stall or with the cable cut lets everything go at once", async () => {
    for (const conditions of [
      { ...PLAIN_CONDITIONS, isCut: true },
      { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, stalled: true } },
    ]) {
      const made = connectedPair();
      made.client.conditions = conditions;
      made.clientSide.send(Buffer.from("x"));
      made.clientSide.stream!.close();
      await made.client.finish(500, 1_000);
      made.clock.settle();
      expect(made.other.received.toString()).toBe("x");
    }
  });
});

describe("a cut cable", () => {
  it("tells nobody, keeps connections and everything on its way, and goes on when it is mended", () => {
    const made = connectedPair();
    made.client.conditions = { ...PLAIN_CONDITIONS, isCut: true };
    made.clientSide.send(Buffer.from("out"));
    made.other.send(Buffer.from("in"));
    made.clock.advance(10 * MINUTE);
    expect([...made.clientSide.words, ...made.other.words]).toEqual(["opened"]);
    expect(made.clientSide.receivedBytes + made.other.receivedBytes).toBe(0);
    made.client.conditions = PLAIN_CONDITIONS;
    made.clock.settle();
    expect(made.other.received.toString()).toBe("out");
    expect(made.clientSide.received.toString()).toBe("in");
  });

  it("lets those fail that connect meanwhile, after a time", () => {
    const made = pair();
    made.client.conditions = { ...PLAIN_CONDITIONS, isCut: true };
    made.connect();
    made.clock.advance(CUT_CONNECT_MS - 1);
    expect(made.clientSide.words).toEqual([]);
    made.clock.advance(1_000);
    expect(made.clientSide.words).toEqual(["failed timed-out"]);
    expect(made.network.openStreams).toBe(0);
  });
});

describe("a reset", () => {
  it("ends a connection for both ends at once, held bytes with it; others live on", () => {
    const made = connectedPair();
    const secondClient = made.connect();
    made.clock.settle();
    const second = made.serverSide()!;
    made.client.pause();
    secondClient.send(Buffer.from("lost"));
    made.server.reset(second.stream!.remote.address + ":" + second.stream!.remote.port);
    made.clock.settle();
    expect(second.words).toEqual(["closed connection-reset"]);
    expect(made.other.words).toEqual([]);
    made.client.resume();
    made.clock.settle();
    expect(secondClient.words).toEqual(["opened", "closed connection-reset"]);
    expect(made.clientSide.words).toEqual(["opened"]);
    made.client.reset();
    made.clock.settle();
    expect(made.other.words).toEqual(["closed connection-reset"]);
    expect(made.network.openStreams).toBe(0);
  });

  it("fails a connection that is being made", () => {
    const made = pair();
    made.client.pause();
    made.connect();
    made.client.reset();
    expect(made.clientSide.words).toEqual(["failed connection-reset"]);
    expect(made.client.held.out.pieces).toBe(0);
  });

  it("from the other side comes after the bytes that came before it", () => {
    const made = connectedPair();
    made.client.pause();
    made.other.send(Buffer.from("and then"));
    made.clock.settle();
    made.other.stream!.abort();
    made.clock.settle();
    expect(made.clientSide.words).toEqual(["opened"]);
    made.client.step();
    expect(made.clientSide.received.toString()).toBe("and then");
    made.client.step();
    expect(made.clientSide.words).toEqual(["opened", "closed connection-reset"]);
  });
});

describe("what is held", () => {
  it("fills the send buffer, so that send takes less; room is told of when it is back", () => {
    const made = connectedPair();
    made.client.pause();
    const stream = made.clientSide.stream!;
    expect(stream.send(new Uint8Array(STREAM_BUFFER_BYTES - 10))).toBe(STREAM_BUFFER_BYTES - 10);
    expect(stream.send(new Uint8Array(100))).toBe(10);
    expect(stream.send(new Uint8Array(100))).toBe(0);
    made.clientSide.send(Buffer.from("waits for room"));
    expect(made.clientSide.sentBytes).toBe(0);
    made.client.resume();
    made.clock.advance(1_000);
    expect(made.clientSide.sentBytes).toBe(14);
  });

  it("is bounded for a program, with a reserve for each stream", () => {
    const clock = new TestClock();
    const network = new MemoryNetwork(clock);
    const control = new ConditionControl({ clock });
    control.pause();
    const conditioned = withConditions(network, control);
    let taken = 0;
    for (let count = 0; count < 6; count += 1) taken += conditioned.connect("10.0.0.1", 80, new Side(() => 0)).send(new Uint8Array(STREAM_BUFFER_BYTES));
    expect(taken).toBe(SESSION_BUFFER_BYTES + 2 * STREAM_RESERVE_BYTES);
  });

  it("of a peer that floods is no more than its window, and it is slowed down by that", () => {
    const made = connectedPair();
    made.server.pause();
    made.clientSide.send(new Uint8Array(100_000));
    made.clock.advance(MINUTE);
    expect(made.server.held.in.bytes).toBe(WINDOW_BYTES);
    expect(made.clientSide.sentBytes).toBe(WINDOW_BYTES + SEND_BUFFER_BYTES);
    made.server.resume();
    made.clock.settle();
    expect(made.other.receivedBytes).toBe(100_000);
  });

  it("counts a million single bytes as few pieces, and keeps every one", () => {
    const made = connectedPair();
    made.client.pause();
    for (let count = 0; count < 1_000_000; count += 1) made.clientSide.stream!.send(Uint8Array.of(count & 0xff));
    expect(made.client.held.out).toEqual({ pieces: MAX_HELD_PIECES, bytes: 1_000_000 });
    made.client.resume();
    made.clock.settle();
    expect(made.other.received.every((byte, index) => byte === (index & 0xff))).toBe(true);
    expect(made.other.receivedBytes).toBe(1_000_000);
  });

  it("is at most so many clients of a listener", () => {
    const made = pair();
    made.server.pause();
    const clients = Array.from({ length: MAX_HELD_CLIENTS + 10 }, () => made.connect());
    made.clock.settle();
    expect(clients.filter(({ words }) => words.includes("closed connection-reset"))).toHaveLength(10);
    expect(made.server.held.in.pieces).toBe(MAX_HELD_CLIENTS);
    expect(made.server.held.streams).toHaveLength(50);
  });

  it("of a stream that its program has closed is given back to the other side, which may not read before it has written", () => {
    const made = connectedPair();
    made.client.pause();
    made.other.send(new Uint8Array(100_000));
    made.clock.settle();
    made.clientSide.send(Buffer.from("bye"));
    made.clientSide.stream!.close();
    made.clock.settle();
    expect(made.other.sentBytes).toBe(100_000);
  });
});

describe("conditions that are none", () => {
  it("are refused with their name and their bounds", () => {
    const control = new ConditionControl({ clock: new TestClock() });
    expect(() => (control.conditions = { ...PLAIN_CONDITIONS, out: { ...PLAIN_DIRECTION, delayMs: MAX_DELAY_MS + 1 } })).toThrow(
      "out.delayMs is 10001; it takes a whole number from 0 to 10000",
    );
    expect(() => (control.conditions = { ...PLAIN_CONDITIONS, in: { ...PLAIN_DIRECTION, sliceBytes: 0 } })).toThrow("in.sliceBytes is 0");
    expect(() => (control.conditions = { ...PLAIN_CONDITIONS, seed: -1 })).toThrow("seed is -1");
    expect(control.conditions).toEqual(PLAIN_CONDITIONS);
  });
});
