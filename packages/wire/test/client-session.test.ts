import { describe, expect, test } from "vitest";
import {
  ClientSession,
  CloseCode,
  CloseReason,
  encodeData,
  encodePacket,
  FIRST_BRIDGE_STREAM_ID,
  HANDSHAKE_TIMEOUT_MS,
  PacketType,
} from "../src/index.ts";
import { hex } from "./hex.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { HERE, ScriptedBridge, settle, THERE, TOKEN } from "./scripted-bridge.ts";

const BRIDGE_STREAM = FIRST_BRIDGE_STREAM_ID;
const text = (value: string) => new TextEncoder().encode(value);

function connectOpen(bridge: ScriptedBridge) {
  const events = new StreamRecorder();
  const stream = bridge.session.connect("example.com", 80, events);
  const connect = bridge.take().find(({ type }) => type === PacketType.CONNECT);
  if (connect?.type !== PacketType.CONNECT) throw new Error("no CONNECT");
  bridge.sayOpened(connect.streamId);
  return { events, stream, id: connect.streamId };
}

function listenOpen(bridge: ScriptedBridge) {
  const events = new ListenerRecorder();
  const listener = bridge.session.listen("0.0.0.0", 8080, events);
  const listen = bridge.take().find(({ type }) => type === PacketType.LISTEN);
  if (listen?.type !== PacketType.LISTEN) throw new Error("no LISTEN");
  bridge.say({ type: PacketType.LISTENING, listenerId: listen.listenerId, bound: HERE });
  return { events, listener, id: listen.listenerId };
}

