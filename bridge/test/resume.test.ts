import { randomBytes } from "node:crypto";
import { encodePacket, PacketType } from "@playground/wire/codec";
import { describe, expect, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { BadNetwork } from "./support/bad-network.ts";
import { seededBytes } from "./support/random.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { sha256 } from "./support/sha256.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** How scripts reach what listens on the bridge's own machine. */
const HOST = "host.zone.internal";

/** A client that comes back, behind a network that a test can cut. */
async function interruptible(bridge: Bridge, options: { room?: string; token?: Uint8Array } = {}) {
  const network = await BadNetwork.between(bridge.port, { seed: 1 });
  const client = new ZoneClient(bridge, { ...options, port: network.port, resumes: true });
  const info = await client.ready;
  return { network, client, info };
}

describe("a WebSocket that is cut", () => {
  test("takes nothing with it: streams go on in both directions, and so do listeners and their ports", async () => {
    const bridge = await runBridge({ allow: rules(HOST) });
    const { network, client } = await interruptible(bridge);
    const { bound, accepted } = await client.listen(0);
    const peer = await tcpClient(bound.address, bound.port);
    await until(() => accepted.length === 1, "an accepted stream");
    const upload = seededBytes(3_000_000, 1);
    const download = seededBytes(3_000_000, 2);
    peer.socket.write(upload);
    const sending = accepted[0]?.sendAll(download);
    for (let cut = 0; cut < 5; cut += 1) {
      const before = client.resumptions;
      network.cut();
      await until(() => client.resumptions > before, "a resumption");
    }
    await sending;
    await until(() => accepted[0]?.receivedBytes === upload.length && peer.bytes().length === download.length, "all bytes");
    expect(sha256(...(accepted[0]?.chunks ?? []))).toBe(sha256(upload));
    expect(sha256(peer.bytes())).toBe(sha256(download));
    expect(client.interruptions).toBe(5);
    expect(client.ended).toBeUndefined();
    expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 1, listeners: 1, sockets: 1 });
    client.session.close();
    await untilEmpty(bridge);
  });

  test("is no time to miss anything: who connects meanwhile arrives, bytes and ends and refusals too", async () => {
    const bridge = await runBridge({ allow: rules(HOST) });
    const { network, client } = await interruptible(bridge);
    const { bound, accepted } = await client.listen(0);
    const { port } = await tcpServer((socket) => socket.end("from the peer"));
    network.down();
    await until(() => client.session.isInterrupted, "the interruption");
    const early = await tcpClient(bound.address, bound.port);
    early.socket.end("early bird");
    const gone = await tcpClient(bound.address, bound.port);
    gone.socket.resetAndDestroy();
    const connecting = client.connect(HOST, port);
    const refusal = client.refusal(HOST, 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(accepted).toHaveLength(0);
    network.up();
    const opened = await connecting;
    await opened.until(() => opened.hasEnded);
    expect(opened.text()).toBe("from the peer");
    expect((await refusal).code).toBe("connection-refused");
    await until(() => accepted.length === 2, "both clients");
    await accepted[0]?.until(() => accepted[0]?.hasEnded === true);
    expect(accepted[0]?.text()).toBe("early bird");
    await accepted[1]?.until(() => accepted[1]?.isClosed === true);
    expect(accepted[1]?.failure?.code).toBe("connection-reset");
  });

  test("does not let the bridge read on: a peer that floods is held up, and memory stays", async () => {
    const bridge = await runBridge({ allow: rules(HOST) });
    const { network, client } = await interruptible(bridge);
    let sent = 0;
    const chunk = Buffer.alloc(65_536);
    const { port } = await tcpServer((socket) => {
      const flood = (): void => {
        while (!socket.destroyed) {
          sent += chunk.length;
          if (!socket.write(chunk)) break;
        }
      };
      socket.on("drain", flood);
      flood();
    });
    const streams = await Promise.all(Array.from({ length: 20 }, () => client.connect(HOST, port)));
    network.down();
    const before = process.memoryUsage().rss;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const settled = sent;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(sent).toBe(settled);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    network.up();
    await until(() => client.resumptions === 1, "the resumption");
    await until(() => sent > settled, "the flood going on");
    for (const { stream } of streams) stream.abort();
  });

  test("is taken for cut when nothing passes any more, and the old one is dropped where it still stands", async () => {
    const bridge = await runBridge({ allow: rules(HOST) });
    const { network, client } = await interruptible(bridge);
    const { bound, accepted } = await client.listen(0);
    network.freeze();
    const peer = await tcpClient(bound.address, bound.port);
    peer.socket.write("over a new way");
    client.session.reconnect();
    await until(() => client.session.isInterrupted, "the interruption");
    // What was frozen passes after all: for a WebSocket that nobody wants any more.
    setTimeout(() => network.thaw(), 300);
    await until(() => client.resumptions === 1, "the resumption");
    await until(() => accepted[0]?.text() === "over a new way", "the bytes");
    expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 1, listeners: 1 });
  });
});

