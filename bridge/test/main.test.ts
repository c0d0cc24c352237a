import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { FLUSH_STALL_MS } from "@playground/tcp";
import { buildText } from "../../scripts/setup/commit.mjs";
import { until } from "./support/running-bridge.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** The command line as it is started by `npm start`. */
interface Started {
  readonly process: ChildProcess;
  out(): string;
  err(): string;
  readonly exit: Promise<number | null>;
}

function start(args: readonly string[], environment: Record<string, string> = {}, main = MAIN): Started {
  // What Node runs is compiled; the tests of everything else read the sources.
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge"], { cwd: ROOT });
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env["PATH"] ?? "", ...environment } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  return { process: child, out: () => out, err: () => err, exit: new Promise((resolve) => void child.on("close", resolve)) };
}

test.each(["SIGINT", "SIGTERM"] as const)("one line with the link once ready; %s closes every socket and ends at once", async (signal) => {
  const other = await withSlowPeer();
  const bridge = start(["--port", "0", "--network", "host"]);
  await until(() => bridge.out().includes("\n"), "the link");
  const url = /^Zone Playground is ready: (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(bridge.out())?.[1] ?? "";
  const client = new ZoneClient({ url } as never);
  const { bound } = await client.listen(0);
  const peer = await tcpClient(bound.address, bound.port);
  other.bridge.process.kill(signal);
  bridge.process.kill(signal);
  // It does not wait for the time that a peer with bytes to come has.
  expect(await Promise.race([bridge.exit.then((status) => ({ status })), other.bridge.exit.then(() => "the other was first")])).toEqual({ status: 0 });
  await peer.ended;
  await until(() => client.ended !== undefined, "the client's notice");
  expect(client.ended?.code).toBe("bridge-lost");
  expect(bridge.out().split("\n")).toHaveLength(2);
  const lines = bridge
    .err()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event !== "root");
  expect(lines).toMatchObject([
    { event: "stop", signal },
    { level: "info", event: "session", session: 1, mode: "zone", client: "127.0.0.1", listeners: 1, streams: 1, reason: expect.stringContaining("stopped") },
  ]);
});

test("a port that is taken says what to do, exit 1", async () => {
  const { port } = await tcpServer(() => {});
  const bridge = start(["--port", String(port)]);
  expect(await bridge.exit).toBe(1);
  expect(bridge.err()).toContain(`Port ${port} on 127.0.0.1 is already in use`);
  expect(bridge.err()).toContain("--port 0");
  const elsewhere = start(["--port", "0", "--host", "203.0.113.9"]);
  expect(await elsewhere.exit).toBe(1);
  expect(elsewhere.err()).toContain("203.0.113.9 is not an address of this machine");
});

test("bad values are listed, exit 2; help and version, exit 0", async () => {
  const wrong = start(["--port", "x", "--allow", "a:b"], { ZONE_NETWORK: "mesh" });
  expect(await wrong.exit).toBe(2);
  expect(wrong.err().trim().split("\n")).toHaveLength(3);
  expect(wrong.out()).toBe("");
  const help = start(["--help"]);
  expect(await help.exit).toBe(0);
  expect(help.out()).toContain("--allow TARGET");
  const version = start(["--version"]);
  expect(await version.exit).toBe(0);
  expect(version.out()).toMatch(/^\d+\.\d+\.\d+( \([0-9a-f]{7}\+?\))?\n$/);
});

