/* oxlint-disable unicorn/prefer-add-event-listener -- wisp-js tells of events in this way alone */
import { createRequire } from "node:module";
import { createServer, type Server, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import type { BridgeProcess } from "../support/bridge-process.ts";
import { expect, test } from "../support/test.ts";

test.use({ bridgeOptions: ["--allow", "host.zone.internal:1024-65535"], hasOwnBridge: true });

/** The reference client as its package ships it for browsers. */
const CLIENT = join(dirname(createRequire(import.meta.url).resolve("@mercuryworkshop/wisp-js/client")), "wisp-client.mjs");

/** What the page below uses of wisp-js. */
interface WispClient {
  readonly client: {
    readonly ClientConnection: new (
      url: string,
      options: { wisp_version: number },
    ) => {
      wisp_version: number;
      onopen: () => void;
      onclose: () => void;
      create_stream(host: string, port: number): WispStream;
      close(): void;
    };
  };
}

interface WispStream {
  onmessage: (bytes: Uint8Array) => void;
  onclose: (reason: number) => void;
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Opens an address of the bridge that is no page of ours, and puts nothing but the client beside it. */
async function openClientPage(page: Page, bridge: BridgeProcess): Promise<void> {
  await page.route(`${bridge.url}wisp/client.mjs`, (route) => route.fulfill({ path: CLIENT, contentType: "text/javascript" }));
  await page.goto(`${bridge.url}healthz`);
}

for (const version of [1, 2]) {
  test(`an unmodified Wisp v${version} client fetches through the bridge`, async ({ page, bridge, room, spawn }) => {
    const python = spawn("python3", "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", dirname(CLIENT), "0");
    await python.shows(/port \d+/, LONG_PATIENCE_MS);
    const port = Number(/port (\d+)/.exec(python.output)?.[1]);
    await openClientPage(page, bridge);
    const answer = await page.evaluate(
      async ({ url, module, version, port }) => {
        const { client } = (await import(module)) as WispClient;
        const connection = new client.ClientConnection(url, { wisp_version: version });
        await new Promise<void>((resolve, reject) => {
          connection.onopen = resolve;
          connection.onclose = () => reject(new Error("the bridge closed the connection"));
        });
        const fetchOnce = (path: string): Promise<{ status: string; length: number; reason: number }> => {
          const stream = connection.create_stream("host.zone.internal", port);
          const chunks: Uint8Array[] = [];
          stream.onmessage = (bytes) => chunks.push(bytes);
          return new Promise((resolve) => {
            stream.onclose = (reason) =>
              void new Blob(chunks as BlobPart[])
                .text()
                .then((text) => resolve({ status: text.slice(0, text.indexOf("\r")), length: text.length - text.indexOf("\r\n\r\n") - 4, reason }));
            stream.send(new TextEncoder().encode(`GET /${path} HTTP/1.0\r\n\r\n`));
          });
        };
        // Several at a time over the one WebSocket.
        const answers = await Promise.all(["wisp-client.mjs", "wisp-client.cjs", "nothing-here"].map(fetchOnce));
        const spoken = connection.wisp_version;
        connection.close();
        return { answers, spoken };
      },
      { url: bridge.roomUrl(room).replace("http", "ws"), module: `${bridge.url}wisp/client.mjs`, version, port },
    );
    expect(answer.spoken).toBe(version);
    const { answers } = answer;
    expect(answers.map(({ status }) => status)).toEqual(["HTTP/1.0 200 OK", "HTTP/1.0 200 OK", "HTTP/1.0 404 File not found"]);
    for (const { length } of answers) expect(length).toBeGreaterThan(100);
    await bridge.isQuiet();
  });
}

test("a Wisp client is refused what is not allowed, and is told so", async ({ page, bridge, room }) => {
  await openClientPage(page, bridge);
  const reason = await page.evaluate(
    async ({ url, module }) => {
      const { client } = (await import(module)) as WispClient;
      const connection = new client.ClientConnection(url, { wisp_version: 2 });
      await new Promise<void>((resolve) => {
        connection.onopen = resolve;
      });
      const stream = connection.create_stream("host.zone.internal", 22);
      return new Promise<number>((resolve) => {
        stream.onclose = resolve;
      });
    },
    { url: bridge.roomUrl(room).replace("http", "ws"), module: `${bridge.url}wisp/client.mjs` },
  );
  // 0x48: the stream is blocked by the server's policy.
  expect(reason).toBe(0x48);
});

test("uploading through an unmodified client to a slow peer keeps the order", async ({ page, bridge, room }) => {
  const total = 4 * 1024 * 1024;
  let received = 0;
  let inOrder = true;
  const server: Server = createServer((socket) => {
    socket.on("data", (bytes) => {
      for (const byte of bytes) inOrder &&= byte === received++ % 251;
      socket.pause();
      setTimeout(() => socket.resume(), 1);
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await openClientPage(page, bridge);
    await page.evaluate(
      async ({ url, module, port, total }) => {
        const { client } = (await import(module)) as WispClient;
        const connection = new client.ClientConnection(url, { wisp_version: 2 });
        await new Promise<void>((resolve) => {
          connection.onopen = resolve;
        });
        const stream = connection.create_stream("host.zone.internal", port);
        const all = Uint8Array.from({ length: total }, (_, index) => index % 251);
        for (let offset = 0; offset < total; offset += 16_384) stream.send(all.subarray(offset, offset + 16_384));
      },
      { url: bridge.roomUrl(room).replace("http", "ws"), module: `${bridge.url}wisp/client.mjs`, port: (server.address() as AddressInfo).port, total },
    );
    await expect.poll(() => received, { timeout: LONG_PATIENCE_MS }).toBe(total);
    expect(inOrder).toBe(true);
  } finally {
    server.close();
  }
});
