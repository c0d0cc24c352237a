// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { findProgram, inProject } from "./paths.mjs";

/** Where macOS keeps the browsers that will do. */
const MAC_BROWSERS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

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

function playwrightChromium() {
  try {
    const { chromium } = createRequire(inProject("package.json"))("@playwright/test");
    const path = chromium.executablePath();
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
