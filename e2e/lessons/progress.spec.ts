import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { COURSE } from "../support/course.ts";
import { check, openLesson, putFiles } from "../support/lesson-actions.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

async function openProgress(page: Page): Promise<Locator> {
  await page.keyboard.press("Alt+l");
  await page.getByTestId("my-progress").press("Enter");
  const dialog = page.locator("zp-progress-dialog").getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

/** What a button has the browser save. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const download = page.waitForEvent("download");
  await page.getByTestId(button).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

for (const { locale, title, from } of [
  { locale: "en-US", title: "My progress", from: "Nothing is passed yet" },
  { locale: "ru-RU", title: "Мои успехи", from: "Пока ничего не пройдено" },
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("what is passed is shown, handed in, and brought to another browser, which loses nothing of its own", async ({ playground, openAnother }) => {
      const { page } = playground;
      let dialog = await openProgress(page);
      await expect(dialog).toContainText(from);
      await expect(dialog.getByTestId("save-report")).toHaveCount(0);
      await isAccessibleInBothSchemes(page, "no progress yet");
      await page.keyboard.press("Escape");

      await openLesson(playground, "a-server-waits", "number");
      await putFiles(playground, "a-server-waits", "solution");
      await check(page);
      dialog = await openProgress(page);
      await expect(dialog.getByRole("heading", { name: title })).toBeVisible();
      const rows = dialog.locator("tr");
      await expect(rows).toHaveCount(3);
      await expect(rows.first()).toContainText(String(new Date().getFullYear()));
      await dialog.getByTestId("progress-name").fill("Ann <b>");
      await isAccessibleInBothSchemes(page, "progress");

      const report = await saved(page, "save-report");
      expect(report.name).toMatch(/^zone-progress-\d{4}-\d\d-\d\d\.html$/);
      expect(report.text).toContain("Ann &lt;b&gt;");
      const file = await saved(page, "save-progress");
      expect(JSON.parse(file.text)).toMatchObject({
        format: "zone-playground-progress",
        version: 1,
        name: "Ann <b>",
        lessons: { [`${COURSE}/a-server-waits`]: { step: "number" } },
      });

      const other = await openAnother();
      await openLesson(other, "a-server-waits", "two");
      await other.page.getByTestId("prediction").fill("you are 1");
      await other.page.getByTestId("answer").click();
      const there = await openProgress(other.page);
      await expect(there.locator("tr")).toHaveCount(1);
      const bring = async (text: string): Promise<void> =>
        other.page.getByTestId("progress-file").setInputFiles({ name: "progress.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await bring(file.text);
      await expect(there.getByTestId("progress-added")).toContainText("3");
      await expect(there.locator("tr")).toHaveCount(4);
      await bring(file.text);
      await expect(there.getByTestId("progress-added")).not.toContainText("3");
      await bring(JSON.stringify({ ...JSON.parse(file.text), version: 7 }));
      await expect(there.getByRole("alert")).toContainText("7");
      await bring("hello");
      await expect(there.getByRole("alert")).toContainText(/not a file of progress|не файл с успехами/);
      await expect(there.locator("tr")).toHaveCount(4);
      await isAccessibleInBothSchemes(other.page, "a file that is none");
      await other.page.keyboard.press("Escape");
      // The lesson that is open knows at once.
      await expect(other.page.locator("zp-lesson nav [data-step=welcome]")).toHaveAttribute("data-passed", "true");
    });
  });
}

test("progress is printed by itself, on as many pages as it takes", async ({ playground }) => {
  const { page } = playground;
  await page.evaluate((course) => {
    const passed = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`step-${index}`, 1_790_000_000_000 + index]));
    localStorage.setItem(`zone-playground:lesson:${course}/bytes`, JSON.stringify({ passed }));
  }, COURSE);
  const dialog = await openProgress(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("zp-toolbar")).toBeHidden();
  await expect(page.locator("main")).toBeHidden();
  await expect(dialog.getByTestId("save-progress")).toBeHidden();
  await expect(dialog.locator("tr")).toHaveCount(90);
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1);
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("zp-toolbar")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "ru-RU", colorScheme: "dark" });

  test("progress fits", async ({ playground }) => {
    const { page } = playground;
    await openLesson(playground, "a-server-waits", "two");
    await page.getByTestId("prediction").fill("you are 1");
    await page.getByTestId("answer").click();
    const dialog = await openProgress(page);
    await expect(dialog.locator("tr")).toHaveCount(1);
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  });
});
