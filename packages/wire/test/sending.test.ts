import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES } from "@playground/network";
import { type DataPacket, decodePacket, MAX_DATA_BYTES, type Packet, PacketType } from "../src/codec/index.ts";
import { SMALL_SEND_BYTES, TRANSPORT_HIGH_WATER_BYTES, TRANSPORT_POLL_MS, TRANSPORT_SMALL_HIGH_WATER_BYTES } from "../src/client/outbox.ts";
import { SendQueue } from "../src/flow/send-queue.ts";
import { SendScheduler } from "../src/flow/send-scheduler.ts";
import { StreamRecorder } from "./recorder.ts";
import { ScriptedBridge, settle } from "./scripted-bridge.ts";

function isData(packet: Packet): packet is DataPacket {
  return packet.type === PacketType.DATA;
}

/** `stream:length` of every DATA packet. */
function shape(packets: Packet[]): string[] {
  return packets.filter(isData).map(({ streamId, payload }) => `${streamId}:${payload.length}`);
}

/** Opens so many streams and forgets the packets of that. */
function open(bridge: ScriptedBridge, count: number) {
  const streams = Array.from({ length: count }, () => {
    const events = new StreamRecorder();
    return { events, stream: bridge.session.connect("a", 1, events) };
  });
  bridge.take();
  for (let id = 1; id <= count; id += 1) bridge.sayOpened(id);
  return streams;
}

function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

/** As much as any test below sends on one stream. */
const PATTERN = pattern(60 * 300_000);

/** Compares long rows of bytes; `toEqual` takes seconds for them. */
function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  expect(Buffer.compare(actual, expected)).toBe(0);
}

function concatenate(packets: Packet[], streamId: number): Uint8Array {
  const parts = packets.filter((packet) => isData(packet) && packet.streamId === streamId) as DataPacket[];
  const whole = new Uint8Array(parts.reduce((sum, { payload }) => sum + payload.length, 0));
  let offset = 0;
  for (const { payload } of parts) {
    whole.set(payload, offset);
    offset += payload.length;
  }
  return whole;
}

describe("credit towards the bridge", () => {
  test("bytes go out in packets of at most 64 KiB, as far as credit allows, and the rest when it comes", () => {
    const bridge = ScriptedBridge.ready({ window: 131_072 });
    const [first] = open(bridge, 1);
    const bytes = pattern(300_000);
    expect(first?.stream.send(bytes)).toBe(300_000);
    const sent = bridge.take();
    expect(shape(sent)).toEqual(["1:65536", "1:65536"]);
    expect(bridge.session.stats).toMatchObject({ bytesOut: 131_072, bufferedBytes: 168_928 });
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 1 });
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 70_000 });
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 131_072 });
    sent.push(...bridge.take());
    expectSameBytes(concatenate(sent, 1), bytes);
    expect(bridge.session.stats).toMatchObject({ bytesOut: 300_000, bufferedBytes: 0 });
  });

  test("the caller may change its bytes after send", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const [first] = open(bridge, 1);
    const bytes = pattern(3_000);
    first?.stream.send(bytes);
    bytes.fill(0xee);
    const sent = bridge.take();
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 500 });
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 2_000 });
    sent.push(...bridge.take());
    expectSameBytes(concatenate(sent, 1), pattern(3_000));
  });

  test("a stream without credit does not hold up another", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const [first, second] = open(bridge, 2);
    first?.stream.send(new Uint8Array(5_000));
    second?.stream.send(new Uint8Array(1_000));
    expect(shape(bridge.take())).toEqual(["1:1024", "2:1000"]);
  });

  test("nothing is sent for nothing", () => {
    const bridge = ScriptedBridge.ready();
    const [first] = open(bridge, 1);
    expect(first?.stream.send(new Uint8Array())).toBe(0);
    expect(bridge.take()).toEqual([]);
  });
});

