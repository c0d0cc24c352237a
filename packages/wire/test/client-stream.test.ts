import { describe, expect, test } from "vitest";
import { CloseReason, encodeData, PacketType } from "../src/codec/index.ts";
import { WINDOW_GROWTH_BYTES } from "../src/codec/limits.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { connectOpen, HERE, ScriptedBridge, settle, THERE } from "./scripted-bridge.ts";

const text = (value: string) => new TextEncoder().encode(value);

describe("connecting", () => {
  test("opens, and knows both addresses from then on", () => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    const stream = bridge.session.connect("example.com", 80, events);
    expect(() => stream.remote).toThrow(/known once it is connected/);
    expect(() => stream.local).toThrow(/known once it is connected/);
    bridge.sayOpened(1);
    expect(events.log).toEqual(["opened"]);
    expect(stream.remote).toEqual(THERE);
    expect(stream.local).toEqual(HERE);
  });

  test.each([
    ["unknown-host", CloseReason.UNKNOWN_HOST],
    ["connection-refused", CloseReason.REFUSED],
    ["timed-out", CloseReason.CONNECT_TIMEOUT],
    ["host-unreachable", CloseReason.UNREACHABLE],
    ["not-allowed", CloseReason.BLOCKED],
    ["limit-exceeded", CloseReason.THROTTLED],
    ["invalid-address", CloseReason.INVALID_TARGET],
    ["internal", 0x99],
  ] as const)("fails with %s", (code, reason) => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    const stream = bridge.session.connect("example.com", 81, events);
    bridge.say({ type: PacketType.CLOSE, streamId: 1, reason, message: "" });
    expect(events.failures).toMatchObject([{ code, message: expect.stringContaining("Connecting to example.com:81 failed: ") as unknown }]);
    expect(events.log).toEqual([`failed ${code}`]);
    expect(stream.send(text("x"))).toBe(0);
    stream.consumed(5);
    stream.end();
    stream.close();
    stream.abort();
    expect(bridge.take().slice(1)).toEqual([]);
    expect(bridge.session.stats.streams).toBe(0);
  });

  test.each([
    ["a port of 0", "a", 0],
    ["a port above 65535", "a", 65_536],
    ["a fraction of a port", "a", 1.5],
    ["NaN", "a", Number.NaN],
    ["an empty host", "", 80],
    ["a host of 256 bytes", "a".repeat(256), 80],
    ["a host of 128 characters of two bytes", "ä".repeat(128), 80],
  ])("%s fails without asking the bridge, and not before the call has returned", async (_, host, port) => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    const listening = new ListenerRecorder();
    const stream = bridge.session.connect(host, port, events);
    bridge.session.listen(host, port === 0 ? -1 : port, listening);
    expect(events.log).toEqual([]);
    expect(stream.send(text("x"))).toBe(0);
    expect(() => stream.remote).toThrow();
    await settle();
    expect(events.log).toEqual(["failed invalid-address"]);
    expect(listening.log).toEqual(["failed invalid-address"]);
    expect(bridge.take()).toEqual([]);
  });

  test("one that fails by itself can be closed before it says so", async () => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    const listening = new ListenerRecorder();
    bridge.session.connect("", 80, events).close();
    bridge.session.listen("", 80, listening).close();
    await settle();
    expect([events.log, listening.log]).toEqual([[], []]);
  });

  test("aborted while connecting: called off, no event, even when OPENED crosses", () => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    bridge.session.connect("a", 1, events).abort();
    bridge.session.connect("a", 1, events).close();
    expect(bridge.take()).toMatchObject([
      { type: PacketType.CONNECT },
      { type: PacketType.CLOSE, streamId: 1, reason: CloseReason.VOLUNTARY },
      { type: PacketType.CONNECT },
      { type: PacketType.CLOSE, streamId: 2, reason: CloseReason.VOLUNTARY },
    ]);
    bridge.sayOpened(1);
    bridge.say({ type: PacketType.CLOSE, streamId: 2, reason: 1, message: "" });
    expect(events.log).toEqual([]);
    expect(bridge.ended).toEqual([]);
  });

  test("closed while connecting, with bytes written: they are still delivered", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const events = new StreamRecorder();
    const stream = bridge.session.connect("a", 1, events);
    stream.send(new Uint8Array(1_500));
    stream.close();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.CONNECT, PacketType.DATA, PacketType.STOP_SENDING]);
    bridge.sayOpened(1);
    bridge.say({ type: PacketType.CREDIT, streamId: 1, bytes: 1_000 });
    expect(bridge.take()).toMatchObject([{ type: PacketType.DATA, payload: new Uint8Array(476) }, { type: PacketType.END }]);
    expect(events.log).toEqual([]);
  });
});

