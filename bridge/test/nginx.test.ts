import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { decodePacket, encodeClientMetadata, encodeData, encodePacket, type Packet, PacketType, StreamType } from "@playground/wire";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { cidr } from "../src/address/cidr.ts";
import type { Bridge, LogEntry } from "../src/index.ts";
import { documentedConfig, freePort, NGINX, replaceAll, runNginx, temporaryDirectory } from "./support/nginx.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";

const HOST = "zone.school.example";

/** A bridge behind the proxy, and what it logged. */
interface Behind {
  readonly bridge: Bridge;
  readonly entries: LogEntry[];
}

/** Two bridges behind nginx as `docs/deploy.md` has it. The first pings more often than nginx waits, the second does not. */
async function site(): Promise<{ port: number; ca: Buffer; bridges: readonly [Behind, Behind]; echo: number }> {
  const directory = await temporaryDirectory();
  const [key, certificate] = [join(directory, "key.pem"), join(directory, "certificate.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const echo = (await tcpServer((socket) => void socket.pipe(socket))).port;
  const behind = async (pingIntervalMs: number, lanRange: string): Promise<Behind> => {
    const entries: LogEntry[] = [];
    const bridge = await runBridge({
      pingIntervalMs,
      lanRange: cidr(lanRange),
      publicHosts: [HOST],
      trustedProxies: [cidr("127.0.0.1")],
      allow: rules(`host.zone.internal:${echo}`),
      log: (entry) => entries.push(entry),
    });
    return { bridge, entries };
  };
  const bridges = [await behind(250, "127.64.0.0/10"), await behind(20_000, "127.128.0.0/10")] as const;
  const port = await freePort();
  const config = replaceAll(documentedConfig(), {
    "listen 443 ssl;": `listen 127.0.0.1:${port} ssl;`,
    "    listen [::]:443 ssl;\n": "",
    "127.0.0.1:8081": `127.0.0.1:${bridges[0].bridge.port}`,
    "127.0.0.1:8082": `127.0.0.1:${bridges[1].bridge.port}`,
    "/etc/ssl/zone/fullchain.pem": certificate,
    "/etc/ssl/zone/privkey.pem": key,
    "proxy_read_timeout 60s;": "proxy_read_timeout 1s;",
  });
  await runNginx(NGINX ?? "nginx", directory, config, port);
  return { port, ca: readFileSync(certificate), bridges, echo };
}

/** Every name is this machine. */
const lookup = (_name: string, options: { all?: boolean }, callback: (error: null, address: never, family?: number) => void): void =>
  options.all === true ? callback(null, [{ address: "127.0.0.1", family: 4 }] as never) : callback(null, "127.0.0.1" as never, 4);

/** A page's WebSocket, through the proxy. */
class Page {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];
  pings = 0;
  isClosed = false;

  constructor({ port, ca }: { port: number; ca: Buffer }, room: string, headers: Record<string, string> = {}) {
    const options = { ca, lookup, headers, origin: `https://${HOST}:${port}`, localAddress: "127.0.0.2" };
    this.ws = new WebSocket(`wss://${HOST}:${port}/room/${room}/`, "wisp-v2", options as never);
    this.ws.on("error", () => {});
    this.ws.on("close", () => (this.isClosed = true));
    this.ws.on("ping", () => (this.pings += 1));
    this.ws.on("message", (data: Buffer) => this.packets.push(decodePacket(data)));
    this.ws.on("open", () => {
      const zone = encodeClientMetadata({ version: 1, machineToken: randomBytes(16), window: 131_072 });
      this.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    });
    onTestFinished(() => this.ws.terminate());
  }

  send(packet: Packet): void {
    this.ws.send(encodePacket(packet));
  }

  has(type: Packet["type"]): boolean {
    return this.packets.some((packet) => packet.type === type);
  }

  async ready(): Promise<this> {
    await until(() => this.has(PacketType.READY), "READY through the proxy");
    return this;
  }
}

async function get(path: string, { port, ca }: { port: number; ca: Buffer }): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: HOST, port, path, ca, lookup: lookup as never, agent: false }, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on("error", reject).end();
  });
}

const roomsOf = ({ entries }: Behind): Set<unknown> => new Set(entries.filter(({ event }) => event === "session-begin").map(({ room }) => room));

if (NGINX === undefined && process.env["CI"] !== undefined) throw new Error("nginx is not installed, and in CI these tests have to run");

test.skipIf(NGINX === undefined)("behind Debian's nginx (skipped where there is no nginx): TLS, upgrades, the client's address, and silence that pings keep alive", async () => {
  const proxy = await site();
  const { bridges, echo } = proxy;
  const page = await get("/", proxy);
  expect(page).toMatchObject({ status: 302, headers: { location: expect.stringMatching(/^\/room\//), "content-security-policy": expect.stringContaining(`wss://${HOST}:${proxy.port}`) } });
  expect((await get("/metrics", proxy)).status).toBe(404);

  // Rooms are tried until there is one on each bridge.
  const found: (Page | undefined)[] = [undefined, undefined];
  for (let i = 0; found.includes(undefined); i += 1) {
    const before = bridges[0].bridge.snapshot().sessions;
    const client = await new Page(proxy, `idle-${i}`, { "x-forwarded-for": "10.9.9.9" }).ready();
    found[bridges[0].bridge.snapshot().sessions > before ? 0 : 1] ??= client;
  }
  const [kept, cut] = found as [Page, Page];
  // Nothing but pings for three times as long as nginx waits: without them it cuts.
  await until(() => kept.pings >= 12, "twelve pings", 10_000);
  expect(kept.isClosed).toBe(false);
  await until(() => cut.isClosed, "the cut of the one that is not pinged");
  kept.send({ type: PacketType.CONNECT, streamType: StreamType.TCP, streamId: 1, host: "host.zone.internal", port: echo });
  await until(() => kept.has(PacketType.OPENED), "a connection");
  kept.ws.send(encodeData(1, Buffer.from("through TLS")));
  await until(() => kept.has(PacketType.DATA), "the echo");
  expect(Buffer.from((kept.packets.find(({ type }) => type === PacketType.DATA) as Extract<Packet, { type: typeof PacketType.DATA }>).payload).toString()).toBe("through TLS");
  kept.ws.close();
  await until(() => bridges[0].entries.some(({ event, streams }) => event === "session" && streams === 1), "the line about the session");
  // The client's own address: neither the proxy's, nor what the client says.
  for (const { entries } of bridges) for (const { event, client } of entries) if (event === "session") expect(client).toBe("127.0.0.2");
});

test.skipIf(NGINX === undefined)("behind Debian's nginx (skipped where there is no nginx): a room is on one bridge, rooms are on all, and few move when one goes", async () => {
  const proxy = await site();
  const [one, two] = proxy.bridges;
  const names = Array.from({ length: 24 }, (_, i) => `room-${i}`);
  const enter = async (): Promise<unknown> => Promise.all(names.map(async (name) => new Page(proxy, name).ready()));
  await enter();
  await enter();
  const [onOne, onTwo] = [roomsOf(one), roomsOf(two)];
  expect(onOne.size + onTwo.size).toBe(names.length);
  expect(onOne.size).toBeGreaterThan(0);
  expect(onTwo.size).toBeGreaterThan(0);
  await two.bridge.close(200);
  await enter();
  expect(roomsOf(one).size).toBe(names.length);
});
