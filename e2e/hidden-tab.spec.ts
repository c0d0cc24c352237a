import { DevtoolsBrowser } from "./support/devtools-browser.ts";
import { expect, test } from "./support/test.ts";

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

test("in a hidden tab servers go on serving, at their own pace", async ({ bridge, room, spawn }) => {
  const browser = new DevtoolsBrowser();
  try {
    const tab = await browser.openTab(bridge.roomUrl(room));
    const inPage = (expression: string): Promise<unknown> => tab.evaluate(`(() => { ${FIND} return ${expression}; })()`);
    await expect.poll(() => inPage('find("[data-testid=bridge-state]")?.dataset.state'), { timeout: 20_000 }).toBe("connected");
    const address = String(await inPage('find("[data-testid=address]").shadowRoot.querySelector("button span").textContent'));
    await inPage('find("[data-testid=run-all]").click()');
    const server = 'find(`zp-console[data-program="server.luau"]`).shadowRoot';
    await expect.poll(() => inPage(`${server}.querySelector("[data-testid=program-state]").dataset.state`), { timeout: 20_000 }).toBe("running");
    expect(await inPage("document.visibilityState")).toBe("visible");

    await browser.openTab("about:blank");
    await expect.poll(() => inPage("document.visibilityState")).toBe("hidden");

    const nc = spawn("nc", address, 8080);
    await nc.shows("Hello, ");
    // Each answer takes a frame: far more than one a second, which is what browsers leave to timers of hidden pages.
    const began = Date.now();
    for (let line = 1; line <= 20; line++) {
      nc.write(`line ${line}\n`);
      await nc.shows(`You said: line ${line}\n`);
    }
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await inPage("document.visibilityState")).toBe("hidden");

    // Back in front, everything that was said meanwhile is there.
    await tab.bringToFront();
    await expect.poll(() => inPage("document.visibilityState")).toBe("visible");
    await expect.poll(() => inPage(`find("[role=log]", ${server}).textContent`)).toContain("line 20");
  } finally {
    await browser.close();
  }
});
