import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { chromium, type Page } from "@playwright/test";
import { headlessShellOptions } from "../../scripts/setup/browser.mjs";
import { CHROMIUM_FLAGS } from "../../scripts/setup/chromium-flags.mjs";
import type { BridgeProcess } from "../support/bridge-process.ts";
import { echoServer } from "../support/luau.ts";
import { residentBytes } from "../support/process-memory.ts";
import { OPCODE, RawWebSocket } from "../support/raw-websocket.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

const MIB = 1024 * 1024;

/** A Wisp packet: type, stream id (little-endian), payload. */
function packet(type: number, stream: number, payload: Uint8Array | readonly number[] = []): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type, 0);
  head.writeUInt32LE(stream, 1);
  return Buffer.concat([head, Uint8Array.from(payload)]);
}

/** Packet types of Wisp: https://github.com/MercuryWorkshop/wisp-protocol */
const [CONNECT, DATA, CONTINUE, CLOSE, INFO] = [1, 2, 3, 4, 5] as const;

/** Each is sent alone in a session of its own, to a plain Wisp v1 session and to a v2 one. */
const PACKETS: Readonly<Record<string, readonly Buffer[]>> = {
  "an empty message": [Buffer.alloc(0)],
  "every first byte alone": Array.from({ length: 256 }, (_, byte) => Buffer.from([byte])),
  "a head cut off": [Buffer.from([CONNECT, 1, 0])],
  "CONNECT without a body": [packet(CONNECT, 1)],
  "CONNECT cut off in its port": [packet(CONNECT, 1, [1, 80])],
  "CONNECT without a host": [packet(CONNECT, 1, [1, 80, 0])],
  "CONNECT with a host that is no text": [packet(CONNECT, 1, [1, 80, 0, 0xff, 0xfe, 0x00, 0x80])],
  "CONNECT with a host of 60,000 characters": [packet(CONNECT, 1, [1, 80, 0, ...Buffer.alloc(60_000, "a")])],
  "CONNECT of a kind that does not exist": [packet(CONNECT, 1, [9, 80, 0, ...Buffer.from("localhost")])],
  "CONNECT twice with one id": [packet(CONNECT, 1, [1, 80, 0, ...Buffer.from("localhost")]), packet(CONNECT, 1, [1, 80, 0, ...Buffer.from("localhost")])],
  "CONNECT with stream 0": [packet(CONNECT, 0, [1, 80, 0, ...Buffer.from("localhost")])],
  "DATA for a stream that does not exist": [packet(DATA, 77, Buffer.alloc(1000))],
  "CONTINUE from a client": [packet(CONTINUE, 0, [1, 0, 0, 0]), packet(CONTINUE, 5, [0xff, 0xff, 0xff, 0xff])],
  "CLOSE without a reason": [packet(CLOSE, 1)],
  "INFO that is cut off": [packet(INFO, 0), packet(INFO, 0, [2]), packet(INFO, 0, [2, 0, 1, 0xff, 0xff, 0xff, 0xff])],
  "INFO of a version to come": [packet(INFO, 0, [99, 99])],
  "types that do not exist": Array.from({ length: 250 }, (_, index) => packet(index + 6, 1, [1, 2, 3, 4, 5, 6, 7, 8])),
  "random bytes": Array.from({ length: 200 }, () => randomBytes(1 + Math.floor(Math.random() * 200))),
};

async function isUnharmed(bridge: BridgeProcess): Promise<void> {
  expect(bridge.program.ending).toBeUndefined();
  expect((await bridge.health()).status).toBe("ok");
}

test("packets that are garbage end their own session at most, and nobody else's", async ({ playground, spawn, bridge, room }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  for (const [name, packets] of Object.entries(PACKETS)) {
    for (const subprotocol of ["wisp-v2", ""]) {
      const client = await RawWebSocket.open(bridge.roomUrl(room), subprotocol);
      for (const bytes of packets) client.frame(OPCODE.binary, bytes);
      nc.write(`after ${name}\n`);
      await nc.shows(`after ${name}\n`);
      client.close();
    }
  }
  await isUnharmed(bridge);
  expect(await bridge.health()).toMatchObject({ streams: 1, listeners: 1, sockets: 1 });
});

