import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { SEEN_MS } from "../src/http/file-cache.ts";
import { cidr } from "@playground/tcp";
import { type Bridge, VERSION } from "../src/index.ts";
import { linksForOthers } from "../src/room-links.ts";
import { NOTHING_HELD, runBridge } from "./support/running-bridge.ts";
import { tcpClient } from "./support/tcp-peer.ts";

const INDEX = `<!doctype html><title>page</title>${"<p>text</p>".repeat(300)}`;

/** A directory as `vite build` leaves it, with a secret beside it. */
async function page(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "bridge-page-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const directory = join(parent, "dist");
  await mkdir(join(directory, "assets"), { recursive: true });
  await writeFile(join(parent, "secret.txt"), "secret");
  await writeFile(join(directory, ".hidden"), "secret");
  await writeFile(join(directory, "index.html"), INDEX);
  await writeFile(join(directory, "assets", "main-Ab3dEf9h.js"), "export const answer = 42;\n".repeat(100));
  await writeFile(join(directory, "assets", "luau-Zz00yy11.wasm"), Buffer.from("0061736d01000000", "hex"));
  for (const worker of ["program", "syntax", "format", "analysis"]) await writeFile(join(directory, "assets", `${worker}-worker-abcdefgh.js`), "0;\n");
  await writeFile(join(directory, "favicon.svg"), "<svg/>");
  return directory;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function get(bridge: Bridge, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: bridge.port, path, method, headers: { host: `127.0.0.1:${bridge.port}`, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

test("the root leads to a new room each time, and the room is the page", async () => {
  const bridge = await runBridge({ page: await page() });
  const rooms = await Promise.all(Array.from({ length: 20 }, () => get(bridge, "/")));
  expect(new Set(rooms.map(({ headers }) => headers.location)).size).toBe(20);
  const { status, headers } = rooms[0] as Answer;
  expect(status).toBe(302);
  expect(headers.location).toMatch(/^\/room\/[A-Za-z0-9_-]{10,}\/\?from-site$/);
  const room = await get(bridge, headers.location ?? "");
  expect(room).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" } });
  expect(room.body.toString()).toBe(INDEX);
  expect(await get(bridge, "/room/abc")).toMatchObject({ status: 302, headers: { location: "/room/abc/" } });
  for (const bad of ["/room//", "/room/a%2Fb/", `/room/${"a".repeat(65)}/`, "/room/a/b/", "/room/%D1%83%2F/", "/room/%E8%AF%BE/"])
    expect((await get(bridge, bad)).status, bad).toBeGreaterThanOrEqual(400);
});

test("with --room, the address of the page alone leads to that room, and others are still there", async () => {
  const bridge = await runBridge({ page: await page(), room: "urok-7b" });
  for (const path of ["/", "/?from=chat"]) expect(await get(bridge, path)).toMatchObject({ status: 302, headers: { location: "/room/urok-7b/?from-site" } });
  expect((await get(bridge, "/room/another/")).status).toBe(200);
});

test("a room's address opens as people type it and chats pass it on", async () => {
  const bridge = await runBridge({ page: await page() });
  const leadsTo: [string, string][] = [
    ["/room/K7MQ-2XHD-9wfp/", "/room/k7mq-2xhd-9wfp/"],
    ["/Room/abc", "/room/abc/"],
    ["/room/%D0%A3%D1%80%D0%BE%D0%BA-7%D0%B1/", "/room/urok-7b/"],
    ["/room/%D1%83%D1%80%D0%BE%D0%BA%207%D0%B1", "/room/urok-7b/"],
    // A letter that was taken apart, as macOS does.
    ["/room/%D0%B8%CC%86%D0%BE%D0%B4/", "/room/iod/"],
    ["/room/Gr%C3%B6%C3%9Fe/", "/room/grosse/"],
    ["/room/abc/)", "/room/abc/"],
    ["/room/abc).", "/room/abc/"],
    ["/room/abc&utm_source=chat", "/room/abc/"],
    ["/room/abc/&utm_source=chat", "/room/abc/"],
    ["/room/abc?x=1", "/room/abc/?x=1"],
  ];
  for (const [from, to] of leadsTo) expect(await get(bridge, from), from).toMatchObject({ status: 302, headers: { location: to } });
  expect((await get(bridge, "/room/abc/?x=1")).status).toBe(200);
});

test("a reader who comes by a wrong address gets the page, which says what is wrong; a program gets a line", async () => {
  const bridge = await runBridge({ page: await page() });
  for (const [path, status] of [
    ["/room/", 404],
    ["/room//", 404],
    ["/nothing", 404],
    [`/room/${"a".repeat(65)}/`, 404],
    ["/%ff", 400],
    ["/room/%cf%f0/", 400],
  ] as const) {
    const answer = await get(bridge, path, { accept: "text/html,*/*" });
    expect([answer.status, answer.body.toString()], path).toEqual([status, INDEX]);
    const line = await get(bridge, path);
    expect([line.status, line.headers["content-type"]], path).toEqual([status, "text/plain; charset=utf-8"]);
  }
  for (const path of ["/s/0123456789ab/", "/s/0123456789ab).", "/S/0123456789ab", "/s/0123456789ab&utm_source=x", "/s/0123456789ab/more"]) {
    expect((await get(bridge, path)).body.toString(), path).toBe(INDEX);
  }
});

test("files have their types, tags and ages; hashed ones are kept for ever", async () => {
  const bridge = await runBridge({ page: await page() });
  const wasm = await get(bridge, "/assets/luau-Zz00yy11.wasm");
  expect(wasm).toMatchObject({ status: 200, headers: { "content-type": "application/wasm", "cache-control": "public, max-age=31536000, immutable" } });
  expect((await get(bridge, "/favicon.svg")).headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
  const again = await get(bridge, "/assets/luau-Zz00yy11.wasm", { "if-none-match": wasm.headers.etag ?? "" });
  expect(again.status).toBe(304);
  expect(again.body.length).toBe(0);
  const head = await get(bridge, "/assets/luau-Zz00yy11.wasm", {}, "HEAD");
  expect(head).toMatchObject({ status: 200, headers: { "content-length": "8" } });
  expect(head.body.length).toBe(0);
});

test("text is compressed as the client likes it", async () => {
  const bridge = await runBridge({ page: await page() });
  const path = "/assets/main-Ab3dEf9h.js";
  const plain = await get(bridge, path);
  const brotli = await get(bridge, path, { "accept-encoding": "gzip, br;q=0.5" });
  const gzip = await get(bridge, path, { "accept-encoding": "gzip, br;q=0" });
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(brotli.headers["content-encoding"]).toBe("br");
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
  expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
});

test("a file that has changed is served as it is now", async () => {
  const directory = await page();
  const bridge = await runBridge({ page: directory });
  await get(bridge, "/room/a/");
  await writeFile(join(directory, "index.html"), "another");
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS));
  expect((await get(bridge, "/room/a/")).body.toString()).toBe("another");
});

test("no path leads out of the directory or to hidden files", async () => {
  const bridge = await runBridge({ page: await page() });
  const paths = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/.hidden",
    "/%00",
    "/%ff",
    "/a\\b",
    "//etc/passwd",
    "/assets",
    "/assets/",
    "*",
    "http://other/",
  ];
  for (const path of paths) {
    const { status, body } = await get(bridge, path);
    expect([400, 404], path).toContain(status);
    expect(body.toString(), path).not.toContain("secret");
  }
});

test("other methods are refused, health is told, and a page that is not built says what to do", async () => {
  const bridge = await runBridge();
  expect(await get(bridge, "/room/a/", {}, "POST")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  const health = await get(bridge, "/healthz");
  expect(JSON.parse(health.body.toString())).toEqual({
    ...NOTHING_HELD,
    uptimeSeconds: expect.any(Number),
    status: "ok",
    version: VERSION,
    network: "lan",
    links: [],
  });
  const missing = await get(bridge, "/room/a/");
  expect(missing.status).toBe(503);
  expect(missing.body.toString()).toContain("npm start");
});

test("the page may run WASM and workers and talk to this bridge only; it may be framed", async () => {
  const bridge = await runBridge({ page: await page() });
  const { headers } = await get(bridge, "/room/a/");
  const policy = String(headers["content-security-policy"]);
  for (const part of ["script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self' blob:", `ws://127.0.0.1:${bridge.port}`, "object-src 'none'"])
    expect(policy).toContain(part);
  expect(policy).toMatch(/; frame-ancestors 'self'$/);
  expect(headers["x-frame-options"]).toBeUndefined();
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
});

test("the page shares nothing with other sites, asks for no device, and says who makes scripts of texts", async () => {
  const bridge = await runBridge({ page: await page() });
  const { headers } = await get(bridge, "/room/a/");
  expect(headers).toMatchObject({
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringMatching(/\bcamera=\(\).*\bmicrophone=\(\).*\busb=\(\)/),
  });
  expect(headers["content-security-policy"]).toContain("; require-trusted-types-for 'script'; trusted-types lit-html zone-worker;");
  // What other sites load to embed it says otherwise; no answer goes without.
  expect((await get(bridge, "/assets/main-Ab3dEf9h.js")).headers["cross-origin-resource-policy"]).toBe("cross-origin");
  for (const path of ["/nothing", "/healthz/", "/room/!/"]) expect((await get(bridge, path)).headers["cross-origin-resource-policy"], path).toBe("same-origin");
});

/** The policy of a worker that may reach just this. */
function closed(connect: string, scripts = ""): string {
  return `default-src 'none'; script-src 'wasm-unsafe-eval'${scripts}; connect-src ${connect}; require-trusted-types-for 'script'; trusted-types 'none'`;
}

test("a worker's script comes with a policy of its own: no script but its later parts, and no more of the network than it is made for", async () => {
  const bridge = await runBridge({ page: await page() });
  const policyOf = async (name: string): Promise<string> =>
    String((await get(bridge, `/assets/${name}-worker-abcdefgh.js`)).headers["content-security-policy"]);
  expect(await policyOf("program")).toBe(closed(`ws://127.0.0.1:${bridge.port} wss://127.0.0.1:${bridge.port}`, ` 127.0.0.1:${bridge.port}/assets/worker/`));
  expect(await policyOf("syntax")).toBe(closed("'none'"));
  for (const name of ["format", "analysis"]) expect(await policyOf(name), name).toBe(closed("'self'"));
});

/** The status that an upgrade is answered with; 101 when it is taken. */
async function upgrade(bridge: Bridge, headers: Record<string, string>, path = "/room/a/"): Promise<number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${bridge.port}${path}`, "wisp-v2", { headers });
    ws.on("open", () => {
      ws.terminate();
      resolve(101);
    });
    ws.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      ws.terminate();
    });
    ws.on("error", reject);
  });
}

test("foreign hosts and origins are refused at the upgrade, and so are other paths", async () => {
  const bridge = await runBridge({ publicHosts: ["play.school.example"] });
  const { port } = bridge;
  const own = `127.0.0.1:${port}`;
  const cases: [Record<string, string>, number][] = [
    [{}, 101],
    [{ origin: `http://${own}` }, 101],
    [{ host: `localhost:${port}`, origin: `http://localhost:${port}` }, 101],
    [{ host: `[::1]:${port}`, origin: `http://[::1]:${port}` }, 101],
    [{ host: "play.school.example", origin: "https://play.school.example" }, 101],
    [{ host: "play.school.example:443", origin: "https://play.school.example" }, 101],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: `http://localhost:${port}` }, 403],
    // What a script serves at another port of the page's host.
    [{ origin: `http://127.0.0.1:${port + 1}` }, 403],
    [{ origin: "http://127.0.0.1" }, 403],
    [{ host: `localhost:${port}`, origin: "http://localhost:80" }, 403],
    [{ host: "play.school.example", origin: "https://play.school.example:8443" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: `http://127.0.0.1:${port}@evil.example` }, 403],
    [{ origin: "file://" }, 403],
    [{ host: "evil.example", origin: "http://evil.example" }, 421],
    [{ host: `evil.example:${port}` }, 421],
    [{ host: "evilplay.school.example" }, 421],
    [{ host: "play.school.example.evil.example", origin: "http://play.school.example.evil.example" }, 421],
    [{ host: `notlocalhost:${port}` }, 421],
    [{ host: `evil@127.0.0.1:${port}` }, 421],
    [{ host: "8.8.8.8" }, 421],
    [{ host: "2130706433" }, 421],
  ];
  for (const [headers, status] of cases) expect(await upgrade(bridge, headers), JSON.stringify(headers)).toBe(status);
  for (const path of ["/", "/room/", "/room/a%2Fb/", "/other/", "/room/a/b/"]) expect(await upgrade(bridge, {}, path), path).toBe(404);
  expect((await get(bridge, "/", { host: "evil.example" })).status).toBe(421);
  expect((await get(bridge, "/healthz", { host: "evil.example" })).status).toBe(421);
});

