import { randomBytes } from "node:crypto";
import { CloseReason, encodePacket, PacketType } from "@playground/wire/codec";
import { describe, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { FrameClient } from "./support/frame-client.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const HOST = "host.zone.internal";

/** A session with so many bytes that its client has not acknowledged. */
async function owing(bridge: Bridge, port: number, bytes: number): Promise<{ token: Uint8Array; client: FrameClient }> {
  const token = randomBytes(16);
  const client = await new FrameClient(bridge).begin(token);
  client.ws.send(encodePacket({ type: PacketType.CONNECT, streamId: 1, streamType: 1, port, host: HOST }));
  await until(() => bridge.snapshot().resendBytes >= bytes, "the bytes");
  return { token, client };
}

describe("a client that comes back", () => {
  test("too often waits, and its neighbours do not", async () => {
    const bridge = await runBridge({ limits: { resumesPerMinutePerAddress: 6, resumesBurstPerAddress: 2 } });
    const [token, other] = [randomBytes(16), randomBytes(16)];
    const [client, neighbour] = [await new FrameClient(bridge).begin(token), await new FrameClient(bridge).begin(other)];
    const { sessionId } = client;
    let last = client;
    // Two at once, and one that is owed.
    for (let time = 0; time < 3; time += 1) {
      last.ws.terminate();
      last = await new FrameClient(bridge).begin(token, { sessionId, received: 0 });
    }
    last.ws.terminate();
    const waiting = new FrameClient(bridge);
    void waiting.begin(token, { sessionId, received: 0 }).catch(() => {});
    await until(() => waiting.count(PacketType.INFO) === 1, "INFO");
    neighbour.ws.terminate();
    await new FrameClient(bridge).begin(other, { sessionId: neighbour.sessionId, received: 0 });
    expect(waiting.count(PacketType.RESUMED)).toBe(0);
  });

  test("is sent what it lacks at the bytes a second that it has, however often it comes back", async () => {
    const rate = 1_048_576;
    const bridge = await runBridge({ allow: rules(HOST), limits: { bytesPerSecond: rate } });
    const { port } = await tcpServer((socket) => void socket.write(Buffer.alloc(900_000)));
    const { token, client } = await owing(bridge, port, 900_000);
    const begin = performance.now();
    let bytes = 0;
    let last = client;
    for (let time = 0; time < 12; time += 1) {
      last.ws.terminate();
      last = await new FrameClient(bridge).begin(token, { sessionId: client.sessionId, received: 0 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      bytes += last.socket.bytesRead;
    }
    const seconds = (performance.now() - begin) / 1_000;
    // What the kernel holds of each WebSocket, a burst of a second, and the rate.
    expect(bytes).toBeLessThan(rate * (1 + seconds) + 12 * 64 * 1_024);
    // And nothing of it is lost.
    await until(() => last.packets.reduce((sum, packet) => sum + (packet.type === PacketType.DATA ? packet.payload.length : 0), 0) === 900_000, "all of it");
  }, 20_000);

  test("too often waits, and is not refused", async () => {
    const bridge = await runBridge({ limits: { resumesPerMinute: 120, resumesBurst: 2 } });
    const token = randomBytes(16);
    const client = await new FrameClient(bridge).begin(token);
    const begin = performance.now();
    let last = client;
    for (let time = 0; time < 5; time += 1) {
      last.ws.terminate();
      last = await new FrameClient(bridge).begin(token, { sessionId: client.sessionId, received: 0 });
    }
    // Two at once, and then one each half second.
    expect(performance.now() - begin).toBeGreaterThan(1_200);
    expect(last.count(PacketType.RESUMED)).toBe(1);
    // The one that comes while another waits takes its place.
    last.ws.terminate();
    const waiting = new FrameClient(bridge);
    void waiting.begin(token, { sessionId: client.sessionId, received: 0 }).catch(() => {});
    await until(() => waiting.count(PacketType.INFO) === 1, "INFO");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await new FrameClient(bridge).begin(token, { sessionId: client.sessionId, received: 0 });
    expect(bridge.snapshot().sessions).toBe(1);
    expect(waiting.packets.filter((packet) => packet.type === PacketType.CLOSE && packet.reason === CloseReason.SESSION_GONE)).toEqual([]);
  }, 20_000);
});

test("a page goes on through a cut in the middle of what is sent again, and new packets wait behind it", async () => {
  const bridge = await runBridge({ allow: rules(HOST), limits: { bytesPerSecond: 2_097_152 } });
  const content = randomBytes(3_000_000);
  const { port } = await tcpServer((socket) => void socket.end(content));
  const page = new ZoneClient(bridge, { resumes: true });
  const download = await page.connect(HOST, port);
  for (let cut = 0; cut < 4; cut += 1) {
    await download.until(() => download.receivedBytes > (cut * content.length) / 5 || download.hasEnded, "some of it");
    page.ws.terminate();
    await until(() => page.resumptions === cut + 1, "the resumption");
    await page.listen(0);
  }
  await download.until(() => download.hasEnded, "all of it");
  expect(Buffer.concat(download.chunks).equals(content)).toBe(true);
}, 20_000);
