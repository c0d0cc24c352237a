import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "@playwright/test";

const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Opens the built page, served by a bridge of its own, in a headless Chromium; both are ended afterwards. */
export async function withBuiltPage<T>(measure: (page: Page) => Promise<T>): Promise<T> {
  const { findChromium } = (await import(inProject("scripts/setup/browser.mjs"))) as { findChromium(): string | undefined };
  const { CHROMIUM_FLAGS } = (await import(inProject("scripts/setup/chromium-flags.mjs"))) as { CHROMIUM_FLAGS: string[] };
  const executablePath = findChromium();
  const bridge = spawn(process.execPath, [inProject("bridge/dist/main.js"), "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath !== undefined && { executablePath }) });
  try {
    const address = await new Promise<string>((found, failed) => {
      bridge.once("exit", (status) => failed(new Error(`the bridge ended with status ${status}`)));
      createInterface({ input: bridge.stdout }).on("line", (line) => {
        const link = /https?:\/\/\S+/.exec(line)?.[0];
        if (link !== undefined) found(link);
      });
    });
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(address);
    return await measure(page);
  } finally {
    await browser.close();
    bridge.kill();
  }
}

/** Puts a text into the open file by pasting over it; the cursor stands at its end. */
export async function pasteCode(page: Page, text: string): Promise<void> {
  await page.locator("zp-editor .cm-content").focus();
  await page.evaluate((source) => navigator.clipboard.writeText(source), text);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
  await page.keyboard.press("ControlOrMeta+End");
}