describe("handshake", () => {
  test("answers the bridge's INFO and is ready with READY", () => {
    const bridge = new ScriptedBridge();
    expect(bridge.take()).toEqual([]);
    bridge.sayInfo();
    const [info, ...rest] = bridge.take();
    expect(rest).toEqual([]);
    expect(info).toMatchObject({ type: PacketType.INFO, major: 2, minor: 0 });
    expect(ScriptedBridge.clientMetadata(info)).toEqual({ version: 1, machineToken: TOKEN, window: 131_072 });
    bridge.say({ type: PacketType.CONTINUE, streamId: 0, packets: 128 });
    expect(bridge.ready).toEqual([]);
    expect(bridge.session.isReady).toBe(false);
    bridge.sayReady();
    expect(bridge.ready).toEqual([{ address: HERE.address, network: "lan", room: "lab" }]);
    expect(bridge.session.isReady).toBe(true);
    expect(bridge.clock.pending).toBe(0);
  });

  test("what is asked for before waits, and goes out in the order of the calls", () => {
    const bridge = new ScriptedBridge();
    const { session } = bridge;
    session.connect("a", 1, new StreamRecorder());
    session.listen("0.0.0.0", 0, new ListenerRecorder());
    const late = session.connect("b", 2, new StreamRecorder());
    expect(late.send(text("early"))).toBe(5);
    late.end();
    session.connect("never", 3, new StreamRecorder()).abort();
    session.listen("never", 4, new ListenerRecorder()).close();
    session.connect("never", 5, new StreamRecorder()).close();
    bridge.sayInfo();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.INFO]);
    bridge.sayReady();
    expect(bridge.take()).toMatchObject([
      { type: PacketType.CONNECT, streamId: 1, host: "a", port: 1 },
      { type: PacketType.LISTEN, listenerId: 1, address: "0.0.0.0", port: 0 },
      { type: PacketType.CONNECT, streamId: 2, host: "b", port: 2 },
      { type: PacketType.DATA, streamId: 2, payload: text("early") },
      { type: PacketType.END, streamId: 2 },
    ]);
    expect(session.stats).toEqual({ bytesIn: 0, bytesOut: 5, streams: 2, listeners: 1, bufferedBytes: 0 });
  });

  test("a later INFO minor version, unknown extensions and longer metadata are taken", () => {
    const bridge = new ScriptedBridge();
    bridge.sayBytes(hex("05 00000000 02 07  01 00000000  f7 0c000000 03 02 00000200 03 6c6162 eeee  04 02000000 6869"));
    expect(ScriptedBridge.clientMetadata(bridge.take()[0])).toMatchObject({ version: 1 });
    bridge.sayReady();
    expect(bridge.ready).toEqual([{ address: HERE.address, network: "host", room: "lab" }]);
  });

  test.each([
    { name: "a v1 server", say: { type: PacketType.CONTINUE, streamId: 0, packets: 128 } as const, message: /version 1 only/ },
    { name: "a server without zone", say: { type: PacketType.INFO, major: 2, minor: 0, extensions: [] } as const, message: /lacks the zone extension/ },
    { name: "an INFO of version 1", say: { type: PacketType.INFO, major: 1, minor: 2, extensions: [] } as const, message: /version 1\.2/ },
  ])("$name is refused", async ({ say, message }) => {
    const bridge = new ScriptedBridge();
    const events = new StreamRecorder();
    bridge.session.connect("a", 1, events);
    bridge.say(say);
    await settle();
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.INCOMPATIBLE_EXTENSIONS }]);
    expect(bridge.closed?.code).toBe(CloseCode.REFUSED);
    expect(bridge.ended).toMatchObject([{ code: "internal", message: expect.stringMatching(message) as unknown }]);
    expect(events.log).toEqual(["failed internal"]);
  });

  test("a bridge that refuses says why", async () => {
    const bridge = new ScriptedBridge();
    const events = new ListenerRecorder();
    bridge.session.listen("0.0.0.0", 80, events);
    bridge.sayInfo();
    bridge.say({ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.THROTTLED, message: "room lab is full" });
    await settle();
    const failure = { code: "limit-exceeded", message: "room lab is full" };
    expect(events.failures).toEqual([failure]);
    expect(bridge.ended).toEqual([failure]);
    expect(bridge.closed).toEqual({ code: CloseCode.NORMAL, reason: "" });
  });

  test("a bridge that says nothing is given up", async () => {
    const bridge = new ScriptedBridge();
    bridge.clock.advance(HANDSHAKE_TIMEOUT_MS - 1);
    await settle();
    expect(bridge.ended).toEqual([]);
    bridge.clock.advance(1);
    await settle();
    expect(bridge.ended).toMatchObject([{ code: "bridge-lost" }]);
    expect(bridge.closed?.code).toBe(CloseCode.REFUSED);
  });

  test("a token or window of the wrong size is refused at once", () => {
    const transport = { send: () => {}, bufferedAmount: () => 0, close: () => {} };
    const events = { onReady: () => {}, onEnded: () => {} };
    expect(() => new ClientSession(transport, { machineToken: new Uint8Array(15), events })).toThrow(/16 bytes, this one 15/);
    expect(() => new ClientSession(transport, { machineToken: TOKEN, receiveWindow: 10, events })).toThrow(RangeError);
  });
});

