import { describe, expect, test } from "vitest";
import type { NetworkFailure } from "@playground/network";
import { ClientSession, type TransportEvents } from "../src/client/index.ts";
import { CloseCode, CloseReason, decodePacket, encodePacket, type Packet, PacketType } from "../src/codec/index.ts";
import { FIRST_REDIAL_MS, MAX_REDIAL_MS, Reconnector, REDIAL_TIMEOUT_MS } from "../src/client/reconnector.ts";
import { SentLog } from "../src/flow/sent-log.ts";
import { KEEPALIVE_CHECK_MS } from "../src/client/keepalive.ts";
import { hex, toHex } from "./hex.ts";
import { ListenerRecorder, StreamRecorder } from "./recorder.ts";
import { HERE, ManualClock, settle, THERE, TOKEN } from "./scripted-bridge.ts";

const GRACE_MS = 30_000;
const SESSION = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";
const INFO = "05 00000000 02 00 f7 0e000000 02 01 00000200 03 6c6162 30750000";
const CONTINUE = "03 00000000 80000000";
const READY = `f1 00000000 ${SESSION} 04 7f123402`;
const text = (value: string) => new TextEncoder().encode(value);

/** One WebSocket of a client, as bytes. */
class FakeSocket {
  readonly sent: string[] = [];
  closed: number | undefined;
  events: TransportEvents | undefined;

  readonly transport = {
    send: (message: Uint8Array) => void this.sent.push(toHex(message)),
    bufferedAmount: () => 0,
    close: (code?: number) => {
      this.closed = code ?? 1005;
    },
  };

  say(...messages: string[]): void {
    for (const message of messages) this.events?.receive(hex(message));
  }

  sayPacket(packet: Packet): void {
    this.events?.receive(encodePacket(packet));
  }

  /** What was sent since the last call, by the names of the packets' types. */
  take(): Packet[] {
    return this.sent.splice(0).map((message) => decodePacket(hex(message)));
  }

  cut(): void {
    this.events?.closed(1006, "");
  }
}

/** A client that comes back, with every WebSocket that it opens. */
function client() {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const log: string[] = [];
  const ended: NetworkFailure[] = [];
  const session = new ClientSession({
    machineToken: TOKEN,
    schedule: clock.schedule,
    open: (events) => {
      const socket = new FakeSocket();
      socket.events = events;
      sockets.push(socket);
      return socket.transport;
    },
    events: {
      onReady: () => log.push("ready"),
      onEnded: (failure) => ended.push(failure),
      onInterrupted: (graceMs) => log.push(`interrupted ${graceMs}`),
      onResumed: () => log.push("resumed"),
    },
  });
  const first = sockets[0] as FakeSocket;
  const last = (): FakeSocket => sockets.at(-1) as FakeSocket;
  return { clock, session, sockets, first, last, log, ended };
}

/** The same, past its handshake. */
function readyClient() {
  const made = client();
  made.first.say(INFO, CONTINUE, READY);
  made.first.take();
  return made;
}

