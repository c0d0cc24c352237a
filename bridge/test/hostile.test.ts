import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { CloseReason, DEFAULT_WINDOW_BYTES, encodeData, MAX_MESSAGE_BYTES, PacketType, StreamType } from "@playground/wire/codec";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { rounds } from "../../scripts/rounds.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { RawClient } from "./support/raw-client.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const CONNECT = { type: PacketType.CONNECT, streamType: StreamType.TCP } as const;
const header = (type: number) => (value: number) => {
  const bytes = Buffer.alloc(5);
  bytes[0] = type;
  bytes.writeUInt32LE(value, 1);
  return bytes;
};
/** CONNECT, stream 1, TCP, port 9, "x". */
const CONNECT_HEX = "01 01000000 01 0900 78";

describe("violations end the session, with a reason, and leave nothing open", () => {
  test.each([
    ["an empty message", ""],
    ["a message without a whole header", "02 0100"],
    ["a type that no packet has", "2a 00000000"],
    ["DATA without bytes", "02 01000000", CONNECT_HEX],
    ["DATA for a stream that never was", "02 05000000 00"],
    ["DATA on id 0", "02 00000000 00"],
    ["CREDIT for a stream of the bridge's that never was", "f8 00000080 01000000"],
    ["CREDIT of nothing", "f8 01000000 00000000", CONNECT_HEX],
    ["CONNECT with an id of the bridge's", "01 00000080 01 0900 78"],
    ["CONNECT with an id for the second time", CONNECT_HEX, CONNECT_HEX],
    ["CONNECT to port 0", "01 01000000 01 0000 78"],
    ["CONNECT without a host", "01 01000000 01 0900"],
    ["CONNECT with a host that is not UTF-8", "01 01000000 01 0900 ff"],
    ["LISTEN with an id for the second time", "f2 01000000 0000 30", "f2 01000000 0000 30"],
    ["UNLISTEN for a listener that never was", "f5 01000000"],
    ["a second INFO", "05 00000000 02 00"],
    ["READY from a client", `f1 00000000 ${"00".repeat(16)} 04 7f000001`],
    ["ACCEPT from a client", "f6 00000080 01000000 04 7f000001 0100 04 7f000001 0100"],
    ["CONTINUE from a client", "03 00000000 80000000"],
    ["bytes after the packet", "f9 01000000 00", CONNECT_HEX],
  ])("%s", async (_what, bad, before = "") => {
    const bridge = await runBridge();
    const client = await new RawClient(bridge).shakeHands();
    if (before !== "") client.sendHex(before);
    client.sendHex(bad);
    const { code } = await client.closed;
    expect(code).toBe(4002);
    const close = client.packets.findLast((packet) => packet.type === PacketType.CLOSE && packet.streamId === 0);
    expect(close).toMatchObject({ reason: CloseReason.PROTOCOL_VIOLATION, message: expect.stringMatching(/\w/) });
    await untilEmpty(bridge);
  });

  test("a text message", async () => {
    const bridge = await runBridge();
    const client = await new RawClient(bridge).shakeHands();
    client.ws.send("hello");
    expect(await client.closed).toEqual({ code: 4002, reason: expect.stringContaining("text") });
  });

  test("a message that is too long ends the WebSocket before it is in memory", async () => {
    const bridge = await runBridge();
    const client = await new RawClient(bridge).shakeHands();
    client.ws.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
    expect((await client.closed).code).toBe(1009);
    await untilEmpty(bridge);
  });

  test("more than the window, DATA after END, and too much credit", async () => {
    const { port } = await tcpServer((socket) => void socket.pause());
    const attacks: ((client: RawClient) => void)[] = [
      (client) => {
        for (let i = 0; i < 2_000; i += 1) client.ws.send(encodeData(1, Buffer.alloc(65_536)));
      },
      (client) => {
        client.send({ type: PacketType.END, streamId: 1 });
        client.ws.send(encodeData(1, Buffer.alloc(1)));
      },
      (client) => {
        client.send({ type: PacketType.END, streamId: 1 });
        client.send({ type: PacketType.END, streamId: 1 });
      },
      (client) => client.send({ type: PacketType.CREDIT, streamId: 1, bytes: 16_777_216 }),
      (client) => client.ws.send(encodeData(1, Buffer.alloc(65_537))),
    ];
    const attempts = attacks.map(async (attack) => {
      const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
      const client = await new RawClient(bridge).shakeHands();
      client.send({ ...CONNECT, streamId: 1, host: "host.zone.internal", port });
      await client.next(PacketType.OPENED);
      attack(client);
      expect((await client.closed).code).toBe(4002);
      expect(bridge.snapshot().bufferedBytes).toBeLessThanOrEqual(DEFAULT_WINDOW_BYTES);
      await untilEmpty(bridge);
    });
    await Promise.all(attempts);
  });
});

