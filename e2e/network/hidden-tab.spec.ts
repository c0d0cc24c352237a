import { setTimeout as sleep } from "node:timers/promises";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { BreakableNetwork } from "../support/breakable-network.ts";
import { DevtoolsBrowser, type DevtoolsTab } from "../support/devtools-browser.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

/** Milliseconds that pass while nothing happens: longer than a page waits for its first attempts to come back. */
const FIRST_ATTEMPTS_MS = 3_000;

/** Finds an element through the shadow roots of the page. */
const FIND = `
function find(selector, root = document) {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const element of root.querySelectorAll("*")) {
    const inner = element.shadowRoot && find(selector, element.shadowRoot);
    if (inner) return inner;
  }
  return null;
}`;

/** The console of the server of a new project. */
const SERVER = 'find(`zp-console[data-program="server.luau"]`).shadowRoot';

/** The page in a tab of its own, with its server running. */
async function withServer(browser: DevtoolsBrowser, url: string): Promise<{ tab: DevtoolsTab; inPage(expression: string): Promise<unknown>; address: string }> {
  const tab = await browser.openTab(url);
  const inPage = (expression: string): Promise<unknown> => tab.evaluate(`(() => { ${FIND} return ${expression}; })()`);
  await expect.poll(() => inPage('find("[data-testid=bridge-state]")?.dataset.state'), { timeout: LONG_PATIENCE_MS }).toBe("connected");
  const address = String(await inPage('find("[data-testid=address]").shadowRoot.querySelector("button span").textContent'));
  await inPage('find("[data-testid=run-all]").click()');
  await expect.poll(() => inPage(`${SERVER}.querySelector("[data-testid=program-state]").dataset.state`), { timeout: LONG_PATIENCE_MS }).toBe("running");
  expect(await inPage("document.visibilityState")).toBe("visible");
  return { tab, inPage, address };
}

test("in a hidden tab servers go on serving, at their own pace", async ({ bridge, room, spawn }) => {
  const browser = new DevtoolsBrowser();
  try {
    const { tab, inPage, address } = await withServer(browser, bridge.roomUrl(room));
    await browser.openTab("about:blank");
    await expect.poll(() => inPage("document.visibilityState")).toBe("hidden");

    const nc = spawn("nc", address, 8080);
    await nc.shows("Hello, ");
    // Each answer takes a frame: far more than one a second, which is what browsers leave to timers of hidden pages.
    const times: number[] = [];
    for (let line = 1; line <= 20; line++) {
      const began = Date.now();
      nc.write(`line ${line}\n`);
      await nc.shows(`You said: line ${line}\n`);
      times.push(Date.now() - began);
    }
    // The quickest half: a busy machine holds up one or another.
    expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(700);
    expect(await inPage("document.visibilityState")).toBe("hidden");

    // Back in front, everything that was said meanwhile is there.
    await tab.bringToFront();
    await expect.poll(() => inPage("document.visibilityState")).toBe("visible");
    await expect.poll(() => inPage(`find("[role=log]", ${SERVER}).textContent`)).toContain("line 20");
  } finally {
    await browser.close();
  }
});

test("a tab that the browser has frozen loses its connection, and goes on where it was once it is thawed", async ({ bridge, room, spawn }) => {
  const browser = new DevtoolsBrowser();
  const network = await BreakableNetwork.to(bridge.port);
  try {
    const { tab, inPage, address } = await withServer(browser, `http://127.0.0.1:${network.port}/room/${room}/`);
    const nc = spawn("nc", address, 8080);
    nc.write("before\n");
    await nc.shows("You said: before\n");
    await browser.openTab("about:blank");
    await expect.poll(() => inPage("document.visibilityState")).toBe("hidden");
    await tab.setFrozen(true);
    const { sessions } = await bridge.health();
    network.cut();
    await expect.poll(async () => (await bridge.health()).detached).toBe(sessions);
    // The way is free, but nothing of the page runs.
    nc.write("while frozen\n");
    await sleep(FIRST_ATTEMPTS_MS);
    expect((await bridge.health()).detached).toBe(sessions);
    expect(nc.output).not.toContain("while frozen");

    await tab.setFrozen(false);
    await nc.shows("You said: while frozen\n");
    await expect.poll(async () => (await bridge.health()).detached).toBe(0);
    await tab.bringToFront();
    await expect.poll(() => inPage(`${SERVER}.querySelector("[data-testid=program-state]").dataset.state`)).toBe("running");
  } finally {
    network.close();
    await browser.close();
  }
});
