import type { Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { expect } from "../support/test.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";

/** The element's files as they are now. */
const sources = (page: Page): Promise<string[]> =>
  page.locator("zone-playground").evaluate((node) => (node as unknown as { getFiles(): { source: string }[] }).getFiles().map(({ source }) => source));

const TWO_PROGRAMS = `<zone-playground>
  <script type="text/luau" data-name="server.luau">print("I am the server")
function zone.update() end</script>
  <script type="text/luau" data-name="client.luau">print("I am the client")
function zone.update() end</script>
  <script type="text/luau" data-name="words.luau" data-module>return {}</script>
</zone-playground>`;

test("Reset brings the author's code again, and asks once where there are changes", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement("--#region folded More\nlocal folded = 1\n--#endregion\nprint('the author')"));
  const element = page.locator("zone-playground");
  const reset = element.getByTestId("reset");
  const code = element.locator(".cm-content");
  await expect(code).toContainText("the author");
  await expect(reset).toHaveAttribute("aria-disabled", "true");
  // Nothing is asked where nothing would be lost.
  await reset.dispatchEvent("click");
  await expect(element.getByTestId("reset-yes")).toHaveCount(0);
  const type = async (text: string): Promise<void> => {
    await code.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(text);
  };
  await type("!");
  await expect(reset).toHaveAttribute("aria-disabled", "false");
  // What is as it was is no change.
  await page.keyboard.press("Backspace");
  await expect(reset).toHaveAttribute("aria-disabled", "true");
  await type(" -- the reader");
  await reset.click();
  await expect(element.getByTestId("reset-yes")).toBeFocused();
  await expect(element.getByRole("alert")).toContainText("Your changes will be lost");
  await page.keyboard.press("Escape");
  await expect(reset).toBeFocused();
  expect((await sources(page))[0]).toContain("the reader");
  await element.evaluate((node) => {
    const changes: unknown[] = [];
    (globalThis as { changes?: unknown }).changes = changes;
    node.addEventListener("change", (event) => changes.push((event as CustomEvent).detail));
  });
  await reset.click();
  await element.getByTestId("reset-yes").click();
  await expect(code).not.toContainText("the reader");
  const [source] = await sources(page);
  expect(source).toMatch(/^--#region folded More\nlocal folded = 1\n--#endregion\nprint\('the author'\)\n$/);
  expect(await page.evaluate(() => (globalThis as unknown as { changes: unknown }).changes)).toEqual([{ name: "hello.luau", source }]);
  // It is as at first: the region is folded.
  await expect(code).not.toContainText("local folded");
  await expect(reset).toHaveAttribute("aria-disabled", "true");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("the author");
});

test("code that cannot be changed has no Reset, and the page may reset by itself", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement("print(1)", "read-only"));
  const element = page.locator("zone-playground");
  await expect(element.getByTestId("open-playground")).toBeVisible();
  await expect(element.getByTestId("reset")).toHaveCount(0);
  await openLesson(page, site, helloElement("print(1)"));
  await element.locator(".cm-content").focus();
  await page.keyboard.type("x");
  await expect(element.getByTestId("reset")).toHaveAttribute("aria-disabled", "false");
  await element.evaluate((node) => (node as unknown as { reset(): void }).reset());
  expect(await sources(page)).toEqual(["print(1)\n"]);
  await expect(element.locator(".cm-content")).toHaveText("print(1)");
});

test("each of several programs is run and stopped by itself", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, TWO_PROGRAMS);
  const element = page.locator("zone-playground");
  const one = (name: string) => element.locator(`[data-testid=run-one][data-program="${name}"]`);
  await expect(element.getByTestId("run")).toHaveText("Run all");
  await expect(element.getByTestId("run-one")).toHaveCount(2);
  await expect(one("server.luau")).toHaveAccessibleName("Run server.luau");
  await one("server.luau").click();
  await expect(element.locator('[data-program="server.luau"]').getByRole("log")).toHaveText("I am the server");
  await expect(element.locator('zp-embed-console[data-program="client.luau"]')).toHaveCount(0);
  await expect(one("server.luau")).toHaveAccessibleName("Stop server.luau");
  await one("client.luau").click();
  await expect(element.locator('[data-program="client.luau"]').getByRole("log")).toHaveText("I am the client");
  await expect(one("server.luau")).toHaveAccessibleName("Stop server.luau");
  await one("server.luau").click();
  await expect(one("server.luau")).toHaveAccessibleName("Run server.luau");
  await expect(one("client.luau")).toHaveAccessibleName("Stop client.luau");
  // With one program, Run is its button.
  await openLesson(page, site, helloElement("print(1)"));
  await expect(element.getByTestId("run")).toHaveText("Run");
  await expect(element.getByTestId("run-one")).toHaveCount(0);
});

test("what the reader has made of it opens in the playground, in a tab of its own, and in the element's room", async ({
  page,
  context,
  site,
  open,
  violations: _violations,
}) => {
  await openLesson(page, site, helloElement("print('the author')", 'room="Урок-7б"'));
  const element = page.locator("zone-playground");
  await element.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" -- the reader");
  const opened = context.waitForEvent("page");
  await element.getByTestId("open-playground").click();
  const tab = await opened;
  await expect(tab.getByTestId("wants-room")).toContainText("urok-7b");
  expect(await tab.evaluate(() => window.opener === null)).toBe(true);
  await tab.getByTestId("arrival-join").click();
  await expect(tab.locator("zp-editor .cm-content")).toContainText("-- the reader", { timeout: LONG_PATIENCE_MS });
  expect(tab.url()).toBe(`${open.url}room/urok-7b/`);
  await tab.close();
  // The lesson is where it was.
  await expect(element.locator(".cm-content")).toContainText("the reader");
});

test("where no tab can be opened, there is a link to copy", async ({ page, site, open, violations: _violations }) => {
  // A sandboxed frame that may not open windows.
  await openLesson(
    page,
    site,
    `<iframe sandbox="allow-scripts allow-same-origin" title="framed" width="600" height="400" src="${open.url}embed/?lang=en#share=none"></iframe>`,
  );
  const element = page.frameLocator("iframe").locator("zone-playground");
  await element.evaluate((node) => (node as unknown as { setFiles(files: unknown): void }).setFiles([{ name: "a.luau", source: "print(1)", isProgram: true }]));
  await element.getByTestId("open-playground").click();
  await expect(element.getByTestId("problem")).toContainText("does not open a new tab");
  await expect(element.getByTestId("problem")).toContainText(`${open.url}#share=v1.`);
});
