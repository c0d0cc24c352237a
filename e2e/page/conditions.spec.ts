import { isAccessible } from "../support/axe.ts";
import { expect, test } from "../support/test.ts";

for (const { locale, colorScheme, viewport, title } of [
  { locale: "en-US", colorScheme: "light", viewport: { width: 1280, height: 800 }, title: "Network conditions" },
  { locale: "ru-RU", colorScheme: "dark", viewport: { width: 390, height: 844 }, title: "Условия сети" },
] as const) {
  test.describe(`in ${locale}, ${colorScheme}, ${viewport.width} wide`, () => {
    test.use({ locale, colorScheme, viewport });

    test("pause and conditions are worked with the keyboard, and accessible", async ({ playground }) => {
      const { page } = playground;
      await page.keyboard.press("Alt+p");
      const pause = page.getByTestId("pause-network");
      await expect(pause).toHaveAttribute("aria-pressed", "true");
      await isAccessible(page, "paused");
      await page.getByTestId("network-chip").focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: title });
      await expect(dialog).toBeVisible();
      const preset = dialog.getByTestId("preset").first();
      await preset.focus();
      await page.keyboard.press("ArrowDown");
      await expect(preset).toHaveValue("school-wifi");
      await dialog.getByTestId("conditions-values").first().focus();
      await page.keyboard.press("Enter");
      const delays = dialog.getByTestId("delayMs");
      await expect(delays.first()).toHaveValue("10");
      await dialog.getByTestId("why-no-loss").focus();
      await page.keyboard.press("Enter");
      await isAccessible(page, "conditions");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      await dialog.getByTestId("conditions-clear").focus();
      await page.keyboard.press("Enter");
      await expect(preset).toHaveValue("none");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("network-chip")).toBeHidden();
    });
  });
}
