import { randomBytes } from "node:crypto";
import { CloseReason, decodePacket, encodeClientMetadata, encodePacket, type Packet, PacketType } from "@playground/wire/codec";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { Bridge } from "../src/index.ts";
import { runBridge, untilEmpty } from "./support/running-bridge.ts";

/** A client that says only what a test has it say, about the session of another one. */
class Thief {
  readonly ws: WebSocket;
  readonly packets: Packet[] = [];

  constructor(bridge: Bridge, room: string) {
    this.ws = new WebSocket(`ws://127.0.0.1:${bridge.port}/room/${room}/`, "wisp-v2");
    this.ws.on("message", (data: Buffer) => this.packets.push(decodePacket(data)));
    this.ws.on("error", () => {});
    onTestFinished(() => this.ws.terminate());
  }

  /** The reason with which the bridge refuses, and the code that it closes with. */
  async refused(machineToken: Uint8Array, sessionId: Uint8Array, received = 0): Promise<[reason: number | undefined, code: number]> {
    await new Promise((resolve) => this.ws.once("open", resolve));
    const zone = encodeClientMetadata({ version: 2, machineToken, window: 131_072, resume: { sessionId, received } });
    this.ws.send(encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] }));
    const code = await new Promise<number>((resolve) => this.ws.once("close", resolve));
    const close = this.packets.find((packet) => packet.type === PacketType.CLOSE);
    return [close?.type === PacketType.CLOSE ? close.reason : undefined, code];
  }
}

describe("a session's id", () => {
  test("is of use only with the machine token of its page, in its room, and is in no log; and the bridge answers who has it", async () => {
    const lines: string[] = [];
    const bridge = await runBridge({ log: (entry) => lines.push(JSON.stringify(entry)) });
    const token = randomBytes(16);
    const owner = new WebSocket(`ws://127.0.0.1:${bridge.port}/room/mine/`, "wisp-v2");
    onTestFinished(() => owner.terminate());
    const ready = await new Promise<Extract<Packet, { type: typeof PacketType.READY }>>((resolve) => {
      owner.on("message", (data: Buffer) => {
        const packet = decodePacket(data);
        if (packet.type === PacketType.READY) resolve(packet);
      });
      owner.on("open", () => {
        const zone = encodeClientMetadata({ version: 2, machineToken: token, window: 131_072 });
        owner.send(encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] }));
      });
    });
    // A question whether the bridge is there is answered.
    const answer = new Promise<Packet>((resolve) => owner.once("message", (data: Buffer) => resolve(decodePacket(data))));
    owner.send(encodePacket({ type: PacketType.ACK, received: 0 }));
    expect(await answer).toEqual({ type: PacketType.ACK, received: 0 });
    const gone = [CloseReason.SESSION_GONE, 4001];
    expect(await new Thief(bridge, "mine").refused(randomBytes(16), ready.sessionId)).toEqual(gone);
    expect(await new Thief(bridge, "other").refused(token, ready.sessionId)).toEqual(gone);
    expect(await new Thief(bridge, "mine").refused(token, randomBytes(16))).toEqual(gone);
    expect(await new Thief(bridge, "mine").refused(token, ready.sessionId, 7)).toEqual(gone);
    // The session that was meant is not touched by any of it.
    expect(owner.readyState).toBe(WebSocket.OPEN);
    expect(bridge.snapshot().sessions).toBe(1);
    owner.close();
    await untilEmpty(bridge);
    expect(await new Thief(bridge, "mine").refused(token, ready.sessionId)).toEqual(gone);
    const secrets = [Buffer.from(ready.sessionId), token].flatMap((secret) => [
      secret.toString("hex"),
      secret.toString("base64"),
      secret.toString("base64url"),
    ]);
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
  });
});
