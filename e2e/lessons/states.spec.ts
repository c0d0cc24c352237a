import type { Page } from "@playwright/test";
import { isAccessible } from "../support/axe.ts";
import { COURSE } from "../support/course.ts";
import { check, checkResult, openLesson, putFiles } from "../support/lesson-actions.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Where what was seen is kept to be looked at; nowhere, where it is not named. */
const PICTURES = process.env["LESSON_PICTURES"];

for (const { locale, colorScheme, viewport } of [
  { locale: "en-US", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { locale: "ru-RU", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  { locale: "en-US", colorScheme: "dark", viewport: { width: 390, height: 844 } },
  { locale: "ru-RU", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(`in ${locale}, ${colorScheme}, ${viewport.width} wide`, () => {
    test.use({ locale, colorScheme, viewport });
    const isPhone = viewport.width < 500;

    /** That a state is accessible, fits the width, and says what its status says to whoever does not see it. */
    async function holds(page: Page, state: string): Promise<void> {
      await isAccessible(page, state);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${state}: width`).toBeLessThanOrEqual(viewport.width);
      if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${locale}-${colorScheme}-${viewport.width}-${state.replaceAll(" ", "-")}.png` });
    }

    async function put(playground: PlaygroundPage, source: string | undefined): Promise<void> {
      const { page } = playground;
      if (isPhone) await page.locator("#tab-code").click();
      if (source === undefined) await putFiles(playground, "a-server-waits", "solution");
      else await playground.paste("server.luau", source);
      if (isPhone) await page.locator("#tab-lesson").click();
    }

    test("the text, its questions and its hints", async ({ playground }) => {
      const { page } = playground;
      await page.keyboard.press("Alt+l");
      const list = page.locator("zp-lessons-dialog").getByRole("dialog");
      await expect(list).toBeVisible();
      await holds(page, "list of lessons");
      await page.keyboard.press("Escape");

      await openLesson(playground, "a-server-waits");
      await holds(page, "a text");
      await openLesson(playground, "a-server-waits", "two");
      await holds(page, "a prediction");
      for (const answer of ["1", "2"]) {
        await page.getByTestId("prediction").fill(answer);
        await page.getByTestId("answer").press("Enter");
      }
      await expect(page.getByTestId("verdict")).not.toBeEmpty();
      await holds(page, "a wrong prediction");
      await page.getByTestId("show-answer").press("Enter");
      await page.getByTestId("prediction").fill("you are 1");
      await page.getByTestId("answer").press("Enter");
      await expect(page.locator("zp-lesson nav [data-step=two]")).toHaveAttribute("data-passed", "true");
      await holds(page, "a right prediction");

      await openLesson(playground, "a-server-waits", "address");
      const choices = page.locator("zp-lesson-question input");
      if ((await choices.count()) > 0) {
        await holds(page, "a quiz");
        for (const choice of await choices.all()) {
          await choice.check();
          await page.getByTestId("answer").press("Enter");
        }
        await holds(page, "an answered quiz");
      }

      await openLesson(playground, "a-server-waits", "listen");
      await page.getByTestId("next-hint").press("Enter");
      await expect(page.getByTestId("hint")).toHaveCount(1);
      await holds(page, "a hint");
      await page.getByTestId("way-out").press("Enter");
      await expect(page.getByTestId("put-difference")).toBeVisible();
      await holds(page, "next difference");
      await page.getByTestId("whole-solution").press("Enter");
      await holds(page, "whole solution");

      await page.keyboard.press("Alt+l");
      await expect(list.locator(`[data-lesson="${COURSE}/a-server-waits"] small`)).toContainText(/\d \S+ 7/);
      await holds(page, "list of lessons begun");
      await page.getByTestId("my-progress").press("Enter");
      await expect(page.locator("zp-progress-dialog").getByRole("dialog")).toBeVisible();
      await holds(page, "progress");
    });

    test("a check, whatever it comes to", async ({ playground }) => {
      const { page } = playground;
      const result = checkResult(page);
      const status = page.locator("zp-lesson-result").getByRole("status").first();
      await openLesson(playground, "a-server-waits", "welcome");

      await put(playground, "local = 3");
      await check(page);
      await expect(result.locator('li[data-state="does-not-compile"]')).toHaveCount(1);
      await expect(status).not.toBeEmpty();
      await holds(page, "does not compile");

      await put(playground, "error('no')");
      await check(page);
      await expect(result.locator('li[data-state="failed"]')).toHaveCount(1);
      await expect(result.locator('li[data-state="did-not-run"]')).toHaveCount(1);
      await holds(page, "stopped with an error");

      await put(
        playground,
        "zone.socket.server.new():listen(8080, function(connection)\n\tprint('somebody is here')\n\tconnection:send(zone.byteStream.fromString('hello'))\nend)\nfunction zone.update()\n\tzone.socket.update()\nend",
      );
      await page.getByTestId("check").press("Enter");
      await expect(result).toHaveAttribute("data-state", "running");
      await holds(page, "under way");
      await expect(result).toHaveAttribute("data-state", "done");
      await expect(page.getByTestId("check-got")).toBeVisible();
      await expect(page.getByTestId("lesson-exchange")).toBeVisible();
      await holds(page, "failed with its exchange");

      await page.getByTestId("check").press("Enter");
      await page.getByTestId("stop-check").press("Enter");
      await expect(result).toHaveAttribute("data-state", "stopped");
      await holds(page, "ended by the reader");

      await openLesson(playground, "a-server-waits", "close");
      await put(playground, undefined);
      await check(page);
      await expect(result).toHaveAttribute("data-passed", "true");
      await holds(page, "passed");
    });
  });
}
