import type { Browser, Page } from "@playwright/test";
import { type Figure, median, say } from "../figure.ts";
import { withBridge, withChromium } from "../browser.ts";
import { largeModulePage } from "./large-module.ts";
import { withFiles } from "./peer-pages.ts";
import { linkTo, program } from "./shared-project.ts";
import { type NetworkConditions, throughNetwork } from "./slow-network.ts";

const ROUNDS = 5;
const NETWORKS: readonly { readonly name: string; readonly conditions: NetworkConditions | undefined }[] = [
  { name: "loopback", conditions: undefined },
  { name: "10 Mbit/s, 40 ms", conditions: { megabits: 10, roundTripMs: 40 } },
];

/**
 * Milliseconds from opening a link that holds a project to its first printed line, with nothing in the browser's cache.
 * A link never runs by itself: the visitor opens the project and presses Run, each as soon as it can be done.
 * The peer is `largeModulePage`.
 */
export async function measureFirstLine(): Promise<Figure[]> {
  return withChromium((browser) =>
    withBridge((bridge) =>
      withFiles(largeModulePage(), async (peer) => {
        const figures: Figure[] = [];
        for (const { name, conditions } of NETWORKS) {
          const over = <T>(address: string, measure: (address: string) => Promise<T>): Promise<T> =>
            conditions === undefined ? measure(address) : throughNetwork(address, conditions, measure);
          const ours: number[] = [];
          const peers: number[] = [];
          for (let round = 1; round <= ROUNDS; round++) {
            ours.push(await over(bridge, (address) => timed(browser, (page) => runShared(page, address))));
            peers.push(await over(peer, (address) => timed(browser, (page) => runLargeModule(page, address))));
            say(`  ${name}, round ${round}: ${ours.at(-1)!.toFixed(0)} ms, large module ${peers.at(-1)!.toFixed(0)} ms`);
          }
          const figure = { what: `from a link to the first line, ${name}`, unit: "ms", ours: median(ours), peer: median(peers), peerName: "module of 1.29 MB" };
          // Where the network costs nothing, a page without an editor is there at once, and says nothing about the wait.
          figures.push(conditions === undefined ? figure : { ...figure, target: "ratio ≤ 1", holds: figure.ours <= figure.peer });
        }
        return figures;
      }),
    ),
  );
}

async function runShared(page: Page, address: string): Promise<void> {
  await page.goto(linkTo(address, [program("hello.luau", 'print("first line")\n')]), { waitUntil: "commit" });
  await page.getByTestId("arrival-open").click();
  await page.getByTestId("run-all").click();
  await page.getByRole("log").getByText("first line", { exact: true }).waitFor({ state: "attached" });
}

async function runLargeModule(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("first line", { exact: true }).waitFor();
}

/** Milliseconds that a visitor takes who has never been here. */
async function timed(browser: Browser, visit: (page: Page) => Promise<void>): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const from = performance.now();
    await visit(page);
    return performance.now() - from;
  } finally {
    await context.close();
  }
}
