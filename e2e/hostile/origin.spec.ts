import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import type { Page, Worker } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { UPDATE } from "../support/luau.ts";
import { firstProgramWorker } from "../support/program-worker.ts";
import { expect, test } from "../support/test.ts";

/** Milliseconds in which a worker is there and has begun, on a busy machine. */
const WORKER_LIMIT_MS = LONG_PATIENCE_MS;

/** What a page of ours may not come across: refusals by its own policy. */
const REFUSED = /Content Security Policy|Trusted ?Type|TrustedHTML|TrustedScript|Permissions-Policy|Cross-Origin/i;

async function workerOf(page: Page, name: string): Promise<Worker> {
  const find = (): Worker | undefined => page.workers().find((worker) => worker.url().includes(`/${name}-worker-`));
  await expect.poll(() => find() !== undefined, { timeout: WORKER_LIMIT_MS }).toBe(true);
  return find() as Worker;
}

/** Names of what a worker can still reach of this. */
const reachable = (worker: Worker, names: readonly string[]): Promise<string[]> =>
  worker.evaluate(
    (wanted) =>
      wanted.filter((path) => {
        const [first = "", second] = path.split(".");
        const found = (globalThis as unknown as Record<string, unknown>)[first];
        return (second === undefined ? found : (found as Record<string, unknown> | undefined)?.[second]) !== undefined;
      }),
    names,
  );

const CLOSED = [
  "indexedDB",
  "caches",
  "fetch",
  "XMLHttpRequest",
  "EventSource",
  "WebTransport",
  "BroadcastChannel",
  "Worker",
  "SharedWorker",
  "importScripts",
  "FileReader",
  "FileSystemHandle",
  "Notification",
  "Request",
  "Response",
  "cookieStore",
  "IDBFactory",
  "CacheStorage",
  "StorageManager",
  "URL",
  "navigator.storage",
  "navigator.locks",
  "navigator.serviceWorker",
  "navigator.storageBuckets",
  "navigator.usb",
  "navigator.permissions",
];

test("the worker of a program has no way to what the origin keeps, nor to anywhere but the bridge's WebSocket", async ({ playground }) => {
  const { page } = playground;
  const program = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(4000, function() end)
print("listening")
${UPDATE}
`);
  await program.shows("listening");
  const worker = await firstProgramWorker(page);
  expect(await reachable(worker, CLOSED)).toEqual([]);
  // As well as what no list names: nothing is left that a browser has for storage or requests.
  const left = await worker.evaluate(() => {
    const names = new Set<string>();
    for (let level: object | null = globalThis; level !== null; level = Object.getPrototypeOf(level) as object | null)
      for (const name of Object.getOwnPropertyNames(level)) if ((globalThis as unknown as Record<string, unknown>)[name] !== undefined) names.add(name);
    return [...names].filter(
      (name) =>
        /storage|cache|idb|indexed|fetch|request|file|broadcast|worker|import|cookie|transport|peerconnection|gpu|usb|serial|hid/i.test(name) &&
        !name.endsWith("AnimationFrame"),
    );
  });
  expect(left).toEqual([]);
  // What is syntax or kept for the bridge is held by the policy that the script came with.
  let dialled = 0;
  const elsewhere = createServer((socket) => {
    dialled += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void elsewhere.listen(0, "127.0.0.1", resolve));
  const outcome = await worker.evaluate(
    async (port) => {
      // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the worker
      const dial = (url: string): Promise<string> =>
        new Promise((resolve) => {
          const socket = new WebSocket(url);
          socket.addEventListener("open", () => resolve("open"));
          socket.addEventListener("error", () => resolve("refused"));
        });
      return {
        module: await import(`${location.href}?again`).then(() => "loaded", String),
        evaluated: (() => {
          try {
            // oxlint-disable-next-line no-eval -- that it is refused is what is looked at
            return String((0, eval)("1 + 1"));
          } catch (error) {
            return String(error);
          }
        })(),
        elsewhere: await dial(`ws://127.0.0.1:${port}/`),
      };
    },
    (elsewhere.address() as AddressInfo).port,
  );
  elsewhere.close();
  expect(outcome.module).toContain("TypeError");
  expect(outcome.evaluated).toContain("EvalError");
  expect(outcome.elsewhere).toBe("refused");
  expect(dialled).toBe(0);
  // The program lives, and its session with it.
  await program.is("running");
  await program.stop();
  await program.is("stopped");
});

test("the worker that reads syntax is closed as well, and reads on", async ({ playground }) => {
  await playground.paste("server.luau", "local local = 1\n");
  const worker = await workerOf(playground.page, "syntax");
  expect(await reachable(worker, CLOSED)).toEqual([]);
  await expect(playground.page.locator(".cm-lintRange-error").first()).toBeVisible({ timeout: WORKER_LIMIT_MS });
});

test("the worker that fetches lessons from elsewhere has no way to what the origin keeps, and no way to make more workers", async ({ playground }) => {
  const { page } = playground;
  const host = createHttpServer((_, response) => void response.writeHead(200, { "access-control-allow-origin": "*" }).write("{"));
  await new Promise<void>((resolve) => void host.listen(0, "127.0.0.1", resolve));
  await page.evaluate((port) => (location.hash = `#lesson=http://localhost:${port}/slow.lesson.json`), (host.address() as AddressInfo).port);
  const worker = await workerOf(page, "lesson");
  await expect(page.getByTestId("foreign-lesson")).toContainText("received");
  expect(
    await reachable(
      worker,
      CLOSED.filter((name) => name !== "URL"),
    ),
  ).toEqual([]);
  expect(await worker.evaluate(() => typeof URL.createObjectURL)).toBe("undefined");
  expect(await worker.evaluate(() => import(`${location.href}?again`).then(() => "loaded", String))).toContain("TypeError");
  host.closeAllConnections();
  host.close();
});

test("a text is made neither HTML nor a worker, and no other policy can be made", async ({ playground }) => {
  const outcomes = await playground.page.evaluate(() => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page
    const told = (run: () => unknown): string => {
      try {
        return `done: ${String(run())}`;
      } catch (error) {
        return String(error);
      }
    };
    const types = (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes;
    return {
      html: told(() => (document.createElement("p").innerHTML = "<img src=x onerror=alert(1)>")),
      written: told(() => document.write("<p>")),
      parsed: told(() => new DOMParser().parseFromString("<p>", "text/html")),
      worker: told(() => new Worker("/assets/x.js")),
      script: told(() => (document.createElement("script").src = "/assets/x.js")),
      policy: told(() => types.createPolicy("mine", {})),
      again: told(() => types.createPolicy("zone-worker", { createScriptURL: (url: string) => url })),
    };
  });
  for (const [what, outcome] of Object.entries(outcomes)) expect(outcome, what).toMatch(/^(?:TypeError|EvalError): /);
});

test("nothing that the page does itself is refused: programs, formatting, search, checks", async ({ page, bridge, room, playground }) => {
  const refused: string[] = [];
  page.on("console", (message) => void (REFUSED.test(message.text()) && refused.push(message.text())));
  await playground.open(bridge.roomUrl(room));
  const program = await playground.runServer('local x   =  1\nprint("one " .. x)\n');
  await program.shows("one 1");
  await program.is("stopped");
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("Shift+Alt+f");
  await expect(page.locator("zp-editor .cm-content")).toContainText("local x = 1", { timeout: WORKER_LIMIT_MS });
  await page.keyboard.press("ControlOrMeta+f");
  await expect(page.locator(".cm-search, .cm-panel").first()).toBeVisible();
  expect(refused).toEqual([]);
});
