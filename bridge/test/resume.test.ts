import { createHash, randomBytes } from "node:crypto";
import { CloseReason, decodePacket, encodeClientMetadata, encodePacket, type Packet, PacketType } from "@playground/wire/codec";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { rounds } from "../../scripts/rounds.ts";
import type { Bridge } from "../src/index.ts";
import { BadNetwork } from "./support/bad-network.ts";
import { seededBytes } from "./support/random.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** How scripts reach what listens on the bridge's own machine. */
const HOST = "host.zone.internal";

const sha256 = (...chunks: Uint8Array[]): string => {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
};

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
    for (const packet of [{ type: PacketType.ACK, received: 1_000 }, { type: PacketType.END, streamId: 77 }] as const) {
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
    const secrets = [Buffer.from(ready.sessionId), token].flatMap((secret) => [secret.toString("hex"), secret.toString("base64"), secret.toString("base64url")]);
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
  });
});

/** Cuts over all transfers of the test below. */
const CUTS = rounds({ short: 150, full: 1_000 });
/** Clients at a time, each behind a network of its own: most of the time passes in waiting to come back. */
const CLIENTS = 10;

test(`${CUTS} cuts at random places lose and double no byte`, { timeout: 240_000 }, async () => {
  const bridge = await runBridge({ allow: rules(HOST), limits: { sessions: 2_000, sessionsPerMachine: 2_000 } });
  const sources = await tcpServer((socket) => {
    // Asked by a line for so many bytes of a seed, sends them and FIN.
    socket.once("data", (line: Buffer) => {
      const [length, seed] = line.toString().split(" ").map(Number);
      socket.end(seededBytes(length ?? 0, seed ?? 0));
    });
  });
  const echo = await tcpServer((socket) => void socket.pipe(socket));
  let transfers = 0;
  let bytes = 0;
  const networks: BadNetwork[] = [];
  const total = (): number => networks.reduce((sum, { cuts }) => sum + cuts, 0);
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) => {
      // The handshake of a new session is not resumed; so the first connection is left alone.
      let connections = 0;
      const network = await BadNetwork.between(bridge.port, {
        seed: 1_000 + index,
        // One in four is cut during the handshake or right after it.
        cutAfter: (random) => (connections++ === 0 ? 100_000 : random() < 0.25 ? Math.floor(random() * 1_500) : 1_500 + Math.floor(random() * 150_000)),
        halved: 0.5,
        delayed: 0.1,
        delayMs: 5,
        stalled: 0.02,
        stallMs: 40,
      });
      networks.push(network);
      const client = new ZoneClient(bridge, { port: network.port, resumes: true, room: `storm-${index}` });
      await client.ready;
      const { bound, accepted } = await client.listen(0);
      for (let round = 0; total() < CUTS; round += 1) {
        const seed = index * 10_000 + round;
        const size = 20_000 + ((seed * 7_919) % 400_000);
        const wanted = sha256(seededBytes(size, seed));
        await Promise.all([
          (async () => {
            const download = await client.connect(HOST, sources.port);
            await download.sendAll(Buffer.from(`${size} ${seed}`));
            await download.until(() => download.hasEnded, `download ${seed}`, 60_000);
            expect(sha256(...download.chunks)).toBe(wanted);
            download.stream.end();
          })(),
          (async () => {
            const both = await client.connect(HOST, echo.port);
            await both.sendAll(seededBytes(size, seed));
            both.stream.end();
            await both.until(() => both.isClosed, `echo ${seed}`, 60_000);
            expect(both.failure).toBeUndefined();
            expect(sha256(...both.chunks)).toBe(wanted);
          })(),
          (async () => {
            const place = accepted.length;
            const peer = await tcpClient(bound.address, bound.port);
            peer.socket.end(seededBytes(size, seed));
            await until(() => accepted.length > place, `an accepted stream in ${seed}`, 60_000);
            const stream = accepted[place];
            await stream?.until(() => stream.hasEnded, `upload ${seed}`, 60_000);
            expect(sha256(...(stream?.chunks ?? []))).toBe(wanted);
            stream?.stream.send(Buffer.from("thanks"));
            stream?.stream.end();
            await peer.ended;
            expect(peer.bytes().toString()).toBe("thanks");
          })(),
        ]);
        transfers += 3;
        bytes += 4 * size;
      }
      expect(client.ended).toBeUndefined();
      expect(client.session.stats.streams).toBe(0);
      client.session.close();
    }),
  );
  expect(total()).toBeGreaterThanOrEqual(CUTS);
  expect(transfers).toBeGreaterThan(CUTS / 20);
  expect(bytes).toBeGreaterThan(CUTS * 10_000);
  await untilEmpty(bridge);
});

describe("a page that goes away", () => {
  test.each(["before", "after"] as const)("is not waited for: a program of it whose WebSocket was cut %s ends at once, one of another page does not", async (order) => {
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
  });

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
