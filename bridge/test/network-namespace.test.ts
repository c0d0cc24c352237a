import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Bridge } from "../src/index.ts";
import { bridgeChild } from "./support/bridge-child.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { documentedConfigs } from "./support/proxy.ts";
import { until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { RefusedError, ZoneClient } from "./support/zone-client.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
/** Where Debian keeps what carries connections into a namespace, as the unit in `docs/deploy.md` has it. */
const DOOR = "/lib/systemd/systemd-socket-proxyd";
/** The bridge's port in the namespace, which nobody else is in. */
const PORT = 8_081;
/** An operator, or the bridge's code, who has got it all wrong. */
const ALL_OPEN = ["--allow", "host.zone.internal", "--allow", "0.0.0.0/0", "--allow", "10.0.0.0/8", "--allow", "172.16.0.0/12", "--allow", "192.168.0.0/16"];

/** Why no namespace can be made here; undefined: it can. */
function whyNot(): string | undefined {
  if (process.platform !== "linux") return "not Linux";
  if (process.getuid?.() !== 0) return "not root";
  if (!existsSync(DOOR)) return `no ${DOOR}`;
  return spawnSync("unshare", ["-n", "ip", "link", "set", "lo", "up"]).status === 0 ? undefined : "namespaces are not allowed here";
}

const REASON = whyNot();

/** A bridge in a namespace with nothing but loopback, and a port outside of it that leads in. */
async function bridgeInNamespace(): Promise<Bridge> {
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge"], { cwd: ROOT });
  const inside = spawn("unshare", [
    "-n",
    "sh",
    "-c",
    'ip link set lo up && exec "$@"',
    "sh",
    process.execPath,
    MAIN,
    "--port",
    String(PORT),
    "--trusted-proxy",
    "127.0.0.1",
    ...ALL_OPEN,
  ]);
  onTestFinished(() => void inside.kill("SIGKILL"));
  let out = "";
  inside.stdout.on("data", (data: Buffer) => (out += data.toString()));
  await until(() => out.includes("\n"), "the link");
  const port = await freePort();
  const unit = documentedConfigs("ini").find((text) => text.includes(DOOR)) ?? "";
  const command = /^ExecStart=(.+)$/m.exec(unit)?.[1]?.split(" ") ?? [];
  // What systemd does with the units: it listens outside, and runs the program inside.
  const door = spawn("systemd-socket-activate", ["-l", `127.0.0.1:${port}`, "nsenter", "-t", String(inside.pid), "-n", ...command], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void door.kill("SIGKILL"));
  let told = "";
  door.stderr.on("data", (data: Buffer) => (told += data.toString()));
  await until(() => told.includes("Listening"), "the door");
  return { url: `http://127.0.0.1:${port}/`, port } as Bridge;
}

/** What becomes of a connection that a script asks for. */
async function reached(bridge: Bridge, host: string, port: number): Promise<string> {
  try {
    (await new ZoneClient(bridge).connect(host, port)).stream.abort();
    return "connected";
  } catch (error) {
    if (error instanceof RefusedError) return error.failure.code;
    throw error;
  }
}

test.skipIf(REASON !== undefined)(
  `a bridge in a network namespace serves its rooms and reaches nothing else, whatever it allows${REASON === undefined ? "" : ` (skipped: ${REASON})`}`,
  async () => {
    let visits = 0;
    const { port } = await tcpServer(() => void (visits += 1), "0.0.0.0");
    const outward = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each?.family === "IPv4" && !each.internal)
      .map((each) => each?.address ?? "");
    const hosts = ["host.zone.internal", ...outward];

    const bridge = await bridgeInNamespace();
    const server = new ZoneClient(bridge);
    const { bound, accepted } = await server.listen(8_080);
    const client = await new ZoneClient(bridge).connect(bound.address, bound.port);
    client.stream.send(Buffer.from("hello"));
    await until(() => accepted[0]?.text() === "hello", "the words");
    for (const host of hosts) expect(await reached(bridge, host, port), host).not.toBe("connected");
    expect(visits).toBe(0);

    // Without the namespace the same options lead there.
    const open = await bridgeChild(...ALL_OPEN);
    expect(await reached(open.bridge, "host.zone.internal", port)).toBe("connected");
    // The bridge, another process, may hear of it first.
    await until(() => visits > 0, "the visit");
    expect(visits).toBe(1);
  },
);
