import { LONG_LINES, printing } from "../../bench/src/page/long-lines.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";
import { isQuick, slownessOf } from "../support/quick-page.ts";
import { expect } from "../support/test.ts";

/** Characters of a line that are shown, as the reference says. */
const SHOWN_CHARS = 65_536;
/** One of each way in which a line has cost a console its time; the benchmark `long-lines` has all of them. */
const KINDS = ["one word", "words", "marks on many letters", "joined emoji", "places", "colours", "letters in turns of colours", "many scripts", "line breaks"];

/** Kinds that are looked at in one page, which takes longer to open than one of them. */
const KINDS_A_PAGE = 3;

for (let at = 0; at < KINDS.length; at += KINDS_A_PAGE) {
  const kinds = KINDS.slice(at, at + KINDS_A_PAGE);

  test(`the page answers while a line is printed, looked at, searched and copied: ${kinds.join("; ")}`, async ({ playground }) => {
    const { page } = playground;
    const { width, height } = page.viewportSize() as { width: number; height: number };
    const server = playground.program("server.luau");
    const slowness = await slownessOf(page);
    for (const kind of kinds) {
      await test.step(kind, async () => {
        // As in a page that has just been opened.
        await server.panel.getByTestId("clear").click();
        await page.setViewportSize({ width, height });
        await playground.paste("server.luau", printing(LONG_LINES[kind] as string));
        let runs = 0;
        await isQuick(page, slowness, `${kind}: printed`, async () => {
          if (runs++ > 0) await server.stop();
          await server.run();
          await server.shows("after", { timeout: 30_000 });
        });
        const shown = (await server.log.locator("[data-level=print]:not([data-earlier])").first().textContent()) ?? "";
        if (kind === "one word") expect(shown).toHaveLength(SHOWN_CHARS);
        const box = (await server.panel.locator(".screen").boundingBox()) as { x: number; y: number; width: number; height: number };
        await isQuick(page, slowness, `${kind}: under the mouse`, async () => {
          for (let step = 1; step < 8; step++) await page.mouse.move(box.x + (box.width * step) / 8, box.y + (box.height * (8 - step)) / 8, { steps: 2 });
        });
        await isQuick(page, slowness, `${kind}: selected`, async () => {
          await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 3);
          await server.panel.getByRole("group", { name: "Console of server.luau" }).focus();
          await page.keyboard.press("ControlOrMeta+a");
          await page.keyboard.press("ControlOrMeta+c");
        });
        await isQuick(page, slowness, `${kind}: searched`, async () => {
          await page.keyboard.press("ControlOrMeta+f");
          await server.panel.getByTestId("console-search").fill("zz");
          await server.panel.getByTestId("console-search").fill("a");
          await page.keyboard.press("Enter");
        });
        await isQuick(page, slowness, `${kind}: made narrower and wider`, async () => {
          await page.setViewportSize({ width: 900, height: 700 });
          await page.setViewportSize({ width: 1000, height: 700 });
        });
        await isQuick(page, slowness, `${kind}: in other colours`, () => page.getByTestId("theme").click());
        await server.panel.getByTestId("console-search").press("Escape");
      });
    }
  });
}

for (const kind of KINDS) {
  const line = LONG_LINES[kind] as string;

  test(`an embed answers while a line of ${kind} is printed, looked at, searched and copied`, async ({ page, site, open: _open, violations: _violations }) => {
    await openLesson(page, site, helloElement(printing(line)));
    const element = page.locator("zone-playground");
    const log = element.getByRole("log");
    await element.getByTestId("run").waitFor();
    const slowness = await slownessOf(page);
    let runs = 0;
    await isQuick(page, slowness, "printed", async () => {
      if (runs++ > 0) await element.getByTestId("stop").click();
      await element.getByTestId("run").click();
      await expect(log.locator("[data-level]:not([data-earlier])").last()).toHaveText("after", { timeout: 30_000 });
    });
    const box = (await log.boundingBox()) as { x: number; y: number; width: number; height: number };
    await isQuick(page, slowness, "selected", async () => {
      await page.mouse.move(box.x + 50, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + box.height - 30, { steps: 5 });
      await page.mouse.up();
      await page.keyboard.press("ControlOrMeta+c");
    });
    await isQuick(page, slowness, "searched", async () => {
      await log.press("ControlOrMeta+f");
      await element.getByTestId("console-search").fill("zz");
      await element.getByTestId("console-search").fill("a");
    });
    await isQuick(page, slowness, "made narrower and wider", async () => {
      await page.setViewportSize({ width: 900, height: 700 });
      await page.setViewportSize({ width: 1000, height: 700 });
    });
  });
}
