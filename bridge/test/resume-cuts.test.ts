import { expect, test } from "vitest";
import { rounds } from "../../scripts/rounds.ts";
import { BadNetwork } from "./support/bad-network.ts";
import { seededBytes } from "./support/random.ts";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { sha256 } from "./support/sha256.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** How scripts reach what listens on the bridge's own machine. */
const HOST = "host.zone.internal";

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
      const client = new ZoneClient(bridge, { port: network.port, resumes: true, room: `storm-${index}`, window: 16_384 });
      await client.ready;
      const { bound, accepted } = await client.listen(0);
      for (let round = 0; total() < CUTS; round += 1) {
        const seed = index * 10_000 + round;
        const size = 20_000 + ((seed * 7_919) % 400_000);
        const wanted = sha256(seededBytes(size, seed));
        await Promise.all([
          (async () => {
            const download = await client.connect(HOST, sources.port);
            // As a script reads, so that its window grows and shrinks.
            download.takes = false;
            let frame = 0;
            const frames = setInterval(() => download.takeHeld(frame++ % 8 < 6 ? "wider" : "narrower"), 3);
            try {
              await download.sendAll(Buffer.from(`${size} ${seed}`));
              await download.until(() => download.hasEnded, `download ${seed}`, 60_000);
            } finally {
              clearInterval(frames);
            }
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