describe("a client that can resume", () => {
  test("says so with version 2, and uses version 1 with a bridge of that version", () => {
    const two = client();
    two.first.say(INFO);
    expect(two.first.sent).toEqual([toHex(hex(`05 00000000 02 00 f7 2d000000 02 ${toHex(TOKEN)} 00000400 ${"00".repeat(16)} ${"00".repeat(8)}`))]);
    const one = client();
    one.first.say("05 00000000 02 00 f7 0a000000 01 01 00000200 03 6c6162");
    expect(one.first.sent).toEqual([toHex(hex(`05 00000000 02 00 f7 15000000 01 ${toHex(TOKEN)} 00000400`))]);
    one.first.say(CONTINUE, READY);
    one.first.cut();
    expect(one.sockets).toHaveLength(1);
    expect(one.session.isInterrupted).toBe(false);
    // It ends, as all sessions of version 1 do.
    expect(one.clock.pending).toBe(0);
  });

  test("comes back with its id and count, sends what the bridge lacks, and what was asked for meanwhile", async () => {
    const { clock, session, first, last, log, ended } = readyClient();
    const events = new StreamRecorder();
    const stream = session.connect("example.com", 80, events);
    first.sayPacket({ type: PacketType.OPENED, streamId: 1, remote: THERE, local: HERE });
    stream.send(text("one"));
    stream.send(text("two"));
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: text("hi") });
    expect(first.take().map(({ type }) => type)).toEqual([PacketType.CONNECT, PacketType.DATA, PacketType.DATA]);
    first.cut();
    expect(first.closed).toBe(CloseCode.RECONNECTING);
    await settle();
    expect(log).toEqual(["ready", `interrupted ${GRACE_MS}`]);
    stream.send(text("three"));
    session.listen("0.0.0.0", 80, new ListenerRecorder());
    stream.end();
    clock.advance(FIRST_REDIAL_MS);
    const second = last();
    expect(second).not.toBe(first);
    second.say(INFO, CONTINUE);
    // OPENED and DATA have been handled.
    expect(second.sent.splice(0)).toEqual([toHex(hex(`05 00000000 02 00 f7 2d000000 02 ${toHex(TOKEN)} 00000400 ${SESSION} 02000000 00000000`))]);
    // CONNECT and the first DATA have got there.
    second.say("fc 00000000 0200000000000000");
    expect(second.take()).toEqual([
      { type: PacketType.DATA, streamId: 1, payload: text("two") },
      { type: PacketType.LISTEN, listenerId: 1, port: 80, address: "0.0.0.0" },
      { type: PacketType.DATA, streamId: 1, payload: text("three") },
      { type: PacketType.END, streamId: 1 },
    ]);
    // What the first WebSocket still says is of no interest.
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: text("late") });
    first.cut();
    second.sayPacket({ type: PacketType.DATA, streamId: 1, payload: text(" again") });
    expect(events.log).toEqual(["opened", 'data "hi"', 'data " again"']);
    expect(log).toEqual(["ready", `interrupted ${GRACE_MS}`, "resumed"]);
    expect(ended).toEqual([]);
  });

  test("acknowledges in batches, before CREDIT, after a while, and never without need", () => {
    const { clock, session, first } = readyClient();
    const events = new StreamRecorder();
    const stream = session.connect("example.com", 80, events);
    first.sayPacket({ type: PacketType.OPENED, streamId: 1, remote: THERE, local: HERE });
    first.take();
    clock.advance(999);
    expect(first.take()).toEqual([]);
    clock.advance(1);
    expect(first.take()).toEqual([{ type: PacketType.ACK, received: 1 }]);
    for (let packet = 0; packet < 63; packet += 1) first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: text("x") });
    expect(first.take()).toEqual([]);
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: text("x") });
    expect(first.take()).toEqual([{ type: PacketType.ACK, received: 65 }]);
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: new Uint8Array(65_536) });
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: new Uint8Array(65_535) });
    stream.consumed(64 + 131_071);
    expect(first.take()).toEqual([
      { type: PacketType.ACK, received: 67 },
      { type: PacketType.CREDIT, streamId: 1, bytes: 131_135 },
    ]);
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: new Uint8Array(65_536) });
    first.sayPacket({ type: PacketType.DATA, streamId: 1, payload: new Uint8Array(65_536) });
    expect(first.take()).toEqual([{ type: PacketType.ACK, received: 69 }]);
  });

  test("keeps no more than 4 MiB, and streams wait for acknowledgement", () => {
    const { session, first } = readyClient();
    for (let id = 1; id <= 40; id += 1) {
      const stream = session.connect("example.com", 80, new StreamRecorder());
      first.sayPacket({ type: PacketType.OPENED, streamId: id, remote: THERE, local: HERE });
      stream.send(new Uint8Array(131_072));
    }
    const sent = first.take();
    const bytes = sent.reduce((sum, packet) => sum + (packet.type === PacketType.DATA ? packet.payload.length : 0), 0);
    expect(bytes).toBeGreaterThanOrEqual(4_194_304 - 65_536);
    expect(bytes).toBeLessThan(4_194_304 + 65_536);
    first.sayPacket({ type: PacketType.ACK, received: sent.filter(({ type }) => type !== PacketType.ACK).length });
    const more = first.take().reduce((sum, packet) => sum + (packet.type === PacketType.DATA ? packet.payload.length : 0), 0);
    expect(bytes + more).toBe(40 * 131_072);
  });

  test.each([
    ["RESUMED for more than was sent", "fc 00000000 0100000000000000"],
    ["RESUMED for fewer than before", "fc 00000000 0000000000000000"],
  ])("%s is a violation", async (name, resumed) => {
    const { clock, session, first, last, ended } = readyClient();
    if (name.includes("fewer")) {
      session.listen("0.0.0.0", 80, new ListenerRecorder());
      first.say("fd 00000000 0100000000000000");
    }
    first.cut();
    clock.advance(FIRST_REDIAL_MS);
    last().say(INFO, CONTINUE, resumed);
    await settle();
    expect(ended[0]?.message).toMatch(/RESUMED/);
    expect(last().closed).toBe(CloseCode.VIOLATION);
    expect(last().take().at(-1)).toMatchObject({ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.PROTOCOL_VIOLATION });
    expect(clock.pending).toBe(0);
  });

  test.each([
    ["ACK for more than was sent", ["fd 00000000 0100000000000000"], /ACK for 1 packets of 0/],
    ["RESUMED without a cut", ["fc 00000000 0000000000000000"], /RESUMED from the bridge/],
  ])("%s is a violation", async (_, messages, expected) => {
    const { first, ended } = readyClient();
    first.say(...messages);
    await settle();
    expect(ended[0]?.message).toMatch(expected);
  });

  test("an attempt that is cut, in whatever step, is followed by another; the bridge's no ends the session", async () => {
    const { clock, session, sockets, first, last, ended, log } = readyClient();
    const listener = new ListenerRecorder();
    session.listen("0.0.0.0", 80, listener);
    first.cut();
    for (const steps of [[], [INFO], [INFO, CONTINUE], [INFO, CONTINUE, "04 00000000 43"]]) {
      const before = sockets.length;
      clock.advance(MAX_REDIAL_MS);
      expect(sockets.length).toBe(before + 1);
      last().say(...steps);
      if (steps.length < 3) last().cut();
    }
    await settle();
    expect(log).toEqual(["ready", `interrupted ${GRACE_MS}`]);
    clock.advance(MAX_REDIAL_MS);
    last().say(INFO, CONTINUE, "04 00000000 e6 676f6e65");
    await settle();
    expect(ended).toEqual([{ code: "bridge-lost", message: "gone" }]);
    expect(listener.log).toEqual(["failed bridge-lost"]);
    expect(clock.pending).toBe(0);
  });

  test("gives up when the grace time is over", async () => {
    const { clock, first, ended, session, sockets } = readyClient();
    first.cut();
    clock.advance(GRACE_MS - 1);
    await settle();
    expect(ended).toEqual([]);
    expect(sockets.length).toBeGreaterThan(3);
    clock.advance(1);
    await settle();
    expect(ended).toMatchObject([{ code: "bridge-lost" }]);
    expect(session.isInterrupted).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test("asks a bridge that is silent whether it is there, and leaves a WebSocket that does not answer", () => {
    const { clock, session, first, sockets } = readyClient();
    clock.advance(KEEPALIVE_CHECK_MS);
    expect(first.take()).toEqual([{ type: PacketType.ACK, received: 0 }]);
    first.say("fd 00000000 0000000000000000");
    clock.advance(KEEPALIVE_CHECK_MS);
    expect(first.take()).toEqual([]);
    clock.advance(3 * KEEPALIVE_CHECK_MS);
    expect(session.isInterrupted).toBe(false);
    clock.advance(KEEPALIVE_CHECK_MS);
    expect(session.isInterrupted).toBe(true);
    expect(first.closed).toBe(CloseCode.RECONNECTING);
    clock.advance(FIRST_REDIAL_MS);
    expect(sockets).toHaveLength(2);
  });

  test("that closes says so on whatever WebSocket there is, and comes back no more", () => {
    const { clock, session, first, last, sockets } = readyClient();
    first.cut();
    clock.advance(FIRST_REDIAL_MS);
    session.close();
    expect(last().closed).toBe(CloseCode.NORMAL);
    clock.advance(GRACE_MS);
    expect(sockets).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});

describe("the log of what was sent", () => {
  test("drops what is acknowledged, and takes no number that cannot be", () => {
    const log = new SentLog();
    for (let number = 1; number <= 1_000; number += 1) log.push(new Uint8Array([number & 0xff, number >> 8]));
    expect([log.sent, log.length, log.bytes]).toEqual([1_000, 1_000, 2_000]);
    expect(log.acknowledge(1_001)).toBe(false);
    for (const received of [0, 1, 1, 700, 999]) {
      expect(log.acknowledge(received)).toBe(true);
      expect([log.sent, log.length, log.bytes]).toEqual([1_000, 1_000 - received, 2 * (1_000 - received)]);
      const next = log.frames()[0] as Uint8Array;
      expect((next[0] as number) + ((next[1] as number) << 8)).toBe(received + 1);
    }
    expect(log.acknowledge(998)).toBe(false);
    expect(log.acknowledge(1_000)).toBe(true);
    expect([log.sent, log.length, log.bytes, log.frames()]).toEqual([1_000, 0, 0, []]);
    log.push(new Uint8Array(7));
    expect([log.sent, log.length, log.bytes]).toEqual([1_001, 1, 7]);
  });
});

describe("reconnecting", () => {
  test("waits twice as long each time, up to a limit, and by random amounts", () => {
    const clock = new ManualClock();
    let dials = 0;
    const reconnector = new Reconnector(clock.schedule, { dial: () => (dials += 1), onGraceOver: () => {} }, () => 1);
    reconnector.lost(1e9);
    for (const delay of [100, 200, 400, 800, 1_600, 3_000, 3_000]) {
      const before = dials;
      clock.advance(delay - 1);
      expect(dials).toBe(before);
      clock.advance(1);
      expect(dials).toBe(before + 1);
      reconnector.lost(1e9);
    }
    const hasty = new Reconnector(clock.schedule, { dial: () => (dials += 1), onGraceOver: () => {} }, () => 0);
    dials = 0;
    hasty.lost(1e9);
    clock.advance(FIRST_REDIAL_MS / 2);
    expect(dials).toBe(1);
    // An attempt that comes to nothing is replaced.
    clock.advance(REDIAL_TIMEOUT_MS);
    expect(dials).toBeGreaterThanOrEqual(2);
    reconnector.stop();
    hasty.stop();
    expect(clock.pending).toBe(0);
  });

  test("now does not wait, and does not disturb an attempt under way", () => {
    const clock = new ManualClock();
    let dials = 0;
    const reconnector = new Reconnector(clock.schedule, { dial: () => (dials += 1), onGraceOver: () => {} });
    reconnector.now();
    expect(dials).toBe(0);
    reconnector.lost(1e9);
    reconnector.now();
    reconnector.now();
    expect(dials).toBe(1);
    reconnector.stop();
    expect(clock.pending).toBe(0);
  });
});
