import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { runBridge, until } from "./support/running-bridge.ts";

/** A real Redis server, that keeps nothing on the disk. */
async function redisServer(port: number): Promise<{ end(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "bridge-redis-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<void>((resolve) => void child.on("exit", () => resolve()));
  let out = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  await until(() => out.includes("Ready to accept connections"), "Redis");
  return {
    async end() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const body = '{"version":1,"project":{"files":[{"name":"main.luau","source":"print(1)","program":true}]}}';

test("projects are kept in Redis: two bridges share them, and one that cannot reach it says so until it can", async () => {
  const port = await freePort();
  const lines: string[] = [];
  const scripts = { kind: "redis", url: `redis://127.0.0.1:${port}` } as const;
  const [one, two] = [await runBridge({ scripts, log: ({ message }) => lines.push(String(message)) }), await runBridge({ scripts })];
  const post = (url: string, text = body): Promise<Response> =>
    fetch(`${url}api/scripts`, { method: "POST", body: text, headers: { "content-type": "application/json" } });

  // Redis is not there yet.
  const refused = await post(one.url);
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain("long link");
  expect(lines.filter((line) => line.startsWith("Redis: "))).not.toEqual([]);

  const redis = await redisServer(port);
  let answer = await post(one.url);
  for (let tries = 0; answer.status === 503 && tries < 200; tries++) {
    await answer.text();
    answer = await post(one.url);
  }
  // The rate limit counts attempts too, so there are not too many of them.
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  expect((await (await fetch(`${two.url}api/scripts/${id}`)).text()).trim()).toBe(body);
  expect((await post(two.url)).status).toBe(200);
  await redis.end();
  expect((await fetch(`${two.url}api/scripts/${id}`)).status).toBe(503);
});

test("what others keep in the same Redis is not touched and not counted", async () => {
  const port = await freePort();
  await redisServer(port);
  const { Redis } = await import("ioredis");
  const client = new Redis(port, "127.0.0.1");
  onTestFinished(() => client.disconnect());
  await client.set("abcdefghijkl", "theirs");
  const bridge = await runBridge({ scripts: { kind: "redis", url: `redis://127.0.0.1:${port}` }, limits: { scripts: 1 } });
  const answer = await fetch(`${bridge.url}api/scripts`, { method: "POST", body, headers: { "content-type": "application/json" } });
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  expect((await client.keys("*")).sort()).toEqual([
    "abcdefghijkl",
    `zone-playground:script-records:${id}`,
    "zone-playground:script-records:secret",
    `zone-playground:scripts:${id}`,
  ]);
  expect(
    (await fetch(`${bridge.url}api/scripts`, { method: "POST", body: body.replace("print(1)", "print(2)"), headers: { "content-type": "application/json" } }))
      .status,
  ).toBe(507);
});
