import type { Page } from "@playwright/test";
import { CHROMIUM_FLAGS } from "../../scripts/setup/chromium-flags.mjs";
import { headlessShellOptions } from "../../scripts/setup/browser.mjs";
import { PlaygroundPage } from "../support/playground-page.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";
import { expect } from "../support/test.ts";

/** A name that leads here and is no secure context, as the address of another machine: there is no `navigator.clipboard`. */
const NAME = "classroom.test";

test.use({
  bridgeOptions: ["--public-host", NAME],
  openOptions: ["--public-host", NAME],
  launchOptions: { args: [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP ${NAME} 127.0.0.1`], ...headlessShellOptions() },
});

/** What is on the clipboard, by a page that may read it. */
async function clipboard(page: Page, secureUrl: string): Promise<string> {
  const reader = await page.context().newPage();
  await reader.goto(`${secureUrl}healthz`);
  await reader.bringToFront();
  const text = await reader.evaluate(() => navigator.clipboard.readText());
  await reader.close();
  await page.bringToFront();
  return text;
}

/** Where the page came from over plain HTTP. */
const plainUrl = (url: string): string => url.replace("127.0.0.1", NAME).replace("localhost", NAME);

test("copy buttons of the page and of its dialogs copy over plain HTTP", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(plainUrl(bridge.roomUrl(room)));
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await page.getByTestId("room-link").getByRole("button").click();
  const address = page.url().split("#")[0];
  expect(await clipboard(page, bridge.url)).toBe(address);

  await page.getByTestId("address").getByRole("button").click();
  expect(await clipboard(page, bridge.url)).toBe(await playground.address());

  await page.getByTestId("share").click();
  const dialog = page.getByRole("dialog");
  const link = await dialog.getByTestId("long-link").inputValue();
  await dialog.getByTestId("copy-long-link").getByRole("button").click();
  await expect(dialog.getByTestId("copy-long-link").getByRole("status")).toHaveText("Copied");
  expect(await clipboard(page, bridge.url)).toBe(link);
  await page.keyboard.press("Escape");

  await page.getByTestId("open-room").click();
  await dialog.getByTestId("room-panel-link").getByRole("button").click();
  expect(await clipboard(page, bridge.url)).toBe(address);
});

test("a button says that it has not copied, and leaves the text selected", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(plainUrl(bridge.roomUrl(room)));
  // A browser that forbids copying: it may even answer that it has copied.
  for (const answer of [false, true]) {
    await page.evaluate((given) => {
      document.execCommand = () => given;
    }, answer);
    await page.getByTestId("share").click();
    const dialog = page.getByRole("dialog");
    const button = dialog.getByTestId("copy-long-link");
    await button.getByRole("button").click();
    await expect(button.getByText("Not copied. Press Ctrl+C")).toBeVisible();
    await expect(button.getByText("Copied", { exact: true })).toHaveCount(0);
    const field = button.getByTestId("copy-by-hand");
    await expect(field).toBeFocused();
    expect(await field.evaluate((node: HTMLInputElement) => node.value.slice(node.selectionStart ?? 0, node.selectionEnd ?? 0))).toBe(
      await dialog.getByTestId("long-link").inputValue(),
    );
    await page.keyboard.press("ControlOrMeta+c");
    expect(await clipboard(page, bridge.url)).toBe(await dialog.getByTestId("long-link").inputValue());
    await page.keyboard.press("Escape");
  }
});

test("a selection of a console is copied over plain HTTP: by keys and from its menu", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(plainUrl(bridge.roomUrl(room)));
  await page.locator("zp-editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText('print("first " .. string.rep("word ", 60) .. "end")\nprint("second 🎈 line")\n');
  const server = playground.program("server.luau");
  await server.run();
  await server.shows("second");
  const row = server.panel.locator(".xterm-rows > div").filter({ hasText: "second" });
  await expect(row).toBeVisible();
  const box = (await row.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press("ControlOrMeta+c");
  expect(await clipboard(page, bridge.url)).toBe("second 🎈 line");
  // A line of several rows is one line when it is copied.
  await server.panel.getByRole("group", { name: "Console of server.luau" }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  const menu = server.panel.getByTestId("console-menu");
  await menu.getByRole("button").first().click();
  await page.getByRole("menuitem", { name: "Copy the selection" }).click();
  await expect.poll(() => clipboard(page, bridge.url)).toMatch(new RegExp(`^first ${"word ".repeat(60)}end\nsecond 🎈 line\\s*$`));
});

test("a selection of an embed's console is copied as it was printed", async ({ page, site, open, violations: _violations }) => {
  site.bridge = plainUrl(open.url).replace(/\/$/, "");
  await openLesson(page, site, helloElement('warn("careful")\nprint(string.rep("ab", 3000))\nprint("last")'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const log = element.getByRole("log");
  const last = log.locator("[data-level]").filter({ hasText: "last" });
  await expect(last).toBeVisible();
  await log.evaluate((node) => node.scrollTo(0, 0));
  await log.locator("[data-level]").first().click({ clickCount: 3 });
  await last.click({ modifiers: ["Shift"], position: { x: 60, y: 8 } });
  await page.keyboard.press("ControlOrMeta+c");
  await expect.poll(() => clipboard(page, open.url)).toBe(`careful\n${"ab".repeat(3_000)}\nlast`);
});
