// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { findProgram } from "../../packages/wasm-build/index.mjs";
import { inProject } from "./paths.mjs";
import { canInstall } from "./system-packages.mjs";

/** Where macOS keeps the browsers that will do. */
const MAC_BROWSERS = ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/**
 * The Chromium to test with: `CHROMIUM_PATH`, else the one that Playwright downloaded, else the system's.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, where there is no file`);
    return chosen;
  }
  return playwrightChromium() ?? systemChromium();
}

/** The same engine without a browser around it: no window, no tabs, no processes that draw these. */
const HEADLESS_SHELL = "chromium-headless-shell";

/**
 * What Playwright launches for tests that need an engine and no browser around it, which takes half of the processor's time:
 * `CHROMIUM_PATH`, else the system's headless shell, else the one that Playwright downloaded, else any Chromium that is there.
 *
 * @returns {{ executablePath?: string }} empty where Playwright finds its own
 */
export function headlessShellOptions() {
  const path = process.env["CHROMIUM_PATH"] ? findChromium() : findProgram(HEADLESS_SHELL);
  if (path !== undefined) return { executablePath: path };
  return playwrightChromium() === undefined ? chromiumOptions() : {};
}

/**
 * What Playwright launches for tests that need all of Chromium, as {@link findChromium} finds it.
 *
 * @returns {{ executablePath?: string }} empty where there is none
 */
export function chromiumOptions() {
  const path = findChromium();
  return path === undefined ? {} : { executablePath: path };
}

function playwrightChromium() {
  try {
    const playwright = createRequire(inProject("package.json"))("@playwright/test");
    const path = playwright.chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined; // Dependencies are not installed yet, or Playwright does not know this system.
  }
}

function systemChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    const path = findProgram(name);
    if (path !== undefined) return path;
  }
  return MAC_BROWSERS.find((path) => existsSync(path));
}

/** @type {import("./system-packages.mjs").Need} */
export const chromiumNeed = {
  what: "Chromium, which the end-to-end tests drive",
  present: () => findChromium() !== undefined,
  debian: ["chromium"],
  elsewhere: "Chromium: `npx playwright install chromium`, or any Chromium or Chrome, named by CHROMIUM_PATH if it is in an unusual place",
};

/**
 * Where it cannot be installed, Chromium itself does the same in more time.
 *
 * @type {import("./system-packages.mjs").Need}
 */
export const headlessShellNeed = {
  what: "Chromium's headless shell, in which most end-to-end tests run",
  present: () => Boolean(process.env["CHROMIUM_PATH"]) || (findProgram(HEADLESS_SHELL) ?? playwrightChromium()) !== undefined || !canInstall(),
  debian: [HEADLESS_SHELL],
  elsewhere: "Chromium's headless shell: `npx playwright install chromium`",
};
