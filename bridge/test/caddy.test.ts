import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bridgeBehind, type BridgeBehind, get, HOST, ProxiedPage, type ProxyAddress, roomsOf } from "./support/proxied-page.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { documentedConfigs, findServer, replaceAll, runServer } from "./support/proxy.ts";
import { until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";

const CADDY = findServer("caddy");

/** What the tests need instead of the internet: certificates of Caddy's own, and free ports of loopback. */
const globalOptions = (port: number): string =>
  ["{", "admin off", "local_certs", "skip_install_trust", "auto_https disable_redirects", "default_bind 127.0.0.1", `https_port ${port}`, "}", ""].join("\n");

/** Caddy in front of bridges, with a site as `docs/deploy.md` has it. */
async function caddy(site: string): Promise<ProxyAddress> {
  const directory = await mkdtemp(join(tmpdir(), "bridge-caddy-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const port = await freePort();
  const file = join(directory, "Caddyfile");
  await writeFile(file, globalOptions(port) + site);
  await runServer(CADDY ?? "caddy", ["run", "--adapter", "caddyfile", "--config", file], port, {
    XDG_DATA_HOME: directory,
    XDG_CONFIG_HOME: directory,
    HOME: directory,
  });
  const proxy = { port, ca: await readFile(join(directory, "caddy", "pki", "authorities", "local", "root.crt")) };
  // The certificate takes a moment.
  await expect
    .poll(async () =>
      get("/", proxy).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(302);
  return proxy;
}

/** The documented site of several bridges, with these. */
function siteOf(...behind: readonly BridgeBehind[]): string {
  return replaceAll(documentedConfigs("caddy")[1] ?? "", { "127.0.0.1:8081 127.0.0.1:8082": behind.map(({ bridge }) => `127.0.0.1:${bridge.port}`).join(" ") });
}

/** Enters each of these rooms once. */
async function enterAll(proxy: ProxyAddress, names: readonly string[]): Promise<void> {
  await Promise.all(names.map(async (name) => new ProxiedPage(proxy, name).ready()));
}

test.skipIf(CADDY === undefined)("behind Caddy (skipped where there is none): TLS, upgrades, and the client's address", async () => {
  const echo = (await tcpServer((socket) => void socket.pipe(socket))).port;
  const { bridge, entries } = await bridgeBehind(60_000, "127.64.0.0/10", echo);
  const proxy = await caddy(replaceAll(documentedConfigs("caddy")[0] ?? "", { "127.0.0.1:8081": `127.0.0.1:${bridge.port}` }));
  const page = await get("/", proxy);
  expect(page.headers).toMatchObject({
    location: expect.stringMatching(/^\/room\//),
    "content-security-policy": expect.stringContaining(`wss://${HOST}:${proxy.port}`),
  });
  expect((await get("/metrics", proxy)).status).toBe(404);
  const client = await new ProxiedPage(proxy, "idle", { "x-forwarded-for": "10.9.9.9" }).ready();
  expect(await client.echo(echo, "through TLS")).toBe("through TLS");
  client.ws.close();
  await until(() => entries.some(({ event }) => event === "session"), "the line about the session");
  // The client's own address: neither the proxy's, nor what the client says.
  expect(entries.find(({ event }) => event === "session")).toMatchObject({ client: "127.0.0.2", streams: 1 });
});

test.skipIf(CADDY === undefined)(
  "behind Caddy (skipped where there is none): a room is on one bridge, rooms are on all, and few move when one comes or goes",
  async () => {
    const echo = (await tcpServer((socket) => void socket.pipe(socket))).port;
    const bridges: BridgeBehind[] = [];
    for (const range of ["127.64.0.0/10", "127.128.0.0/10", "127.192.0.0/10"]) bridges.push(await bridgeBehind(20_000, range, echo));
    const [one, two, three] = bridges as [BridgeBehind, BridgeBehind, BridgeBehind];
    const proxy = await caddy(siteOf(one, two));
    const names = Array.from({ length: 24 }, (_, i) => `room-${i}`);
    await enterAll(proxy, names);
    await enterAll(proxy, names);
    const [onOne, onTwo] = [roomsOf(one).size, roomsOf(two).size];
    expect(onOne + onTwo).toBe(names.length);
    expect(onOne).toBeGreaterThan(0);
    expect(onTwo).toBeGreaterThan(0);
    const wider = await caddy(siteOf(one, two, three));
    await enterAll(wider, names);
    // With a third bridge some rooms move to it, and none between the others.
    expect(roomsOf(three).size).toBeGreaterThan(0);
    expect([roomsOf(one).size, roomsOf(two).size]).toEqual([onOne, onTwo]);
    await two.bridge.close(200);
    await enterAll(proxy, names);
    expect(roomsOf(one).size).toBe(names.length);
  },
);
