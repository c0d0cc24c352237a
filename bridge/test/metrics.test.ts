import { request } from "node:http";
import { expect, test } from "vitest";
import { cidr } from "@playground/tcp";
import type { Bridge } from "../src/index.ts";
import { PrometheusText } from "../src/metrics/prometheus-text.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

async function read(
  bridge: Bridge,
  headers: Record<string, string | string[]> = {},
  method = "GET",
  localAddress = "127.0.0.1",
  path = "/metrics",
): Promise<{ status: number; type: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: bridge.port, path, method, headers, localAddress, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"], body }));
    });
    sent.on("error", reject).end();
  });
}

/** The samples of a text, by their name with its labels. Throws where a line is not as the format has it. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split("\n").slice(0, -1)) {
    const [, kind, named, rest] = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line) ?? [];
    if (kind === "TYPE" && named !== undefined) types.set(named, rest ?? "");
    if (kind !== undefined) continue;
    const [, name, labels, value] =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?) (-?[0-9.e+-]+|NaN|[+-]Inf)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    expect(types.get(name), line).toBe(name.endsWith("_total") ? "counter" : "gauge");
    expect(samples.has(name + labels), line).toBe(false);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

test("what the bridge holds and has done is told in Prometheus's format", async () => {
  const { port } = await tcpServer((socket) => void socket.pipe(socket));
  const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`), limits: { listenersPerSession: 1 } });
  const client = new ZoneClient(bridge, { resumes: true });
  await client.listen(0);
  await expect(client.listen(0)).rejects.toThrow("limit-exceeded");
  const stream = await client.connect("host.zone.internal", port);
  await stream.sendAll(Buffer.alloc(5_000));
  await stream.until(() => stream.receivedBytes === 5_000);
  expect((await client.refusal("host.zone.internal", 1)).code).toBe("not-allowed");
  client.ws.terminate();
  await until(() => client.resumptions === 1, "the way back");
  const { status, type, body } = await read(bridge);
  expect({ status, type }).toEqual({ status: 200, type: "text/plain; version=0.0.4; charset=utf-8" });
  const samples = parse(body);
  expect(Object.fromEntries(samples)).toMatchObject({
    zone_sessions: 1,
    zone_sessions_detached: 0,
    zone_rooms: 1,
    zone_machines: 1,
    zone_streams: 1,
    zone_listeners: 1,
    zone_sockets: 1,
    zone_buffered_bytes: 0,
    zone_sessions_total: 1,
    zone_resumptions_total: 1,
    zone_streams_total: 1,
    'zone_bytes_total{from="client"}': 5_000,
    'zone_bytes_total{from="peer"}': 5_000,
    'zone_refusals_total{reason="max-listeners-per-session"}': 1,
    'zone_refusals_total{reason="not-allowed"}': 1,
    'zone_limit{option="max-listeners-per-session"}': 1,
  });
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  const [half, most] = [samples.get('zone_event_loop_delay_seconds{quantile="0.5"}'), samples.get('zone_event_loop_delay_seconds{quantile="1"}')];
  expect(half).toBeGreaterThanOrEqual(0);
  expect(most).toBeGreaterThanOrEqual(half ?? 0);
});

test("the delay of the event loop shows a pause", async () => {
  const bridge = await runBridge();
  const longest = async (): Promise<number> => parse((await read(bridge)).body).get('zone_event_loop_delay_seconds{quantile="1"}') ?? 0;
  // The first pause may come before the first measurement.
  for (let tries = 0; tries < 20 && (await longest()) < 0.15; tries += 1) {
    const end = performance.now() + 250;
    while (performance.now() < end) continue;
  }
  expect(await longest()).toBeGreaterThan(0.15);
});

test("only those who may read them: this machine, and not through a proxy, unless told otherwise", async () => {
  const open = await runBridge();
  expect((await read(open)).status).toBe(200);
  expect(await read(open, {}, "HEAD")).toMatchObject({ status: 200, body: "" });
  expect((await read(open, {}, "POST")).status).toBe(405);
  expect((await read(open, { "x-forwarded-for": "127.0.0.1" })).status).toBe(403);
  expect((await read(open, { host: "evil.example" })).status).toBe(421);
  const off = await runBridge({ metricsReaders: [] });
  expect((await read(off)).status).toBe(403);
  const proxied = await runBridge({ trustedProxies: [cidr("127.0.0.1")], metricsReaders: [cidr("10.0.0.0/8")] });
  expect((await read(proxied)).status).toBe(403);
  expect((await read(proxied, { "x-forwarded-for": "10.1.2.3" })).status).toBe(200);
  expect((await read(proxied, { "x-forwarded-for": "10.1.2.3, 192.0.2.1" })).status).toBe(403);
});

test.runIf(process.platform === "linux")("an address of a room, of this bridge or of another one, is not this machine", async () => {
  const bridge = await runBridge({ lanRange: cidr("127.64.0.0/10") });
  for (const [localAddress, status, isTold] of [
    ["127.0.0.1", 200, true],
    ["127.0.77.1", 200, true],
    ["127.64.3.1", 403, false],
    ["127.200.3.1", 403, false],
  ] as const) {
    expect((await read(bridge, {}, "GET", localAddress)).status, localAddress).toBe(status);
    const { body } = await read(bridge, {}, "GET", localAddress, "/healthz");
    expect(body.includes("sessions"), localAddress).toBe(isTold);
  }
});

test("what a trusted proxy says that has a port is read, and who cannot be read may read nothing", async () => {
  const everywhere = await runBridge({ trustedProxies: [cidr("127.0.0.1")], metricsReaders: [cidr("0.0.0.0/0"), cidr("::/0")] });
  const here = await runBridge({ trustedProxies: [cidr("127.0.0.1")] });
  // The proxy's machine itself.
  expect((await read(here)).status).toBe(200);
  for (const header of ["192.0.2.1:567", "[2001:db8::1]:443", "127.0.0.1, 192.0.2.1:567", ["127.0.0.1", "192.0.2.1:567"]]) {
    expect((await read(here, { "x-forwarded-for": header })).status, String(header)).toBe(403);
    expect((await read(everywhere, { "x-forwarded-for": header })).status, String(header)).toBe(200);
  }
  for (const header of ["unknown", "", "_hidden", "127.0.0.1, unknown", "127.0.0.1:", "127.0.0.1:99999", "[127.0.0.1]", ["127.0.0.1", "for=x"]]) {
    expect((await read(here, { "x-forwarded-for": header })).status, String(header)).toBe(403);
    expect((await read(everywhere, { "x-forwarded-for": header })).status, String(header)).toBe(403);
  }
  // `Forwarded` is not believed, but shows that someone else is behind.
  for (const name of ["forwarded", "x-real-ip"]) {
    expect((await read(here, { [name]: "for=127.0.0.1" })).status, name).toBe(403);
    expect((await read(everywhere, { [name]: "for=127.0.0.1" })).status, name).toBe(403);
  }
});

test("labels, help texts and values are escaped", () => {
  const text = new PrometheusText().addAll("gauge", "a", "one\\two\nthree", [{ labels: { path: 'C:\\"x"\n' }, value: Number.POSITIVE_INFINITY }]).toString();
  expect(text).toBe('# HELP a one\\\\two\\nthree\n# TYPE a gauge\na{path="C:\\\\\\"x\\"\\n"} +Inf\n');
});