describe("the grace time", () => {
  test("over, everything ends on both sides", async () => {
    const bridge = await runBridge({ allow: rules(HOST), graceMs: 400 });
    const { network, client } = await interruptible(bridge);
    const peers = await tcpServer(() => {});
    const stream = await client.connect(HOST, peers.port);
    await client.listen(0);
    network.down();
    await until(() => client.session.isInterrupted, "the interruption");
    expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 1, listeners: 1 });
    await stream.until(() => stream.isClosed);
    expect(stream.failure?.code).toBe("bridge-lost");
    expect(client.ended?.message).toContain("within 0.4 seconds");
    await untilEmpty(bridge);
  });

  test("over at the bridge only, the client is told when it comes back", async () => {
    const bridge = await runBridge({ graceMs: 100 });
    const { network, client } = await interruptible(bridge);
    // The client learns of the cut only when the bridge has given up already.
    network.freeze();
    client.ws.pause();
    network.cut();
    await untilEmpty(bridge);
    network.thaw();
    client.ws.resume();
    await until(() => client.ended !== undefined, "the end");
    expect(client.ended?.code).toBe("bridge-lost");
  });

  test("does not begin for a client that says goodbye, whichever way", async () => {
    const bridge = await runBridge({ graceMs: 60_000 });
    for (const code of [1000, 1001, 1005]) {
      const { client } = await interruptible(bridge);
      await client.listen(0);
      if (code === 1005) client.ws.close();
      else client.ws.close(code);
      await untilEmpty(bridge);
    }
    const { client } = await interruptible(bridge);
    client.session.close();
    await untilEmpty(bridge);
  });

  test("of 0 means that sessions end with their WebSocket", async () => {
    const bridge = await runBridge({ graceMs: 0 });
    const { network, client } = await interruptible(bridge);
    network.cut();
    await until(() => client.ended !== undefined, "the end");
    await untilEmpty(bridge);
  });

  test("is not for clients of version 1", async () => {
    const bridge = await runBridge({ graceMs: 60_000 });
    const client = new ZoneClient(bridge);
    await client.ready;
    await client.listen(0);
    client.ws.terminate();
    await untilEmpty(bridge);
  });

  test("is not for a client that breaks the protocol, or acknowledges what was never sent", async () => {
    const bridge = await runBridge({ graceMs: 60_000 });
    for (const packet of [
      { type: PacketType.ACK, received: 1_000 },
      { type: PacketType.END, streamId: 77 },
    ] as const) {
      const { client } = await interruptible(bridge);
      await client.listen(0);
      client.ws.send(encodePacket(packet));
      await until(() => client.ended !== undefined, "the end");
      expect(client.ended?.code).toBe("internal");
      await untilEmpty(bridge);
    }
  });

  test("ends when the page ends the session of a program that is away", async () => {
    const bridge = await runBridge({ graceMs: 60_000 });
    const token = randomBytes(16);
    const { network, client, info } = await interruptible(bridge, { token });
    await client.listen(0);
    network.down();
    await until(() => client.session.isInterrupted, "the interruption");
    const page = new ZoneClient(bridge, { token });
    await page.ready;
    page.session.endSession(info.id);
    await until(() => bridge.snapshot().sessions === 1 && bridge.snapshot().listeners === 0, "the end of the session");
    network.up();
    await until(() => client.ended !== undefined, "the client's being told");
    expect(client.ended?.code).toBe("bridge-lost");
  });

  test("ends with the bridge", async () => {
    const bridge = await runBridge({ graceMs: 600_000 });
    const { network, client } = await interruptible(bridge);
    network.down();
    await until(() => client.session.isInterrupted, "the interruption");
    // The test's own limit is shorter than the grace time.
    await bridge.close();
    expect(bridge.snapshot()).toMatchObject({ sessions: 0, listeners: 0, sockets: 0 });
  });
});

describe("a page that goes away", () => {
  test.each(["before", "after"] as const)(
    "is not waited for: a program of it whose WebSocket was cut %s ends at once, one of another page does not",
    async (order) => {
      const bridge = await runBridge({ graceMs: 30_000 });
      const token = randomBytes(16);
      const page = new ZoneClient(bridge, { token });
      await page.ready;
      const program = await interruptible(bridge, { token });
      const stranger = await interruptible(bridge);
      const { bound } = await program.client.listen(0);
      const peer = await tcpClient(bound.address, bound.port);
      await until(() => bridge.snapshot().streams === 1, "the connection");
      stranger.network.down();
      if (order === "before") program.network.down();
      await until(() => bridge.snapshot().detached === (order === "before" ? 2 : 1), "the cut");
      page.session.leave();
      await until(() => bridge.snapshot().sessions === (order === "before" ? 1 : 2), "the end of the page's session");
      // A worker that still says goodbye is heard.
      if (order === "after") {
        expect(bridge.snapshot()).toMatchObject({ streams: 1, listeners: 1 });
        program.network.down();
      }
      await peer.ended;
      await until(() => bridge.snapshot().sessions === 1, "the end of the program's session");
      expect(bridge.snapshot()).toMatchObject({ streams: 0, listeners: 0, detached: 1 });
    },
  );

  test("takes no session with it that only ends itself", async () => {
    const bridge = await runBridge({ graceMs: 30_000 });
    const token = randomBytes(16);
    const page = new ZoneClient(bridge, { token });
    await page.ready;
    const { network, client } = await interruptible(bridge, { token });
    await client.listen(0);
    page.session.close();
    await until(() => bridge.snapshot().sessions === 1, "the end of the page's session");
    network.cut();
    await until(() => client.resumptions === 1, "a resumption");
    expect(bridge.snapshot()).toMatchObject({ sessions: 1, listeners: 1 });
  });
});
