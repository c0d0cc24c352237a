import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
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

function start(args: readonly string[], environment: Record<string, string> = {}): Started {
  // What Node runs is compiled; the tests of everything else read the sources.
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge"], { cwd: ROOT });
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env["PATH"] ?? "", ...environment } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  return { process: child, out: () => out, err: () => err, exit: new Promise((resolve) => void child.on("close", resolve)) };
}

test.each(["SIGINT", "SIGTERM"] as const)("one line with the link once ready; %s closes every socket and ends at once", async (signal) => {
  const bridge = start(["--port", "0", "--network", "host"]);
  await until(() => bridge.out().includes("\n"), "the link");
  const url = /^Zone Playground is ready: (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(bridge.out())?.[1] ?? "";
  const client = new ZoneClient({ url } as never);
  const { bound } = await client.listen(0);
  const peer = await tcpClient(bound.address, bound.port);
  const started = Date.now();
  bridge.process.kill(signal);
  expect(await bridge.exit).toBe(0);
  expect(Date.now() - started).toBeLessThan(1_000);
  await peer.ended;
  await until(() => client.ended !== undefined, "the client's notice");
  expect(client.ended?.code).toBe("bridge-lost");
  expect(bridge.out().split("\n")).toHaveLength(2);
  const lines = bridge.err().trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([{ event: "stop", signal }, { level: "info", event: "session", session: 1, mode: "zone", client: "127.0.0.1", listeners: 1, streams: 1, reason: expect.stringContaining("stopped") }]);
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
  expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
});
