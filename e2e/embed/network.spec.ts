import type { Locator, Page } from "@playwright/test";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { foreignTexts } from "../support/foreign-texts.ts";
import { openLesson, test } from "../support/lesson-test.ts";
import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows } from "../support/network-view.ts";
import { expect } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** An element with a server and a client that talk over a port. */
const talking = (attributes: string, port = 4000): string =>
  `<zone-playground ${attributes}><template data-name="server.luau">${echoServer(port)}</template><template data-name="client.luau">${greetingClient("127.0.0.1", port, "hello")}</template></zone-playground>`;

const networkTab = (element: Locator): Locator => element.getByRole("tab", { name: "Network" });

/** Files of the page's own that the browser asks for. */
function assetsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/assets/")) asked.push(pathname);
  });
  return asked;
}

test("the network is a tab beside the consoles, which shows what was recorded, goes on live, and leads to the lines", async ({
  page,
  site,
  open: _open,
  violations: _violations,
}) => {
  const asked = assetsOf(page);
  await openLesson(page, site, talking("network"));
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("server:listen(");
  expect(asked.filter((path) => path.includes("embed-network"))).toEqual([]);
  await element.getByTestId("run").click();
  await expect(element.locator('[data-program="client.luau"]').getByRole("log")).toContainText("received hello");
  expect(asked.filter((path) => path.includes("embed-network-view"))).toEqual([]);

  await networkTab(element).click();
  await expect(element.locator('zp-embed-console[data-program="client.luau"]')).toBeHidden();
  const hello = ladderRows(element, "bytes").filter({ hasText: "hello\\n" });
  await expect(hello.first()).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 6 bytes, “hello\\n”, received, line \d+$/);
  await expect(hello).toHaveCount(2);
  await hello.first().click();
  const detail = element.getByTestId("network-detail");
  await expect(detail.getByTestId("hex")).toContainText("68 65 6c");
  await detail.getByTestId("open-line").filter({ hasText: "client.luau" }).click();
  await expect(element.getByRole("tab", { name: "client.luau" })).toHaveAttribute("aria-selected", "true");
  await expect(element.locator(".cm-activeLine")).toContainText("connection:send(");
  await detail.getByTestId("open-line").filter({ hasText: "server.luau" }).click();
  await expect(element.locator(".cm-activeLine")).toContainText("connection:onReceive(");
  await detail.getByTestId("close-detail").click();

  // The client again, while one looks.
  await element.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await element.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await expect(ladderRows(element, "printed").filter({ hasText: "received hello" })).toHaveCount(2);
  await element.getByTestId("view-connections").click();
  await expect(element.getByTestId("connections").getByRole("row")).not.toHaveCount(0);
});