describe("listening", () => {
  test("the port is bound, someone joins, listening ends, the stream lives on", () => {
    const bridge = ScriptedBridge.ready();
    const { events, listener, id } = listenOpen(bridge);
    expect(events.log).toEqual(["listening 127.18.52.2 8080"]);
    bridge.sayAccept(BRIDGE_STREAM, id);
    const [first] = events.accepted;
    expect(first?.stream.remote).toEqual(THERE);
    expect(first?.stream.local).toEqual(HERE);
    listener.close();
    listener.close();
    expect(bridge.take()).toEqual([{ type: PacketType.UNLISTEN, listenerId: id }]);
    bridge.sayData(BRIDGE_STREAM, text("hi"));
    expect(first?.events.log).toEqual(['data "hi"']);
    expect(first?.stream.send(text("yo"))).toBe(2);
    expect(bridge.take()).toMatchObject([{ type: PacketType.DATA, streamId: BRIDGE_STREAM, payload: text("yo") }]);
    expect(bridge.session.stats).toMatchObject({ streams: 1, listeners: 0 });
  });

  test("the port cannot be had", () => {
    const bridge = ScriptedBridge.ready();
    const events = new ListenerRecorder();
    bridge.session.listen("10.0.0.1", 80, events);
    bridge.say({ type: PacketType.LISTEN_FAILED, listenerId: 1, reason: CloseReason.ADDRESS_NOT_OURS, message: "10.0.0.1 is not an address of this machine" });
    bridge.session.listen("0.0.0.0", 80, events);
    bridge.say({ type: PacketType.LISTEN_FAILED, listenerId: 2, reason: CloseReason.ADDRESS_IN_USE, message: "" });
    expect(events.failures[0]).toEqual({ code: "address-not-ours", message: "10.0.0.1 is not an address of this machine" });
    expect(events.failures[1]).toMatchObject({ code: "address-in-use", message: expect.stringContaining("port 80 of 0.0.0.0") as unknown });
    expect(bridge.session.stats.listeners).toBe(0);
  });

  test("a listener that ends later is lost", () => {
    const bridge = ScriptedBridge.ready();
    const { events, id } = listenOpen(bridge);
    bridge.say({ type: PacketType.LISTEN_FAILED, listenerId: id, reason: CloseReason.UNSPECIFIED, message: "the socket broke" });
    expect(events.log.slice(1)).toEqual(["lost internal"]);
  });

  test("what crosses with UNLISTEN is turned away without a word to the program", () => {
    const bridge = ScriptedBridge.ready();
    const events = new ListenerRecorder();
    const listener = bridge.session.listen("0.0.0.0", 80, events);
    listener.close();
    bridge.take();
    bridge.say({ type: PacketType.LISTENING, listenerId: 1, bound: HERE });
    bridge.sayAccept(BRIDGE_STREAM, 1);
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: BRIDGE_STREAM, reason: CloseReason.VOLUNTARY }]);
    bridge.sayData(BRIDGE_STREAM, text("late"));
    bridge.say({ type: PacketType.LISTEN_FAILED, listenerId: 1, reason: 1, message: "" });
    expect(events.log).toEqual([]);
    expect(bridge.ended).toEqual([]);
  });

  test("an onAccept that throws has its stream reset, and the session goes on", () => {
    const bridge = ScriptedBridge.ready();
    const { events, id } = listenOpen(bridge);
    events.onStream = () => {
      throw new Error("oops");
    };
    bridge.sayAccept(BRIDGE_STREAM, id);
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: BRIDGE_STREAM, reason: CloseReason.CLIENT_ERROR }]);
    expect(bridge.callbackErrors).toEqual([new Error("oops")]);
    events.onStream = undefined;
    bridge.sayAccept(BRIDGE_STREAM + 7, id);
    expect(events.accepted).toHaveLength(1);
  });

  test("an onAccept may close or abort its stream at once", () => {
    const bridge = ScriptedBridge.ready();
    const { events, id } = listenOpen(bridge);
    const recorder = new StreamRecorder();
    events.onStream = (stream) => {
      stream.abort();
      return recorder;
    };
    bridge.sayAccept(BRIDGE_STREAM, id);
    events.onStream = (stream) => {
      stream.send(text("bye"));
      stream.close();
      return recorder;
    };
    bridge.sayAccept(BRIDGE_STREAM + 1, id);
    bridge.sayData(BRIDGE_STREAM + 1, text("x"));
    expect(bridge.take()).toMatchObject([
      { type: PacketType.CLOSE, streamId: BRIDGE_STREAM },
      { type: PacketType.DATA, streamId: BRIDGE_STREAM + 1 },
      { type: PacketType.STOP_SENDING, streamId: BRIDGE_STREAM + 1 },
      { type: PacketType.END, streamId: BRIDGE_STREAM + 1 },
    ]);
    expect(recorder.log).toEqual([]);
    expect(bridge.session.stats.streams).toBe(0);
  });
});

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
    expect(events.failures).toMatchObject([{ code, message: expect.stringContaining("example.com, port 81") as unknown }]);
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

