import { createHash, randomBytes } from "node:crypto";
import { DEFAULT_WINDOW_BYTES } from "@playground/wire/codec";
import { expect, test } from "vitest";
import { LINGER_MS } from "@playground/tcp";
import { SESSION_END_MS } from "../src/limits.ts";
import { NOTHING_HELD, runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { sha256 } from "./support/sha256.ts";
import { tcpClient, tcpServer, watch, type PeerLog } from "./support/tcp-peer.ts";
import { type TestStream, ZoneClient } from "./support/zone-client.ts";

/** A script that is connected to a plain TCP program, both ends in hand. */
async function pair(
  options: { window?: number } = {},
): Promise<{ bridge: Awaited<ReturnType<typeof runBridge>>; client: ZoneClient; stream: TestStream; peer: PeerLog }> {
  const peers: PeerLog[] = [];
  const { port } = await tcpServer((socket) => peers.push(watch(socket)));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new ZoneClient(bridge, options);
  const stream = await client.connect("host.zone.internal", port);
  await until(() => peers.length === 1, "the connection");
  return { bridge, client, stream, peer: peers[0] as PeerLog };
}

test("1 MiB of random bytes each way at once arrives exactly, with half closes both ways", async () => {
  const { bridge, stream, peer } = await pair();
  const [up, down] = [randomBytes(1_048_576), randomBytes(1_048_576)];
  peer.socket.end(down);
  await stream.sendAll(up);
  stream.stream.end();
  await peer.ended;
  await stream.until(() => stream.isClosed, "the end");
  expect(sha256(peer.bytes())).toBe(sha256(up));
  expect(sha256(Buffer.concat(stream.chunks))).toBe(sha256(down));
  expect(stream.failure).toBeUndefined();
  await until(() => bridge.snapshot().sockets === 0, "no sockets");
});

test("64 MiB and FIN to a script that reads slowly arrive exactly, and nothing piles up meanwhile", async () => {
  const { bridge, client, stream, peer } = await pair();
  const block = randomBytes(1_048_576);
  const sent = createHash("sha256");
  let blocks = 0;
  const more = (): void => {
    while (blocks < 64) {
      blocks += 1;
      sent.update(block);
      if (!peer.socket.write(block)) return;
    }
    peer.socket.end();
  };
  peer.socket.on("drain", more);
  stream.takes = false;
  more();
  await stream.until(() => stream.receivedBytes === DEFAULT_WINDOW_BYTES, "one window");
  await new Promise((resolve) => setTimeout(resolve, 300));
  // The script has not read: not one byte above the window has come, and the peer's writes are blocked.
  expect(stream.receivedBytes).toBe(DEFAULT_WINDOW_BYTES);
  expect(client.session.stats.bytesIn).toBe(DEFAULT_WINDOW_BYTES);
  expect(peer.socket.writableLength).toBeGreaterThan(0);
  expect(stream.hasEnded).toBe(false);
  stream.takeAgain();
  await stream.until(() => stream.hasEnded, "the end");
  expect(stream.receivedBytes).toBe(64 * 1_048_576);
  const received = createHash("sha256");
  for (const chunk of stream.chunks) received.update(chunk);
  expect(received.digest("hex")).toBe(sent.digest("hex"));
  expect(bridge.snapshot().bufferedBytes).toBe(0);
});

test("a peer that does not read stops the script at its window, and gets every byte in the end", async () => {
  const { bridge, stream, peer } = await pair();
  peer.socket.pause();
  const bytes = randomBytes(16 * 1_048_576);
  const sending = stream.sendAll(bytes);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(bridge.snapshot().bufferedBytes).toBeLessThanOrEqual(DEFAULT_WINDOW_BYTES);
  peer.socket.resume();
  await sending;
  stream.stream.end();
  await peer.ended;
  expect(sha256(peer.bytes())).toBe(sha256(bytes));
});

test("a script that reads once in a while is sent more each time, up to a limit and less again, and gets every byte in order", async () => {
  const { bridge, stream, peer } = await pair();
  const bytes = randomBytes(24 * 1_048_576);
  stream.takes = false;
  peer.socket.end(bytes);
  const readAll = async (count: number, wish: "wider" | "narrower"): Promise<void> => {
    const before = stream.receivedBytes;
    await stream.until(() => stream.receivedBytes === before + count, `${count} bytes more`);
    // Nothing comes beyond the window.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stream.receivedBytes).toBe(before + count);
    stream.takeHeld(wish);
  };
  for (const windows of [1, 2, 4, 8, 16, 16]) await readAll(windows * DEFAULT_WINDOW_BYTES, "wider");
  for (const windows of [16, 8, 4, 2, 1]) await readAll(windows * DEFAULT_WINDOW_BYTES, "narrower");
  await readAll(DEFAULT_WINDOW_BYTES, "narrower");
  stream.takeAgain();
  await stream.until(() => stream.hasEnded, "the end");
  expect(sha256(Buffer.concat(stream.chunks))).toBe(sha256(bytes));
  stream.stream.close();
  await until(() => bridge.snapshot().sockets === 0, "no sockets");
});

test("a very small window and single bytes change nothing but the pace", async () => {
  const { stream, peer } = await pair({ window: 1_024 });
  const down = randomBytes(100_000);
  peer.socket.end(down);
  const up = randomBytes(3_000);
  for (let i = 0; i < up.length; i += 1) await stream.sendAll(up.subarray(i, i + 1));
  stream.stream.end();
  await peer.ended;
  await stream.until(() => stream.isClosed, "the end");
  expect(sha256(peer.bytes())).toBe(sha256(up));
  expect(sha256(Buffer.concat(stream.chunks))).toBe(sha256(down));
});

test("printf ping | nc: an answer after the peer's FIN still arrives", async () => {
  const { stream, peer } = await pair();
  peer.socket.end("ping");
  await stream.until(() => stream.hasEnded, "the peer's end");
  expect(stream.text()).toBe("ping");
  await stream.sendAll(Buffer.from("pong"));
  stream.stream.end();
  await peer.ended;
  expect(peer.bytes().toString()).toBe("pong");
  expect(await peer.closed).toBeUndefined();
});

test("the peer's end is told right after a window of bytes that nobody has taken", async () => {
  const { stream, peer } = await pair();
  stream.takes = false;
  peer.socket.end(randomBytes(DEFAULT_WINDOW_BYTES));
  await stream.until(() => stream.hasEnded, "the end");
  expect(stream.receivedBytes).toBe(DEFAULT_WINDOW_BYTES);
});

test("an orderly close delivers the last byte, and the peer's unread words do not turn it into a reset", async () => {
  const { bridge, stream, peer } = await pair();
  stream.takes = false;
  peer.socket.write(randomBytes(300_000));
  await stream.until(() => stream.receivedBytes === DEFAULT_WINDOW_BYTES, "one window");
  const up = randomBytes(100_000);
  await stream.sendAll(up);
  stream.stream.close();
  await peer.ended;
  expect(sha256(peer.bytes())).toBe(sha256(up));
  peer.socket.end("bye");
  expect(await peer.closed).toBeUndefined();
  await until(() => bridge.snapshot().sockets === 0, "no sockets");
});

test("a peer that stays after an orderly close is let go of soon", async () => {
  const { bridge, stream, peer } = await pair();
  stream.stream.close();
  await peer.ended;
  expect(bridge.snapshot()).toMatchObject({ streams: 0, sockets: 1 });
  const flood = setInterval(() => peer.socket.write(Buffer.alloc(10_000)), 20);
  await until(() => bridge.snapshot().sockets === 0, "no sockets", LINGER_MS + 500);
  await peer.closed;
  clearInterval(flood);
});

test("an abort is a reset", async () => {
  const { bridge, stream, peer } = await pair();
  stream.stream.abort();
  expect(await peer.closed).toBe("ECONNRESET");
  await until(() => bridge.snapshot().sockets === 0, "no sockets");
});

test("a peer that is killed is told as a reset", async () => {
  const { bridge, stream, peer } = await pair();
  peer.socket.write("last words");
  await stream.until(() => stream.receivedBytes === 10, "the words");
  peer.socket.resetAndDestroy();
  await stream.until(() => stream.isClosed, "the end");
  expect(stream.failure).toEqual({ code: "connection-reset", message: expect.stringContaining("was reset by the other side") });
  expect(bridge.snapshot()).toMatchObject({ streams: 0, sockets: 0 });
});

test("what a script sends before it is connected arrives, also when it is done by then", async () => {
  const { server, port } = await tcpServer(() => {});
  const peers: PeerLog[] = [];
  server.on("connection", (socket) => peers.push(watch(socket)));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new ZoneClient(bridge);
  await client.ready;
  const stream = client.session.connect("host.zone.internal", port, {
    onOpened: () => {},
    onFailed: () => {},
    onData: () => {},
    onEnd: () => {},
    onClosed: () => {},
  });
  stream.send(Buffer.from("early"));
  stream.close();
  await until(() => peers.length === 1, "the connection");
  await peers[0]?.ended;
  expect(peers[0]?.bytes().toString()).toBe("early");
});

test("a WebSocket that ends takes its sockets with it in time: what was sent is flushed, a peer that does not read is cut", async () => {
  const peers: PeerLog[] = [];
  const { port } = await tcpServer((socket) => peers.push(watch(socket)));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new ZoneClient(bridge);
  const [reading, blocked] = [await client.connect("host.zone.internal", port), await client.connect("host.zone.internal", port)];
  await until(() => peers.length === 2, "the connections");
  peers[1]?.socket.pause();
  const up = randomBytes(100_000);
  await reading.sendAll(up);
  // More than the kernel takes for a peer that does not read.
  void blocked.sendAll(randomBytes(16 * 1_048_576)).catch(() => {});
  await until(() => bridge.snapshot().bufferedBytes > 0, "bytes that wait");
  await until(() => (peers[0]?.bytes().length ?? 0) === up.length, "the bytes");
  const started = Date.now();
  client.ws.terminate();
  await peers[0]?.ended;
  expect(sha256(peers[0]?.bytes() ?? Buffer.alloc(0))).toBe(sha256(up));
  await untilEmpty(bridge);
  expect(Date.now() - started).toBeGreaterThan(SESSION_END_MS - 100);
});

test("closing the bridge ends every socket and tells the clients why", async () => {
  const { bridge, client, stream, peer } = await pair();
  const { bound } = await client.listen(0);
  const joined = await tcpClient(bound.address, bound.port);
  await bridge.close();
  await Promise.all([peer.ended, joined.ended]);
  await stream.until(() => stream.isClosed, "the end");
  expect(stream.failure?.code).toBe("bridge-lost");
  expect(client.ended).toEqual({ code: "bridge-lost", message: expect.stringContaining("stopped") });
  expect(bridge.snapshot()).toEqual(NOTHING_HELD);
  await expect(tcpClient("127.0.0.1", bridge.port)).rejects.toThrow("ECONNREFUSED");
});

test("a client that takes everything but reads nothing blocks the peer, not the bridge's memory, and loses no byte", async () => {
  const { client, stream, peer } = await pair({ window: 16_777_216 });
  stream.chunks.push = () => 0;
  const total = 48 * 1_048_576;
  const block = Buffer.alloc(1_048_576);
  let written = 0;
  const more = (): void => {
    while (written < total) {
      written += block.length;
      if (!peer.socket.write(block)) return;
    }
    peer.socket.end();
  };
  client.ws.pause();
  peer.socket.on("drain", more);
  more();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // What is on its way is the kernel's, and one chunk of ours for each place where one can wait.
  expect(written).toBeLessThan(total);
  client.ws.resume();
  await stream.until(() => stream.hasEnded, "the end");
  expect(stream.receivedBytes).toBe(total);
});

test("a small stream is not stuck behind bulk", async () => {
  const bulk = Buffer.alloc(65_536);
  const { port } = await tcpServer((socket) => {
    socket.once("data", (first) => {
      if (first.toString() !== "bulk") {
        socket.write(first);
        socket.on("data", (chunk: Buffer) => socket.write(chunk));
        return;
      }
      const more = (): void => {
        while (!socket.destroyed && socket.write(bulk));
      };
      socket.on("drain", more);
      more();
    });
  });
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new ZoneClient(bridge);
  const heavy: TestStream[] = [];
  for (let i = 0; i < 9; i += 1) {
    const stream = await client.connect("host.zone.internal", port);
    // Bytes are counted, not kept.
    stream.chunks.push = () => 0;
    stream.stream.send(Buffer.from("bulk"));
    heavy.push(stream);
  }
  const light = await client.connect("host.zone.internal", port);
  for (let round = 1; round <= 50; round += 1) {
    const before = heavy.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    light.stream.send(Buffer.from("x"));
    await light.until(() => light.receivedBytes === round, "the answer");
    const between = heavy.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0) - before;
    // A round trip may have at most the bulk streams' windows, twice over, in front of it.
    expect(between).toBeLessThan(2 * 9 * DEFAULT_WINDOW_BYTES + 1_048_576);
  }
  for (const { receivedBytes } of heavy) expect(receivedBytes).toBeGreaterThan(DEFAULT_WINDOW_BYTES);
});
