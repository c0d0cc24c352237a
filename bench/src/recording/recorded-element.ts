import type { Page } from "@playwright/test";
import { withBridge, withChromium } from "../browser.ts";
import { bridgeOptions } from "../echo/bridge-arguments.ts";
import { carryingScript, secondsIn } from "../echo/carrying-script.ts";
import { type Site, withSite } from "../page/site.ts";
import { PAGE_ROUND_TRIPS, PAGE_TRANSFERS } from "./recording-cases.ts";
import { roundTripScript } from "./round-trip-script.ts";

/** Where a script in a browser finds the echo server. */
const HOST = "host.zone.internal";

/** Milliseconds that one run may take. */
const PATIENCE_MS = 120_000;

/** The seconds that a script says it took, with and without being recorded. */
export interface RecordedSeconds {
  readonly recorded: number;
  readonly plain: number;
}

/** The scripts, by the name of their case. */
function sourceOf(name: string, echoPort: string): string {
  const transfer = PAGE_TRANSFERS[name];
  return transfer === undefined ? roundTripScript(HOST, Number(echoPort), PAGE_ROUND_TRIPS) : carryingScript(HOST, Number(echoPort), transfer);
}

/** Runs a case so often in two elements of a page, which take turns: `<zone-playground>` records its programs where it shows what they do on the network, and only there. */
export function measureElements(name: string, echoPort: string, rounds: number): Promise<RecordedSeconds[]> {
  return withChromium((browser) =>
    withSite((site) =>
      withBridge(
        async (bridge) => {
          const page = await browser.newPage();
          await open(page, site, `${bridge}embed/zone-playground.js`, sourceOf(name, echoPort));
          const seconds: RecordedSeconds[] = [];
          for (let round = 0; round < rounds; round++) {
            seconds.push({ recorded: await secondsOf(page, "recorded"), plain: await secondsOf(page, "plain") });
          }
          return seconds;
        },
        [...bridgeOptions(echoPort), "--embed-origin", site.origin],
      ),
    ),
  );
}

async function open(page: Page, site: Site, script: string, source: string): Promise<void> {
  const element = (id: string, attributes: string): string =>
    `<zone-playground id="${id}"${attributes}><script type="text/luau" data-name="echo.luau">${source}</script></zone-playground>`;
  site.page = `<!doctype html><meta charset="utf-8"><title>recording</title><script type="module" src="${script}"></script>${element("recorded", " network")}${element("plain", "")}`;
  await page.goto(site.origin);
  for (const id of ["recorded", "plain"]) await page.locator(`#${id}`).getByTestId("run").waitFor();
}

async function secondsOf(page: Page, id: string): Promise<number> {
  const element = page.locator(`#${id}`);
  const lines = element.getByRole("log").getByText(/^(took [\d.]+ s|.*error.*)$/);
  const line = lines.nth(await lines.count());
  await element.getByTestId("run").click();
  await line.waitFor({ state: "attached", timeout: PATIENCE_MS });
  const text = (await line.textContent()) ?? "";
  const seconds = secondsIn(text);
  if (seconds === undefined) throw new Error(text);
  return seconds;
}
