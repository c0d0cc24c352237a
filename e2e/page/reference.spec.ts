import type { Locator, Page } from "@playwright/test";
import { CHECKER_LIMIT_MS, checkerIsReady, chooseCommand } from "../support/checker.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: "API reference" });

test("F1 opens the reference; its contents and a search lead to entries, whose code can be copied", async ({ playground }) => {
  const { page } = playground;
  const dialog = dialogOf(page);
  await page.getByTestId("theme").focus();
  await page.keyboard.press("F1");
  const field = dialog.getByRole("searchbox", { name: "Search in the reference" });
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("heading", { name: "The life of a program" })).toBeVisible();

  await dialog.getByRole("navigation", { name: "Contents" }).getByRole("button", { name: "Client" }).click();
  await expect(dialog.getByRole("heading", { name: "Client", exact: true })).toBeFocused();
  await dialog.getByRole("navigation").getByRole("button", { name: "SocketClient:listen()" }).click();
  await expect(dialog.getByRole("heading", { name: "SocketClient:listen()" })).toBeFocused();
  await expect(dialog.getByRole("heading", { name: "SocketClient:listen()" })).toBeInViewport();

  await field.fill("onReceive");
  const results = dialog.getByRole("navigation", { name: "Search results" });
  await expect(dialog.getByTestId("reference-count")).toHaveText(/^\d+ results$/);
  await expect(results.getByRole("button").first()).toContainText("NetConnection:onReceive()");
  await expect(results.locator("mark").first()).toHaveText("onReceive");
  await field.press("Enter");
  const heading = page.getByRole("heading", { name: "NetConnection:onReceive()" });
  await expect(heading).toBeFocused();
  await expect(heading.locator("mark")).toHaveText("onReceive");
  const entry = dialog.locator("section").filter({ has: heading });
  await entry.getByRole("button", { name: "Copy the code" }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(":onReceive(");

  await field.fill("nothing like this");
  await expect(dialog.getByTestId("reference-count")).toHaveText("Nothing found");
  // Escape empties the field, and then closes the dialog.
  await field.press("Escape");
  await expect(field).toHaveValue("");
  await expect(dialog.getByRole("navigation", { name: "Contents" })).toBeVisible();
  await field.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId("theme")).toBeFocused();
});

test("links lead from one topic to another, and an address to a topic", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(`${bridge.roomUrl(room)}#reference=limits`);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("heading", { name: "Limits", exact: true })).toBeFocused();
  // A reload would not open it again.
  expect(page.url()).toBe(bridge.roomUrl(room));
  await dialog.getByRole("link", { name: "Buffers and time limits" }).click();
  await expect(dialog.getByRole("heading", { name: "Buffers and time limits" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    location.hash = "#reference=NetConnection:send";
  });
  const heading = dialog.getByRole("heading", { name: "NetConnection:send()" });
  await expect(heading).toBeFocused();
  await expect(heading.getByRole("link")).toHaveAttribute("href", `${new URL(bridge.url).origin}/#reference=NetConnection%3Asend`);
});

test("what is said of a completion leads to the entry", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("server.luau", "zone");
  await page.keyboard.type(".socket.up");
  await expect(page.locator("zp-editor .cm-tooltip-autocomplete li")).toContainText(["update"], { timeout: CHECKER_LIMIT_MS });
  await page.locator("zp-editor .cm-completionInfo").getByRole("button", { name: "In the reference" }).click();
  await expect(dialogOf(page).getByRole("heading", { name: "zone.socket.update()" })).toBeFocused();
});

test("a hover leads to the entry, and so does F1 at a name", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("server.luau", "print(zone.isHeadless)\n\nzone.socket.update()\n");
  const heading = (name: string): Locator => dialogOf(page).getByRole("heading", { name });
  await page.locator("zp-editor .cm-line").getByText("isHeadless").hover();
  await page.locator("zp-editor .cm-hover").getByRole("button", { name: "In the reference" }).click({ timeout: CHECKER_LIMIT_MS });
  await expect(heading("zone.isHeadless")).toBeFocused();
  await page.keyboard.press("Escape");

  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  for (let step = 0; step < "te()".length; step += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("F1");
  await expect(heading("zone.socket.update()")).toBeFocused({ timeout: CHECKER_LIMIT_MS });
  await page.keyboard.press("Escape");
  await expect(page.locator("zp-editor .cm-content")).toBeFocused();
});

test.describe("while the bridge is away", () => {
  test.use({ hasOwnBridge: true, hasOwnContext: true });

  test("the reference is there in both languages, and the notice leads to what a bridge is", async ({ page, bridge, room }) => {
    const fetched = ["dialogs", "reference-en", "reference-ru", "ru"].map((name) => page.waitForResponse(new RegExp(`/assets/${name}-[^/]*\\.js$`)));
    await new PlaygroundPage(page).open(bridge.roomUrl(room));
    for (const response of await Promise.all(fetched)) await response.finished();
    await bridge.program.end();
    const notice = page.getByTestId("bridge-notice");
    await notice.getByRole("button", { name: "What is a bridge?" }).click();
    await expect(dialogOf(page).getByRole("heading", { name: "The bridge", exact: true })).toBeFocused();
    await expect(page.getByTestId("reference-text")).toContainText("opens real TCP sockets");
    await page.keyboard.press("Escape");
    await page.getByTestId("language").click();
    await chooseCommand(page, "Что такое мост?");
    const dialog = page.getByRole("dialog", { name: "Справочник" });
    await expect(dialog.getByRole("heading", { name: "Мост", exact: true })).toBeFocused();
    await dialog.getByRole("searchbox").fill("мост порт");
    await expect(dialog.getByTestId("reference-count")).toHaveText(/^\d+ результат(?:а|ов)?$/);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 600 }, hasTouch: true });

  test("list and text take turns, and nothing is wider than the screen", async ({ playground }) => {
    const { page } = playground;
    await chooseCommand(page, "API reference");
    const dialog = dialogOf(page);
    const list = dialog.getByRole("navigation");
    const text = dialog.getByTestId("reference-text");
    await expect(list).toBeVisible();
    await expect(text).toBeHidden();
    const overflow = (): Promise<number> => text.evaluate((element) => element.scrollWidth - element.clientWidth);
    for (const name of ["NetConnection", "Buffers and time limits", "ByteStream: numbers"]) {
      await list.getByRole("button", { name, exact: true }).click();
      await expect(text).toBeVisible();
      await expect(list).toBeHidden();
      expect(await overflow(), name).toBeLessThanOrEqual(0);
      await dialog.getByRole("button", { name: "Contents" }).click();
      await expect(text).toBeHidden();
    }
    await dialog.getByRole("searchbox").fill("send");
    await list.getByRole("button").first().click();
    await expect(dialog.getByRole("heading", { name: "NetConnection:send()" })).toBeInViewport();
    await dialog.getByRole("button", { name: "Search results" }).click();
    await expect(list.locator("[aria-current=location]")).toBeFocused();
  });
});
