import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { bridgeChild } from "./support/bridge-child.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const MEBIBYTE = 1024 * 1024;
const ATTACKER = "127.0.0.2";

/** What the metrics tell. */
async function unfinishedBytes({ url }: { readonly url: string }): Promise<number> {
  const text = await (await fetch(`${url}metrics`)).text();
  return Number(/^zone_unfinished_bytes (\d+)$/m.exec(text)?.[1]);
}

/** A WebSocket by hand, whose upgrade is through. `protocol`: with Wisp v2, a handshake follows. */
async function rawWebSocket(port: number, protocol: string): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, localAddress: ATTACKER });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  socket.write(
    `GET /room/unfinished/ HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${protocol}\r\n`,
  );
  await once(socket, "data");
  socket.resume();
  return socket;
}

/** The header of a masked binary frame of a mebibyte; the mask is nothing. `first`: opcode and FIN. */
function header(first = 0x82): Buffer {
  const bytes = Buffer.alloc(14);
  bytes[0] = first;
  bytes[1] = 0xff;
  bytes.writeBigUInt64BE(BigInt(MEBIBYTE), 2);
  return bytes;
}

/** All of such a message but its end. */
const ALMOST = Buffer.alloc(MEBIBYTE - 1, 2);

test("a message before INFO has 4 KiB at most", async () => {
  const bridge = await runBridge();
  const socket = await rawWebSocket(bridge.port, "sec-websocket-protocol: wisp-v2\r\n");
  let text = "";
  socket.on("data", (data: Buffer) => (text += data.toString("latin1")));
  socket.write(Buffer.concat([header(), ALMOST.subarray(0, 20_000)]));
  await once(socket, "close");
  expect(text).toContain("a message of 1048576 bytes before READY; at most 4096 are taken");
  expect(await unfinishedBytes(bridge)).toBe(0);
});

test.each([
  ["whole messages", 0x82],
  ["fragments", 0x02],
])(
  "unfinished %s of an address take its share, and neither a neighbour's nor another's message is given up for them",
  async (_what, first) => {
    const { port, sockets } = await tcpServer((socket) => void socket.resume());
    const bridge = await runBridge({
      network: "host",
      allow: rules(`host.zone.internal:${port}`),
      limits: { unfinishedBytesPerAddress: 8 * MEBIBYTE, unfinishedBytes: 12 * MEBIBYTE },
    });
    const clients = [new ZoneClient(bridge, { localAddress: ATTACKER }), new ZoneClient(bridge)];
    const streams = await Promise.all(clients.map((client) => client.connect("host.zone.internal", port)));
    const attackers = await Promise.all(Array.from({ length: 16 }, () => rawWebSocket(bridge.port, "")));
    for (const socket of attackers) socket.write(Buffer.concat([header(first), ALMOST]));
    await until(() => attackers.filter((socket) => socket.destroyed).length >= 8, "those over the share to be cut");
    expect(await unfinishedBytes(bridge)).toBeLessThanOrEqual(8 * MEBIBYTE);
    expect(await unfinishedBytes(bridge)).toBeGreaterThan(4 * MEBIBYTE);
    for (const stream of streams) await stream.sendAll(Buffer.alloc(MEBIBYTE));
    await until(() => sockets.size === 2 && [...sockets].every((socket) => socket.bytesRead === MEBIBYTE), "what both sent");
    for (const client of clients) expect(client.ended).toBeUndefined();
    for (const socket of attackers) socket.destroy();
    await expect.poll(async () => unfinishedBytes(bridge)).toBe(0);
  },
  20_000,
);

test("whoever is given up is logged with the option that bounds it", async () => {
  const reasons: unknown[] = [];
  const bridge = await runBridge({
    limits: { unfinishedBytesPerAddress: MEBIBYTE },
    log: ({ event, reason, message }) => void (event === "refusal" && reasons.push(`${String(reason)}: ${String(message)}`)),
  });
  const sockets = [await rawWebSocket(bridge.port, ""), await rawWebSocket(bridge.port, "")];
  for (const socket of sockets) socket.write(Buffer.concat([header(), ALMOST.subarray(0, 100_000)]));
  await Promise.race(sockets.map(async (socket) => once(socket, "close")));
  expect(reasons).toEqual([
    expect.stringMatching(
      /^max-unfinished-bytes-per-address: Programs at your network's address have begun messages of \d+ bytes.*--max-unfinished-bytes-per-address/,
    ),
  ]);
  expect(await unfinishedBytes(bridge)).toBe(MEBIBYTE);
});

test.runIf(process.platform === "linux")(
  "memory of unfinished messages is bounded, and goes back when all have left",
  async () => {
    const { bridge, residentBytes } = await bridgeChild();
    const early = new ZoneClient(bridge);
    await early.ready;
    early.session.close();
    const before = residentBytes();
    const sockets = await Promise.all(Array.from({ length: 150 }, () => rawWebSocket(bridge.port, "")));
    for (const socket of sockets) socket.write(Buffer.concat([header(), ALMOST]));
    await expect.poll(async () => unfinishedBytes(bridge)).toBeGreaterThan(16 * MEBIBYTE);
    expect(await unfinishedBytes(bridge)).toBeLessThanOrEqual(32 * MEBIBYTE);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => unfinishedBytes(bridge)).toBe(0);
    // Garbage is collected within some seconds of quiet.
    await expect.poll(() => residentBytes() - before, { timeout: PATIENCE_MS }).toBeLessThan(100 * MEBIBYTE);
  },
  60_000,
);

test.each([
  ["a message that is too long before INFO", { newRoomsBurstPerAddress: 10 }],
  ["a room that the bridge does not take", { newRoomsBurstPerAddress: 0, newRoomsPerMinutePerAddress: 1 }],
])("a client that is refused for %s is not read from while it is told", async (_what, limits) => {
  const accepted: Socket[] = [];
  const onAccepted = (message: unknown): void => void accepted.push((message as { socket: Socket }).socket);
  subscribe("net.server.socket", onAccepted);
  onTestFinished(() => void unsubscribe("net.server.socket", onAccepted));
  const bridge = await runBridge({ limits });
  const socket = await rawWebSocket(bridge.port, "sec-websocket-protocol: wisp-v2\r\n");
  socket.write(header());
  socket.write(ALMOST);
  await new Promise((resolve) => void socket.once("close", resolve));
  const [served] = accepted;
  await until(() => served?.closed === true, "the bridge's end to close");
  expect(served?.bytesRead).toBeLessThan(MEBIBYTE / 2);
});
