import type { Page } from "@playwright/test";
import { tasksDuring } from "../bench/src/main-thread.ts";
import { helloElement, openLesson, test } from "./support/lesson-test.ts";
import { LONG_LINES } from "./support/long-lines.ts";
import { expect } from "./support/test.ts";

/**
 * Milliseconds of the processor that one task of the page may take here. On a quiet machine none takes 50; what this is to
 * find, a loop that grows with the square of a line, takes thousands.
 */
const LONGEST_TASK_MS = 250;
/** Characters of a line that are shown, as the reference says. */
const SHOWN_CHARS = 65_536;

/** Prints a line once the page is at rest, and then another. */
const printing = (line: string): string => `local frames = 0\nfunction zone.update()\n\tframes += 1\n\tif frames == 20 then print(${line}) end\n\tif frames == 30 then print("after") end\nend\n`;

async function isQuick(page: Page, what: string, action: () => Promise<void>): Promise<void> {
  const { longestProcessor } = await tasksDuring(page, async () => {
    await action();
    // What is done a little later belongs to it.
    await page.waitForTimeout(400);
  });
  expect.soft(longestProcessor, `longest task: ${what}`).toBeLessThan(LONGEST_TASK_MS);
}

for (const kind of ["one word", "words", "marks on many letters", "joined emoji", "places", "colours", "line breaks"]) {
  const line = LONG_LINES[kind] as string;

  test(`the page answers while a line of ${kind} is printed, looked at, searched and copied`, async ({ playground }) => {
    const { page } = playground;
    await playground.paste("server.luau", printing(line));
    const server = playground.program("server.luau");
    await isQuick(page, "printed", async () => {
      await server.run();
      await server.shows("after", { timeout: 30_000 });
    });
    const shown = (await server.log.locator("[data-level=print]").first().textContent()) ?? "";
    if (kind === "one word") expect(shown).toHaveLength(SHOWN_CHARS);
    const box = (await server.panel.locator(".screen").boundingBox()) as { x: number; y: number; width: number; height: number };
    await isQuick(page, "under the mouse", async () => {
      for (let step = 1; step < 8; step++) await page.mouse.move(box.x + (box.width * step) / 8, box.y + (box.height * (8 - step)) / 8, { steps: 2 });
    });
    await isQuick(page, "selected", async () => {
      await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 3);
      await server.panel.getByRole("group", { name: "Console of server.luau" }).focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("ControlOrMeta+c");
    });
    await isQuick(page, "searched", async () => {
      await page.keyboard.press("ControlOrMeta+f");
      await server.panel.getByTestId("console-search").fill("zz");
      await server.panel.getByTestId("console-search").fill("a");
      await page.keyboard.press("Enter");
    });
    await isQuick(page, "made narrower", () => page.setViewportSize({ width: 900, height: 700 }));
    await isQuick(page, "in other colours", () => page.getByTestId("theme").click());
  });

  test(`an embed answers while a line of ${kind} is printed, looked at, searched and copied`, async ({ page, site, open: _open, violations: _violations }) => {
    await openLesson(page, site, helloElement(printing(line)));
    const element = page.locator("zone-playground");
    const log = element.getByRole("log");
    await isQuick(page, "printed", async () => {
      await element.getByTestId("run").click();
      await expect(log.locator("[data-level]").last()).toHaveText("after", { timeout: 30_000 });
    });
    const box = (await log.boundingBox()) as { x: number; y: number; width: number; height: number };
    await isQuick(page, "selected", async () => {
      await page.mouse.move(box.x + 50, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + box.height - 30, { steps: 5 });
      await page.mouse.up();
      await page.keyboard.press("ControlOrMeta+c");
    });
    await isQuick(page, "searched", async () => {
      await log.press("ControlOrMeta+f");
      await element.getByTestId("console-search").fill("a");
    });
    await isQuick(page, "made narrower", () => page.setViewportSize({ width: 900, height: 700 }));
  });
}
