import { randomBytes } from "node:crypto";
import { encodeClientMetadata, PacketType, StreamType } from "@playground/wire/codec";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { ByteRate } from "../src/byte-rate.ts";
import { type LogEntry } from "../src/index.ts";
import { RawClient } from "./support/raw-client.ts";
import { rules, runBridge, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const MEBIBYTE = 1024 * 1024;

test("sessions, streams, listeners and what is opened a second are counted for all sessions of an address", async () => {
  const { port } = await tcpServer(() => {});
  const entries: LogEntry[] = [];
  const bridge = await runBridge({
    network: "host",
    allow: rules(`host.zone.internal:${port}`),
    limits: { sessionsPerAddress: 2, streamsPerAddress: 2, listenersPerAddress: 1, opensPerSecondPerAddress: 0.001, opensBurstPerAddress: 6 },
    log: (entry) => entries.push(entry),
  });
  const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge, { room: "other" })];
  await Promise.all([one.ready, two.ready]);
  await expect(new ZoneClient(bridge).ready).rejects.toThrow(/limit-exceeded: Your network's address has 2 sessions .*--max-sessions-per-address/);
  await one.listen(0);
  await expect(two.listen(0)).rejects.toThrow(/limit-exceeded: .* listen on 1 ports.*--max-listeners-per-address/);
  const { stream } = await one.connect("host.zone.internal", port);
  await two.connect("host.zone.internal", port);
  expect((await two.refusal("host.zone.internal", port)).message).toMatch(/have 2 connections.*--max-streams-per-address/);
  // What one gives back, the other can have.
  stream.abort();
  await until(() => bridge.snapshot().sockets === 1, "the stream's end");
  await two.connect("host.zone.internal", port);
  expect(await two.refusal("host.zone.internal", port)).toEqual({
    code: "limit-exceeded",
    message: expect.stringContaining("--max-opens-per-second-per-address"),
  });
  const refusals = entries.filter(({ event }) => event === "refusal");
  expect(refusals.map(({ reason }) => reason)).toEqual([
    "max-sessions-per-address",
    "max-listeners-per-address",
    "max-streams-per-address",
    "max-opens-per-second-per-address",
  ]);
  expect(refusals[2]).toMatchObject({
    level: "warn",
    client: "127.0.0.1",
    session: 2,
    target: `host.zone.internal:${port}`,
    message: expect.stringContaining("2 connections"),
  });
});

test("connections of one session that are being made at the same time", async () => {
  // Nobody answers for these names.
  const bridge = await runBridge({
    network: "host",
    allow: rules("a.example", "b.example", "c.example"),
    lookUp: async () => new Promise(() => {}),
    limits: { connectingPerSession: 2 },
  });
  const client = new ZoneClient(bridge);
  await client.ready;
  const events = { onData: () => {}, onEnd: () => {}, onClosed: () => {}, onWritable: () => {}, onOpened: () => {}, onFailed: () => {} };
  const [first] = [client.session.connect("a.example", 80, events), client.session.connect("b.example", 80, events)];
  expect(await client.refusal("c.example", 80)).toEqual({
    code: "limit-exceeded",
    message: expect.stringMatching(/waits for 2 connections.*--max-connecting-per-session/),
  });
  first?.abort();
  // What one gives up, the next can have.
  const next = client.refusal("c.example", 80).then(({ code }) => code);
  await until(() => bridge.snapshot().streams === 2, "two that wait");
  client.ws.terminate();
  expect(await next).toBe("bridge-lost");
});

test("a full bridge says so in the script's console, and lets come back whoever was cut off", async () => {
  const bridge = await runBridge({ limits: { sessions: 1 } });
  const client = new ZoneClient(bridge, { resumes: true });
  await client.ready;
  await client.listen(0);
  await expect(new ZoneClient(bridge).ready).rejects.toThrow(/limit-exceeded: The bridge has 1 sessions.*--max-sessions/);
  client.ws.terminate();
  await until(() => bridge.snapshot().detached === 1, "the cut");
  await expect(new ZoneClient(bridge).ready).rejects.toThrow("--max-sessions");
  await until(() => client.resumptions === 1, "the way back");
  expect(client.ended).toBeUndefined();
  expect(bridge.snapshot()).toMatchObject({ sessions: 1, handshakes: 0, detached: 0, listeners: 1 });
});

test("WebSockets a second: the next one is refused with 429", async () => {
  const bridge = await runBridge({ limits: { upgradesPerSecondPerAddress: 0.001, upgradesBurstPerAddress: 2 } });
  await Promise.all([new ZoneClient(bridge).ready, new ZoneClient(bridge).ready]);
  const ws = new WebSocket(`${bridge.url.replace("http", "ws")}room/x/`, "wisp-v2");
  const answer = await new Promise<{ status: number; retryAfter: string | undefined }>((resolve) => {
    ws.on("error", () => {});
    ws.on("unexpected-response", (_request, response) => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] }));
  });
  expect(answer).toEqual({ status: 429, retryAfter: "1" });
  ws.terminate();
});

