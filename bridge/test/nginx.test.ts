import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PacketType } from "@playground/wire/codec";
import { expect, test } from "vitest";
import { NGINX, runNginx } from "./support/nginx.ts";
import { type BridgeBehind, bridgeBehind, get, HOST, ProxiedPage, type ProxyAddress, roomsOf } from "./support/proxied-page.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { documentedConfigs, replaceAll, temporaryDirectory } from "./support/proxy.ts";
import { until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";

/** Bridges behind nginx. */
interface Site extends ProxyAddress {
  readonly bridges: readonly [BridgeBehind, BridgeBehind];
  readonly echo: number;
  /** Where it takes plain HTTP. */
  readonly plainPort: number;
  /** Another nginx before the same bridges and others. */
  withMore(...bridges: readonly BridgeBehind[]): Promise<ProxyAddress>;
}

/** Two bridges behind nginx as `docs/deploy.md` has it. The first pings more often than nginx waits, the second does not. */
async function site(changes: Readonly<Record<string, string>> = {}): Promise<Site> {
  const directory = await temporaryDirectory();
  const [key, certificate] = [join(directory, "key.pem"), join(directory, "certificate.pem")];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      `/CN=${HOST}`,
      "-addext",
      `subjectAltName=DNS:${HOST}`,
      "-keyout",
      key,
      "-out",
      certificate,
    ],
    { stdio: "ignore" },
  );
  const echo = (await tcpServer((socket) => void socket.pipe(socket))).port;
  const bridges = [await bridgeBehind(250, "127.64.0.0/10", echo), await bridgeBehind(20_000, "127.128.0.0/10", echo)] as const;
  const ca = readFileSync(certificate);
  const start = async (more: readonly BridgeBehind[]): Promise<ProxyAddress & { plainPort: number }> => {
    const [port, plainPort] = [await freePort(), await freePort()];
    const second = `server 127.0.0.1:${bridges[1].bridge.port};`;
    const config = replaceAll(documentedConfigs("nginx")[0] ?? "", {
      "listen 80;": `listen 127.0.0.1:${plainPort};`,
      "    listen [::]:80;\n": "",
      "listen 443 ssl;": `listen 127.0.0.1:${port} ssl;`,
      "    listen [::]:443 ssl;\n": "",
      "127.0.0.1:8081": `127.0.0.1:${bridges[0].bridge.port}`,
      "server 127.0.0.1:8082;": [second, ...more.map(({ bridge }) => `server 127.0.0.1:${bridge.port};`)].join(" "),
      "/etc/ssl/zone/fullchain.pem": certificate,
      "/etc/ssl/zone/privkey.pem": key,
      "proxy_read_timeout 60s;": "proxy_read_timeout 1s;",
      ...changes,
    });
    await runNginx(NGINX ?? "nginx", await temporaryDirectory(), config, port);
    return { port, plainPort, ca };
  };
  return { ...(await start([])), bridges, echo, withMore: async (...more) => start(more) };
}

if (NGINX === undefined && process.env["CI"] !== undefined) throw new Error("nginx is not installed, and in CI these tests have to run");