test("packets for what is over are ignored", async () => {
  const { port } = await tcpServer((socket) => socket.resume());
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = await new RawClient(bridge).shakeHands();
  client.send({ ...CONNECT, streamId: 1, host: "host.zone.internal", port });
  await client.next(PacketType.OPENED);
  client.send({ type: PacketType.CLOSE, streamId: 1, reason: 2, message: "" });
  client.ws.send(encodeData(1, Buffer.alloc(10)));
  for (const type of [PacketType.END, PacketType.STOP_SENDING] as const) client.send({ type, streamId: 1 });
  client.send({ type: PacketType.CREDIT, streamId: 1, bytes: 1 });
  client.send({ type: PacketType.CLOSE, streamId: 1, reason: 2, message: "" });
  client.send({ type: PacketType.LISTEN, listenerId: 1, port: 0, address: "0.0.0.0" });
  client.send({ type: PacketType.UNLISTEN, listenerId: 1 });
  client.send({ type: PacketType.UNLISTEN, listenerId: 1 });
  client.send({ ...CONNECT, streamId: 2, host: "host.zone.internal", port });
  await client.next(PacketType.OPENED);
  expect(client.ws.readyState).toBe(client.ws.OPEN);
  expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 1, listeners: 0 });
});

test("50 CONNECTs of a plain client on one id make one connection, and none is left", async () => {
  const { port, sockets } = await tcpServer((socket) => socket.pipe(socket));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new RawClient(bridge, null);
  await client.open;
  for (let i = 0; i < 50; i += 1) client.send({ ...CONNECT, streamId: 9, host: "host.zone.internal", port });
  await until(() => sockets.size > 0, "a connection");
  expect(bridge.snapshot()).toMatchObject({ streams: 1, sockets: 1 });
  client.ws.terminate();
  await untilEmpty(bridge);
  await until(() => sockets.size === 0, "no connection");
});

test("a plain client that sends to a peer that does not read is no longer read from, and memory stays bounded", async () => {
  const { port } = await tcpServer((socket) => void socket.pause());
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new RawClient(bridge, null);
  await client.open;
  for (let id = 1; id <= 4; id += 1) client.send({ ...CONNECT, streamId: id, host: "host.zone.internal", port });
  for (let i = 0; i < 30; i += 1) for (let id = 1; id <= 4; id += 1) client.ws.send(encodeData(id, Buffer.alloc(1_000_000)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(bridge.snapshot().bufferedBytes).toBeLessThan(24 * 1_048_576);
  expect(client.ws.bufferedAmount).toBeGreaterThan(0);
  client.ws.terminate();
  await untilEmpty(bridge);
});

test("a plain client that is not read from is read again when the peer that it waits for breaks off", async () => {
  const { port, sockets } = await tcpServer((socket) => void socket.pause());
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new RawClient(bridge, null);
  await client.open;
  client.send({ ...CONNECT, streamId: 1, host: "host.zone.internal", port });
  for (let i = 0; i < 40; i += 1) client.ws.send(encodeData(1, Buffer.alloc(1_000_000)));
  await until(() => bridge.snapshot().bufferedBytes > 12 * 1_048_576 && client.ws.bufferedAmount > 0, "a client that is not read from");
  for (const socket of sockets) socket.resetAndDestroy();
  await until(() => client.ws.bufferedAmount === 0, "a client that is read again");
  expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 0, bufferedBytes: 0 });
  client.ws.terminate();
  await untilEmpty(bridge);
});

test("a flood of tiny packets to a peer that does not read costs no more memory than their window", async () => {
  const { port } = await tcpServer((socket) => void socket.pause());
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const client = new ZoneClient(bridge);
  const stream = await client.connect("host.zone.internal", port);
  // More than the kernel takes for a socket.
  void stream.sendAll(Buffer.alloc(32 * 1_048_576)).catch(() => {});
  // Full but for what the kernel took last: credit for that comes in halves of a window.
  await until(() => bridge.snapshot().bufferedBytes > DEFAULT_WINDOW_BYTES / 2 && client.session.stats.bufferedBytes > 0, "a full window");
  expect(bridge.snapshot().bufferedBytes).toBeLessThanOrEqual(DEFAULT_WINDOW_BYTES);
  client.ws.terminate();
  await untilEmpty(bridge);
});

