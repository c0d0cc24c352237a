import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { encodePacket, PacketType, StreamType } from "@playground/wire/codec";
import { describe, expect, onTestFinished, test } from "vitest";
import { Ledger } from "../src/client/ledger.ts";
import { CLOSE_LATER_MS, DEFAULT_LIMITS, SLICE_MS, TURN_MS } from "../src/limits.ts";
import { SessionAccount } from "../src/session/session-account.ts";
import { FairQueue, Flow } from "../src/turns/fair-queue.ts";
import { type Slice, Turns, Work } from "../src/turns/turns.ts";
import { FrameClient } from "./support/frame-client.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";

const HOST = "host.zone.internal";
const MASK = 0x80;

/** A frame with a mask of zeros, which changes nothing. */
function frame(first: number, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([first, MASK | payload.length, 0, 0, 0, 0]), payload]);
}

/** An ACK that says nothing new: a packet that costs the bridge an answer. */
const QUESTION = frame(0x82, encodePacket({ type: PacketType.ACK, received: 0 }));

/** What floods consist of. */
const FLOODS: readonly [string, Buffer][] = [
  ["small packets", QUESTION],
  ["pings", frame(0x89, Buffer.alloc(0))],
  ["empty fragments", frame(0x00, Buffer.alloc(0))],
];

/** Pings that keep an address of 100 packets a second busy for longer than a test waits. */
const PINGS = 4_000;

