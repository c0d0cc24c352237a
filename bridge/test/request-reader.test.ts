import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Ledger } from "../src/client/ledger.ts";
import { RequestReader } from "../src/http/request-reader.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";
import { LatestFirst } from "../src/turns/latest-first.ts";
import { Turns } from "../src/turns/turns.ts";

/** A server whose connections are read in turns, and a client's connection to it. */
async function connected(server: Server, upgrades = false): Promise<{ readonly client: Socket; readonly socket: Socket; readonly text: () => string }> {
  const [turns, account] = [new Turns(), new Ledger(DEFAULT_LIMITS).of("127.0.0.1")];
  const accepted = new Promise<Socket>((resolve) => {
    server.on("connection", (socket: Socket) => {
      const reader = new RequestReader(socket, { turns, newcomers: new LatestFirst(turns) }, account);
      reader.start();
      if (upgrades) server.prependListener("upgrade", () => reader.giveBack());
      socket.on("close", () => reader.stop());
      resolve(socket);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => {});
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  let text = "";
  client.on("data", (bytes) => (text += bytes.toString("latin1")));
  await once(client, "connect");
  return { client, socket: await accepted, text: () => text };
}

test("requests that come all at once are handled some tens in a turn of the event loop, and all of them in the end, in their order", async () => {
  let turn = 0;
  const turns: number[] = [];
  const server = createServer((request, response) => {
    turns.push(turn);
    response.end(request.url);
  });
  const { client, text } = await connected(server);
  const paths = Array.from({ length: 1_200 }, (_, index) => `/${index}.`);
  client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(""));
  while (!text().includes(paths.at(-1) as string)) {
    await nextTurn();
    turn += 1;
  }
  const perTurn = new Map<number, number>();
  for (const at of turns) perTurn.set(at, (perTurn.get(at) ?? 0) + 1);
  // 64 KiB hold all of them. A piece has 37 at most, and a slice has pieces until its time is over: two turns for each, and both may be one here.
  expect(Math.max(...perTurn.values())).toBeLessThan(600);
  expect(perTurn.size).toBeGreaterThan(3);
  expect([...text().matchAll(/^\/\d+\./gm)].map(([path]) => path)).toEqual(paths);
});

test("a body that nobody reads is left with the client", async () => {
  let read: (() => void) | undefined;
  const bytes = new Promise<number>((resolve) => {
    const server = createServer((request, response) => {
      read = () => {
        let count = 0;
        request.on("data", (chunk: Buffer) => (count += chunk.length));
        request.on("end", () => {
          response.end();
          resolve(count);
        });
      };
    });
    void connected(server).then(async ({ client, socket }) => {
      client.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${32 * 1024 * 1024}\r\n\r\n`);
      client.write(Buffer.alloc(32 * 1024 * 1024));
      // The rest stays in the kernel's buffers; what is read is bounded.
      let before = -1;
      while (socket.bytesRead !== before || before === 0) {
        before = socket.bytesRead;
        for (let i = 0; i < 50; i += 1) await nextTurn();
      }
      expect(before).toBeLessThan(512 * 1024);
      read?.();
    });
  });
  expect(await bytes).toBe(32 * 1024 * 1024);
});

test("what comes right behind a request for an upgrade is read by whoever has the connection then, in its order", async () => {
  const server = createServer();
  const upgraded = new Promise<Buffer>((resolve) => {
    server.on("upgrade", (_request, socket, head) => {
      const got: Buffer[] = [];
      socket.unshift(head);
      socket.on("data", (chunk: Buffer) => got.push(chunk));
      socket.on("end", () => resolve(Buffer.concat(got)));
    });
  });
  const { client } = await connected(server, true);
  const behind = Buffer.from(Array.from({ length: 40_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff));
  client.write(Buffer.concat([Buffer.from("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: something\r\n\r\n"), behind]));
  client.end();
  expect((await upgraded).equals(behind)).toBe(true);
});