describe("garbage below the packets", () => {
  const HANDSHAKE =
    "GET /room/x/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  test.each([
    ["no HTTP at all", randomBytes(2_000), false],
    ["an unmasked frame", Buffer.from("820102", "hex"), true],
    ["a reserved opcode", Buffer.from("838000000000", "hex"), true],
    ["a reserved bit", Buffer.from("c28000000000", "hex"), true],
    ["a frame of 1 GiB", Buffer.from("82ff000000004000000000000000", "hex"), true],
    ["a length with the highest bit set", Buffer.from("82ffffffffffffffffff00000000", "hex"), true],
    ["a control frame in fragments", Buffer.from("098000000000", "hex"), true],
    ["text that is not UTF-8", Buffer.from("818100000000ff", "hex"), true],
    ["a close frame with one byte", Buffer.from("88810000000000", "hex"), true],
    ["a close frame with a reason that is not UTF-8", Buffer.from("88840000000003e8fffe", "hex"), true],
    ["a close frame with a code that none may have", Buffer.from("88820000000003ed", "hex"), true],
    ["a ping that is too long", Buffer.from("89fe007e00000000", "hex"), true],
    ["a continuation of nothing", Buffer.from("808000000000", "hex"), true],
    ["a message within a message", Buffer.from("028000000000828000000000", "hex"), true],
    ["half a frame and then nothing", Buffer.from("82ff00", "hex"), true],
  ])("%s ends that connection and no other", async (_what, garbage, isUpgraded) => {
    const bridge = await runBridge();
    const bystander = new ZoneClient(bridge);
    await bystander.ready;
    const socket = connect({ host: "127.0.0.1", port: bridge.port });
    socket.on("error", () => {});
    const closed = new Promise((resolve) => void socket.on("close", resolve));
    if (isUpgraded) {
      socket.write(HANDSHAKE);
      await new Promise((resolve) => void socket.once("data", resolve));
    }
    socket.write(garbage);
    socket.resume();
    if (_what.startsWith("half")) socket.end();
    // One that broke the rules is not waited for, though it answers no close frame.
    const started = Date.now();
    await closed;
    // ws waits for half a minute.
    expect(Date.now() - started).toBeLessThan(PATIENCE_MS);
    const { bound } = await bystander.listen(0);
    expect(bound.port).toBeGreaterThan(0);
    await until(() => bridge.snapshot().sessions === 1, "one session");
  });

  test("a thousand half-open upgrades and slow headers end by themselves, and others notice nothing meanwhile", async () => {
    const { port } = await tcpServer((socket) => socket.pipe(socket));
    const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
    const bystander = await new ZoneClient(bridge).connect("host.zone.internal", port);
    let slowest = 0;
    const echo = async (): Promise<void> => {
      const [started, before] = [Date.now(), bystander.receivedBytes];
      bystander.stream.send(Buffer.from("hello"));
      await bystander.until(() => bystander.receivedBytes === before + 5, "the echo");
      slowest = Math.max(slowest, Date.now() - started);
    };
    const sockets = Array.from({ length: 1_000 }, () => connect({ host: "127.0.0.1", port: bridge.port }).on("error", () => {}));
    try {
      const left = new Set(sockets);
      for (const [index, socket] of sockets.entries()) {
        socket.resume().on("close", () => left.delete(socket));
        socket.write(index % 2 === 0 ? HANDSHAKE.slice(0, -4) : HANDSHAKE.slice(0, 40));
      }
      await new ZoneClient(bridge).ready;
      expect(bridge.snapshot().sessions).toBe(2);
      while (left.size > 0) {
        await echo();
        // Slow ones: a byte now and then does not make the time for the headers any longer.
        sockets[1]?.write("x");
        await until(() => left.size === 0, "the end of all", 250).catch(() => {});
      }
      // They are there for ten seconds.
      expect(slowest).toBeLessThan(5_000);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  }, 60_000);
});

test("random packets, whole and cut, never end the process and leave nothing behind", async () => {
  const { port } = await tcpServer((socket) => socket.pipe(socket));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
  const id = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(0x8000_0000));
  const packet = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.constantFrom(0xf5, 0xf9, 0xfa), id).map(([type, value]) => header(type)(value)),
    fc.tuple(id, fc.uint8Array({ maxLength: 300 })).map(([value, bytes]) => Buffer.concat([header(2)(value), bytes])),
    fc.tuple(id, fc.integer({ min: 0, max: 0x0200_0000 })).map(([value, credit]) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(credit);
      return Buffer.concat([header(0xf8)(value), bytes]);
    }),
    id.map((value) => {
      const bytes = Buffer.alloc(3);
      bytes[0] = 1;
      bytes.writeUInt16LE(port, 1);
      return Buffer.concat([header(1)(value), bytes, Buffer.from("host.zone.internal")]);
    }),
    id.map((value) => Buffer.concat([header(0xf2)(value), Buffer.from("00003132372e302e302e31", "hex")])),
    id.map((value) => Buffer.concat([header(4)(value), Buffer.from([2])])),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { maxLength: 30 }), fc.boolean(), async (packets, isZone) => {
      const client = new RawClient(bridge, isZone ? "wisp-v2" : null);
      if (isZone) await client.shakeHands();
      else await client.open;
      for (const bytes of packets) client.ws.send(bytes);
      await new Promise((resolve) => setTimeout(resolve, 2));
      client.ws.terminate();
    }),
    { numRuns: rounds({ short: 60, full: 150 }) },
  );
  await untilEmpty(bridge);
  await new ZoneClient(bridge).connect("host.zone.internal", port);
});
