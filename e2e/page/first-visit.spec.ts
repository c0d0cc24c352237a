import type { Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { isAccessible } from "../support/axe.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";
import { blockStorage } from "../support/storage.ts";

/** Pixels that the page's foot takes when all of it stands in one line. */
const ONE_LINE_PX = 48;

/** Reloads, and waits until a welcome would be there. */
async function reload(playground: PlaygroundPage): Promise<void> {
  await playground.page.reload();
  await playground.isReady();
}

/** The height of the page's foot, and what of it is cut off or hangs out of it. */
/** The foot's height, and which of its parts have less room than they need, or stand outside of it. */
async function foot(page: Page): Promise<{ height: number; cramped: string[] }> {
  return page.locator("zp-status-bar").evaluate((bar) => {
    const { right, height } = bar.getBoundingClientRect();
    const parts = [...(bar.shadowRoot?.querySelector("footer")?.children ?? [])].filter((part) => part.checkVisibility());
    return {
      height,
      cramped: parts
        .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > right + 1)
        .map((part) => `${part.className || part.localName}: ${part.scrollWidth} in ${part.clientWidth}`),
    };
  });
}

test("a first visit is welcomed without a hand on the focus; the first Run ends that for good", async ({ playground }) => {
  const { page } = playground;
  const welcome = page.getByRole("region", { name: "Welcome!" });
  await expect(welcome).toContainText("talk over real TCP");
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");
  // Editor and consoles are all there beside it.
  await expect(playground.program("client.luau").panel).toBeInViewport({ ratio: 0.99 });
  await page.getByTestId("welcome-examples").click();
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByTestId("welcome-share").click();
  await expect(page.getByTestId("long-link")).toBeVisible();
  await page.keyboard.press("Escape");
  await reload(playground);
  // Looking around is no reason to be silent.
  await welcome.getByTestId("welcome-run").click();
  await playground.program("client.luau").shows("Connected");
  await expect(welcome).toHaveCount(0);
  await expect(page.getByTestId("run-all")).toBeFocused();
  await reload(playground);
  await expect(welcome).toHaveCount(0);
});

test("any other Run ends the welcome as well", async ({ playground }) => {
  await expect(playground.page.getByTestId("welcome")).toBeVisible();
  await playground.program("server.luau").run();
  await expect(playground.page.getByTestId("welcome")).toHaveCount(0);
});

for (const way of ["Escape", "the cross"] as const) {
  test(`${way} closes the welcome for good, and the focus stays in the page`, async ({ playground }) => {
    const { page } = playground;
    const welcome = page.getByTestId("welcome");
    // Escape elsewhere is not meant for it.
    await page.locator("zp-editor .cm-content").focus();
    await page.keyboard.press("Escape");
    await expect(welcome).toBeVisible();
    await page.getByTestId(way === "Escape" ? "welcome-share" : "welcome-close").focus();
    await page.keyboard.press(way === "Escape" ? "Escape" : "Enter");
    await expect(welcome).toHaveCount(0);
    await expect(page.getByTestId("run-all")).toBeFocused();
    await reload(playground);
    await expect(welcome).toHaveCount(0);
  });
}

test("who comes by a link, or has work here, is not welcomed", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  const project = { files: [{ name: "main.luau", source: "print(1)\n", program: true }] };
  await page.goto(`${bridge.roomUrl(room)}#share=v1.${deflateSync(JSON.stringify(project)).toString("base64url")}`);
  // Even when the project itself is not opened.
  await page.getByTestId("arrival-cancel").click();
  await playground.isReady();
  await expect(page.getByTestId("welcome")).toHaveCount(0);
  await reload(playground);
  await expect(page.getByTestId("welcome")).toBeVisible();
  await playground.paste("server.luau", "print(2)");
  // The list is shown once everything is saved.
  await page.getByTestId("projects").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await reload(playground);
  await expect(page.getByTestId("welcome")).toHaveCount(0);
});

test("where the browser keeps nothing, the welcome works and may come again", async ({ page, bridge, room }) => {
  await blockStorage(page);
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  await page.getByTestId("welcome-close").click();
  await expect(page.getByTestId("welcome")).toHaveCount(0);
  await reload(playground);
  await expect(page.getByTestId("welcome")).toBeVisible();
  expect(playground.faults).toEqual([]);
});