describe("the end of the session", () => {
  test("everything ends with bridge-lost, each thing once, onEnded last", async () => {
    const bridge = ScriptedBridge.ready();
    const open = connectOpen(bridge);
    const halfClosed = connectOpen(bridge);
    bridge.say({ type: PacketType.END, streamId: halfClosed.id });
    const connecting = new StreamRecorder();
    bridge.session.connect("b", 1, connecting);
    const listening = listenOpen(bridge);
    const asked = new ListenerRecorder();
    bridge.session.listen("0.0.0.0", 81, asked);
    const closed = connectOpen(bridge);
    closed.stream.close();
    const order: string[] = [];
    open.events.onEntry = () => order.push(`stream, onEnded ${bridge.ended.length}`);
    bridge.session.transportClosed(1006, "");
    expect(bridge.ended).toEqual([]);
    await settle();
    expect(open.events.log).toEqual(["opened", "closed bridge-lost"]);
    expect(halfClosed.events.log).toEqual(["opened", "end", "closed bridge-lost"]);
    expect(connecting.log).toEqual(["failed bridge-lost"]);
    expect(listening.events.log.slice(1)).toEqual(["lost bridge-lost"]);
    expect(asked.log).toEqual(["failed bridge-lost"]);
    expect(closed.events.log).toEqual(["opened"]);
    expect(order).toEqual(["stream, onEnded 0"]);
    expect(bridge.ended).toMatchObject([{ code: "bridge-lost", message: expect.stringContaining("1006") as unknown }]);
    expect(open.stream.send(text("x"))).toBe(0);
    open.stream.end();
    open.stream.abort();
    bridge.session.transportClosed(1006, "");
    bridge.sayData(1, text("late"));
    await settle();
    expect(bridge.ended).toHaveLength(1);
    expect(bridge.session.stats).toMatchObject({ streams: 0, listeners: 0, bufferedBytes: 0 });
  });

  test("afterwards listen and connect fail, asynchronously, for the same reason", async () => {
    const bridge = ScriptedBridge.ready();
    bridge.session.transportClosed(1001, "stopping");
    const events = new StreamRecorder();
    const listening = new ListenerRecorder();
    bridge.session.connect("a", 1, events);
    bridge.session.listen("a", 1, listening);
    expect(events.log).toEqual([]);
    await settle();
    expect(events.log).toEqual(["failed bridge-lost"]);
    expect(listening.log).toEqual(["failed bridge-lost"]);
    expect(events.failures).toEqual(bridge.ended);
  });

  test("close() ends it without a word", async () => {
    const bridge = ScriptedBridge.ready();
    const { events } = connectOpen(bridge);
    const listening = listenOpen(bridge);
    bridge.session.close();
    bridge.session.close();
    bridge.session.transportClosed(1000, "");
    await settle();
    expect(bridge.closed).toEqual({ code: CloseCode.NORMAL, reason: "" });
    expect(events.log).toEqual(["opened"]);
    expect(listening.events.log).toHaveLength(1);
    expect(bridge.ended).toEqual([]);
    expect(bridge.clock.pending).toBe(0);
  });

  test("a bridge that shuts down says so", async () => {
    const bridge = ScriptedBridge.ready();
    const { events } = connectOpen(bridge);
    bridge.say({ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.SHUTTING_DOWN, message: "the bridge is being stopped" });
    await settle();
    expect(events.failures).toEqual([{ code: "bridge-lost", message: "the bridge is being stopped" }]);
    expect(bridge.ended).toEqual(events.failures);
  });

  test("a transport that throws ends it", async () => {
    const ended: unknown[] = [];
    const session = new ClientSession(
      {
        send: () => {
          throw new Error("socket is gone");
        },
        bufferedAmount: () => 0,
        close: () => {
          throw new Error("still gone");
        },
      },
      { machineToken: TOKEN, events: { onReady: () => {}, onEnded: (failure) => ended.push(failure) } },
    );
    session.receive(hex("05 00000000 02 00 f7 0a000000 01 01 00000200 03 6c6162"));
    await settle();
    expect(ended).toMatchObject([{ code: "bridge-lost", message: expect.stringContaining("socket is gone") as unknown }]);
  });

  test("closeAll closes all in good order and waits until the transport is empty", async () => {
    const bridge = ScriptedBridge.ready({ window: 1_024 });
    const { stream, id } = connectOpen(bridge);
    const listening = listenOpen(bridge);
    stream.send(new Uint8Array(1_500));
    let isDone = false;
    bridge.isCongested = true;
    const done = bridge.session.closeAll().then(() => {
      isDone = true;
    });
    await settle();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.DATA, PacketType.UNLISTEN, PacketType.STOP_SENDING]);
    expect(isDone).toBe(false);
    bridge.say({ type: PacketType.CREDIT, streamId: id, bytes: 1_024 });
    await settle();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.DATA, PacketType.END]);
    expect(isDone).toBe(false);
    bridge.bufferedAmount = 0;
    bridge.clock.advance(10);
    await done;
    expect(bridge.session.stats).toMatchObject({ streams: 0, listeners: 0 });
    expect(listening.events.log).toHaveLength(1);
    expect(bridge.clock.pending).toBe(0);
  });

  test("closeAll before the handshake waits for what was written, and ends with the session", async () => {
    const bridge = new ScriptedBridge();
    bridge.session.connect("a", 1, new StreamRecorder()).send(text("x"));
    let isDone = false;
    const done = bridge.session.closeAll().then(() => {
      isDone = true;
    });
    await settle();
    expect(isDone).toBe(false);
    bridge.shakeHands();
    expect(bridge.take().map(({ type }) => type)).toEqual([PacketType.INFO, PacketType.CONNECT, PacketType.STOP_SENDING, PacketType.DATA, PacketType.END]);
    await done;
    const other = new ScriptedBridge();
    other.session.connect("a", 1, new StreamRecorder()).send(text("x"));
    const end = other.session.closeAll();
    other.session.transportClosed(1006, "");
    await end;
  });
});