test("a pause holds what an element's programs say, and a step lets it through, with the keyboard too", async ({
  page,
  site,
  open: _open,
  violations: _violations,
}) => {
  await openLesson(page, site, talking("network"));
  const element = page.locator("zone-playground");
  await element.locator('[data-testid="run-one"][data-program="server.luau"]').click();
  await expect(element.locator('zp-embed-console[data-program="server.luau"]').getByRole("log")).toContainText("listening");
  await element.getByRole("tab", { name: "Consoles" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(networkTab(element)).toBeFocused();
  await expect(ladderRows(element, "listen")).toHaveCount(1);
  await page.keyboard.press("Alt+p");
  const time = element.locator("zp-network-time");
  await expect(time.getByTestId("pause-network")).toHaveAttribute("aria-pressed", "true");
  await element.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  const held = time.getByTestId("held");
  await expect(held).toHaveText("1 delivery waits");
  await time.getByTestId("next-delivery").click();
  await expect(held).toHaveText("2 deliveries wait");
  // Whoever goes back to the consoles is told why nothing happens.
  await element.getByRole("tab", { name: "Consoles" }).click();
  await expect(element.getByTestId("network-chip")).toHaveText("Network paused");
  await networkTab(element).click();
  await time.getByTestId("pause-network").click();
  await expect(ladderRows(element, "printed").filter({ hasText: "received hello" })).toHaveCount(1);
});

test("without the attribute nothing is recorded and nothing of it fetched; changed while programs run, it holds from the next run on", async ({
  page,
  site,
  open: _open,
  violations: _violations,
}) => {
  await page.addInitScript(() => {
    const recorded: boolean[] = [];
    Object.assign(globalThis, { recorded });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...words: [unknown]) {
      const { type, isRecorded } = words[0] as { type?: string; isRecorded?: boolean };
      if (type === "start" && isRecorded !== undefined) recorded.push(isRecorded);
      post.apply(this, words);
    } as typeof post;
  });
  const recorded = (): Promise<boolean[]> => page.evaluate(() => (globalThis as unknown as { recorded: boolean[] }).recorded);
  const asked = assetsOf(page);
  await openLesson(page, site, talking(""));
  const element = page.locator("zone-playground");
  const set = (isOn: boolean): Promise<void> => element.evaluate((node, on) => void node.toggleAttribute("network", on), isOn);
  await element.getByTestId("run").click();
  await expect(element.locator('zp-embed-console[data-program="client.luau"]').getByRole("log")).toContainText("received hello");
  await expect(networkTab(element)).toHaveCount(0);
  expect(asked.filter((path) => /network|capture|conditions/.test(path))).toEqual([]);
  expect(await recorded()).toEqual([false, false]);

  await set(true);
  await expect(networkTab(element)).toHaveCount(0);
  await element.getByTestId("run").click();
  await expect.poll(recorded).toEqual([false, false, true, true]);
  await networkTab(element).click();
  await expect(ladderRows(element, "printed").filter({ hasText: "received hello" })).toHaveCount(1);

  await set(false);
  await expect(networkTab(element)).toHaveCount(1);
  await element.getByTestId("stop").click();
  await expect(element.getByTestId("stop")).toHaveAttribute("aria-disabled", "true");
  await set(true);
  await set(false);
  await expect(networkTab(element)).toHaveCount(0);
  // What was recorded is forgotten.
  await set(true);
  await networkTab(element).click();
  await expect(element.getByTestId("network-empty")).toBeVisible();
});

test("each element has its own; moved it goes on, put back it begins anew", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, `${talking('id="one" network')}${talking('id="two" network', 4001)}<div id="elsewhere"></div>`);
  const [one, two] = [page.locator("#one"), page.locator("#two")];
  await one.getByTestId("run").click();
  await networkTab(one).click();
  await expect(ladderRows(one, "printed").filter({ hasText: "received hello" })).toHaveCount(1);
  await networkTab(two).click();
  await expect(two.getByTestId("network-empty")).toBeVisible();
  await one.evaluate((node) => document.querySelector("#elsewhere")?.append(node));
  await one.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await one.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await expect(ladderRows(one, "printed").filter({ hasText: "received hello" })).toHaveCount(2);
  await one.evaluate(async (node) => {
    node.remove();
    await Promise.resolve();
    await new Promise((done) => setTimeout(done));
    document.body.append(node);
  });
  await expect(one.getByRole("tab", { name: "Consoles" })).toHaveAttribute("aria-selected", "true");
  await networkTab(one).click();
  await expect(one.getByTestId("network-empty")).toBeVisible();
});

test.describe("on a phone, in Russian", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: "ru-RU" });

  test("nothing is cut off, left in English or hard to read", async ({ page, site, open: _open, violations: _violations }) => {
    await openLesson(page, site, talking('network lang="ru"'));
    await page.evaluate(() => {
      document.title = "Урок";
    });
    const element = page.locator("zone-playground");
    await element.getByTestId("run").click();
    await element.getByRole("tab", { name: "Сеть" }).click();
    await expect(ladderRows(element, "bytes").nth(1)).toBeVisible();
    const words = [/\b(?:send|onReceive|update)\b/g, /\\[rn0]/g, /\b0x0d0a\b/g];
    expect(await foreignTexts(page, words)).toEqual([]);
    await isAccessibleInBothSchemes(page, "the exchange", "zone-playground");
    await ladderRows(element, "bytes").first().click();
    await expect(element.getByTestId("network-detail")).toBeVisible();
    expect(await foreignTexts(page, words)).toEqual([]);
    await isAccessibleInBothSchemes(page, "a detail", "zone-playground");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
