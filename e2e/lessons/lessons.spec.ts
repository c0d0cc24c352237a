import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { COURSE, filesIn } from "../support/course.ts";
import { check, checkResult, openLesson } from "../support/lesson-actions.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const locale of ["en-US", "ru-RU"]) {
  test.describe(`lessons in ${locale}`, () => {
    test.use({ locale });

    test("a mistake that the check knows gets its hint, with what arrived as text and bytes", async ({ playground }) => {
      const { page } = playground;
      await openLesson(playground, "a-server-waits", "welcome");
      for (const [name, source] of filesIn("a-server-waits", "mistakes/no-line-break")) await playground.paste(name, source);
      await page.keyboard.press("ControlOrMeta+Shift+Enter");
      await expect(page.getByTestId("mistake-hint")).toHaveAttribute("data-mistake", "no-line-break", { timeout: LONG_PATIENCE_MS });
      await expect(page.getByTestId("check-got")).toContainText(/(?:[\da-f]{2} ){3}/);
      await isAccessibleInBothSchemes(page, "a check that failed");
      await expect(page.locator("zp-lesson nav [data-step=listen]")).toHaveAttribute("data-passed", "true");
    });
  });
}

test("a link opens a lesson at a step, in a project of its own that is kept, and the list says what is done", async ({ page, bridge, room }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(`${bridge.roomUrl(room)}#lesson=${COURSE}/a-server-waits&step=two`);
  const text = page.getByTestId("lesson-text");
  await expect(text).toHaveAttribute("data-step", "two");
  expect(new URL(page.url()).hash).toBe("");

  await page.getByTestId("prediction").fill("2");
  await page.getByTestId("answer").click();
  await expect(page.getByTestId("verdict")).toHaveText("Not quite. Try again.");
  await page.getByTestId("prediction").fill("you are 1");
  await page.getByTestId("answer").click();
  await expect(page.getByTestId("verdict")).toHaveText("Right!");
  await playground.paste("server.luau", "-- mine");
  await page.getByTestId("next-step").click();
  await expect(text).toHaveAttribute("data-step", "who");

  await page.keyboard.press("Alt+l");
  const list = page.locator("zp-lessons-dialog").getByRole("dialog");
  await expect(list.locator(`[data-lesson="${COURSE}/a-server-waits"]`)).toContainText(/passed: 1 of 7\s*25 minutes/);
  await isAccessibleInBothSchemes(page, "the list of lessons");
  await list.locator(`[data-lesson="${COURSE}/first-program"]`).click();
  await expect(text).toHaveAttribute("data-step", "hello");
  await expect(page.locator("zp-file-tabs [data-file]")).toHaveCount(1);

  await page.reload();
  await playground.isReady();
  await expect(text).toHaveAttribute("data-step", "hello");
  await page.getByTestId("all-lessons").click();
  await list.locator(`[data-lesson="${COURSE}/a-server-waits"]`).click();
  await expect(text).toHaveAttribute("data-step", "who");
  await expect(page.locator("zp-editor .cm-content")).toContainText("-- mine");
});

test("hints come one by one, and code goes into a file, from where undo takes it", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "first-program");
  const hints = page.getByTestId("hint");
  await expect(hints).toHaveCount(0);
  for (let count = 1; count <= 3; count++) {
    await page.getByTestId("next-hint").click();
    await expect(hints).toHaveCount(count);
  }
  await expect(page.getByTestId("next-hint")).toBeHidden();
  const before = await page.locator("zp-editor .cm-content").innerText();
  await page.getByTestId("put-into").click();
  await expect(page.locator("zp-editor .cm-content")).toContainText('print("hello, network")');
  await page.keyboard.press("ControlOrMeta+z");
  expect(await page.locator("zp-editor .cm-content").innerText()).toBe(before);

  await page.getByTestId("way-out").click();
  await isAccessibleInBothSchemes(page, "the solution");
  await page.getByTestId("put-solution").click();
  await expect(page.locator("zp-editor .cm-content")).toContainText("zone.system.quit()");
  await page.getByTestId("start-again").click();
  await expect(page.locator("zp-editor .cm-content")).toHaveText(before.replaceAll("\n", ""));
});

test("a program that does not compile, a check that is stopped, and a bridge that is away are told", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "a-server-waits", "listen");
  await playground.paste("server.luau", "local = 3");
  await check(page);
  await expect(checkResult(page).locator('li[data-state="does-not-compile"]')).toHaveCount(1);
  await page.getByTestId("check-place").click();
  await expect(page.locator("zp-editor .cm-content")).toBeFocused();

  await playground.paste("server.luau", "function zone.update()\nend");
  await page.getByTestId("check").click();
  await page.getByTestId("stop-check").click();
  await expect(checkResult(page)).toHaveAttribute("data-state", "stopped");
  await expect(page.getByTestId("check")).toBeVisible();
});

test.describe("with a bridge that goes", () => {
  test.use({ hasOwnBridge: true });

  test("a check says that it needs the bridge", async ({ playground, bridge }) => {
    const { page } = playground;
    await openLesson(playground, "a-server-waits", "listen");
    await bridge.program.end();
    await expect(page.getByTestId("bridge-state")).not.toHaveAttribute("data-state", "connected");
    await page.getByTestId("check").click();
    await expect(checkResult(page)).toHaveAttribute("data-state", "no-bridge");
    await expect(checkResult(page)).toContainText("There is no connection to the bridge");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the lesson is a tab beside code, consoles and network", async ({ playground }) => {
    const { page } = playground;
    await openLesson(playground, "a-server-waits", "listen");
    await expect(page.locator("#tab-lesson")).toHaveAttribute("aria-selected", "true");
    await isAccessibleInBothSchemes(page, "a lesson on a phone");
    await check(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.locator("#tab-lesson").press("ArrowRight");
    await expect(page.locator("#tab-code")).toBeFocused();
    await expect(page.getByTestId("lesson-text")).toBeHidden();
    await expect(page.locator("zp-editor .cm-content")).toBeVisible();
  });
});