describe("a congested transport", () => {
  test("streams take turns of one packet, looked at again after a while", () => {
    const bridge = ScriptedBridge.ready({ window: 1_048_576 });
    const streams = open(bridge, 3);
    bridge.isCongested = true;
    bridge.bufferedAmount = TRANSPORT_SMALL_HIGH_WATER_BYTES;
    for (const { stream } of streams) stream.send(new Uint8Array(150_000));
    expect(bridge.take()).toEqual([]);
    const order: string[] = [];
    for (let round = 0; round < 9; round += 1) {
      bridge.bufferedAmount = TRANSPORT_HIGH_WATER_BYTES - 1; // room for one packet
      bridge.clock.advance(TRANSPORT_POLL_MS);
      order.push(...shape(bridge.take()));
    }
    expect(order).toEqual(["1:65536", "2:65536", "3:65536", "1:65536", "2:65536", "3:65536", "1:18928", "2:18928", "3:18928"]);
    expect(bridge.clock.pending).toBe(0);
  });

  test("a small message goes before bulk that waits", () => {
    const bridge = ScriptedBridge.ready({ window: 1_048_576 });
    const streams = open(bridge, 10);
    bridge.isCongested = true;
    for (const { stream } of streams.slice(0, 9)) stream.send(new Uint8Array(1_000_000));
    expect(shape(bridge.take())).toEqual(["1:65536", "1:65536"]); // up to the mark
    // Not far above the mark a small message goes out at once …
    streams[9]?.stream.send(new Uint8Array(100));
    expect(shape(bridge.take())).toEqual(["10:100"]);
    // … and far above it, first of all when there is room.
    bridge.bufferedAmount = TRANSPORT_SMALL_HIGH_WATER_BYTES;
    streams[9]?.stream.send(new Uint8Array(200));
    expect(bridge.take()).toEqual([]);
    bridge.bufferedAmount = 0;
    bridge.socket.drained();
    expect(shape(bridge.take())[0]).toBe("10:200");
  });

  test("control packets do not wait", () => {
    const bridge = ScriptedBridge.ready({ receiveWindow: 1_024 });
    const [first, second] = open(bridge, 2);
    bridge.bufferedAmount = 1_000_000_000;
    bridge.sayData(1, new Uint8Array(1_000));
    first?.stream.consumed(1_000);
    second?.stream.end();
    first?.stream.abort();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.CREDIT, PacketType.END, PacketType.CLOSE]);
  });

  test("END comes after the bytes that wait, CLOSE instead of them", () => {
    const bridge = ScriptedBridge.ready();
    const [first, second] = open(bridge, 2);
    bridge.bufferedAmount = 1_000_000_000;
    for (const opened of [first, second]) opened?.stream.send(new Uint8Array(10_000));
    first?.stream.end();
    second?.stream.abort();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.CLOSE]);
    bridge.bufferedAmount = 0;
    bridge.socket.drained();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.DATA, PacketType.END]);
    expect(bridge.session.stats.bufferedBytes).toBe(0);
  });

  test("whatever arrives is a reason to look for room", () => {
    const bridge = ScriptedBridge.ready();
    const [first] = open(bridge, 1);
    bridge.bufferedAmount = 1_000_000_000;
    first?.stream.send(new Uint8Array(10_000));
    bridge.bufferedAmount = 0;
    bridge.sayData(1, new Uint8Array(1));
    expect(shape(bridge.take())).toEqual(["1:10000"]);
  });
});