describe("what one client sends", () => {
  test.each(FLOODS)(
    "%s are handled a slice at a time, so that each turn of the event loop stays short",
    async (what, piece) => {
      const bridge = await runBridge();
      const client = await new FrameClient(bridge).begin();
      const frames = countFrames();
      const flood = Buffer.concat(Array.from({ length: 60_000 }, () => piece));
      client.socket.write(what === "empty fragments" ? Buffer.concat([frame(0x02, Buffer.alloc(0)), flood]) : flood);
      let most = 0;
      let last = 0;
      await until(() => frames() > 0, "the first of it");
      while (frames() < 30_000) {
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, frames() - last);
        last = frames();
      }
      // Some milliseconds' worth, not all that the kernel had.
      expect(most).toBeLessThan(15_000);
    },
    20_000,
  );

  test("beyond its packets a second waits, and is neither cut nor lost", async () => {
    const bridge = await runBridge({ allow: rules(HOST), limits: { packetsPerSecond: 1_000, packetsBurst: 500 } });
    const echo = await tcpServer((socket) => void socket.pipe(socket));
    const client = await new FrameClient(bridge).begin();
    client.ws.send(encodePacket({ type: PacketType.CONNECT, streamId: 1, streamType: 1, port: echo.port, host: HOST }));
    await until(() => client.count(PacketType.OPENED) === 1, "the connection");
    const begin = performance.now();
    const packets = 2_000;
    for (let index = 0; index < packets; index += 1) client.ws.send(encodePacket({ type: PacketType.DATA, streamId: 1, payload: Buffer.from([index & 0xff]) }));
    const received = (): Buffer => Buffer.concat(client.packets.flatMap((packet) => (packet.type === PacketType.DATA ? [packet.payload] : [])));
    await until(() => received().length === packets, "everything");
    expect(performance.now() - begin).toBeGreaterThan(1_200);
    expect(received().every((byte, index) => byte === (index & 0xff))).toBe(true);
    expect(client.code).toBeUndefined();
  }, 20_000);

  test("counts for its address as well, and another address does not wait", async () => {
    const bridge = await runBridge({ limits: { packetsPerSecondPerAddress: 100, packetsBurstPerAddress: 200 } });
    const [one, other] = [await new FrameClient(bridge, "127.0.0.2").begin(), await new FrameClient(bridge, "127.0.0.3").begin()];
    const begin = performance.now();
    for (let index = 0; index < PINGS; index += 1) one.ws.ping();
    let pongs = 0;
    other.ws.on("pong", () => (pongs += 1));
    other.ws.ping();
    await until(() => pongs === 1, "the pong");
    let late = 0;
    one.ws.on("pong", () => (late += 1));
    await new Promise((resolve) => setTimeout(resolve, 500));
    // What may come at once, what the time since then brings, and a turn of the event loop.
    expect(late).toBeLessThanOrEqual(200 + (performance.now() - begin) / 10 + 50);
    expect(one.code).toBeUndefined();
  });

  test.each(FLOODS)("%s beyond the share of its address are waited for by who sends them, not by its neighbours", async (what, piece) => {
    const bridge = await runBridge({ limits: { packetsPerSecondPerAddress: 100, packetsBurstPerAddress: 200 } });
    const attackers = await Promise.all(Array.from({ length: 8 }, async () => new FrameClient(bridge).begin()));
    const neighbour = await new FrameClient(bridge).begin();
    const frames = countFrames();
    const flood = Buffer.concat(Array.from({ length: PINGS }, () => piece));
    for (const { socket } of attackers) socket.write(what === "empty fragments" ? Buffer.concat([frame(0x02, Buffer.alloc(0)), flood]) : flood);
    await until(() => frames() > 200, "what may come at once");
    const [before, rounds] = [frames(), 5];
    for (let round = 1; round <= rounds; round += 1) {
      let isBack = false;
      neighbour.ws.once("pong", () => (isBack = true));
      neighbour.ws.ping();
      await until(() => isBack, `pong ${round}`);
    }
    // A second's, and one for each of them; a slice for each pong if all waited for all.
    expect(frames() - before).toBeLessThan(100 + rounds + attackers.length);
  });

  test("beyond its packets a second waits, and what is for the client comes meanwhile", async () => {
    const bridge = await runBridge({ allow: rules(HOST), limits: { packetsPerSecond: 1, packetsBurst: 10 } });
    const sockets: Socket[] = [];
    const { port } = await tcpServer((socket) => void sockets.push(socket));
    const client = await new FrameClient(bridge).begin();
    client.ws.send(encodePacket({ type: PacketType.CONNECT, streamId: 1, streamType: StreamType.TCP, port, host: HOST }));
    await until(() => client.count(PacketType.OPENED) === 1, "the connection");
    const frames = countFrames();
    client.socket.write(Buffer.concat(Array.from({ length: PINGS }, () => frame(0x89, Buffer.alloc(0)))));
    await until(() => frames() > 5, "what may come at once");
    const [before, sent] = [frames(), 20];
    for (let index = 1; index <= sent; index += 1) {
      sockets[0]?.write("news");
      const bytes = (): number => client.packets.reduce((sum, packet) => sum + (packet.type === PacketType.DATA ? packet.payload.length : 0), 0);
      await until(() => bytes() === 4 * index, "the news");
    }
    // Some seconds' at most: held back, each piece would wait for one more of them.
    expect(frames() - before).toBeLessThan(sent / 2);
  });

  test("is put together from fragments, and a message that begins inside another breaks the protocol", async () => {
    const bridge = await runBridge();
    const good = await new FrameClient(bridge).begin();
    const question = encodePacket({ type: PacketType.ACK, received: 0 });
    good.socket.write(
      Buffer.concat([
        frame(0x02, question.subarray(0, 3)),
        frame(0x00, Buffer.alloc(0)),
        frame(0x89, Buffer.from("between")),
        frame(0x80, question.subarray(3)),
      ]),
    );
    await until(() => good.count(PacketType.ACK) === 1, "the answer");
    const bad = await new FrameClient(bridge).begin();
    bad.socket.write(Buffer.concat([frame(0x02, question.subarray(0, 3)), frame(0x82, question)]));
    await until(() => bad.code !== undefined, "the end");
    expect(bad.code).toBe(1002);
  });
});

/** Counts the frames that all sessions are told of from now on. */
function countFrames(): () => number {
  let count = 0;
  const { prototype } = SessionAccount;
  const original = prototype.countFrame;
  prototype.countFrame = function countFrame(this: SessionAccount): void {
    count += 1;
    original.call(this);
  };
  onTestFinished(() => void (prototype.countFrame = original));
  return () => count;
}

/** Work without end, each piece of which takes so long, ms. */
function busy(ledger: Ledger, address: string, ms: number, done: (address: string) => void): Work {
  return new Work(ledger.of(address), (slice: Slice) => {
    while (slice.take()) {
      const end = performance.now() + ms;
      while (performance.now() < end);
      done(address);
    }
    return true;
  });
}

