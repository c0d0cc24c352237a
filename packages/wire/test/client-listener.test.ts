import { describe, expect, test } from "vitest";
import { CloseReason, FIRST_BRIDGE_STREAM_ID as BRIDGE_STREAM, PacketType } from "../src/codec/index.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { HERE, listenOpen, ScriptedBridge, THERE } from "./scripted-bridge.ts";

const text = (value: string) => new TextEncoder().encode(value);

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
    expect(events.failures[1]).toMatchObject({
      code: "address-in-use",
      message: expect.stringContaining("Listening on 0.0.0.0:80 failed: the port is already in use.") as unknown,
    });
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