test("the scheme of an origin counts where a trusted proxy tells it", async () => {
  const bridge = await runBridge({ publicHosts: ["play.school.example"], trustedProxies: [cidr("127.0.0.1")], embedOrigins: ["http://tutorial.example"] });
  const host = "play.school.example";
  const cases: [string, string | undefined, number][] = [
    [`https://${host}`, "https", 101],
    [`http://${host}`, "https", 403],
    [`http://${host}:443`, "https", 403],
    [`http://${host}`, "http", 101],
    [`https://${host}`, "http", 403],
    [`https://${host}`, "wss", 101],
    [`http://${host}`, "wss", 403],
    [`http://${host}`, "https, http", 403],
    [`https://${host}`, "unreadable", 403],
    // Nobody says; the bridge itself sees plain HTTP in both cases.
    [`https://${host}`, undefined, 101],
    // What the operator has named stays named.
    ["http://tutorial.example", "https", 101],
    ["https://tutorial.example", "https", 403],
  ];
  for (const [origin, scheme, status] of cases) {
    const headers = { host, origin, "x-forwarded-for": "10.0.0.1", ...(scheme !== undefined && { "x-forwarded-proto": scheme }) };
    expect(await upgrade(bridge, headers), JSON.stringify(headers)).toBe(status);
  }
  // Whoever is not the proxy has nothing to tell.
  const direct = await runBridge({ publicHosts: [host] });
  expect(await upgrade(direct, { host, origin: `http://${host}`, "x-forwarded-proto": "https" })).toBe(101);
  // The same for requests of a page.
  expect(
    (await get(bridge, "/api/embedding", { host, origin: `http://${host}`, "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" })).body.toString(),
  ).toContain('"allowed":false');
  expect(
    (await get(bridge, "/api/embedding", { host, origin: `https://${host}`, "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" })).body.toString(),
  ).toContain('"allowed":true');
});