describe("turns", () => {
  test("a client that asks for little is served before one that asks for much, of its address and of others", async () => {
    const turns = new Turns();
    const book = new Ledger(DEFAULT_LIMITS);
    for (let index = 0; index < 20; index += 1) turns.run(busy(book, "192.0.2.1", 0.05, () => {}));
    // Until each of them has had its first slice.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    for (const address of ["192.0.2.1", "192.0.2.2"]) {
      for (let probe = 0; probe < 10; probe += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        let runs = 0;
        turns.run(
          new Work(book.of(address), () => {
            runs += 1;
            return false;
          }),
        );
        // At once, or with one of the next turns; the others have one in five each.
        for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        expect(runs).toBe(1);
      }
    }
  });

  test("addresses have as much of the time as each other, however many sessions they have", async () => {
    const turns = new Turns();
    const book = new Ledger(DEFAULT_LIMITS);
    const done = new Map<string, number>();
    const count = (address: string): void => void done.set(address, (done.get(address) ?? 0) + 1);
    for (let index = 0; index < 30; index += 1) turns.run(busy(book, "192.0.2.1", 0.02, count));
    turns.run(busy(book, "192.0.2.2", 0.02, count));
    // So many that a step which a busy computer interrupts, and which then counts as long, is one of many.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const [one = 0, other = 0] = [done.get("192.0.2.1"), done.get("192.0.2.2")];
    expect(Math.min(one, other) / Math.max(one, other)).toBeGreaterThan(0.5);
  });

  test("what the platform does behind a turn counts in it", async () => {
    const turns = new Turns();
    const account = new Ledger(DEFAULT_LIMITS).of("192.0.2.1");
    let begun = 0;
    const dials = new Work(account, (slice) => {
      while (slice.take()) {
        begun += 1;
        turns.expectLater(TURN_MS / 4);
      }
      return true;
    });
    turns.run(dials);
    const most: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const before = begun;
      await nextTurn();
      most.push(begun - before);
    }
    // One more than fits, in each turn of the event loop.
    expect(Math.max(...most)).toBeLessThanOrEqual(5);
    expect(begun).toBeGreaterThan(0);
  });

  test("a fair queue takes whoever has had least, and who comes later has no claim to what others had before", () => {
    class Named extends Flow {
      readonly name: string;

      constructor(name: string) {
        super();
        this.name = name;
      }
    }
    const queue = new FairQueue<Named>();
    const flows = ["a", "b", "c"].map((name) => new Named(name));
    for (const flow of flows) queue.add(flow);
    const order: string[] = [];
    for (let step = 0; step < 9; step += 1) {
      const next = queue.take() as Named;
      order.push(next.name);
      queue.charge(next, next.name === "a" ? 3 : 1);
      queue.add(next);
    }
    expect(order.filter((name) => name === "a")).toHaveLength(2);
    const late = new Named("late");
    queue.add(late);
    expect(late.spent).toBeGreaterThan(0);
    expect(queue.size).toBe(4);
  });
});

test.each([
  ["whose peers close too", (socket: Socket) => void socket.resume().on("end", () => socket.end())],
  ["whose peers stay", (socket: Socket) => void socket.resume()],
])("the sockets of a session that ends, %s, are closed in turns, not all in one turn of the event loop", async (_who, serve) => {
  const STREAMS = 1_000;
  const { port } = await tcpServer(serve);
  const bridge = await runBridge({ network: "host", allow: rules(`${HOST}:${port}`), graceMs: 0, limits: { streamsPerSession: STREAMS, opensBurst: STREAMS } });
  const client = await new FrameClient(bridge).begin();
  for (let id = 1; id <= STREAMS; id += 1) {
    client.ws.send(encodePacket({ type: PacketType.CONNECT, streamId: id, streamType: StreamType.TCP, host: HOST, port }));
    if (id % 50 === 0) await until(() => client.count(PacketType.OPENED) === id, "the connections");
  }
  client.ws.terminate();
  let most = 0;
  for (let before = bridge.snapshot().sockets; before > 0;) {
    await nextTurn();
    const left = bridge.snapshot().sockets;
    most = Math.max(most, before - left);
    before = left;
  }
  // Two turns may follow each other between two looks, and each ends with a slice that has begun.
  expect(most).toBeLessThanOrEqual((2 * (TURN_MS + SLICE_MS)) / CLOSE_LATER_MS);
});