test("the version is told with the commit that the build left beside the program, and alone where there is none", async () => {
  await start(["--help"]).exit;
  // A copy, so that what others start of this one stays as it is.
  const folder = mkdtempSync(join(ROOT, "bridge/node_modules/built-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(MAIN, ".."), join(folder, "dist"), { recursive: true });
  cpSync(join(ROOT, "bridge/package.json"), join(folder, "package.json"));
  const main = join(folder, "dist/main.js");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const told = async (): Promise<string> => {
    const bridge = start(["--version"], {}, main);
    await bridge.exit;
    return bridge.out();
  };
  writeFileSync(join(folder, "dist/build.json"), buildText("4390acb+"));
  expect(await told()).toBe(`${version} (4390acb+)\n`);
  const bridge = start(["--port", "0"], {}, main);
  await until(() => bridge.out().includes("\n"), "the link");
  const link = /http\S+\//.exec(bridge.out())?.[0] ?? "";
  expect(await (await fetch(`${link}healthz`)).json()).toMatchObject({ version, commit: "4390acb+" });
  expect(await (await fetch(`${link}metrics`)).text()).toContain(`zone_build_info{version="${version}",commit="4390acb+",network="`);
  writeFileSync(join(folder, "dist/build.json"), buildText());
  expect(await told()).toBe(`${version}\n`);
  rmSync(join(folder, "dist/build.json"));
  expect(await told()).toBe(`${version}\n`);
});

/** A bridge with a peer that does not read, and a client that has sent it all it could. */
async function withSlowPeer(): Promise<{ bridge: Started; url: string; sockets: ReadonlySet<Socket>; client: ZoneClient }> {
  const { port, sockets } = await tcpServer((socket) => void socket.pause());
  const bridge = start(["--port", "0", "--network", "host", "--allow", `host.zone.internal:${port}`]);
  await until(() => bridge.out().includes("\n"), "the link");
  const url = /http\S+/.exec(bridge.out())?.[0] ?? "";
  const client = new ZoneClient({ url } as never);
  const stream = await client.connect("host.zone.internal", port);
  void stream.sendAll(Buffer.alloc(64 * 1024 * 1024)).catch(() => {});
  let before = 0;
  // The window is spent when nothing moves any more.
  for (let same = 0; same < 5;) {
    const { bufferedBytes } = (await (await fetch(`${url}healthz`)).json()) as { bufferedBytes: number };
    same = bufferedBytes > 0 && bufferedBytes === before ? same + 1 : 0;
    before = bufferedBytes;
  }
  return { bridge, url, sockets, client };
}

test("a bridge that is stopped brings out what a slow peer has still to get, refuses whoever comes, and ends", async () => {
  const { bridge, url, sockets } = await withSlowPeer();
  const [peer] = sockets;
  if (peer === undefined) throw new Error("there is no peer");
  const metrics = await (await fetch(`${url}metrics`)).text();
  const sent = Number(/^zone_bytes_total\{from="client"\} (\d+)$/m.exec(metrics)?.[1]);
  expect(sent).toBeGreaterThan(0);
  bridge.process.kill("SIGTERM");
  await until(() => bridge.err().includes('"event":"stop"'), "the stop");
  await expect(fetch(`${url}healthz`)).rejects.toThrow();
  let received = 0;
  let hasEnded = false;
  peer.on("data", (data: Buffer) => (received += data.length));
  peer.on("end", () => {
    hasEnded = true;
    peer.end();
  });
  peer.resume();
  expect(await bridge.exit).toBe(0);
  await until(() => hasEnded, "the orderly end");
  expect(received).toBe(sent);
});

test(
  "a peer that never reads keeps a bridge no longer than five seconds, and a second signal ends it at once",
  async () => {
    const [one, two] = await Promise.all([withSlowPeer(), withSlowPeer()]);
    const began = Date.now();
    one.bridge.process.kill("SIGTERM");
    two.bridge.process.kill("SIGINT");
    await until(() => two.bridge.err().includes('"event":"stop"'), "the stop");
    two.bridge.process.kill("SIGINT");
    // Both were told to stop at the same time, and have a peer that does not read.
    expect(await Promise.race([one, two].map(({ bridge }) => bridge.exit.then((status) => ({ bridge, status }))))).toEqual({ bridge: two.bridge, status: 0 });
    expect(await one.bridge.exit).toBe(0);
    const took = Date.now() - began;
    expect(took).toBeGreaterThan(2_000);
    // Else it would wait until the peer is given up.
    expect(took).toBeLessThan(FLUSH_STALL_MS);
  },
  2 * FLUSH_STALL_MS,
);
