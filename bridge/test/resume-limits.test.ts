import { randomBytes } from "node:crypto";
import { Socket } from "node:net";
import {
  CloseReason,
  decodePacket,
  encodeClientMetadata,
  encodePacket,
  type Packet,
  PacketType,
  REPLAY_HIGH_WATER_PACKETS,
  StreamType,
} from "@playground/wire/codec";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { rounds } from "../../scripts/rounds.ts";
import type { Bridge } from "../src/index.ts";
import { BadNetwork } from "./support/bad-network.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const HOST = "host.zone.internal";

/** A client of version 2 that acknowledges only what a test has it acknowledge. */
class SilentClient {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];
  readonly closed: Promise<number>;

  constructor(bridge: Bridge) {
    this.ws = new WebSocket(`ws://127.0.0.1:${bridge.port}/room/test/`, "wisp-v2");
    this.ws.on("error", () => {});
    this.ws.on("message", (data: Buffer) => this.packets.push(decodePacket(data)));
    this.closed = new Promise((resolve) => void this.ws.once("close", resolve));
    onTestFinished(() => this.ws.terminate());
  }

  async begin(window: number, machineToken: Uint8Array = randomBytes(16), resume?: { sessionId: Uint8Array; received: number }): Promise<this> {
    await new Promise((resolve) => void this.ws.once("open", resolve));
    const zone = encodeClientMetadata({ version: 2, machineToken, window, ...(resume !== undefined && { resume }) });
    this.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    await until(() => this.has(PacketType.READY) || this.has(PacketType.RESUMED), "the bridge's answer");
    return this;
  }

  send(packet: Packet): void {
    this.ws.send(encodePacket(packet));
  }

  has(type: number): boolean {
    return this.packets.some((packet) => packet.type === type);
  }

  count(type: number): number {
    return this.packets.filter((packet) => packet.type === type).length;
  }

  get sessionId(): Uint8Array {
    for (const packet of this.packets) if (packet.type === PacketType.READY) return packet.sessionId;
    throw new Error("READY has not come");
  }
}

test("a bridge that is full takes its own clients back, and no others", async () => {
  const bridge = await runBridge({ allow: rules(HOST), limits: { sessions: 2 } });
  const network = await BadNetwork.between(bridge.port, { seed: 3 });
  const client = new ZoneClient(bridge, { port: network.port, resumes: true });
  await client.ready;
  const other = new ZoneClient(bridge);
  await other.ready;
  await client.listen(0);
  network.cut();
  await until(() => client.resumptions === 1, "the resumption");
  expect(bridge.snapshot()).toMatchObject({ sessions: 2, listeners: 1 });
  await expect(new ZoneClient(bridge).ready).rejects.toThrow(/bridge-lost|limit-exceeded/);
  // Nor while one of them is away: its place is kept.
  network.down();
  await until(() => client.session.isInterrupted, "the interruption");
  await expect(new ZoneClient(bridge).ready).rejects.toThrow(/bridge-lost|limit-exceeded/);
  network.up();
  await until(() => client.resumptions === 2, "the second resumption");
  expect(client.ended).toBeUndefined();
});

test("a client that never acknowledges tiny packets is held up by their number, long before their bytes count", async () => {
  const bridge = await runBridge({ network: "host", allow: rules(HOST) });
  let written = 0;
  const { port } = await tcpServer((socket) => {
    // Packet by packet: the next byte goes out when the one before is on its way.
    const more = (): void => {
      if (socket.destroyed || written >= 4 * REPLAY_HIGH_WATER_PACKETS) return;
      written += 1;
      socket.write("x", () => setImmediate(more));
    };
    socket.setNoDelay(true);
    more();
  });
  const client = await new SilentClient(bridge).begin(16_777_216);
  client.send({ type: PacketType.CONNECT, streamId: 1, streamType: StreamType.TCP, host: HOST, port });
  await until(() => client.count(PacketType.DATA) + 1 >= REPLAY_HIGH_WATER_PACKETS, "a full log", 60_000);
  // One more is on its way at most; what the peer goes on to write stays with the kernel.
  await until(() => written >= REPLAY_HIGH_WATER_PACKETS + 1_000, "more from the peer");
  expect(client.count(PacketType.DATA)).toBeLessThanOrEqual(REPLAY_HIGH_WATER_PACKETS);
  client.send({ type: PacketType.ACK, received: client.count(PacketType.DATA) + 1 });
  await until(() => client.count(PacketType.DATA) > REPLAY_HIGH_WATER_PACKETS, "the rest");
  client.ws.close();
  await untilEmpty(bridge);
}, 60_000);