describe("the end of a stream", () => {
  test("the peer ends first, then this side", async () => {
    const bridge = ScriptedBridge.ready();
    const { events, stream, id } = connectOpen(bridge);
    bridge.sayData(id, text("last"));
    bridge.say({ type: PacketType.END, streamId: id });
    expect(events.log).toEqual(["opened", 'data "last"', "end"]);
    expect(stream.send(text("answer"))).toBe(6);
    stream.end();
    expect(events.log).toHaveLength(3); // never from inside the call
    await settle();
    expect(events.log.slice(3)).toEqual(["closed"]);
    expect(bridge.take()).toMatchObject([{ type: PacketType.DATA }, { type: PacketType.END, streamId: id }]);
    expect(bridge.session.stats.streams).toBe(0);
  });

  test("this side ends first, then the peer", () => {
    const bridge = ScriptedBridge.ready();
    const { events, stream, id } = connectOpen(bridge);
    stream.end();
    stream.end();
    expect(stream.send(text("x"))).toBe(0);
    expect(bridge.take()).toEqual([{ type: PacketType.END, streamId: id }]);
    bridge.sayData(id, text("still"));
    bridge.say({ type: PacketType.END, streamId: id });
    expect(events.log).toEqual(["opened", 'data "still"', "end", "closed"]);
  });

  test("this side ends from inside onEnd: closed once, after onEnd has returned", async () => {
    const bridge = ScriptedBridge.ready();
    const { events, stream, id } = connectOpen(bridge);
    events.onEntry = (entry) => {
      if (entry === "end") stream.end();
    };
    bridge.say({ type: PacketType.END, streamId: id });
    await settle();
    expect(events.log).toEqual(["opened", "end", "closed"]);
  });

  test("END waits for queued bytes", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const { stream, id } = connectOpen(bridge);
    stream.send(new Uint8Array(2_000));
    stream.end();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.DATA]);
    bridge.say({ type: PacketType.CREDIT, streamId: id, bytes: 1_024 });
    expect(bridge.take()).toMatchObject([{ type: PacketType.DATA, payload: new Uint8Array(976) }, { type: PacketType.END }]);
  });

  test("close flushes, throws away what still comes, and tells the program nothing", async () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const { events, stream, id } = connectOpen(bridge);
    stream.send(new Uint8Array(1_100));
    stream.close();
    stream.close();
    stream.end();
    expect(stream.send(text("x"))).toBe(0);
    // More than the window: after STOP_SENDING nobody counts.
    for (let count = 0; count < 4; count += 1) bridge.sayData(id, new Uint8Array(65_536));
    bridge.say({ type: PacketType.END, streamId: id });
    bridge.say({ type: PacketType.CREDIT, streamId: id, bytes: 1_024 });
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.DATA, PacketType.STOP_SENDING, PacketType.DATA, PacketType.END]);
    await settle();
    expect(events.log).toEqual(["opened"]);
    expect(bridge.session.stats.streams).toBe(0);
    expect(bridge.ended).toEqual([]);
  });

  test("close after end and after the peer's end", () => {
    const bridge = ScriptedBridge.ready();
    const first = connectOpen(bridge);
    first.stream.end();
    first.stream.close();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.END, PacketType.STOP_SENDING]);
    const second = connectOpen(bridge);
    bridge.say({ type: PacketType.END, streamId: second.id });
    second.stream.close();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.END]);
    expect(first.events.log).toEqual(["opened"]);
    expect(second.events.log).toEqual(["opened", "end"]);
    expect(bridge.session.stats.streams).toBe(0);
  });

  test.each(["abort", "close"] as const)("%s between the end and its event: no event", async (method) => {
    const bridge = ScriptedBridge.ready();
    const { events, stream, id } = connectOpen(bridge);
    bridge.say({ type: PacketType.END, streamId: id });
    stream.end();
    stream[method]();
    await settle();
    expect(events.log).toEqual(["opened", "end"]);
    expect(bridge.take()).toEqual([{ type: PacketType.END, streamId: id }]);
  });

  test("abort drops what is queued", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const { events, stream, id } = connectOpen(bridge);
    stream.send(new Uint8Array(5_000));
    bridge.take();
    stream.abort();
    stream.abort();
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: id, reason: CloseReason.VOLUNTARY }]);
    bridge.say({ type: PacketType.CREDIT, streamId: id, bytes: 1_024 });
    bridge.sayData(id, text("x"));
    bridge.say({ type: PacketType.END, streamId: id });
    bridge.say({ type: PacketType.CLOSE, streamId: id, reason: 3, message: "" });
    expect(bridge.take()).toEqual([]);
    expect(events.log).toEqual(["opened"]);
    expect(bridge.session.stats).toMatchObject({ streams: 0, bufferedBytes: 0 });
  });

  test("a reset comes after the bytes before it", () => {
    const bridge = ScriptedBridge.ready();
    const { events, id } = connectOpen(bridge);
    bridge.sayData(id, text("before"));
    bridge.say({ type: PacketType.CLOSE, streamId: id, reason: CloseReason.NETWORK_ERROR, message: "reset by 127.18.52.3" });
    expect(events.log).toEqual(["opened", 'data "before"', "closed connection-reset"]);
    expect(events.failures).toEqual([{ code: "connection-reset", message: "reset by 127.18.52.3" }]);
  });

  test("a reset while close is flushing is nobody's business", () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const { events, stream, id } = connectOpen(bridge);
    stream.send(new Uint8Array(5_000));
    stream.close();
    bridge.say({ type: PacketType.CLOSE, streamId: id, reason: 3, message: "" });
    expect(events.log).toEqual(["opened"]);
    expect(bridge.session.stats).toMatchObject({ streams: 0, bufferedBytes: 0 });
  });
});

