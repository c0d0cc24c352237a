import { defineConfig } from "@playwright/test";

/** Milliseconds for one check: seconds on an idle machine, and the browser's start is not among them. */
const CHECK_LIMIT_MS = 60_000;

export default defineConfig<object, { engine: string; isOldest: boolean }>({
  testDir: ".",
  testMatch: "*.smoke.ts",
  outputDir: "../../test-results/smoke",
  reporter: process.env["CI"] ? [["list"], ["github"]] : "list",
  // The checks of one browser follow each other in it; two browsers run side by side, as many as there are processors.
  fullyParallel: false,
  workers: 2,
  forbidOnly: process.env["CI"] !== undefined,
  retries: process.env["CI"] ? 1 : 0,
  timeout: CHECK_LIMIT_MS,
  expect: { timeout: 10_000 },
  projects: [
    { name: "Firefox", use: { engine: "firefox", isOldest: false } },
    { name: "WebKit", use: { engine: "webkit", isOldest: false } },
    { name: "the oldest browsers", use: { engine: "chromium", isOldest: true } },
  ],
});
