import { describe, expect, test } from "vitest";
import { CloseCode, CloseReason, encodeData, encodePacket, FIRST_BRIDGE_STREAM_ID as BRIDGE_STREAM, PacketType } from "../src/codec/index.ts";
import { hex } from "./hex.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { connectOpen, HERE, listenOpen, ScriptedBridge, settle, THERE } from "./scripted-bridge.ts";

const text = (value: string) => new TextEncoder().encode(value);

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
    ["END_SESSION", encodePacket({ type: PacketType.END_SESSION, sessionId: new Uint8Array(16) }), /END_SESSION from the bridge/],
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
    expect(bridge.take()).toMatchObject([
      { type: PacketType.CLOSE, streamId: 0, reason: CloseReason.PROTOCOL_VIOLATION, message: expect.stringMatching(message) as unknown },
    ]);
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
    bridge.socket.receiveText();
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
