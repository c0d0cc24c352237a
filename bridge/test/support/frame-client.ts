import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { decodePacket, encodeClientMetadata, encodePacket, type Packet, PacketType, ROOM_VERSION } from "@playground/wire/codec";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Bridge } from "../../src/index.ts";
import { until } from "./running-bridge.ts";

/** A WebSocket of version 3 whose client writes raw frames. */
export class FrameClient {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];
  code: number | undefined;

  constructor(bridge: Bridge, localAddress = "127.0.0.1") {
    this.ws = new WebSocket(`ws://127.0.0.1:${bridge.port}/room/test/`, "wisp-v2", { localAddress, perMessageDeflate: false });
    this.ws.on("error", () => {});
    this.ws.on("message", (data: Buffer) => this.packets.push(decodePacket(data)));
    this.ws.on("close", (code) => (this.code = code));
    onTestFinished(() => this.ws.terminate());
  }

  async begin(machineToken: Uint8Array = randomBytes(16), resume?: { sessionId: Uint8Array; received: number }): Promise<this> {
    await new Promise((resolve) => void this.ws.once("open", resolve));
    const zone = encodeClientMetadata({ version: ROOM_VERSION, machineToken, window: 16_777_216, password: "", ...(resume !== undefined && { resume }) });
    this.ws.send(encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] }));
    await until(() => this.count(PacketType.READY) + this.count(PacketType.RESUMED) > 0, "the bridge's answer");
    return this;
  }

  get socket(): Socket {
    return (this.ws as unknown as { _socket: Socket })._socket;
  }

  count(type: number): number {
    return this.packets.filter((packet) => packet.type === type).length;
  }

  get sessionId(): Uint8Array {
    for (const packet of this.packets) if (packet.type === PacketType.READY) return packet.sessionId;
    throw new Error("READY has not come");
  }
}
