import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { rounds } from "../../scripts/rounds.ts";
import { isAccessible, isAccessibleInBothSchemes } from "../support/axe.ts";
import { LessonSite } from "../support/lesson-site.ts";
import { expect, test } from "../support/test.ts";

/** Lines that are printed at once: a million take longer than a script may, 5 s, where the machine is busy. */
const PRINTS = rounds({ short: 200_000, full: 1_000_000 });
const LAST_LINE = new RegExp(`^line ${PRINTS}$`);

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test("axe finds nothing serious in light and dark colours: first visit, running, failed, menu, bridge lost", async ({ playground, bridge }) => {
  const { page } = playground;
  await isAccessibleInBothSchemes(page, "first visit");
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("Connected");
  await isAccessibleInBothSchemes(page, "running");
  const failed = await playground.runServer("local a = 1\nerror('broken')");
  await failed.is("failed");
  await isAccessibleInBothSchemes(page, "failed");
  await page.getByTestId("menu").getByRole("button").click();
  await isAccessibleInBothSchemes(page, "menu open");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F1");
  await page.getByTestId("reference-search").fill("send");
  await page.getByTestId("reference-search").press("Enter");
  await expect(page.getByTestId("reference-text").locator("mark").first()).toBeVisible();
  await isAccessibleInBothSchemes(page, "reference");
  await page.keyboard.press("Escape");
  await bridge.program.end();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", /reconnecting|lost/);
  await isAccessibleInBothSchemes(page, "bridge lost");
});

test("axe finds nothing serious in high contrast and with forced colours", async ({ playground }) => {
  const { page } = playground;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, contrast: "more" });
    await isAccessible(page, `more contrast, ${colorScheme}`);
  }
  await page.emulateMedia({ contrast: null, forcedColors: "active" });
  await isAccessible(page, "forced colours");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("axe finds nothing serious in the code and the consoles", async ({ playground }) => {
    const { page } = playground;
    await isAccessible(page, "code");
    await page.getByTestId("run-all").click();
    await isAccessible(page, "consoles");
    await page.keyboard.press("F1");
    await isAccessible(page, "contents of the reference");
    await page.getByTestId("reference-contents").getByRole("button", { name: "When the network fails" }).click();
    await isAccessible(page, "reference");
  });
});

test("axe finds nothing serious in a page with the element", async ({ page, bridge }) => {
  const site = await LessonSite.start();
  site.bridge = bridge.url.replace(/\/$/, "");
  await page.setContent(
    `<!doctype html><html lang="en"><title>lesson</title><main><h1>Lesson</h1><zone-playground><template data-name="a.luau">print(1) -- one</template><template data-name="b.luau" data-module>return 1</template></zone-playground></main>`,
  );
  await page.addScriptTag({ type: "module", url: `${site.bridge}/embed/zone-playground.js` });
  const element = page.locator("zone-playground");
  await expect(element).toContainText("print(1)");
  await isAccessible(page, "at first");
  await element.getByTestId("run").click();
  await expect(element.getByTestId("problem")).toBeVisible();
  await isAccessible(page, "with its editor, and refused");
  await site.close();
});

test("after a flood of prints a screen reader finds the newest lines, and the word that lines were skipped", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(`for line = 1, ${PRINTS} do print("line " .. line) end`);
  await server.shows(LAST_LINE, { timeout: LONG_PATIENCE_MS });
  const session = await page.context().newCDPSession(page);
  await session.send("Accessibility.enable");
  // Chromium's own tree, and not the page's elements: what is laid out for nobody is in it all the same.
  const words = async (): Promise<string[]> => {
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    return nodes.filter(({ role, ignored }) => role?.value === "StaticText" && !ignored).map(({ name }) => String(name?.value));
  };
  await expect.poll(async () => (await words()).some((text) => LAST_LINE.test(text))).toBe(true);
  expect((await words()).filter((text) => text.startsWith("Output came faster than it can be shown"))).toHaveLength(1);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  expect(nodes.find(({ role, name }) => role?.value === "log" && name?.value === "Output of server.luau")?.ignored).toBe(false);
});
