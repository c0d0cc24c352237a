import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PacketType, StreamType } from "@playground/wire/codec";
import { describe, expect, test } from "vitest";
import { rounds } from "../../scripts/rounds.ts";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { bridgeChild } from "./support/bridge-child.ts";
import { RawClient } from "./support/raw-client.ts";
import { until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const HOST = "host.zone.internal";
const STREAMS = 20;
/** How long peers go on flooding after they are held up, ms. */
const FLOOD_MS = rounds({ short: 500, full: 2_500 });
/** How long nothing is taken from peers that are held up, ms. */
const QUIET_MS = 500;
/** What the bridge may grow by meanwhile, bytes. */
const GROWTH_LIMIT = 50 * 1024 * 1024;

/** A peer that writes as fast as the kernel takes it, for as long as the test lasts. */
async function floodingPeer(): Promise<{ port: number; written: () => number }> {
  const block = Buffer.alloc(65_536);
  let written = 0;
  const flood = (socket: Socket): void => {
    while (!socket.destroyed) {
      written += block.length;
      if (!socket.write(block)) return;
    }
  };
  const { port } = await tcpServer((socket) => {
    socket.on("drain", () => flood(socket));
    flood(socket);
  });
  return { port, written: () => written };
}

/** Waits until peers that want to write cannot, for a while; gives what they have written. */
async function heldUp(written: () => number): Promise<number> {
  for (let before = -1; before !== written();) {
    before = written();
    await sleep(QUIET_MS);
  }
  return written();
}

describe.runIf(process.platform === "linux")("a client that stops reading while its peers flood costs the bridge no memory", () => {
  const clients: [string, (bridge: Awaited<ReturnType<typeof bridgeChild>>["bridge"], port: number) => Promise<() => void>][] = [
    [
      "a script that does not call update()",
      async (bridge, port) => {
        const client = new ZoneClient(bridge);
        const streams = await Promise.all(Array.from({ length: STREAMS }, () => client.connect(HOST, port)));
        for (const stream of streams) stream.takes = false;
        return () => client.ws.terminate();
      },
    ],
    [
      "a page that hangs",
      async (bridge, port) => {
        const client = new ZoneClient(bridge, { resumes: true, window: 16_777_216 });
        await Promise.all(Array.from({ length: STREAMS }, () => client.connect(HOST, port)));
        client.ws.pause();
        return () => client.session.close();
      },
    ],
    [
      "a plain client, which has no window",
      async (bridge, port) => {
        const client = new RawClient(bridge, undefined);
        await client.open;
        for (let streamId = 1; streamId <= STREAMS; streamId += 1)
          client.send({ type: PacketType.CONNECT, streamId, streamType: StreamType.TCP, host: HOST, port });
        await until(() => client.packets.length > STREAMS, "bytes");
        client.ws.pause();
        return () => client.ws.terminate();
      },
    ],
  ];

  test.each(clients)(
    "%s",
    async (_who, start) => {
      const peer = await floodingPeer();
      const { bridge, residentBytes, health } = await bridgeChild("--allow", `${HOST}:${peer.port}`);
      // A session before it, so that compiled code and the like are not counted.
      const early = new ZoneClient(bridge);
      await (await early.connect(HOST, peer.port)).until(() => true);
      early.session.close();
      const before = residentBytes();
      const leave = await start(bridge, peer.port);
      const settled = await heldUp(peer.written);
      await sleep(FLOOD_MS);
      expect(residentBytes() - before).toBeLessThan(GROWTH_LIMIT);
      // The peers have been held up, not read and thrown away.
      expect(peer.written()).toBe(settled);
      expect(await health()).toMatchObject({ streams: STREAMS });
      leave();
      await expect.poll(async () => (await health())["sockets"], { timeout: PATIENCE_MS }).toBe(0);
    },
    60_000,
  );
});