test("clients that a proxy names in no way that can be read share one account, apart from the proxy's own", async () => {
  const bridge = await runBridge({ trustedProxies: [cidr("127.0.0.1")], limits: { upgradesPerSecondPerAddress: 0.001, upgradesBurstPerAddress: 2 } });
  const from = async (header: string): Promise<number> => upgrade(bridge, { host: `127.0.0.1:${bridge.port}`, "x-forwarded-for": header });
  expect([await from("unknown"), await from("_a"), await from("_b"), await from("10.0.0.1:"), await from("")]).toEqual([101, 101, 429, 429, 429]);
  // With a port it is the address, whatever the port.
  expect([await from("10.0.0.1:1"), await from("10.0.0.1:2"), await from("10.0.0.1"), await from("10.0.0.2:1")]).toEqual([101, 101, 429, 101]);
  expect(await upgrade(bridge, {})).toBe(101);
});

test("health tells counts to this machine only, and nothing to a foreign host", async () => {
  const bridge = await runBridge({ host: "0.0.0.0", publicHosts: ["play.school.example"], trustedProxies: [cidr("127.0.0.1")] });
  expect(JSON.parse((await get(bridge, "/healthz")).body.toString())).toMatchObject({ status: "ok", version: expect.any(String), sessions: 0 });
  expect(JSON.parse((await get(bridge, "/healthz", { host: "play.school.example" })).body.toString())).toMatchObject({ status: "ok", sessions: 0 });
  for (const headers of [
    { "x-forwarded-for": "10.0.0.1" },
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "" },
    { forwarded: "for=127.0.0.1" },
    { "x-real-ip": "127.0.0.1" },
    { via: "1.1 x" },
    { "x-forwarded-proto": "https" },
  ]) {
    const { status, body } = await get(bridge, "/healthz", headers);
    expect({ status, body: body.toString() }, JSON.stringify(headers)).toEqual({ status: 200, body: '{"status":"ok"}\n' });
  }
  for (const host of ["evil.example", "8.8.8.8", `evil.example:${bridge.port}`]) {
    const { status, body } = await get(bridge, "/healthz", { host });
    expect(status, host).toBe(421);
    expect(body.toString()).not.toContain("status");
  }
  // Links that lead others here are for whoever opens the page on the bridge's own machine.
  const { links } = JSON.parse((await get(bridge, "/healthz")).body.toString()) as { links: string[] };
  expect(links).toEqual(linksForOthers("0.0.0.0", bridge.port));
  expect(links.length).toBeGreaterThan(0);
  expect(JSON.parse((await get(await runBridge(), "/healthz")).body.toString())).toMatchObject({ links: [] });
  // From another address of this machine, as from another computer.
  const own = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  if (own === undefined) throw new Error("this machine has no address but loopback");
  expect(await (await fetch(`http://${own}:${bridge.port}/healthz`)).text()).toBe('{"status":"ok"}\n');
});

