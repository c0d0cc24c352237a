import { defineConfig } from "@playwright/test";
import { chromiumOptions, headlessShellOptions } from "../scripts/setup/browser.mjs";
import { PATIENCE_MS } from "../scripts/patience.ts";
import { CHROMIUM_FLAGS } from "../scripts/setup/chromium-flags.mjs";

/** Milliseconds for one test: the slowest takes some tens of seconds on an idle machine. */
const TEST_TIMEOUT_MS = 180_000;
/** Tests at a time: on two cores three keep both busy, since each waits for frames, timers and peers now and then. */
const WORKERS = 3;

/** Pages of one context and one site share a process, in which a test finds the playground compiled by the one before it (`support/shared-contexts.ts`). */
const SHARED_PROCESS = "--process-per-site";

/**
 * What is not the same in Chromium's headless shell, which is the engine alone: frames of another site have storage there, and no
 * tab is behind another.
 */
const WHOLE_BROWSER = ["embed/*.spec.ts", "network/hidden-tab.spec.ts"];
/** What the tests of both share, and leave clean. */
const BOTH = ["support/*.spec.ts"];

/** How a browser is launched. */
const launched = (browser: { executablePath?: string }) => ({ launchOptions: { args: [...CHROMIUM_FLAGS, SHARED_PROCESS], ...browser } });

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  reporter: process.env["CI"] ? [["list"], ["github"]] : "list",
  // Every test has a room and a page of its own; each worker has a browser, a bridge and peers.
  fullyParallel: true,
  workers: WORKERS,
  forbidOnly: process.env["CI"] !== undefined,
  retries: process.env["CI"] ? 1 : 0,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: PATIENCE_MS },
  use: {
    browserName: "chromium",
    headless: true,
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    trace: "off",
    video: "off",
    actionTimeout: PATIENCE_MS,
  },
  projects: [
    { name: "headless shell", testIgnore: WHOLE_BROWSER, use: launched(headlessShellOptions()) },
    { name: "Chromium", testMatch: [...WHOLE_BROWSER, ...BOTH], use: launched(chromiumOptions()) },
  ],
});
