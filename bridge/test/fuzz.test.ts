import { randomBytes } from "node:crypto";
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { decodePacket, encodeClientMetadata, encodePacket, type Packet, PacketType, StreamType } from "@playground/wire/codec";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { rounds } from "../../scripts/rounds.ts";
import type { Bridge } from "../src/index.ts";
import { Session } from "../src/session/session.ts";
import { TcpListener } from "@playground/tcp";
import { TcpStream } from "../src/tcp/tcp-stream.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const HOST = "host.zone.internal";

/** What the heap may keep after a hundred clients with thousands of packets, bytes: caches of compiled code and of the collector's own. */
const HEAP_GROWTH_LIMIT = 12 * 1024 * 1024;

/** One step of a client that mostly says what it may say: ids are chosen among those it has used, when there are any. */
type Step =
  | { readonly kind: "connect"; readonly isAllowed: boolean }
  | { readonly kind: "listen"; readonly port: number; readonly address: string }
  | { readonly kind: "unlisten"; readonly which: number }
  | { readonly kind: "data"; readonly which: number; readonly length: number }
  | { readonly kind: "end" | "stop" | "close" | "credit"; readonly which: number }
  | { readonly kind: "ack"; readonly share: number }
  | { readonly kind: "ping" | "pause" | "wait" | "cut" | "info" | "endSession" }
  | { readonly kind: "raw"; readonly bytes: Uint8Array };

const which = fc.nat(7);
/** Every packet that a client has a word for, and cuts between them. */
const validStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("connect" as const), isAllowed: fc.integer({ max: 3, min: 0 }).map((n) => n > 0) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("listen" as const),
      port: fc.constantFrom(0, 0, 0, 7_001, 80),
      address: fc.constantFrom("0.0.0.0", "127.0.0.1", "", "::", "no address", "10.1.2.3").map((text) => text || "0.0.0.0"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("unlisten" as const), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("data" as const),
      which,
      length: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 65_536 })),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("end" as const, "stop" as const, "close" as const, "credit" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("ack" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("ping" as const, "pause" as const, "wait" as const, "cut" as const, "endSession" as const) }) },
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: validStep },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("info" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("raw" as const), bytes: fc.uint8Array({ maxLength: 40 }) }) },
);

/** A client that does what it is told, keeps to its credit, and comes back to its session after a cut. */
class Fuzzer {
  readonly #bridge: Bridge;
  readonly #port: number;
  readonly #token = randomBytes(16);
  #ws: WebSocket | undefined;
  #sessionId: Uint8Array | undefined;
  #streams: number[] = [];
  readonly #credit = new Map<number, number>();
  readonly #ended = new Set<number>();
  #listeners: number[] = [];
  #nextStream = 1;
  #nextListener = 1;
  #received = 0;
  #acknowledged = 0;
  /** Reasons of CLOSE on id 0. */
  readonly ends: number[] = [];

  constructor(bridge: Bridge, port: number) {
    this.#bridge = bridge;
    this.#port = port;
  }