test.skipIf(NGINX === undefined)(
  "behind Debian's nginx (skipped where there is no nginx): TLS, upgrades, the client's address, and silence that pings keep alive",
  async () => {
    const proxy = await site();
    const { bridges, echo } = proxy;
    const page = await get("/", proxy);
    expect(page).toMatchObject({
      status: 302,
      headers: { location: expect.stringMatching(/^\/room\//), "content-security-policy": expect.stringContaining(`wss://${HOST}:${proxy.port}`) },
    });
    expect((await get("/metrics", proxy)).status).toBe(404);

    // Rooms are tried until there is one on each bridge.
    const found: (ProxiedPage | undefined)[] = [undefined, undefined];
    for (let i = 0; found.includes(undefined); i += 1) {
      const before = bridges[0].bridge.snapshot().sessions;
      const client = await new ProxiedPage(proxy, `idle-${i}`, { "x-forwarded-for": "10.9.9.9" }).ready();
      found[bridges[0].bridge.snapshot().sessions > before ? 0 : 1] ??= client;
    }
    const [kept, cut] = found as [ProxiedPage, ProxiedPage];
    // Nothing but pings for three times as long as nginx waits: without them it cuts.
    await until(() => kept.pings >= 12, "twelve pings");
    expect(kept.isClosed).toBe(false);
    await until(() => cut.isClosed, "the cut of the one that is not pinged");
    expect(await kept.echo(echo, "through TLS")).toBe("through TLS");
    kept.ws.close();
    await until(() => bridges[0].entries.some(({ event, streams }) => event === "session" && streams === 1), "the line about the session");
    // The client's own address: neither the proxy's, nor what the client says.
    for (const { entries } of bridges) for (const { event, client } of entries) if (event === "session") expect(client).toBe("127.0.0.2");
  },
);

test.skipIf(NGINX === undefined)(
  "behind Debian's nginx (skipped where there is no nginx): a room is on one bridge, rooms are on all, and few move when one comes or goes",
  async () => {
    const proxy = await site();
    const [one, two] = proxy.bridges;
    const names = Array.from({ length: 24 }, (_, i) => `room-${i}`);
    const enter = async (): Promise<unknown> => Promise.all(names.map(async (name) => new ProxiedPage(proxy, name).ready()));
    await enter();
    await enter();
    const [onOne, onTwo] = [roomsOf(one), roomsOf(two)];
    expect(onOne.size + onTwo.size).toBe(names.length);
    expect(onOne.size).toBeGreaterThan(0);
    expect(onTwo.size).toBeGreaterThan(0);
    // With a third bridge some rooms move to it, and none between the others.
    const three = await bridgeBehind(20_000, "127.192.0.0/10", proxy.echo);
    const wider = await proxy.withMore(three);
    await Promise.all(names.map(async (name) => new ProxiedPage(wider, name).ready()));
    expect(roomsOf(three).size).toBeGreaterThan(0);
    expect([roomsOf(one).size, roomsOf(two).size]).toEqual([onOne.size, onTwo.size]);
    await two.bridge.close(200);
    await enter();
    expect(roomsOf(one).size).toBe(names.length);
  },
);

test.skipIf(NGINX === undefined)("behind Debian's nginx (skipped where there is no nginx): browsers are told to come by TLS, and led there", async () => {
  const proxy = await site();
  for (const path of ["/", "/metrics", "/no-such-file"])
    expect((await get(path, proxy)).headers).toMatchObject({ "strict-transport-security": "max-age=31536000" });
  const plain = await fetch(`http://127.0.0.1:${proxy.plainPort}/room/x/?y=1`, { redirect: "manual", headers: { host: HOST } });
  expect([plain.status, plain.headers.get("location")]).toEqual([301, `https://${HOST}/room/x/?y=1`]);
});

test.skipIf(NGINX === undefined)(
  "behind Debian's nginx (skipped where there is no nginx): one client address has its number of connections, another its own",
  async () => {
    const proxy = await site({ "limit_conn        zone_connections 1500;": "limit_conn zone_connections 5;" });
    const pages = Array.from({ length: 8 }, (_, index) => new ProxiedPage(proxy, `crowd-${index}`));
    await until(() => pages.every((page) => page.isClosed || page.has(PacketType.READY)), "an answer to each");
    expect(pages.filter((page) => page.isClosed)).toHaveLength(3);
    expect((await get("/", proxy, {}, "127.0.0.2")).status).toBe(429);
    await new ProxiedPage(proxy, "elsewhere", {}, "127.0.0.3").ready();
    // Those that are in stay in, and a place that becomes free is free.
    pages.find((page) => !page.isClosed)?.ws.close();
    await expect.poll(async () => (await get("/", proxy, {}, "127.0.0.2")).status).toBe(302);
  },
);

test.skipIf(NGINX === undefined)(
  "behind Debian's nginx (skipped where there is no nginx): one client address has its number of requests; an IPv6 network of 64 bits is one",
  async () => {
    // The address is told in a header, since a test has only one of IPv6.
    const proxy = await site({
      "rate=100r/s": "rate=1r/s",
      "zone=zone_requests burst=4000 nodelay;": "zone=zone_requests burst=20 nodelay;\n    set_real_ip_from 127.0.0.1;\n    real_ip_header X-Test-Address;",
    });
    const ask = async (address: string, times: number): Promise<number> => {
      const answers = await Promise.all(
        Array.from({ length: times }, async (_, index) => get("/", proxy, { "x-test-address": address.replace("*", index.toString(16)) })),
      );
      return answers.filter(({ status }) => status === 429).length;
    };
    expect(await ask("10.1.2.3", 40)).toBeGreaterThan(10);
    expect(await ask("10.1.2.4", 5)).toBe(0);
    expect(await ask("2001:db8:0:1::*", 40)).toBeGreaterThan(10);
    expect(await ask("2001:db8:0:1:ffff::*", 5)).toBeGreaterThan(0);
    expect(await ask("2001:db8:0:2::*", 5)).toBe(0);
  },
);
