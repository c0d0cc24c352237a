// @ts-check
import { existsSync } from "node:fs";
import { findProgram } from "../../packages/wasm-build/index.mjs";

/** Where macOS and Windows' subsystem keep Firefox. */
const OTHER_FIREFOXES = ["/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * The Firefox to test with: `FIREFOX_PATH`, else the extended support release, else whatever is called firefox.
 *
 * @returns {string | undefined}
 */
export function findFirefox() {
  const chosen = process.env["FIREFOX_PATH"];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`FIREFOX_PATH names ${chosen}, where there is no file`);
    return chosen;
  }
  return findProgram("firefox-esr") ?? findProgram("firefox") ?? OTHER_FIREFOXES.find((path) => existsSync(path));
}

/**
 * The driver of WebKitGTK, which brings its own small browser.
 *
 * @returns {string | undefined}
 */
export function findWebKitDriver() {
  return findProgram("WebKitWebDriver");
}

/** @type {import("./system-packages.mjs").Need} */
export const firefoxNeed = {
  what: "Firefox, in which a part of the end-to-end tests runs",
  present: () => findFirefox() !== undefined,
  debian: ["firefox-esr"],
  elsewhere: "Firefox 115 or newer, named by FIREFOX_PATH if it is in an unusual place",
};

/** @type {import("./system-packages.mjs").Need} */
export const webkitNeed = {
  what: "WebKitGTK's driver and Xvfb, in which a part of the end-to-end tests runs",
  present: () => findWebKitDriver() !== undefined && findProgram("Xvfb") !== undefined,
  debian: ["webkit2gtk-driver", "xvfb"],
  elsewhere: "WebKitGTK's driver and Xvfb: `sudo apt install webkit2gtk-driver xvfb` on Debian and Ubuntu",
};
