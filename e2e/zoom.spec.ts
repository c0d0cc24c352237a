import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

// What a window of 1280 x 800 pixels shows at 200 %.
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

/** That nothing needs scrolling sideways, and that every button in sight can be reached whole. */
async function fits(page: Page, state: string): Promise<void> {
  const outside = await page.evaluate(() => {
    const found: string[] = [];
    const root = document.scrollingElement ?? document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} pixels wide`);
    const visit = (from: ParentNode): void => {
      for (const element of from.querySelectorAll<HTMLElement>("*")) {
        if (element.shadowRoot !== null) visit(element.shadowRoot);
        if (!element.matches("button, a[href], input, select, [role=tab], [role=separator]") || !element.checkVisibility({ visibilityProperty: true })) continue;
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        if (width > 1 && (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1)) found.push(`${element.dataset["testid"] ?? element.ariaLabel ?? element.textContent.trim()}: ${[left, right, top, bottom].map(Math.round).join(" ")}`);
      }
    };
    visit(document);
    return found;
  });
  expect.soft(outside, state).toEqual([]);
}

test("at 200 % nothing needs scrolling sideways, and everything can be reached", async ({ playground }) => {
  const { page } = playground;
  await fits(page, "the code");
  const menu = page.getByTestId("menu");
  for (const item of ["project.share", "project.list", "project.examples", "project.new-file"]) {
    await menu.getByRole("button").click();
    await menu.locator(`[data-item="${item}"]`).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await fits(page, item);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog")).toBeVisible();
  await fits(page, "the shortcuts");
  await page.keyboard.press("Escape");
  await menu.getByRole("button").click();
  await fits(page, "the menu");
  await page.keyboard.press("Escape");
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("Connected");
  await fits(page, "the consoles");
  await page.getByTestId("language").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await fits(page, "in Russian");
});