test("the list of projects says what to do while there is only one", async ({ playground }) => {
  const { page } = playground;
  await page.getByTestId("projects").click();
  const alone = page.getByTestId("projects-alone");
  await expect(alone).toContainText("Nothing is saved yet");
  await isAccessible(page, "no saved project");
  await page.getByTestId("projects-examples").click();
  await expect(page.getByRole("dialog", { name: "Examples" })).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.paste("server.luau", "print(1)");
  await page.getByTestId("projects").click();
  await expect(alone).toContainText("your only project");
  await page.getByTestId("duplicate-project").click();
  await expect(page.getByTestId("open-project")).toHaveCount(2);
  await expect(alone).toHaveCount(0);
});

for (const locale of ["en-US", "ru-RU"]) {
  test.describe(`small screens, ${locale}`, () => {
    test.use({ locale, contextOptions: { reducedMotion: "reduce" } });

    test(`on a phone the welcome leaves the code its place (${locale})`, async ({ playground }) => {
      const { page } = playground;
      await page.setViewportSize({ width: 390, height: 844 });
      // The one of a wide window goes first.
      await expect(page.locator("zp-welcome[compact]")).toBeVisible();
      const welcome = page.getByTestId("welcome");
      await expect(welcome).toBeVisible();
      expect((await welcome.boundingBox())?.height).toBeLessThan(844 / 4);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      // While the type checker is on its way, the foot has a line for that.
      await expect.poll(async () => (await page.locator("zp-editor").boundingBox())?.height).toBeGreaterThan(844 / 2);
      await isAccessible(page, "welcome on a phone");
      await page.getByTestId("welcome-run").click();
      await expect(page.locator("#tab-output")).toHaveAttribute("aria-selected", "true");
      await expect(welcome).toHaveCount(0);
    });

    test(`from 1024 pixels up the page's foot is one line, with room for everything in it (${locale})`, async ({ playground }) => {
      const { page } = playground;
      await playground.runServer("local total: number = ''\nlocal unused = 1\nfunction zone.update() end");
      await playground.paste("client.luau", "local =\n");
      await expect(page.getByTestId("problem-count")).toHaveClass("errors", { timeout: LONG_PATIENCE_MS });
      // The longest that the version can be: with a commit, and changes that are in none.
      await page.locator("zp-status-bar").evaluate((bar) => {
        document.querySelector('meta[name="commit"]')?.setAttribute("content", "4390acb+");
        (bar as HTMLElement & { requestUpdate(): void }).requestUpdate();
      });
      await page.setViewportSize({ width: 1762, height: 768 });
      await expect(page.getByTestId("versions")).toHaveText(/^\d+\.\d+\.\d+ \(4390acb\+\), Luau \d+\.\d+$/);
      for (const width of [1762, 1700, 1600, 1440, 1366, 1280, 1250, 1200, 1024]) {
        await page.setViewportSize({ width, height: 768 });
        await expect.poll(() => foot(page), `at ${width} pixels`).toMatchObject({ cramped: [] });
        expect((await foot(page)).height).toBeLessThanOrEqual(ONE_LINE_PX);
        for (const id of ["address", "open-room", "room-link", "problem-count", "frame-time", "memory", "connections", "bytes-in", "bytes-out"])
          await expect(page.getByTestId(id), `${id} at ${width} pixels`).toBeInViewport({ ratio: 0.99 });
      }
      await page.setViewportSize({ width: 390, height: 844 });
      expect((await foot(page)).cramped).toEqual([]);
      for (const id of ["address", "open-room", "room-link", "problem-count", "frame-time", "memory"])
        await expect(page.getByTestId(id)).toBeInViewport({ ratio: 0.99 });
      // What the foot has no room for.
      await page.keyboard.press("Shift+F1");
      await expect(page.getByTestId("help-versions")).toHaveText(/ \d+\.\d+\.\d+ \(4390acb\+\), Luau \d+\.\d+$/);
    });
  });
}
