import { describe, expect, test } from "vitest";
import { ClientSession, HANDSHAKE_TIMEOUT_MS } from "../src/client/index.ts";
import { CloseCode, CloseReason, PacketType } from "../src/codec/index.ts";
import { hex } from "./hex.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { HERE, SESSION_ID, ScriptedBridge, settle, TOKEN } from "./scripted-bridge.ts";

const text = (value: string) => new TextEncoder().encode(value);

const open = () => ({ send: () => {}, bufferedAmount: () => 0, close: () => {} });

describe("handshake", () => {
  test("answers the bridge's INFO and is ready with READY", () => {
    const bridge = new ScriptedBridge();
    expect(bridge.take()).toEqual([]);
    bridge.sayInfo();
    const [info, ...rest] = bridge.take();
    expect(rest).toEqual([]);
    expect(info).toMatchObject({ type: PacketType.INFO, major: 2, minor: 0 });
    expect(ScriptedBridge.clientMetadata(info)).toEqual({ version: 1, machineToken: TOKEN, window: 262_144 });
    bridge.say({ type: PacketType.CONTINUE, streamId: 0, packets: 128 });
    expect(bridge.ready).toEqual([]);
    expect(bridge.session.isReady).toBe(false);
    bridge.sayReady();
    expect(bridge.ready).toEqual([{ address: HERE.address, network: "lan", room: "lab", id: SESSION_ID }]);
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
    bridge.sayBytes(hex("05 00000000 02 07  01 00000000  f7 10000000 03 02 00000200 03 6c6162 30750000 eeee  04 02000000 6869"));
    expect(ScriptedBridge.clientMetadata(bridge.take()[0])).toMatchObject({ version: 1 });
    bridge.sayReady();
    expect(bridge.ready).toEqual([{ address: HERE.address, network: "host", room: "lab", id: SESSION_ID }]);
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
    const events = { onReady: () => {}, onEnded: () => {} };
    expect(() => new ClientSession({ open, machineToken: new Uint8Array(15), events })).toThrow(/16 bytes, this one 15/);
    expect(() => new ClientSession({ open, machineToken: TOKEN, receiveWindow: 10, events })).toThrow(RangeError);
  });
});
