/* oxlint-disable unicorn/prefer-add-event-listener -- the reference client has these properties and nothing else */
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// The reference implementation has no types.
// @ts-expect-error
import { client as wisp } from "@mercuryworkshop/wisp-js/client";
import { expect, onTestFinished, test } from "vitest";
import { runBridge, rules, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";

interface WispStream {
  onmessage(data: Uint8Array): void;
  onclose(reason: number): void;
  send(data: Uint8Array): void;
  close(reason?: number): void;
}

interface WispConnection {
  onopen(): void;
  onclose(): void;
  wisp_version: number;
  create_stream(host: string, port: number, type?: string): WispStream;
  close(): void;
}

/** The unmodified reference client. */
async function wispClient(url: string, version: 1 | 2): Promise<WispConnection> {
  const connection = new wisp.ClientConnection(`${url.replace("http", "ws")}room/wisp/`, { wisp_version: version }) as WispConnection;
  onTestFinished(() => connection.close());
  await new Promise<void>((resolve) => {
    connection.onopen = resolve;
  });
  return connection;
}

/** Everything that a stream receives until it is closed, and why it was. */
function collect(stream: WispStream): Promise<{ bytes: Buffer; reason: number }> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve) => {
    stream.onmessage = (data) => void chunks.push(data);
    stream.onclose = (reason) => resolve({ bytes: Buffer.concat(chunks), reason });
  });
}

for (const version of [1, 2] as const) {
  test(`an unmodified Wisp v${version} client fetches a page`, async () => {
    const server = createServer((_request, response) => response.end("the page"));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const bridge = await runBridge({ allow: rules(`host.zone.internal:${port}`) });
    const connection = await wispClient(bridge.url, version);
    expect(connection.wisp_version).toBe(version);
    const stream = connection.create_stream("host.zone.internal", port);
    const result = collect(stream);
    stream.send(Buffer.from("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    const { bytes, reason } = await result;
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*the page$/);
    expect(reason).toBe(0x02);
    connection.close();
    await untilEmpty(bridge);
  });

  test(`v${version}: 8 MiB in small packets each way, with CONTINUE holding the client back`, async () => {
    const { port } = await tcpServer((socket) => socket.pipe(socket));
    const bridge = await runBridge({ allow: rules(`host.zone.internal:${port}`) });
    const connection = await wispClient(bridge.url, version);
    const stream = connection.create_stream("host.zone.internal", port);
    const sent = createHash("sha256");
    const received = createHash("sha256");
    let count = 0;
    stream.onmessage = (data) => {
      received.update(data);
      count += data.length;
    };
    for (let i = 0; i < 2_048; i += 1) {
      const block = randomBytes(4_096);
      sent.update(block);
      stream.send(block);
    }
    await until(() => count === 8 * 1_048_576, "all bytes");
    expect(received.digest("hex")).toBe(sent.digest("hex"));
    stream.close(0x02);
    await until(() => bridge.snapshot().sockets === 0, "no sockets");
  });

  test(`v${version}: refusals have Wisp's own reasons`, async () => {
    const { server, port } = await tcpServer(() => {});
    await new Promise((resolve) => void server.close(resolve));
    const bridge = await runBridge({ allow: rules(`host.zone.internal:${port}`) });
    const connection = await wispClient(bridge.url, version);
    const reasonFor = async (host: string, target: number): Promise<number> => (await collect(connection.create_stream(host, target))).reason;
    expect(await reasonFor("host.zone.internal", port)).toBe(0x44);
    expect(await reasonFor("example.com", 80)).toBe(0x48);
    expect(await reasonFor("nosuchhost", 80)).toBe(0x42);
    expect(await reasonFor("0x7f.1", 80)).toBe(0x41);
    expect(await reasonFor("example.com", 0)).toBe(0x41);
  });

  test(`v${version}: what was sent before CLOSE is delivered`, async () => {
    const received: Buffer[] = [];
    let hasEnded = false;
    const { port } = await tcpServer((socket) => socket.on("data", (data: Buffer) => received.push(data)).on("end", () => (hasEnded = true)));
    const bridge = await runBridge({ allow: rules(`host.zone.internal:${port}`) });
    const connection = await wispClient(bridge.url, version);
    await new Promise<void>((resolve) => {
      const stream = connection.create_stream("host.zone.internal", port);
      void until(() => bridge.snapshot().streams === 1, "the stream").then(async () => {
        await new Promise((done) => setTimeout(done, 50));
        stream.send(Buffer.from("last words"));
        stream.close(0x02);
        resolve();
      });
    });
    await until(() => hasEnded, "the end");
    expect(Buffer.concat(received).toString()).toBe("last words");
  });
}

test("UDP is refused", async () => {
  const bridge = await runBridge();
  const connection = await wispClient(bridge.url, 1);
  expect((await collect(connection.create_stream("127.0.0.1", 53, "udp"))).reason).toBe(0x41);
});
