import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Browser, chromium, type Page } from "@playwright/test";
import { inProject } from "./in-project.ts";

/** Calls `measure` with a headless Chromium as the tests use it; it is closed afterwards. */
export async function withChromium<T>(measure: (browser: Browser) => Promise<T>): Promise<T> {
  const { findChromium } = (await import(inProject("scripts/setup/browser.mjs"))) as { findChromium(): string | undefined };
  const { CHROMIUM_FLAGS } = (await import(inProject("scripts/setup/chromium-flags.mjs"))) as { CHROMIUM_FLAGS: string[] };
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath !== undefined && { executablePath }) });
  try {
    return await measure(browser);
  } finally {
    await browser.close();
  }
}

/** Calls `measure` with the address of a bridge of the benchmark's own, ending with a slash and started with these options besides; it is ended afterwards. */
export async function withBridge<T>(measure: (address: string) => Promise<T>, options: readonly string[] = []): Promise<T> {
  const bridge = spawn(process.execPath, [inProject("bridge/dist/main.js"), "--port", "0", ...options], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const address = await new Promise<string>((found, failed) => {
      createInterface({ input: bridge.stdout }).on("line", (line) => {
        const link = /ready: (https?:\S+)/.exec(line)?.[1];
        if (link !== undefined) found(link);
      });
      bridge.once("exit", (status) => failed(new Error(`the bridge ended with status ${status}`)));
    });
    return await measure(address);
  } finally {
    bridge.kill();
  }
}

/** Opens the built page, served by a bridge of its own, in a headless Chromium; both are ended afterwards. */
export function withBuiltPage<T>(measure: (page: Page) => Promise<T>): Promise<T> {
  return withBridge((address) =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
      const page = await context.newPage();
      await page.goto(address);
      return measure(page);
    }),
  );
}

/** Puts a text into the open file by pasting over it; the cursor stands at its end. */
export async function pasteCode(page: Page, text: string): Promise<void> {
  await page.locator("zp-editor .cm-content").focus();
  await page.evaluate((source) => navigator.clipboard.writeText(source), text);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
  await page.keyboard.press("ControlOrMeta+End");
}
