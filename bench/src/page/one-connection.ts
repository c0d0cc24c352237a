import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { withBridge, withChromium } from "../browser.ts";
import { Child } from "../child.ts";
import { bridgeOptions } from "../echo/bridge-arguments.ts";
import { carryingScript, secondsIn, type Transfer } from "../echo/carrying-script.ts";
import { type Figure, median, say } from "../figure.ts";
import { carryByWisp, carryByWebSocket } from "./peer-transfer.ts";
import { linkTo, openShared, program } from "./shared-project.ts";

/** Rounds, the peers taking turns in each. */
const ROUNDS = 5;
/** Connections at a time. */
const COUNTS = [1, 10] as const;
/** Bytes that all connections together carry before the clock starts, and those that count. */
const WARM_UP_BYTES = 40 * 1024 * 1024;
const MEASURED_BYTES = 80 * 1024 * 1024;
/** Bytes of one send. */
const BLOCK_BYTES = 64 * 1024;
/** Bytes that all connections together have under way: more than a frame of 60 a second can carry, so that it is not the sender that waits. */
const UNDER_WAY_BYTES = 4 * 1024 * 1024;
/** Milliseconds until a page has fetched what it needs later only, such as the type checker. */
const SETTLE_MS = 4_000;
/** Milliseconds that one transfer may take. */
const PATIENCE_MS = 120_000;

/** The client of wisp-js as its package ships it for browsers. */
const WISP_CLIENT = join(dirname(createRequire(import.meta.url).resolve("@mercuryworkshop/wisp-js/client")), "wisp-client.mjs");

/** What makes it known to the page that the functions of `peer-transfer.ts` run in. */
const WISP_MODULE = `import { client } from "/wisp/client.mjs"; globalThis.wispClient = client;`;

/** What one connection of a script in the page carries, and ten: beside the client of wisp-js in the same page, through the same bridge, and beside a WebSocket alone. */
export async function measureOneConnection(): Promise<Figure[]> {
  const echo = new Child(new URL("../echo/echo-server.js", import.meta.url), []);
  const bare = new Child(new URL("../echo/ws-server.js", import.meta.url), []);
  try {
    const [port, bareUrl] = [await echo.line(), await bare.line()];
    return await withBridge(
      (bridge) =>
        // The WebSocket beside it leads past the bridge, which the page's policy forbids.
        withChromium(async (browser) => {
          const page = await (await browser.newContext({ bypassCSP: true })).newPage();
          await page.route(`${bridge}wisp/client.mjs`, (route) => route.fulfill({ path: WISP_CLIENT, contentType: "text/javascript" }));
          const wispUrl = `${bridge.replace(/^http/, "ws")}room/wisp/`;
          const rates = { script: new Map<number, number[]>(), wisp: new Map<number, number[]>(), ws: new Map<number, number[]>() };
          const add = (peer: keyof typeof rates, connections: number, seconds: number): void => {
            const rate = MEASURED_BYTES / 2 ** 20 / seconds;
            rates[peer].set(connections, [...(rates[peer].get(connections) ?? []), rate]);
            say(`  ${peer}, ${connections}: ${rate.toFixed(1)} MiB/s`);
          };
          for (const connections of COUNTS) {
            const transfer: Transfer = {
              connections,
              blockBytes: BLOCK_BYTES,
              underWay: UNDER_WAY_BYTES / connections,
              warmUpBytes: WARM_UP_BYTES / connections,
              measuredBytes: MEASURED_BYTES / connections,
            };
            await openShared(page, linkTo(bridge, [program("echo.luau", carryingScript("host.zone.internal", Number(port), transfer))]));
            await page.addScriptTag({ type: "module", content: WISP_MODULE });
            await page.waitForFunction("globalThis.wispClient");
            await page.waitForTimeout(SETTLE_MS);
            for (let round = 0; round < ROUNDS; round++) {
              add("script", connections, await carryByScript(page));
              add("wisp", connections, await page.evaluate(carryByWisp, { url: wispUrl, port: Number(port), ...transfer }));
              add("ws", connections, await page.evaluate(carryByWebSocket, { url: bareUrl, ...transfer }));
            }
          }
          return COUNTS.flatMap((connections) => figuresOf(connections, (peer) => median(rates[peer].get(connections) ?? [])));
        }),
      bridgeOptions(port),
    );
  } finally {
    await Promise.all([echo.end(), bare.end()]);
  }
}

function figuresOf(connections: number, rate: (peer: "script" | "wisp" | "ws") => number): Figure[] {
  const what = `echo over ${connections === 1 ? "1 connection" : `${connections} connections`} of a script in the page`;
  const ours = rate("script");
  const ratio = ours / rate("wisp");
  return [
    { what, unit: "MiB/s", ours, peer: rate("wisp"), peerName: "wisp-js", target: "ratio ≥ 0.9", holds: ratio >= 0.9 },
    { what, unit: "MiB/s", ours, peer: rate("ws"), peerName: connections === 1 ? "a WebSocket" : `${connections} WebSockets` },
  ];
}

/** Seconds that the script itself measures, which the page holds and nobody has run since. */
async function carryByScript(page: Page): Promise<number> {
  const line = page.getByRole("log").getByText(/^(took [\d.]+ s|.*error.*)$/);
  await page.getByTestId("clear").click();
  await line.waitFor({ state: "detached" });
  await page.getByTestId("run-all").click();
  await line.waitFor({ state: "attached", timeout: PATIENCE_MS });
  const text = (await line.textContent()) ?? "";
  const seconds = secondsIn(text);
  if (seconds === undefined) throw new Error(text);
  return seconds;
}
