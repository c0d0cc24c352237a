import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { Bridge } from "../src/index.ts";
import { runBridge } from "./support/running-bridge.ts";

const SITE = "https://tutorial.example";

/** What a page of this origin gets when it opens a session: 101, or the status of the refusal. */
async function open(bridge: Bridge, origin: string | undefined): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${bridge.port}/room/lesson/`, "wisp-v2", origin === undefined ? {} : { origin });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", reject);
  });
}

async function mayEmbed(bridge: Bridge, origin: string): Promise<unknown> {
  const response = await fetch(`${bridge.url}api/embedding`, { headers: { origin } });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  return response.json();
}

test("without the option no other site opens a session, and the page can be told so", async () => {
  const bridge = await runBridge();
  expect(await open(bridge, SITE)).toBe(403);
  expect(await mayEmbed(bridge, SITE)).toEqual({ allowed: false });
  expect(await mayEmbed(bridge, new URL(bridge.url).origin)).toEqual({ allowed: true });
});

test("a site that is named opens sessions; one that only resembles it does not", async () => {
  const bridge = await runBridge({ embedOrigins: [SITE, "http://127.0.0.1:9"] });
  expect(await open(bridge, SITE)).toBe(101);
  expect(await mayEmbed(bridge, SITE)).toEqual({ allowed: true });
  for (const other of [
    "http://tutorial.example",
    "https://tutorial.example:8443",
    "https://tutorial.example.evil",
    "https://a.tutorial.example",
    "null",
    "https://TUTORIAL.example",
  ]) {
    expect(await open(bridge, other), other).toBe(403);
    expect(await mayEmbed(bridge, other), other).toEqual({ allowed: false });
  }
  const { headers } = await fetch(`${bridge.url}api/embedding`);
  expect(headers.get("content-security-policy")).toMatch(/; frame-ancestors 'self' https:\/\/tutorial\.example http:\/\/127\.0\.0\.1:9$/);
});

test("a site that may embed still makes no short links", async () => {
  const directory = await mkdtemp(join(tmpdir(), "bridge-embed-data-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const bridge = await runBridge({ embedOrigins: [SITE], scripts: { kind: "files", directory } });
  const response = await fetch(`${bridge.url}api/scripts`, { method: "POST", headers: { origin: SITE, "content-type": "application/json" }, body: "{}" });
  expect(response.status).toBe(403);
});

test("the element's files are for every site, the page is not", async () => {
  const page = await mkdtemp(join(tmpdir(), "bridge-embed-"));
  onTestFinished(() => rm(page, { recursive: true }));
  await mkdir(join(page, "embed"));
  await mkdir(join(page, "assets"));
  await writeFile(join(page, "index.html"), "page");
  await writeFile(join(page, "embed", "index.html"), "frame");
  await writeFile(join(page, "embed", "zone-playground.js"), "export {};");
  await writeFile(join(page, "assets", "luau-Zz00yy11.wasm"), "");
  const bridge = await runBridge({ page });
  for (const path of ["embed/zone-playground.js", "assets/luau-Zz00yy11.wasm"]) {
    const { headers, status } = await fetch(bridge.url + path);
    expect([status, headers.get("access-control-allow-origin"), headers.get("cross-origin-resource-policy")], path).toEqual([200, "*", "cross-origin"]);
  }
  expect((await fetch(`${bridge.url}embed/zone-playground.js`)).headers.get("cache-control")).toBe("no-cache");
  expect((await fetch(`${bridge.url}room/abc/`)).headers.get("access-control-allow-origin")).toBeNull();
  const frame = await fetch(`${bridge.url}embed?theme=dark`);
  expect([await frame.text(), frame.url]).toEqual(["frame", `${bridge.url}embed/?theme=dark`]);
});