describe("the send buffer", () => {
  test("takes 16 MiB per stream, then less, and says when there is room", async () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const [first] = open(bridge, 1);
    const { stream, events } = first as NonNullable<typeof first>;
    expect(stream.send(new Uint8Array(1_024))).toBe(1_024);
    expect(stream.send(new Uint8Array(STREAM_BUFFER_BYTES + 10))).toBe(STREAM_BUFFER_BYTES);
    expect(stream.send(new Uint8Array(1))).toBe(0);
    await settle();
    expect(events.log).toEqual(["opened"]);
    // Credit for less than a packet's worth is not yet room worth telling of.
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: STREAM_RESERVE_BYTES - 1 });
    await settle();
    expect(events.log).toEqual(["opened"]);
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 1 });
    expect(events.log).toEqual(["opened"]);
    await settle();
    expect(events.log).toEqual(["opened", "writable"]);
    expect(stream.send(new Uint8Array(STREAM_RESERVE_BYTES + 1))).toBe(STREAM_RESERVE_BYTES);
    stream.end();
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 1_000_000 });
    await settle();
    expect(events.log).toEqual(["opened", "writable"]); // nobody who has ended wants to know
  });

  test("is 64 MiB for all together, and even then each stream has a little of its own", async () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const streams = open(bridge, 6);
    const taken = streams.map(({ stream }) => stream.send(new Uint8Array(STREAM_BUFFER_BYTES + 2_000)));
    const full = STREAM_BUFFER_BYTES + 1_024;
    expect(taken).toEqual([full, full, full, full, STREAM_RESERVE_BYTES + 1_024, STREAM_RESERVE_BYTES + 1_024]);
    expect(bridge.session.stats.bufferedBytes).toBe(SESSION_BUFFER_BYTES + 2 * STREAM_RESERVE_BYTES);
    streams[0]?.stream.abort();
    await settle();
    // All five that were refused, now that there is room for them, but not those that are full themselves.
    expect(streams.map(({ events }) => events.log.includes("writable"))).toEqual([false, false, false, false, true, true]);
  });

  test("also before the handshake", () => {
    const bridge = new ScriptedBridge();
    const stream = bridge.session.connect("a", 1, new StreamRecorder());
    expect(stream.send(new Uint8Array(STREAM_BUFFER_BYTES + 1))).toBe(STREAM_BUFFER_BYTES);
    expect(stream.send(new Uint8Array(1))).toBe(0);
  });

  test("many small pieces take little more than their bytes", () => {
    const queue = new SendQueue(1);
    for (let count = 0; count < 100_000; count += 1) queue.push(Uint8Array.of(count));
    let packets = 0;
    let bytes = 0;
    for (let packet = queue.take(MAX_DATA_BYTES); packet !== undefined; packet = queue.take(MAX_DATA_BYTES)) {
      packets += 1;
      bytes += packet.length - 5;
      expect(packet.buffer.byteLength).toBeLessThan(70_000);
    }
    expect(bytes).toBe(100_000);
    expect(packets).toBeLessThan(10);
  });
});

describe("SendQueue", () => {
  test("gives the bytes back in order, however they are pushed and taken, and never changes what it gave", () => {
    const step = fc.oneof(
      fc.record({ push: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 200_000 })) }),
      fc.record({ take: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: MAX_DATA_BYTES })) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new SendQueue(0x8001_0203);
        const packets: Uint8Array[] = [];
        const copies: Uint8Array[] = [];
        let pushed = 0;
        const take = (most: number): boolean => {
          const packet = queue.take(most);
          if (packet === undefined) return false;
          expect(packet.length - 5).toBeLessThanOrEqual(most);
          packets.push(packet);
          copies.push(packet.slice());
          return true;
        };
        for (const one of steps) {
          if ("push" in one) {
            queue.push(PATTERN.subarray(pushed, pushed + one.push));
            pushed += one.push;
          } else {
            take(one.take);
          }
        }
        while (take(MAX_DATA_BYTES));
        expect(queue.length).toBe(0);
        for (const [index, packet] of packets.entries()) expectSameBytes(packet, copies[index] as Uint8Array);
        const decoded = packets.map((packet) => decodePacket(packet));
        expect(decoded.every((packet) => isData(packet) && packet.streamId === 0x8001_0203)).toBe(true);
        expectSameBytes(concatenate(decoded, 0x8001_0203), pattern(pushed));
      }),
      { numRuns: rounds({ short: 50, full: 150 }) },
    );
  });
});

