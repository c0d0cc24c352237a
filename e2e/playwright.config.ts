import { defineConfig } from "@playwright/test";
import { findChromium } from "../scripts/setup/browser.mjs";
import { CHROMIUM_FLAGS } from "../scripts/setup/chromium-flags.mjs";

/** Milliseconds for one test: the slowest moves 64 MiB through a script that is slow on purpose. */
const TEST_TIMEOUT_MS = 90_000;
/** Milliseconds for one expectation: everything that is expected happens within a second on an idle machine. */
const EXPECT_TIMEOUT_MS = 10_000;

const executablePath = findChromium();

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  reporter: process.env["CI"] ? [["list"], ["github"]] : "list",
  // Every test has a bridge, a room and a page of its own. Two at a time: each is a browser, a bridge and peers.
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env["CI"] !== undefined,
  retries: process.env["CI"] ? 1 : 0,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  use: {
    browserName: "chromium",
    headless: true,
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    trace: "off",
    video: "off",
    actionTimeout: EXPECT_TIMEOUT_MS,
    launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath !== undefined && { executablePath }) },
  },
});