describe("credit towards the client", () => {
  test("goes back in halves of a window", () => {
    const bridge = ScriptedBridge.ready({ receiveWindow: 1_024 });
    const { stream, id } = connectOpen(bridge);
    bridge.sayData(id, new Uint8Array(1_024));
    stream.consumed(511);
    expect(bridge.take()).toEqual([]);
    stream.consumed(1);
    expect(bridge.take()).toEqual([{ type: PacketType.CREDIT, streamId: id, bytes: 512 }]);
    bridge.sayData(id, new Uint8Array(512));
    expect(bridge.ended).toEqual([]);
    expect(() => stream.consumed(1_025)).toThrow(RangeError);
    expect(() => stream.consumed(-1)).toThrow(RangeError);
    stream.consumed(1_024);
    expect(bridge.take()).toEqual([{ type: PacketType.CREDIT, streamId: id, bytes: 1_024 }]);
  });

  test("is more than was taken for a reader that wants a wider window, and the bridge may use it", () => {
    const bridge = ScriptedBridge.ready({ receiveWindow: 1_024 });
    const { stream, id } = connectOpen(bridge);
    bridge.sayData(id, new Uint8Array(1_024));
    stream.consumed(1_024, "wider");
    expect(bridge.take()).toEqual([{ type: PacketType.CREDIT, streamId: id, bytes: 2_048 }]);
    bridge.sayData(id, new Uint8Array(2_048));
    stream.consumed(2_048, "narrower");
    expect(bridge.take()).toEqual([{ type: PacketType.CREDIT, streamId: id, bytes: 1_024 }]);
    bridge.sayData(id, new Uint8Array(1_024));
    expect(bridge.ended).toEqual([]);
    // No more than that.
    bridge.sayData(id, new Uint8Array(1));
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.PROTOCOL_VIOLATION }]);
  });

  test("may grow by so much in one session, and what a stream has grown by is free again when that is over", () => {
    const window = 1_048_576;
    const bridge = ScriptedBridge.ready({ receiveWindow: window });
    const grow = () => {
      const { stream, id } = connectOpen(bridge);
      let size = window;
      for (let round = 0; round < 2; round += 1) {
        for (let left = size; left > 0; left -= 65_536) bridge.sayData(id, new Uint8Array(Math.min(left, 65_536)));
        stream.consumed(size, "wider");
        const credit = bridge.take().find(({ type }) => type === PacketType.CREDIT);
        size = credit?.type === PacketType.CREDIT ? credit.bytes : 0;
      }
      return { stream, grown: size - window };
    };
    const first = grow();
    expect(first.grown).toBe(3 * window);
    const grown = Array.from({ length: 20 }, () => grow().grown);
    expect(grown.at(-1)).toBeLessThan(window / 4);
    expect(grown.reduce((sum, bytes) => sum + bytes, first.grown)).toBeLessThanOrEqual(WINDOW_GROWTH_BYTES);
    first.stream.abort();
    expect(grow().grown).toBeGreaterThan(window);
  });

  test("is not given after the peer's end", () => {
    const bridge = ScriptedBridge.ready({ receiveWindow: 1_024 });
    const { stream, id } = connectOpen(bridge);
    bridge.sayData(id, new Uint8Array(1_024));
    bridge.say({ type: PacketType.END, streamId: id });
    stream.consumed(1_024);
    expect(bridge.take()).toEqual([]);
  });

  test("bytes are views into the message, not copies", () => {
    const bridge = ScriptedBridge.ready();
    const { events, id } = connectOpen(bridge);
    const message = encodeData(id, text("hello"));
    bridge.sayBytes(message);
    expect(events.chunks[0]?.buffer).toBe(message.buffer);
  });
});
