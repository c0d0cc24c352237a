import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { Ledger } from "../src/client/ledger.ts";
import { CONNECTIONS } from "../src/client/waiting-kinds.ts";
import { type Place, WaitingPlaces } from "../src/client/waiting-places.ts";
import { type Bridge, DEFAULT_LIMITS } from "../src/index.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

const ATTACKER = "127.0.0.2";
const OTHER = "127.0.0.3";

/** TCP connections that send just this. */
async function rawConnections(bridge: Bridge, count: number, text: string, localAddress = ATTACKER): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect({ host: "127.0.0.1", port: bridge.port, localAddress }));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  for (const socket of sockets) socket.on("error", () => {}).pause();
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, "connect"), once(socket, "close")])));
  for (const socket of sockets) socket.write(text);
  return sockets;
}

async function get(bridge: Bridge, path: string, localAddress: string): Promise<{ status: number; bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const sent = request({ host: "127.0.0.1", port: bridge.port, path, localAddress, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks).length, text: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** A page with one big file. */
function pageOf(bytes: number): string {
  const directory = mkdtempSync(join(tmpdir(), "page-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, "big.bin"), randomBytes(bytes));
  return directory;
}

/** What opens a WebSocket that then says nothing. */
const UPGRADE =
  "GET /room/quiet/ HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: wisp-v2\r\n\r\n";
const GET = "GET /big.bin HTTP/1.1\r\nhost: localhost\r\n\r\n";

test("1,010 WebSockets of one address that say nothing keep nobody out: not others, not who comes back, and not their neighbours", async () => {
  const bridge = await runBridge({ graceMs: 60_000 });
  const [member, neighbour] = [new ZoneClient(bridge, { resumes: true }), new ZoneClient(bridge, { resumes: true, localAddress: ATTACKER })];
  await Promise.all([member.ready, neighbour.ready]);
  await rawConnections(bridge, 1_010, UPGRADE);
  await until(() => bridge.snapshot().handshakes >= 400, "the share to be used up");
  for (const client of [member, neighbour]) client.ws.terminate();
  await until(() => member.resumptions === 1 && neighbour.resumptions === 1, "both back");
  await Promise.all([
    new ZoneClient(bridge).ready,
    new ZoneClient(bridge, { localAddress: ATTACKER }).ready,
    new ZoneClient(bridge, { localAddress: OTHER }).ready,
  ]);
  await until(() => bridge.snapshot().handshakes <= 400, "no more than the share");
}, 30_000);

test("a bridge full of handshakes lets the next one in, at the cost of the address with most, and tells who was silent longest", async () => {
  const bridge = await runBridge({ limits: { handshakes: 20, handshakesPerAddress: 15 } });
  const silent = (localAddress: string): WebSocket => {
    const ws = new WebSocket(`${bridge.url.replace("http", "ws")}room/quiet/`, "wisp-v2", { localAddress });
    onTestFinished(() => ws.terminate());
    return ws;
  };
  const [longest, ofOther] = [silent(ATTACKER), silent(OTHER)];
  const told = once(longest, "close");
  await Promise.all([once(longest, "open"), once(ofOther, "open")]);
  await rawConnections(bridge, 40, UPGRADE);
  expect(String((await told)[1])).toMatch(/^Your network's address has 15 WebSockets that have said nothing yet/);
  const more = Array.from({ length: 6 }, () => silent("127.0.0.1"));
  await Promise.all(more.map((socket) => once(socket, "open")));
  expect(bridge.snapshot().handshakes).toBe(20);
  expect([ofOther, ...more].every((socket) => socket.readyState === WebSocket.OPEN)).toBe(true);
});

test("answers that nobody reads hold no more than a share of the connections, and a neighbour comes before the oldest of them", async () => {
  const bridge = await runBridge({ page: pageOf(8 * 1024 * 1024), limits: { sessions: 1, connectionsPerAddress: 60 } });
  await rawConnections(bridge, 2_010, GET);
  expect((await get(bridge, "/big.bin", OTHER)).bytes).toBe(8 * 1024 * 1024);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect((await get(bridge, "/healthz", ATTACKER)).status).toBe(200);
}, 30_000);

test("a client that reads nothing, or next to nothing, of its answer is cut, and one that reads slowly is not", async () => {
  const size = 12 * 1024 * 1024;
  const bridge = await runBridge({ page: pageOf(size) });
  const [nothing] = await rawConnections(bridge, 1, GET);
  const [slow] = await rawConnections(bridge, 1, GET, OTHER);
  let received = 0;
  const pace = setInterval(() => (received += (slow?.read() as Buffer | null)?.length ?? 0), 100);
  onTestFinished(() => clearInterval(pace));
  await new Promise((resolve) => setTimeout(resolve, 10_500));
  expect(slow?.destroyed).toBe(false);
  // What the kernels have taken comes still, and then the cut.
  let taken = 0;
  nothing?.on("data", (chunk: Buffer) => (taken += chunk.length)).resume();
  await once(nothing as Socket, "close");
  expect(taken).toBeLessThan(size);
}, 30_000);

test("requests that come all at once on one connection are not answered without end", async () => {
  const bridge = await runBridge({ page: pageOf(1024) });
  const [socket] = await rawConnections(bridge, 1, GET.repeat(500));
  let text = "";
  socket?.on("data", (chunk: Buffer) => (text += chunk.toString("latin1"))).resume();
  await once(socket as Socket, "close");
  expect(text.split("HTTP/1.1 200").length).toBeLessThan(50);
});

test("connections that send nothing give way to those of the same address that do", async () => {
  const bridge = await runBridge({ limits: { connectionsPerAddress: 10 } });
  const sockets = await rawConnections(bridge, 30, "");
  expect((await get(bridge, "/healthz", ATTACKER)).status).toBe(200);
  await until(() => sockets.filter((socket) => socket.resume().destroyed).length >= 20, "the oldest to be cut");
});

test("32 projects that are sent byte by byte do not stop short links for others, nor for their neighbours, and are given up", async () => {
  const directory = mkdtempSync(join(tmpdir(), "scripts-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const bridge = await runBridge({ scripts: { kind: "files", directory } });
  const head = "POST /api/scripts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{";
  const sockets = await rawConnections(bridge, 32, head);
  const answers = sockets.map(async (socket) => String((await once(socket.resume(), "data"))[0]));
  const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write(" ")), 50);
  onTestFinished(() => clearInterval(drip));
  const post = async (localAddress: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        version: 1,
        project: { files: [{ name: "main.luau", source: `print("${localAddress} ${performance.now()}")`, program: true }] },
      });
      const sent = request(
        {
          host: "127.0.0.1",
          port: bridge.port,
          path: "/api/scripts",
          method: "POST",
          localAddress,
          headers: { "content-type": "application/json" },
          agent: new Agent(),
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  expect([await post(OTHER), await post(ATTACKER)]).toEqual([201, 201]);
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 408/);
  expect(await post(OTHER)).toBe(201);
}, 30_000);

test("what is being served keeps its place for a while, and a newcomer of its address is told why it gets none", () => {
  const limits = { ...DEFAULT_LIMITS, connections: 4, connectionsPerAddress: 2 };
  const ledger = new Ledger(limits);
  const gone: string[] = [];
  const places = new WaitingPlaces(limits, { ...CONNECTIONS, servedMs: 60_000 });
  const take = (address: string, name: string): Place => {
    const place = places.take(ledger.of(address), () => gone.push(name));
    if ("code" in place) throw new Error(place.message);
    return place;
  };
  const [first, second] = [take(ATTACKER, "first"), take(ATTACKER, "second")];
  first.serve();
  second.serve();
  expect(() => take(ATTACKER, "third")).toThrow(/has 2 HTTP connections.*--max-connections-per-address/);
  first.wait();
  take(ATTACKER, "third").serve();
  expect(gone).toEqual(["first"]);
  first.leave();
  // The process is full; only one that waits gives way, also to an address that has none.
  const fourth = take(OTHER, "fourth");
  fourth.serve();
  take(OTHER, "fifth").serve();
  expect(() => take("127.0.0.4", "sixth")).toThrow(/The bridge has 4 HTTP connections.*--max-connections\./);
  second.wait();
  take("127.0.0.4", "sixth");
  expect(gone).toEqual(["first", "second"]);
  expect(places.size).toBe(4);
});