  /** Opens a WebSocket, and says INFO unless what follows is to come before the handshake. */
  async open(shakesHands: boolean): Promise<void> {
    const ws = new WebSocket(`ws://127.0.0.1:${this.#bridge.port}/room/fuzz/`, "wisp-v2");
    this.#ws = ws;
    let isReady = false;
    ws.on("error", () => {});
    ws.on("message", (data: Buffer) => {
      const packet = decodePacket(data);
      if (packet.type === PacketType.READY || packet.type === PacketType.RESUMED || (packet.type === PacketType.CLOSE && packet.streamId === 0)) isReady = true;
      if (ws === this.#ws) this.#take(packet);
    });
    await new Promise((resolve) => {
      ws.once("open", resolve);
      ws.once("close", resolve);
    });
    if (!shakesHands) return;
    this.#sayInfo();
    await until(() => isReady || ws.readyState !== ws.OPEN, "an answer to INFO");
  }

  async do(step: Step): Promise<void> {
    const ws = this.#ws;
    if (ws === undefined || ws.readyState !== ws.OPEN) return;
    switch (step.kind) {
      case "connect": {
        const streamId = this.#nextStream++;
        this.#streams.push(streamId);
        this.#credit.set(streamId, 131_072);
        this.#send({ type: PacketType.CONNECT, streamId, streamType: StreamType.TCP, host: HOST, port: step.isAllowed ? this.#port : 1 });
        return;
      }
      case "listen": {
        const listenerId = this.#nextListener++;
        this.#listeners.push(listenerId);
        this.#send({ type: PacketType.LISTEN, listenerId, port: step.port, address: step.address });
        return;
      }
      case "unlisten": {
        const listenerId = this.#listeners[step.which % Math.max(1, this.#listeners.length)];
        if (listenerId !== undefined) this.#send({ type: PacketType.UNLISTEN, listenerId });
        return;
      }
      case "data": {
        const streamId = this.#pick(step.which);
        const credit = this.#credit.get(streamId ?? 0) ?? 0;
        const length = Math.min(step.length, credit);
        if (streamId === undefined || length === 0 || this.#ended.has(streamId)) return;
        this.#credit.set(streamId, credit - length);
        this.#send({ type: PacketType.DATA, streamId, payload: new Uint8Array(length) });
        return;
      }
      case "end": {
        const streamId = this.#pick(step.which);
        if (streamId === undefined || this.#ended.has(streamId)) return;
        this.#ended.add(streamId);
        this.#send({ type: PacketType.END, streamId });
        return;
      }
      case "stop":
      case "close":
      case "credit": {
        const streamId = this.#pick(step.which);
        if (streamId === undefined) return;
        if (step.kind === "stop") this.#send({ type: PacketType.STOP_SENDING, streamId });
        else if (step.kind === "credit") this.#send({ type: PacketType.CREDIT, streamId, bytes: 1_000 });
        else this.#send({ type: PacketType.CLOSE, streamId, reason: 2, message: "" });
        return;
      }
      case "ack":
        this.#acknowledged += Math.floor((this.#received - this.#acknowledged) * step.share);
        this.#send({ type: PacketType.ACK, received: this.#acknowledged });
        return;
      case "endSession":
        this.#send({ type: PacketType.END_SESSION, sessionId: randomBytes(16) });
        return;
      case "ping":
        ws.ping();
        return;
      case "pause":
        if (ws.isPaused) ws.resume();
        else ws.pause();
        return;
      case "wait":
        await new Promise((resolve) => setImmediate(resolve));
        return;
      case "cut":
        ws.terminate();
        // Without a session yet there is nothing to come back to, and a new client begins.
        await this.open(true);
        return;
      case "info":
        this.#sayInfo();
        return;
      case "raw":
        ws.send(step.bytes);
    }
  }

  leave(isCut: boolean): void {
    if (isCut) this.#ws?.terminate();
    else this.#ws?.close(1000);
  }

  /** Gives the socket back: a client that reads no more would wait for the answer to its close frame. */
  dispose(): void {
    this.#ws?.terminate();
  }

  #sayInfo(): void {
    const resume = this.#sessionId === undefined ? {} : { resume: { sessionId: this.#sessionId, received: this.#received } };
    const zone = encodeClientMetadata({ version: 2, machineToken: this.#token, window: 65_536, ...resume });
    this.#send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    this.#acknowledged = this.#received;
  }

  #take(packet: Packet): void {
    switch (packet.type) {
      case PacketType.READY:
        this.#sessionId = packet.sessionId.slice();
        return;
      case PacketType.INFO:
      case PacketType.RESUMED:
      case PacketType.ACK:
        return;
      case PacketType.CONTINUE:
        if (packet.streamId === 0) return;
        break;
      case PacketType.CLOSE:
        if (packet.streamId === 0) {
          this.ends.push(packet.reason);
          return;
        }
        break;
      case PacketType.ACCEPT:
        this.#streams.push(packet.streamId);
        this.#credit.set(packet.streamId, 131_072);
        break;
      case PacketType.CREDIT:
        this.#credit.set(packet.streamId, (this.#credit.get(packet.streamId) ?? 0) + packet.bytes);
        break;
      default:
    }
    this.#received += 1;
  }

  #pick(index: number): number | undefined {
    return this.#streams[index % Math.max(1, this.#streams.length)];
  }

  #send(packet: Packet): void {
    this.#ws?.send(encodePacket(packet));
  }
}

/** A bridge, and a peer that answers, ends or breaks off, as the first byte has it. */
async function fuzzedBridge(machinesPerRoom: number): Promise<{ bridge: Bridge; port: number; peers: Set<unknown> }> {
  let count = 0;
  const { port, sockets } = await tcpServer((socket) => {
    count += 1;
    socket.on("end", () => socket.end());
    if (count % 5 === 0) socket.resetAndDestroy();
    else if (count % 5 === 1) socket.resume().end("short and done");
    else if (count % 5 === 2) socket.resume().write(Buffer.alloc(200_000));
    else socket.pipe(socket);
  });
  const bridge = await runBridge({
    allow: rules(`${HOST}:${port}`),
    graceMs: 60_000,
    limits: { sessions: 100, machinesPerRoom, opensPerSecond: 10_000, opensBurst: 100_000 },
  });
  return { bridge, port, peers: sockets };
}

/** TCP sockets and listeners that the process holds, whatever the bridge counts. */
function tcpHandles(): number {
  return process.getActiveResourcesInfo().filter((kind) => /^TCP(Server|Socket)Wrap$/.test(kind)).length;
}

/** Objects of the bridge that are still referred to from anywhere. */
function aliveObjects(): Record<string, number> {
  return Object.fromEntries([Session, TcpStream, TcpListener].map((kind) => [kind.name, queryObjects(kind, { format: "count" })]));
}

/** Bytes that the process holds, without garbage. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function play(bridge: Bridge, port: number, steps: readonly Step[], shakesHands: boolean): Promise<Fuzzer> {
  const fuzzer = new Fuzzer(bridge, port);
  await fuzzer.open(shakesHands);
  for (const step of steps) await fuzzer.do(step);
  return fuzzer;
}

/** Ends whatever a client left waiting, so that what remains then is a leak. */
async function endAll(bridge: Bridge, fuzzers: readonly Fuzzer[]): Promise<void> {
  for (const fuzzer of fuzzers) fuzzer.leave(false);
  await until(() => bridge.snapshot().sessions === 0, "the end of all sessions").catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(bridge.snapshot())}`);
  });
  for (const fuzzer of fuzzers) fuzzer.dispose();
}

test("random sequences of valid packets, with cuts and resumptions, are never a violation, and leave nothing behind", async () => {
  // One at a time, beside the keeper's place: who finds the room full was kept out by a machine that nobody is any more.
  const { bridge, port, peers } = await fuzzedBridge(2);
  const run = async (numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.array(validStep, { maxLength: 40 }), async (steps) => {
        const fuzzer = await play(bridge, port, steps, true);
        expect(fuzzer.ends).toEqual([]);
        await endAll(bridge, [fuzzer]);
      }),
      { numRuns },
    );
  await run(30);
  await untilEmpty(bridge);
  await until(() => peers.size === 0, "no connection to the peer");
  const handles = tcpHandles();
  const before = heapBytes();
  await run(rounds({ short: 40, full: 120 }));
  await untilEmpty(bridge);
  await until(() => peers.size === 0, "no connection to the peer");
  await until(() => tcpHandles() <= handles, "no socket and no listener of the process");
  expect(aliveObjects()).toEqual({ Session: 0, TcpStream: 0, TcpListener: 0 });
  expect(heapBytes() - before).toBeLessThan(HEAP_GROWTH_LIMIT);
}, 180_000);

test("random sequences with invalid ones among them, before and after the handshake, harm nobody else", async () => {
  const handles = tcpHandles();
  const { bridge, port, peers } = await fuzzedBridge(200);
  const bystander = new ZoneClient(bridge, { room: "bystander", resumes: true });
  const echo = await tcpServer((socket) => socket.pipe(socket), "127.0.0.1");
  onTestFinished(() => bystander.session.close());
  const { bound, accepted } = await bystander.listen(0);
  expect(bound.port).toBeGreaterThan(0);
  const fuzzers: Fuzzer[] = [];
  const run = async (numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), fc.boolean(), fc.boolean(), async (steps, shakesHands, isCut) => {
        const fuzzer = await play(bridge, port, steps, shakesHands);
        fuzzers.push(fuzzer);
        fuzzer.leave(isCut);
      }),
      { numRuns },
    );
  const runs = rounds({ short: 120, full: 400 });
  await run(runs);
  expect(fuzzers.length).toBeGreaterThanOrEqual(runs);
  expect(echo.sockets.size).toBe(0);
  expect(accepted).toHaveLength(0);
  expect(bystander.interruptions).toBe(0);
  expect(bystander.ended).toBeUndefined();
  // Those that were cut wait for their grace time, and are over with the bridge at the latest.
  await bridge.close();
  expect(bridge.snapshot()).toMatchObject({ sessions: 0, streams: 0, listeners: 0, sockets: 0, bufferedBytes: 0 });
  expect(aliveObjects()).toEqual({ Session: 0, TcpStream: 0, TcpListener: 0 });
  for (const fuzzer of fuzzers) fuzzer.dispose();
  await until(() => peers.size === 0, "no connection to the peer");
  bystander.ws.terminate();
  // What remains listens: the peers of this test.
  await until(() => tcpHandles() <= handles + 2, "no socket and no listener of the bridge");
}, 180_000);
