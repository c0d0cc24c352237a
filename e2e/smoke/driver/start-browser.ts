import { findFirefox, findWebKitDriver } from "../../../scripts/setup/smoke-browsers.mjs";
import { PlaywrightChromium } from "./chromium.ts";
import type { Commands } from "./commands.ts";
import { Display } from "./display.ts";
import { Marionette } from "./marionette.ts";
import { withTimeLimits } from "./time-limits.ts";
import { WebKitDriver } from "./webkit.ts";

/** The browsers that the checks run in. */
export type Engine = "firefox" | "webkit" | "chromium";

/** Starts a browser whose requests for `.test` names go to this HTTP proxy, as `host:port`. */
export async function startBrowser(engine: Engine, proxy: string): Promise<Commands> {
  return withTimeLimits(engine, await startEngine(engine, proxy));
}

async function startEngine(engine: Engine, proxy: string): Promise<Commands> {
  const environment = { ...process.env, LANG: "en_US.UTF-8", LANGUAGE: "en" };
  switch (engine) {
    case "firefox": {
      const program = findFirefox();
      if (program === undefined) throw new Error("Firefox is not installed; on Debian `apt-get install firefox-esr`, or name it by FIREFOX_PATH");
      return Marionette.start(
        program,
        { "network.proxy.type": 2, "network.proxy.autoconfig_url": proxyScript(proxy), "intl.accept_languages": "en-US" },
        environment,
      );
    }
    case "webkit": {
      const program = findWebKitDriver();
      if (program === undefined) throw new Error("WebKitWebDriver is not installed; on Debian `apt-get install webkit2gtk-driver xvfb`");
      return startWebKit(program, proxy, environment);
    }
    case "chromium":
      return PlaywrightChromium.start(`http://${proxy}`);
  }
}

/** Times that WebKit is restarted: its driver waits without end for a browser that did not come up, which happens. */
const WEBKIT_TRIES = 3;

async function startWebKit(program: string, proxy: string, environment: NodeJS.ProcessEnv): Promise<Commands> {
  for (let tries = 1; ; tries += 1) {
    const display = await Display.start();
    try {
      const driver = await WebKitDriver.start(program, proxy, { ...environment, DISPLAY: display.name });
      return {
        call: (command, parameters) => driver.call(command, parameters),
        end: async () => {
          await driver.end();
          display.end();
        },
      };
    } catch (error) {
      display.end();
      if (tries === WEBKIT_TRIES) throw error;
    }
  }
}

/** What Firefox asks where an address goes. */
function proxyScript(proxy: string): string {
  return `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(`function FindProxyForURL(url, host) { return dnsDomainIs(host, ".test") ? "PROXY ${proxy}" : "DIRECT"; }`)}`;
}