describe("SendScheduler", () => {
  test("fresh ones first, each in its place once, and the others are not starved", () => {
    const scheduler = new SendScheduler<string>();
    scheduler.addToTurns("a");
    scheduler.addToTurns("b");
    scheduler.addFresh("b"); // has a place
    scheduler.addFresh("c");
    scheduler.addToTurns("c"); // has a place
    expect([scheduler.next(), scheduler.next(), scheduler.next(), scheduler.next()]).toEqual(["c", "a", "b", undefined]);
    expect(scheduler.isEmpty).toBe(true);
    scheduler.addToTurns("bulk");
    const order: (string | undefined)[] = [];
    for (let count = 0; count < 20; count += 1) {
      scheduler.addFresh(`small ${count}`);
      order.push(scheduler.next());
    }
    expect(order.indexOf("bulk")).toBe(16);
    scheduler.remove("small 19");
    scheduler.clear();
    expect(scheduler.next()).toBeUndefined();
  });
});

test("nothing is lost, doubled or out of order under any mixture of sending, credit and congestion", () => {
  const stream = fc.integer({ min: 0, max: 3 });
  const step = fc.oneof(
    fc.record({
      do: fc.constant("send" as const),
      stream,
      count: fc.oneof(fc.integer({ min: 1, max: SMALL_SEND_BYTES }), fc.integer({ min: 1, max: 300_000 })),
    }),
    fc.record({ do: fc.constant("credit" as const), stream, count: fc.integer({ min: 1, max: 200_000 }) }),
    fc.record({ do: fc.constant("drain" as const), stream, count: fc.integer({ min: 0, max: 400_000 }) }),
    fc.record({ do: fc.constant("end" as const), stream, count: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const window = 50_000;
      const bridge = ScriptedBridge.ready({ window });
      const streams = open(bridge, 4).map((opened) => ({ ...opened, sent: 0, credit: window, hasEnded: false }));
      bridge.isCongested = true;
      for (const { do: what, stream: index, count } of steps) {
        const one = streams[index] as (typeof streams)[number];
        if (what === "send") {
          const taken = one.stream.send(PATTERN.subarray(one.sent, one.sent + count));
          expect(taken).toBe(one.hasEnded ? 0 : count);
          one.sent += taken;
        } else if (what === "credit") {
          bridge.say({ type: PacketType.CREDIT, streamId: index + 1, bytes: count });
          one.credit += count;
        } else if (what === "end") {
          one.stream.end();
          one.hasEnded = true;
        } else {
          bridge.bufferedAmount = Math.max(0, bridge.bufferedAmount - count);
          bridge.clock.advance(TRANSPORT_POLL_MS);
        }
      }
      bridge.isCongested = false;
      bridge.bufferedAmount = 0;
      bridge.clock.advance(TRANSPORT_POLL_MS);
      const packets = bridge.take();
      let queued = 0;
      for (const [index, one] of streams.entries()) {
        const got = concatenate(packets, index + 1);
        expect(got.length).toBe(Math.min(one.sent, one.credit)); // all that credit allows, not a byte more
        expectSameBytes(got, PATTERN.subarray(0, got.length));
        queued += one.sent - got.length;
        const own = packets.filter((packet) => "streamId" in packet && packet.streamId === index + 1).map(({ type }) => type);
        const ends = own.filter((type) => type === PacketType.END).length;
        expect(ends).toBe(one.hasEnded && got.length === one.sent ? 1 : 0);
        if (ends === 1) expect(own.at(-1)).toBe(PacketType.END);
      }
      expect(bridge.session.stats.bufferedBytes).toBe(queued);
      expect(bridge.clock.pending).toBe(0);
    }),
    { numRuns: rounds({ short: 50, full: 150 }) },
  );
});
