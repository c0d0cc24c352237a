import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { decodePacket, encodeClientMetadata, encodePacket, PacketType, reasonToCode, ROOM_VERSION } from "@playground/wire/codec";
import { WebSocket } from "ws";
import type { Bridge } from "../../src/index.ts";

/** How a guess is sent. */
export interface GuesserOptions {
  readonly token?: Uint8Array;
  /** The address that a trusted proxy tells of the client. */
  readonly address?: string;
  readonly room?: string;
}

/** A client that tries a password, and what becomes of it. */
export class Guesser {
  /** "entered", the code of the refusal, or "closed". */
  readonly outcome: Promise<string>;

  constructor(bridge: Bridge, password: string, { token = randomBytes(16), address, room = "hostile" }: GuesserOptions = {}) {
    const headers = address === undefined ? {} : { "x-forwarded-for": address };
    const ws = new WebSocket(`${bridge.url.replace("http", "ws")}room/${room}/`, "wisp-v2", { headers, perMessageDeflate: false });
    onTestFinished(() => ws.terminate());
    this.outcome = new Promise((resolve) => {
      ws.on("error", () => resolve("closed"));
      ws.on("close", () => resolve("closed"));
      ws.on("message", (data: Buffer) => {
        const packet = decodePacket(data);
        if (packet.type === PacketType.INFO) {
          const zone = encodeClientMetadata({ version: ROOM_VERSION, machineToken: token, window: 131_072, password });
          ws.send(encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] }));
        }
        if (packet.type === PacketType.READY) resolve("entered");
        if (packet.type === PacketType.CLOSE && packet.streamId === 0) resolve(reasonToCode(packet.reason));
        if (packet.type === PacketType.READY || packet.type === PacketType.CLOSE) ws.close();
      });
    });
  }
}
