import { onTestFinished } from "vitest";
import { encodeClientMetadata, encodePacket, PacketType, decodePacket, type Packet } from "@playground/wire/codec";
import { WebSocket } from "ws";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import type { Bridge } from "../../src/index.ts";

/** A WebSocket that sends whatever a test wants, and keeps what comes back. */
export class RawClient {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];
  readonly open: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(bridge: Bridge, protocol: "wisp-v2" | null = "wisp-v2") {
    const url = `${bridge.url.replace("http", "ws")}room/hostile/`;
    this.ws = protocol === null ? new WebSocket(url) : new WebSocket(url, protocol);
    this.ws.on("error", () => {});
    this.ws.on("message", (data: Buffer) => this.packets.push(decodePacket(data)));
    this.open = new Promise((resolve, reject) => {
      this.ws.once("open", resolve);
      this.ws.once("error", reject);
    });
    this.closed = new Promise((resolve) => void this.ws.once("close", (code, reason) => resolve({ code, reason: reason.toString() })));
    onTestFinished(() => this.ws.terminate());
  }

  /** Completes the handshake of the zone extension. */
  async shakeHands(): Promise<this> {
    await this.open;
    const zone = encodeClientMetadata({ version: 1, machineToken: new Uint8Array(16).fill(7), window: 131_072 });
    this.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    await this.next(PacketType.READY);
    return this;
  }

  send(packet: Packet): void {
    this.ws.send(encodePacket(packet));
  }

  sendHex(hex: string): void {
    this.ws.send(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  }

  /** Waits for a packet of this type. */
  async next<T extends Packet["type"]>(type: T, timeoutMs = PATIENCE_MS): Promise<Extract<Packet, { type: T }>> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const index = this.packets.findIndex((packet) => packet.type === type);
      if (index !== -1) return this.packets.splice(index, 1)[0] as Extract<Packet, { type: T }>;
      if (Date.now() > end) throw new Error(`no packet of type ${type} within ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