describe("callbacks", () => {
  test("a throwing callback is reported and changes nothing", async () => {
    const bridge = ScriptedBridge.ready();
    const { events, stream, id } = connectOpen(bridge);
    events.onEntry = (entry) => {
      throw new Error(entry);
    };
    bridge.sayData(id, text("a"));
    bridge.sayData(id, text("b"));
    bridge.say({ type: PacketType.END, streamId: id });
    stream.end();
    await settle();
    expect(bridge.callbackErrors.map((error) => (error as Error).message)).toEqual(['data "a"', 'data "b"', "end", "closed"]);
    expect(events.log).toEqual(["opened", 'data "a"', 'data "b"', "end", "closed"]);
    const { events: next } = connectOpen(bridge);
    expect(next.log).toEqual(["opened"]);
  });

  test("a bridge that answers from inside send still calls back after the call", async () => {
    const bridge = ScriptedBridge.ready();
    const events = new StreamRecorder();
    bridge.onPacket = (packet) => {
      if (packet.type === PacketType.CONNECT) {
        bridge.sayOpened(packet.streamId);
        bridge.sayData(packet.streamId, text("hello"));
      }
      if (packet.type === PacketType.END) {
        bridge.say({ type: PacketType.END, streamId: packet.streamId });
        bridge.session.transportClosed(1000, "");
      }
    };
    const stream = bridge.session.connect("a", 1, events);
    expect(events.log).toEqual([]);
    await settle();
    expect(events.log).toEqual(["opened", 'data "hello"']);
    stream.end();
    expect(events.log).toHaveLength(2);
    await settle();
    expect(events.log.slice(2)).toEqual(["end", "closed"]);
    expect(bridge.ended).toHaveLength(1);
  });
});

