import type { Browser, Page } from "@playwright/test";
import { withBridge, withChromium } from "../browser.ts";
import { type Figure, say } from "../figure.ts";
import { type MainThreadTasks, tasksDuring } from "../main-thread.ts";
import { LONG_LINES, printing } from "./long-lines.ts";
import { linkTo, openShared, program } from "./shared-project.ts";
import { type Site, withSite } from "./site.ts";

/** No task of the page's main thread may be longer, in milliseconds: a frame or two are missed then, and no more. */
const LONGEST_TASK_MS = 50;
/** Milliseconds after each thing that is done: what a console does a little later belongs to it. */
const REST_MS = 400;
const SIZE = { width: 1280, height: 800 };
const NARROWER = { width: 1000, height: 700 };

/** A kind of line, and what it took. */
interface Measured extends MainThreadTasks {
  readonly kind: string;
}

/** The longest tasks in headless Chromium while a line of 65,536 characters, of every kind that has cost a console its time, is printed, pointed at, selected, searched and wrapped anew, in the page and in an embed. */
export async function measureLongLines(): Promise<Figure[]> {
  return withChromium(async (browser) => [
    ...figures("page", await withBridge((bridge) => eachKind(browser, "page", (page, source) => inPage(page, bridge, source)))),
    ...figures(
      "embed",
      await withSite((site) =>
        withBridge(
          (bridge) => eachKind(browser, "embed", (page, source) => inEmbed(page, site, `${bridge}embed/zone-playground.js`, source)),
          ["--embed-origin", site.origin],
        ),
      ),
    ),
  ]);
}

async function eachKind(browser: Browser, where: string, tasks: (page: Page, source: string) => Promise<MainThreadTasks>): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const [kind, line] of Object.entries(LONG_LINES)) {
    const context = await browser.newContext({ viewport: SIZE });
    try {
      const measured = { kind, ...(await tasks(await context.newPage(), printing(line))) };
      all.push(measured);
      say(`  ${where}, ${kind}: longest task ${measured.longest.toFixed(1)} ms, by processor's time ${measured.longestProcessor.toFixed(1)} ms`);
    } finally {
      await context.close();
    }
  }
  return all;
}

function figures(where: string, all: readonly Measured[]): Figure[] {
  const longest = all.reduce((a, b) => (b.longest > a.longest ? b : a));
  const busiest = all.reduce((a, b) => (b.longestProcessor > a.longestProcessor ? b : a));
  const over = all.filter((each) => each.longestProcessor >= LONGEST_TASK_MS).length;
  return [
    { what: `longest task in the ${where}, of ${all.length} kinds of lines: ${longest.kind}`, unit: "ms", ours: longest.longest },
    { what: `– by processor's time: ${busiest.kind}`, unit: "ms", ours: busiest.longestProcessor, target: `< ${LONGEST_TASK_MS} ms`, holds: over === 0 },
    { what: `– kinds over ${LONGEST_TASK_MS} ms by processor's time`, unit: "kinds", ours: over },
  ];
}

async function inPage(page: Page, bridge: string, source: string): Promise<MainThreadTasks> {
  await openShared(page, linkTo(bridge, [program("server.luau", source)]));
  const panel = page.locator("zp-console").first();
  return tasksDuring(page, async () => {
    await panel.getByTestId("run").click();
    await panel.getByRole("log").getByText("after", { exact: true }).waitFor({ state: "attached" });
    await page.waitForTimeout(REST_MS);
    await panel.locator(".screen").hover();
    await panel.locator(".screen").dblclick({ force: true });
    await panel.locator(".viewport").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+f");
    await searchAndNarrow(page, panel.getByTestId("console-search"));
  });
}

async function inEmbed(page: Page, site: Site, script: string, source: string): Promise<MainThreadTasks> {
  site.page = `<!doctype html><meta charset="utf-8"><title>lesson</title><script type="module" src="${script}"></script><zone-playground><script type="text/luau" data-name="hello.luau">${source}</script></zone-playground>`;
  await page.goto(site.origin);
  const element = page.locator("zone-playground");
  const log = element.getByRole("log");
  await element.getByTestId("run").waitFor();
  return tasksDuring(page, async () => {
    await element.getByTestId("run").click();
    await log.getByText("after", { exact: true }).waitFor({ state: "attached" });
    await page.waitForTimeout(REST_MS);
    await log.dblclick();
    await page.keyboard.press("ControlOrMeta+c");
    await log.press("ControlOrMeta+f");
    await searchAndNarrow(page, element.getByTestId("console-search"));
  });
}

async function searchAndNarrow(page: Page, field: ReturnType<Page["getByTestId"]>): Promise<void> {
  for (const text of ["zz", "a", " "]) {
    await field.fill(text);
    await page.waitForTimeout(REST_MS / 2);
  }
  await page.setViewportSize(NARROWER);
  await page.waitForTimeout(REST_MS);
}