test("garbage at the level of WebSocket and HTTP ends no process", async ({ bridge, room }) => {
  const url = bridge.roomUrl(room);
  const before = residentBytes(bridge.program.pid);
  const bad: readonly ((client: RawWebSocket) => void)[] = [
    (client) => client.frame(OPCODE.text, Buffer.from("text, where binary is spoken")),
    (client) => client.frame(OPCODE.text, Buffer.from([0xff, 0xfe])),
    (client) => client.frame(OPCODE.reserved, Buffer.from("reserved")),
    (client) => client.frame(OPCODE.continuation, Buffer.from("continues nothing")),
    (client) => client.frame(OPCODE.binary, Buffer.from("not masked"), { masked: false }),
    (client) => client.frame(OPCODE.binary, Buffer.alloc(10), { claimed: 0xffff_ffff_ffff_ffffn }),
    (client) => client.frame(OPCODE.binary, Buffer.alloc(10), { claimed: 1n << 31n }),
    (client) => client.frame(OPCODE.ping, Buffer.alloc(126)),
    (client) => client.frame(OPCODE.ping, Buffer.from("parts"), { final: false }),
    (client) => client.frame(OPCODE.close, Buffer.from([0])),
    (client) => client.frame(OPCODE.close, Buffer.from([0xff, 0xff])),
    (client) => client.raw(randomBytes(10_000)),
  ];
  for (const misbehave of bad) {
    const client = await RawWebSocket.open(url);
    misbehave(client);
    await client.ended;
    await isUnharmed(bridge);
  }
  // A message that never ends, in pieces: cut off at the size of the largest packet.
  const endless = await RawWebSocket.open(url);
  endless.frame(OPCODE.binary, Buffer.alloc(MIB), { final: false });
  for (let piece = 0; piece < 64; piece++) endless.frame(OPCODE.continuation, Buffer.alloc(MIB), { final: false });
  await endless.ended;
  await isUnharmed(bridge);

  for (const text of [
    "\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    `GET /${"a".repeat(70_000)} HTTP/1.1\r\n\r\n`,
    randomBytes(5_000),
    "GET /room/x/ HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: 127.0.0.1\r\n\r\n",
  ]) {
    const socket = connect(bridge.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.resume();
    socket.write(text);
    await new Promise<void>((resolve) => socket.once("close", () => resolve()));
    await isUnharmed(bridge);
  }
  expect(residentBytes(bridge.program.pid) - before).toBeLessThan(64 * MIB);
});

test("a thousand sessions that are cut off leave nothing behind", async ({ bridge, room }) => {
  const url = bridge.roomUrl(room);
  for (let round = 0; round < 20; round++) {
    const clients = await Promise.all(Array.from({ length: 50 }, () => RawWebSocket.open(url, "")));
    for (const client of clients) client.close();
  }
  await expect.poll(async () => (await bridge.health()).sessions).toBe(0);
  await bridge.isQuiet();
});

test("pages of other sites may not use the bridge", async ({ bridge, room, page }) => {
  const elsewhere = createServer((_request, response) => response.end("<!doctype html><title>elsewhere</title>"));
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    expect(await webSocketFrom(page, bridge.roomUrl(room).replace("http", "ws"))).toBe("refused");
    expect((await bridge.health()).sessions).toBe(0);
    // Nor may they read or write anything over HTTP.
    for (const [path, method] of [
      ["healthz", "GET"],
      [`room/${room}/`, "GET"],
      ["api/scripts", "POST"],
    ] as const) {
      const read = await page.evaluate(
        ([url, how]) =>
          fetch(url, { method: how, headers: { "content-type": "application/json" }, ...(how === "POST" && { body: "{}" }) }).then(
            (response) => `${response.type} ${response.status}`,
            () => "refused",
          ),
        [`http://127.0.0.1:${bridge.port}/${path}`, method] as const,
      );
      expect(read, `${method} ${path}`).toBe("refused");
    }
    // It was the bridge that refused, not the browser.
    await expect.poll(() => bridge.program.errors).toContain("Pages of other sites may not use this bridge");
  } finally {
    elsewhere.close();
  }
});

test("a name of another site that is made to lead to the bridge opens nothing", async ({ bridge, room }) => {
  // DNS rebinding: the browser takes the page and the bridge for one site, since both have the same name and port.
  const browser = await chromium.launch({ ...headlessShellOptions(), args: [...CHROMIUM_FLAGS, "--host-resolver-rules=MAP evil.example 127.0.0.1"] });
  try {
    const page = await browser.newPage();
    const answer = await page.goto(`http://evil.example:${bridge.port}/room/${room}/`);
    expect(answer?.status()).toBe(421);
    expect(await webSocketFrom(page, `ws://evil.example:${bridge.port}/room/${room}/`)).toBe("refused");
    expect((await bridge.health()).sessions).toBe(0);
    await expect.poll(() => bridge.program.errors).toContain("does not go by this host name");
  } finally {
    await browser.close();
  }
});

/** What becomes of a WebSocket that a page opens. */
function webSocketFrom(page: Page, address: string): Promise<"open" | "refused"> {
  return page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, "wisp-v2");
        socket.addEventListener("open", () => resolve("open"));
        socket.addEventListener("error", () => resolve("refused"));
      }),
    address,
  );
}
