import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { ask } from "../client/http-request.ts";
import { hasDrained, isConnected, openSocket, upgradeText } from "../client/raw-socket.ts";
import { LARGE_FILE } from "../target.ts";

const SLOW_SOCKETS = 1_500;

/** Headers that come a byte at a time. */
export const slowHeaders: Attack = {
  name: "slow-headers",
  what: `${SLOW_SOCKETS} connections send their headers a byte at a time`,
  alsoWispJs: true,
  async run(run) {
    const sockets: ReturnType<typeof openSocket>[] = [];
    for (let i = 0; i < SLOW_SOCKETS && !run.isOver(); i += 50) {
      const some = Array.from({ length: 50 }, () => openSocket(run.target, run.address).resume());
      sockets.push(...some);
      for (const isOpen of await Promise.all(some.map(isConnected))) run.count(isOpen ? "open" : "refused");
      for (const socket of some) socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
    }
    while (!run.isOver()) {
      for (const socket of sockets) if (!socket.destroyed) socket.write("x");
      await sleep(500);
    }
  },
};

/** What is no HTTP: the beginning of TLS, and noise. */
export const garbage: Attack = {
  name: "garbage",
  what: "connections that begin with TLS or with noise, as fast as they can be opened",
  alsoWispJs: true,
  async run(run) {
    const tls = Buffer.concat([Buffer.from("16030100f8010000f40303", "hex"), randomBytes(240)]);
    await inParallel(run, 30, 50_000, async (index) => {
      const socket = openSocket(run.target, run.address).resume();
      const closed = new Promise((resolve) => void socket.once("close", resolve));
      run.count("connections");
      socket.write(index % 2 === 0 ? tls : randomBytes(2_000));
      await Promise.race([closed, sleep(500)]);
      socket.destroy();
    });
  },
};

/** Requests in one write, whose answers are not waited for. */
const PIPELINED = 200;

/** Requests one behind the other, without waiting for answers. */
export const pipelining: Attack = {
  name: "pipelining",
  what: `8 connections send ${PIPELINED} requests in one go, without a pause`,
  async run(run) {
    const requests =
      `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${run.target.port}\r\n\r\nHEAD /room/pipelined/ HTTP/1.1\r\nHost: 127.0.0.1:${run.target.port}\r\n\r\n`.repeat(
        PIPELINED / 2,
      );
    await inParallel(run, 8, 10_000, async () => {
      const socket = openSocket(run.target, run.address).resume();
      while (!run.isOver() && !socket.destroyed) {
        socket.write(requests);
        run.count("requests", PIPELINED);
        await hasDrained(socket);
        await sleep(1);
      }
      await sleep(20);
    });
  },
};

/** Questions whether a file has changed. */
export const conditionalRequests: Attack = {
  name: "conditional-requests",
  what: "HEAD and If-None-Match of the page and its files over 16 connections without a pause",
  async run(run) {
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const paths = ["/room/asked/", LARGE_FILE, "/no-such-file", "/embed"];
    await inParallel(run, 16, 200_000, async (index) => {
      const headers = { "if-none-match": `"${index}", `.repeat(200).slice(0, -2), "accept-encoding": index % 2 === 0 ? "br" : "gzip" };
      const { status } = await ask(run.target, {
        address: run.address,
        path: paths[index % paths.length] ?? "/",
        method: index % 4 === 3 ? "GET" : "HEAD",
        headers,
        agent,
      });
      run.count(status === 0 || status === 429 ? "refused" : "answered");
      if (status === 0 || status === 429) await sleep(5);
    });
  },
};

/** Upgrades that are refused, with headers as long as they may be: each is a line in the log. */
export const refusedUpgrades: Attack = {
  name: "refused-upgrades",
  what: "upgrades with foreign hosts and origins and 12 KiB of headers, as fast as they can be sent",
  async run(run) {
    const upgrade = upgradeText(run.target, "foreign");
    await inParallel(run, 20, 50_000, async (index) => {
      const socket = openSocket(run.target, run.address).resume();
      const closed = new Promise((resolve) => void socket.once("close", resolve));
      const foreign = index % 2 === 0 ? "Origin: http://evil.example" : `X-Forwarded-For: ${"1.2.3.4, ".repeat(1_200)}`;
      socket.write(upgrade.replace(/Host: .*/, index % 3 === 0 ? "Host: evil.example" : "$&").replace("\r\n\r\n", `\r\n${foreign}\r\n\r\n`));
      run.count("upgrades");
      await Promise.race([closed, sleep(500)]);
      socket.destroy();
    });
  },
};