test.each(["bufferedBytesPerSession", "bufferedBytesPerAddress", "bufferedBytes"] as const)(
  "%s: the stream that goes beyond it is closed with a reason, and no other opens while it is full",
  async (limit) => {
    const { port, sockets } = await tcpServer((socket) => void socket.pause());
    const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`), limits: { [limit]: 65_536 } });
    const client = new ZoneClient(bridge);
    const stream = await client.connect("host.zone.internal", port);
    await stream.sendAll(randomBytes(32 * MEBIBYTE)).catch(() => {});
    await stream.until(() => stream.isClosed);
    const option = `--max-${limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    expect(stream.failure).toEqual({ code: "limit-exceeded", message: expect.stringContaining(`${option}.`) });
    // What it held is free again.
    await until(() => bridge.snapshot().bufferedBytes === 0, "the buffer");
    await client.connect("host.zone.internal", port);
    for (const socket of sockets) socket.destroy();
  },
);

test.each(["bytesPerSecond", "bytesPerSecondPerAddress"] as const)("%s: bytes wait in both directions, and none is lost", async (limit) => {
  const rate = 4 * MEBIBYTE;
  const { port } = await tcpServer((socket) => void socket.pipe(socket));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`), limits: { [limit]: rate } });
  const client = new ZoneClient(bridge);
  const stream = await client.connect("host.zone.internal", port);
  const began = performance.now();
  const sent = randomBytes(3 * MEBIBYTE);
  await stream.sendAll(sent);
  await stream.until(() => stream.receivedBytes === sent.length);
  // 6 MiB went through, of which 4 MiB at once.
  expect(performance.now() - began).toBeGreaterThan(400);
  expect(Buffer.concat(stream.chunks).equals(sent)).toBe(true);
});

test("bytesPerSecondPerAddress: those wait who send much, not a neighbour who sends little", async () => {
  let bytes = 0;
  const { port } = await tcpServer((socket) => void socket.on("data", (chunk) => (bytes += chunk.length)).pipe(socket));
  const rate = 200_000;
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`), limits: { bytesPerSecondPerAddress: rate } });
  const open = async (): ReturnType<ZoneClient["connect"]> => new ZoneClient(bridge).connect("host.zone.internal", port);
  const [neighbour, ...attackers] = [await open(), await open(), await open(), await open(), await open()];
  for (const attacker of attackers) void attacker.sendAll(randomBytes(MEBIBYTE)).catch(() => {});
  await until(() => bytes > rate, "what may go at once");
  const [before, rounds] = [bytes, 5];
  for (let round = 1; round <= rounds; round += 1) {
    await neighbour.sendAll(Buffer.from([round]));
    await neighbour.until(() => neighbour.receivedBytes === round);
  }
  // Half a second's, and not a chunk of each for each round.
  expect(bytes - before).toBeLessThan(rate / 2);
});

test("bytes for sending again: sessions whose client is away go, until what is kept is within its limit", async () => {
  const window = MEBIBYTE;
  const { port } = await tcpServer((socket) => void socket.write(Buffer.alloc(window)));
  const entries: LogEntry[] = [];
  const limit = 1.5 * MEBIBYTE;
  const bridge = await runBridge({
    network: "host",
    allow: rules(`host.zone.internal:${port}`),
    limits: { resendBytes: limit },
    log: (entry) => entries.push(entry),
  });
  // Takes everything, acknowledges nothing.
  const silent = async (): Promise<RawClient> => {
    const client = new RawClient(bridge);
    await client.open;
    client.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [encodeClientMetadata({ version: 2, machineToken: randomBytes(16), window })] });
    await client.next(PacketType.READY);
    client.send({ type: PacketType.CONNECT, streamType: StreamType.TCP, streamId: 1, host: "host.zone.internal", port });
    const isFull = (): boolean => client.packets.reduce((sum, packet) => sum + (packet.type === PacketType.DATA ? packet.payload.length : 0), 0) === window;
    await until(isFull, "a window of data");
    return client;
  };
  const one = await silent();
  expect(bridge.snapshot().resendBytes).toBeGreaterThan(window);
  one.ws.terminate();
  await until(() => bridge.snapshot().detached === 1, "the first cut");
  const two = await silent();
  await until(() => bridge.snapshot().sessions === 1, "the end of the one that is away");
  expect(bridge.snapshot()).toMatchObject({ detached: 0 });
  expect(bridge.snapshot().resendBytes).toBeLessThan(limit);
  expect(two.ws.readyState).toBe(two.ws.OPEN);
  expect(entries.find(({ event }) => event === "session")).toMatchObject({ reason: expect.stringContaining("is away"), bytesToClient: window });
  two.ws.close();
  await untilEmpty(bridge);
  expect(bridge.snapshot()).toMatchObject({ resendBytes: 0, detached: 0 });
});

test("a rate of bytes: so many at once, then so many a second, and debts are waited off", () => {
  const rate = new ByteRate(1_000_000);
  expect(rate.waitMs).toBe(0);
  rate.spend(1_500_000);
  expect(rate.waitMs).toBeGreaterThan(400);
  expect(rate.waitMs).toBeLessThanOrEqual(501);
  expect(rate.msUntilFull).toBeGreaterThan(1_400);
});
