import type { Page } from "@playwright/test";
import { BridgeProcess } from "./bridge-process.ts";
import { LessonSite } from "./lesson-site.ts";
import { expect, test as base } from "./test.ts";

interface Fixtures {
  /** Options of the bridge that lets the site in, behind `--embed-origin`. */
  readonly openOptions: readonly string[];
  readonly site: LessonSite;
  /** A bridge that lets the site in. */
  readonly open: BridgeProcess;
  /** What the browser blocked because of the site's CSP. */
  readonly violations: string[];
}

interface Shared {
  /** The site of all tests of a worker. */
  readonly sharedSite: LessonSite;
}

/** Tests of pages that belong to somebody else and have the playground in them. */
export const test = base.extend<Fixtures, Shared>({
  openOptions: [[], { option: true }],

  sharedSite: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const site = await LessonSite.start();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  site: async ({ sharedSite }, use) => {
    sharedSite.clear();
    await use(sharedSite);
  },
  open: async ({ site, openOptions, hasOwnBridge, bridges }, use) => {
    const options = ["--embed-origin", site.origin, ...openOptions];
    const bridge = hasOwnBridge ? await BridgeProcess.start(options) : await bridges.with(options);
    site.bridge = bridge.url.replace(/\/$/, "");
    await use(bridge);
    if (hasOwnBridge) await bridge.program.end();
  },
  violations: async ({ page }, use) => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|CORS|Refused to/i.test(message.text())) violations.push(message.text());
    });
    page.on("pageerror", (error) => violations.push(`${String(error)}\n${error.stack}`));
    await use(violations);
    expect.soft(violations, "blocked by the documented policy, or an error").toEqual([]);
  },
});

/** Opens a page of the site with this in its body. */
export async function openLesson(page: Page, site: LessonSite, html: string): Promise<void> {
  site.pages.set(
    "/page.html",
    `<!doctype html><meta charset="utf-8"><html lang="en"><title>page</title><script type="module" src="${site.bridge}/embed/zone-playground.js"></script><body>${html}`,
  );
  await page.goto(`${site.origin}/page.html`);
}

/** An element with one program, `hello.luau`. */
export const helloElement = (source: string, attributes = ""): string =>
  `<zone-playground ${attributes}><script type="text/luau" data-name="hello.luau">${source}</script></zone-playground>`;
