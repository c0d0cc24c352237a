// @ts-check
/**
 * `node scripts/take-screenshots.mjs [folder]`: opens the built page in Chromium, runs the default project, and saves
 * what it looks like, then its network, then a lesson, at desktop and phone width, light and dark, in Russian and English.
 * Needs what `npm test` sets up. Default folder: reports/screenshots.
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { findChromium } from "./setup/browser.mjs";
import { CHROMIUM_FLAGS } from "./setup/chromium-flags.mjs";
import { inProject } from "./setup/paths.mjs";
import { say } from "./setup/progress.mjs";

const WIDTHS = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 390, height: 844 },
];
const SCHEMES = /** @type {const} */ (["light", "dark"]);
const LANGUAGES = ["en", "ru"];

const folder = resolve(process.argv[2] ?? inProject("reports", "screenshots"));
mkdirSync(folder, { recursive: true });

const { chromium } = /** @type {typeof import("@playwright/test")} */ (createRequire(inProject("package.json"))("@playwright/test"));

const bridge = spawn(process.execPath, [inProject("bridge/dist/main.js"), "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const address = await new Promise((found, failed) => {
  createInterface({ input: bridge.stdout }).once("line", (line) => {
    const link = /https?:\/\/\S+/.exec(line)?.[0];
    if (link) found(link);
    else failed(new Error(`the bridge printed no link, but: ${line}`));
  });
  bridge.once("exit", (status) => failed(new Error(`the bridge ended with status ${status}`)));
});

const executablePath = findChromium();
const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) });
try {
  for (const { name, width, height } of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      for (const locale of LANGUAGES) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale, deviceScaleFactor: 1 });
        const page = await context.newPage();
        await page.goto(address);
        const picture = (/** @type {string} */ what) => join(folder, `${name}-${colorScheme}-${locale}-${what}.png`);
        await page.getByTestId("run-all").waitFor();
        await page.screenshot({ path: picture("first") });
        await page.getByTestId("run-all").click();
        // Long enough for the default project's first words; a picture has no event to wait for.
        await page.waitForTimeout(2500);
        await page.screenshot({ path: picture("running") });
        // A phone has one row of tabs for everything.
        await page.locator('[data-testid="tab-network"], #tab-network').filter({ visible: true }).click();
        await page.locator("zp-ladder").getByRole("option").first().waitFor();
        await page.screenshot({ path: picture("network") });
        await page.goto(`${address}#lesson=programs-that-talk/a-server-waits`);
        await page.getByTestId("lesson-text").waitFor();
        await page.screenshot({ path: picture("lesson") });
        await context.close();
        say(`${name} ${colorScheme} ${locale}`);
      }
    }
  }
} finally {
  await browser.close();
  bridge.kill();
}
say(`saved in ${folder}`);
