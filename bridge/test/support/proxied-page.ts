import { randomBytes } from "node:crypto";
import { request } from "node:https";
import { decodePacket, encodeClientMetadata, encodeData, encodePacket, type Packet, PacketType, StreamType } from "@playground/wire/codec";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { cidr } from "@playground/tcp";
import type { Bridge, LogEntry } from "../../src/index.ts";
import { rules, runBridge, until } from "./running-bridge.ts";

/** The site's name in `docs/deploy.md`. */
export const HOST = "zone.school.example";

/** Where a proxy listens, and whom to trust when it says that it is `HOST`. */
export interface ProxyAddress {
  readonly port: number;
  readonly ca: Buffer;
}

/** A bridge behind a proxy, and what it logged. */
export interface BridgeBehind {
  readonly bridge: Bridge;
  readonly entries: LogEntry[];
}

/** A bridge that believes a proxy on this machine. `echo`: a port of this machine that scripts may reach. */
export async function bridgeBehind(pingIntervalMs: number, lanRange: string, echo: number): Promise<BridgeBehind> {
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
}

/** Labels of the rooms that a bridge has had. */
export function roomsOf({ entries }: BridgeBehind): Set<unknown> {
  return new Set(entries.filter(({ event }) => event === "session-begin").map(({ room }) => room));
}

/** Every name is this machine. */
const lookup = (_name: string, options: { all?: boolean }, callback: (error: null, address: never, family?: number) => void): void =>
  options.all === true ? callback(null, [{ address: "127.0.0.1", family: 4 }] as never) : callback(null, "127.0.0.1" as never, 4);

/** A page's WebSocket, through the proxy. */
export class ProxiedPage {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];
  pings = 0;
  isClosed = false;

  constructor({ port, ca }: ProxyAddress, room: string, headers: Record<string, string> = {}, localAddress = "127.0.0.2") {
    const options = { ca, lookup, headers, origin: `https://${HOST}:${port}`, localAddress };
    this.ws = new WebSocket(`wss://${HOST}:${port}/room/${room}/`, "wisp-v2", options);
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

  /** Connects to a port of the bridge's machine, says something, and gives what comes back. */
  async echo(port: number, text: string): Promise<string> {
    this.send({ type: PacketType.CONNECT, streamType: StreamType.TCP, streamId: 1, host: "host.zone.internal", port });
    await until(() => this.has(PacketType.OPENED), "a connection");
    this.ws.send(encodeData(1, Buffer.from(text)));
    await until(() => this.has(PacketType.DATA), "the echo");
    return Buffer.concat(this.packets.flatMap((packet) => (packet.type === PacketType.DATA ? [packet.payload] : []))).toString();
  }

  has(type: Packet["type"]): boolean {
    return this.packets.some((packet) => packet.type === type);
  }

  async ready(): Promise<this> {
    await until(() => this.has(PacketType.READY), "READY through the proxy");
    return this;
  }
}

/** What the proxy answers to a plain request. */
export async function get(
  path: string,
  { port, ca }: ProxyAddress,
  headers: Record<string, string> = {},
  localAddress = "127.0.0.1",
): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: HOST, port, path, ca, headers, localAddress, lookup: lookup as never, agent: false }, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on("error", reject).end();
  });
}
