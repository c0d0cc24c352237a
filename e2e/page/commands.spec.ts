import { typeAhead } from "../support/focus.ts";
import { expect, test } from "../support/test.ts";

test("the menu is worked with the keyboard, and gives the focus back", async ({ playground }) => {
  const { page } = playground;
  const button = page.getByRole("button", { name: "Menu", exact: true });
  const menu = page.getByRole("menu", { name: "Menu" });
  await button.focus();
  await page.keyboard.press("ArrowDown");
  await expect(menu).toBeVisible();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  const items = menu.getByRole("menuitem");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(items.last()).toBeFocused();
  await typeAhead(page, "sto");
  const stop = menu.getByRole("menuitem", { name: "Stop all programs" });
  await expect(stop).toBeFocused();
  // What cannot be done now can be found, and does nothing.
  await expect(stop).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();

  await button.click();
  await expect(menu).toBeVisible();
  await button.click();
  await expect(menu).toBeHidden();
  await button.click();
  await page.locator("zp-editor .cm-content").click();
  await expect(menu).toBeHidden();
});

test("the shortcuts are listed, and the list follows from the commands", async ({ playground }) => {
  const { page } = playground;
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  // In the code a question mark is a question mark.
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("-- ?");
  await expect(page.locator("zp-editor .cm-content")).toHaveText("-- ?");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Shift+F1");
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText("Run the open program")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.locator("zp-editor .cm-content")).toBeFocused();

  await page.getByTestId("theme").focus();
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByTestId("theme")).toBeFocused();
});

for (const { width, height, columns } of [
  { width: 1280, height: 400, columns: true },
  { width: 1280, height: 800, columns: true },
  { width: 800, height: 360, columns: true },
  { width: 390, height: 600, columns: false },
]) {
  test(`in a window of ${width} by ${height} every item of the menu can be reached`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    const menu = page.getByRole("menu");
    const items = menu.getByRole("menuitem");
    const box = await menu.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    const lefts = await items.evaluateAll((all) => new Set(all.map((item) => item.getBoundingClientRect().left)).size);
    expect(lefts > 1).toBe(columns);
    // By the keyboard, one after the other, and around.
    for (const item of await items.all()) {
      await expect(item).toBeFocused();
      await expect(item).toBeInViewport({ ratio: 0.99 });
      await page.keyboard.press("ArrowDown");
    }
    await expect(items.first()).toBeFocused();
    // By wheel or finger.
    await menu.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(items.last()).toBeInViewport({ ratio: 0.99 });
    await expect(menu.evaluate((element) => element.scrollWidth - element.clientWidth)).resolves.toBeLessThanOrEqual(0);
  });
}

test("on a phone the menu is a sheet", async ({ playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  const menu = page.getByRole("menu");
  await expect(menu).toBeVisible();
  const box = await menu.boundingBox();
  expect(box?.x).toBe(0);
  expect(box?.width).toBe(390);
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(800);
  await menu.getByRole("menuitem", { name: "New file…" }).click();
  await expect(page.getByRole("dialog", { name: "New file" })).toBeVisible();
});
