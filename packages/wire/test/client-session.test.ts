import { describe, expect, test } from "vitest";
import { ClientSession, type TransportEvents } from "../src/client/index.ts";
import { CloseCode, CloseReason, PacketType } from "../src/codec/index.ts";
import { hex } from "./hex.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { connectOpen, listenOpen, ScriptedBridge, settle, TOKEN } from "./scripted-bridge.ts";

const text = (value: string) => new TextEncoder().encode(value);

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
    bridge.socket.closed(1006, "");
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
    bridge.socket.closed(1006, "");
    bridge.sayData(1, text("late"));
    await settle();
    expect(bridge.ended).toHaveLength(1);
    expect(bridge.session.stats).toMatchObject({ streams: 0, listeners: 0, bufferedBytes: 0 });
  });

  test("afterwards listen and connect fail, asynchronously, for the same reason", async () => {
    const bridge = ScriptedBridge.ready();
    bridge.socket.closed(1001, "stopping");
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
    bridge.socket.closed(1000, "");
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
    let socket: TransportEvents | undefined;
    const session = new ClientSession({
      isResumable: false,
      open: (events) => {
        socket = events;
        return {
          send: () => {
            throw new Error("socket is gone");
          },
          bufferedAmount: () => 0,
          close: () => {
            throw new Error("still gone");
          },
        };
      },
      machineToken: TOKEN,
      events: { onReady: () => {}, onEnded: (failure) => ended.push(failure) },
    });
    expect(session.isReady).toBe(false);
    socket?.receive(hex("05 00000000 02 00 f7 0a000000 01 01 00000200 03 6c6162"));
    await settle();
    expect(ended).toMatchObject([{ code: "bridge-lost", message: expect.stringContaining("socket is gone") as unknown }]);
  });

  test("what a WebSocket reports while it is being opened comes after", async () => {
    const ended: unknown[] = [];
    const session = new ClientSession({
      open: (events) => {
        events.closed(1006, "");
        return { send: () => {}, bufferedAmount: () => 0, close: () => {} };
      },
      machineToken: TOKEN,
      events: { onReady: () => {}, onEnded: (failure) => ended.push(failure) },
    });
    expect(ended).toEqual([]);
    const events = new StreamRecorder();
    session.connect("example.com", 80, events);
    await settle();
    expect(ended).toMatchObject([{ code: "bridge-lost", message: expect.stringContaining("could not be reached") as unknown }]);
    expect(events.log).toEqual(["failed bridge-lost"]);
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
    other.socket.closed(1006, "");
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
        bridge.socket.closed(1000, "");
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