/** Bytes of answers that may wait for a client that reads none. */
const FLOOD_LIMIT = 512 * 1024;

test("questions and pings of a client that reads no answer pile nothing up", async () => {
  const bridge = await runBridge({ graceMs: 60_000 });
  const question = encodePacket({ type: PacketType.ACK, received: 0 });
  const attacks: ((ws: WebSocket) => void)[] = [(ws) => ws.send(question), (ws) => ws.ping(Buffer.alloc(125))];
  for (const attack of attacks) {
    const client = await new SilentClient(bridge).begin(131_072);
    client.ws.pause();
    const fromBridge = [...heldSockets(bridge.port)];
    expect(fromBridge).toHaveLength(1);
    const most = await floodUntilHandled(client.ws, attack, fromBridge[0] as Socket);
    expect(most).toBeLessThan(FLOOD_LIMIT);
    client.ws.terminate();
    await until(() => heldSockets(bridge.port).size === 0, "the end of the WebSocket");
  }
}, 90_000);

/** How often 5,000 of the same thing are sent: the answers to half of the short run would fill the limit. */
const FLOODS = rounds({ short: 24, full: 60 });

/** Sends the same thing again and again and gives the most bytes that waited in the bridge's socket to the client. */
async function floodUntilHandled(ws: WebSocket, send: (ws: WebSocket) => void, bridgeSide: Socket): Promise<number> {
  let most = 0;
  for (let round = 0; round < FLOODS; round += 1) {
    for (let i = 0; i < 5_000; i += 1) send(ws);
    await until(() => ws.bufferedAmount === 0, "the bridge's reading on");
    most = Math.max(most, bridgeSide.writableLength);
  }
  return most;
}

/** The bridge's ends of the connections that it has accepted: it runs in this process. */
function heldSockets(port: number): Set<Socket> {
  const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles();
  return new Set(handles.filter((handle): handle is Socket => handle instanceof Socket && handle.localPort === port));
}

test("one that comes back twice at a time has one WebSocket in the end; the older one is cut, and says nothing any more", async () => {
  const bridge = await runBridge({ graceMs: 60_000 });
  const token = randomBytes(16);
  const first = await new SilentClient(bridge).begin(131_072, token);
  const resume = { sessionId: first.sessionId, received: 0 };
  const [second, third] = await Promise.all([new SilentClient(bridge).begin(131_072, token, resume), new SilentClient(bridge).begin(131_072, token, resume)]);
  await first.closed;
  await until(() => [second, third].filter(({ ws }) => ws.readyState === WebSocket.OPEN).length === 1, "one WebSocket");
  expect(bridge.snapshot().sessions).toBe(1);
  const winner = second.ws.readyState === WebSocket.OPEN ? second : third;
  winner.send({ type: PacketType.LISTEN, listenerId: 1, port: 0, address: "0.0.0.0" });
  await until(() => winner.has(PacketType.LISTENING), "the listener");
  winner.ws.close();
  await untilEmpty(bridge);
});

test("an attempt that is cut between the bridge's INFO and its own leaves the session as it was", async () => {
  const bridge = await runBridge({ graceMs: 60_000 });
  const token = randomBytes(16);
  const first = await new SilentClient(bridge).begin(131_072, token);
  first.send({ type: PacketType.LISTEN, listenerId: 1, port: 0, address: "0.0.0.0" });
  await until(() => first.has(PacketType.LISTENING), "the listener");
  first.ws.terminate();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const cut = new SilentClient(bridge);
    await until(() => cut.has(PacketType.INFO), "the bridge's INFO");
    cut.ws.terminate();
    await cut.closed;
  }
  await until(() => bridge.snapshot().sessions === 1, "the session alone");
  const again = await new SilentClient(bridge).begin(131_072, token, { sessionId: first.sessionId, received: 0 });
  // What it says it lacks comes again, and the port is there still.
  await until(() => again.has(PacketType.LISTENING), "LISTENING again");
  expect(bridge.snapshot()).toMatchObject({ sessions: 1, listeners: 1 });
  again.send({ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.VOLUNTARY, message: "" });
  await untilEmpty(bridge);
});