describe("violations by the bridge end the session", () => {
  const opened = { type: PacketType.OPENED, remote: THERE, local: HERE } as const;
  const accept = { type: PacketType.ACCEPT, remote: THERE, local: HERE } as const;

  const cases: [name: string, bytes: Uint8Array, message: RegExp][] = [
    ["an empty message", hex(""), /header/],
    ["a short header", hex("02 0100"), /header/],
    ["an unknown type", hex("2a 01000000"), /0x2a/],
    ["a packet with bytes left over", hex("f9 01000000 00"), /END: 1 bytes are left/],
    ["text that is not UTF-8", hex("04 01000000 01 ff"), /UTF-8/],
    ["no credit at all", hex("f8 01000000 00000000"), /credit is 0/],
    ["DATA for a stream that never was", encodeData(3, text("x")), /DATA for stream 3/],
    ["DATA for an ACCEPT that never was", encodeData(BRIDGE_STREAM + 1, text("x")), /DATA for stream 2147483649/],
    ["CREDIT for a stream that never was", encodePacket({ type: PacketType.CREDIT, streamId: 9, bytes: 1 }), /CREDIT for stream 9/],
    ["END for a stream that never was", encodePacket({ type: PacketType.END, streamId: 9 }), /END for stream 9/],
    ["CLOSE for a stream that never was", encodePacket({ type: PacketType.CLOSE, streamId: 9, reason: 1, message: "" }), /CLOSE for stream 9/],
    ["OPENED for a stream that never was", encodePacket({ ...opened, streamId: 9 }), /OPENED for stream 9/],
    ["OPENED twice", encodePacket({ ...opened, streamId: 1 }), /OPENED for stream 1/],
    ["OPENED for an accepted stream", encodePacket({ ...opened, streamId: BRIDGE_STREAM }), /OPENED for stream 2147483648/],
    ["DATA before OPENED", encodeData(2, text("x")), /DATA before OPENED/],
    ["END before OPENED", encodePacket({ type: PacketType.END, streamId: 2 }), /END before OPENED/],
    ["empty DATA", encodeData(1, new Uint8Array()), /DATA with 0 bytes/],
    ["DATA above 64 KiB", encodeData(1, new Uint8Array(65_537)), /DATA with 65537 bytes/],
    ["credit beyond all bounds", encodePacket({ type: PacketType.CREDIT, streamId: 1, bytes: 16_777_216 }), /credit above/],
    ["ACCEPT with a used id", encodePacket({ ...accept, streamId: BRIDGE_STREAM, listenerId: 1 }), /ACCEPT with stream id/],
    ["ACCEPT for a listener that never was", encodePacket({ ...accept, streamId: BRIDGE_STREAM + 1, listenerId: 7 }), /listener 7/],
    ["ACCEPT before LISTENING", encodePacket({ ...accept, streamId: BRIDGE_STREAM + 1, listenerId: 2 }), /before LISTENING/],
    ["LISTENING twice", encodePacket({ type: PacketType.LISTENING, listenerId: 1, bound: HERE }), /LISTENING twice/],
    ["LISTENING for a listener that never was", encodePacket({ type: PacketType.LISTENING, listenerId: 7, bound: HERE }), /listener 7/],
    ["LISTEN_FAILED for a listener that never was", encodePacket({ type: PacketType.LISTEN_FAILED, listenerId: 7, reason: 1, message: "" }), /listener 7/],
    ["CONTINUE for a stream", encodePacket({ type: PacketType.CONTINUE, streamId: 1, packets: 1 }), /CONTINUE for stream 1/],
    ["CONNECT", encodePacket({ type: PacketType.CONNECT, streamId: 5, streamType: 1, port: 1, host: "a" }), /CONNECT from the bridge/],
    ["LISTEN", encodePacket({ type: PacketType.LISTEN, listenerId: 5, port: 1, address: "a" }), /LISTEN from the bridge/],
    ["UNLISTEN", encodePacket({ type: PacketType.UNLISTEN, listenerId: 1 }), /UNLISTEN from the bridge/],
    ["STOP_SENDING", encodePacket({ type: PacketType.STOP_SENDING, streamId: 1 }), /STOP_SENDING from the bridge/],
    ["a second INFO", encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [] }), /INFO from the bridge/],
    ["a second READY", encodePacket({ type: PacketType.READY, sessionId: new Uint8Array(16), address: "127.0.0.1" }), /READY from the bridge/],
  ];

  test.each(cases)("%s", async (_, bytes, message) => {
    const bridge = ScriptedBridge.ready();
    const { events } = connectOpen(bridge); // stream 1
    bridge.session.connect("b", 2, new StreamRecorder()); // stream 2, not opened
    const listening = listenOpen(bridge); // listener 1
    bridge.session.listen("b", 2, new ListenerRecorder()); // listener 2, not bound
    bridge.sayAccept(BRIDGE_STREAM, 1);
    bridge.take();
    bridge.sayBytes(bytes);
    await settle();
    const failure = { code: "internal", message: expect.stringMatching(message) as unknown };
    expect(bridge.ended).toMatchObject([failure]);
    expect(events.failures).toMatchObject([failure]);
    expect(listening.events.failures).toMatchObject([failure]);
    expect(bridge.take()).toMatchObject([{ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.PROTOCOL_VIOLATION, message: expect.stringMatching(message) as unknown }]);
    expect(bridge.closed).toEqual({ code: CloseCode.VIOLATION, reason: "protocol violation" });
    expect(bridge.session.stats).toMatchObject({ streams: 0, listeners: 0 });
  });

  test("more than the window", async () => {
    const bridge = ScriptedBridge.ready({ receiveWindow: 1_024 });
    const { events, stream, id } = connectOpen(bridge);
    bridge.sayData(id, new Uint8Array(1_000));
    stream.consumed(500); // half a window is not yet together: no credit has been given
    bridge.sayData(id, new Uint8Array(25));
    await settle();
    expect(events.log).toEqual(["opened", "data 1000", "closed internal"]);
    expect(bridge.ended[0]?.message).toMatch(/DATA with 25 bytes, 24 within the window/);
  });

  test.each([
    ["DATA after END", encodeData(1, text("x"))],
    ["END after END", encodePacket({ type: PacketType.END, streamId: 1 })],
  ])("%s", async (name, bytes) => {
    const bridge = ScriptedBridge.ready();
    const { id } = connectOpen(bridge);
    bridge.say({ type: PacketType.END, streamId: id });
    bridge.sayBytes(bytes);
    await settle();
    expect(bridge.ended[0]?.message).toContain(name);
  });

  test("a text message", async () => {
    const bridge = ScriptedBridge.ready();
    bridge.session.receiveText();
    await settle();
    expect(bridge.ended[0]?.message).toContain("text message");
  });

  test.each([
    ["READY before INFO", encodePacket({ type: PacketType.READY, sessionId: new Uint8Array(16), address: "127.0.0.1" })],
    ["DATA before INFO", encodeData(1, text("x"))],
    ["bad metadata", hex("05 00000000 02 00 f7 0a000000 01 09 00000200 03 6c6162")],
    ["metadata cut short", hex("05 00000000 02 00 f7 02000000 01 01")],
    ["version 0", hex("05 00000000 02 00 f7 0a000000 00 01 00000200 03 6c6162")],
    ["a window of nothing", hex("05 00000000 02 00 f7 0a000000 01 01 00000000 03 6c6162")],
    ["a room without a name", hex("05 00000000 02 00 f7 07000000 01 01 00000200 00")],
  ])("in the handshake: %s", async (_, bytes) => {
    const bridge = new ScriptedBridge();
    bridge.sayBytes(bytes);
    await settle();
    expect(bridge.ended).toMatchObject([{ code: "internal" }]);
    expect(bridge.closed?.code).toBe(CloseCode.VIOLATION);
  });
});