test("in a LAN the page cannot be opened at an address that a room has, or may get", async () => {
  const bridge = await runBridge({ host: "0.0.0.0", lanRange: cidr("127.64.0.0/10") });
  for (const host of ["127.64.0.1", "127.100.2.3", "127.127.255.254", "[::ffff:127.64.0.1]"])
    expect((await get(bridge, "/", { host: `${host}:${bridge.port}` })).status, host).toBe(421);
  for (const host of ["127.0.0.1", "127.0.0.2", "127.63.0.1", "127.128.0.1", "localhost", "[::1]"])
    expect((await get(bridge, "/", { host: `${host}:${bridge.port}` })).status, host).toBe(302);
  await expect(fetch(`http://127.64.0.1:${bridge.port}/`).then(({ status }) => status)).resolves.toBe(421);
});

test("requests whose headers do not end, or are too big, are cut", async () => {
  const bridge = await runBridge();
  const big = connect({ host: "127.0.0.1", port: bridge.port }).on("error", () => {});
  const closed = new Promise((resolve) => void big.on("close", resolve));
  big.resume().write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`);
  await closed;
  const slow = connect({ host: "127.0.0.1", port: bridge.port }).on("error", () => {});
  slow.resume().write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  // Node itself gives them a minute.
  await new Promise((resolve) => void slow.on("close", resolve));
}, 50_000);

test("a bridge that is stopped cuts who is in the middle of a request, and does not wait for the end of it", async () => {
  const bridge = await runBridge();
  const half = await tcpClient("127.0.0.1", bridge.port);
  half.socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  // By the time of this answer that has come.
  await get(bridge, "/healthz");
  await bridge.close(200);
  await half.ended;
  // Whoever is waited for is told in the end that it took too long.
  expect(half.bytes().toString()).toBe("");
});
