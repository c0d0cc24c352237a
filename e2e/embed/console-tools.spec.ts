import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { isAccessible } from "../support/axe.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";
import { expect } from "../support/test.ts";

/** The parts of the script that only a search needs. */
const SEARCH_PARTS = /(log|console)-search[^/]*\.js$/;

async function choose(element: Locator, item: string): Promise<void> {
  await element.getByTestId("console-menu").getByRole("button").first().click();
  await element.getByRole("menuitem", { name: item }).click();
}

/** Texts that the browser marks, of one kind. */
function marked(page: Page, kind: "zp-found" | "zp-found-current"): Promise<string[]> {
  return page.evaluate(
    (name) =>
      [...(CSS.highlights.get(name) ?? [])].map(({ startContainer, startOffset, endContainer, endOffset }) => {
        const range = document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        return range.toString();
      }),
    kind,
  );
}

test("a console is searched, with what that needs fetched only then", async ({ page, site, open: _open, violations: _violations }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (SEARCH_PARTS.test(request.url())) fetched.push(request.url());
  });
  await openLesson(
    page,
    site,
    `${"<br>".repeat(20)}${helloElement('for i = 1, 60 do print("line " .. i) end\nprint("\\27[31mLi\\27[0mne, in two colours (1.5 ×)")\nprint("same") print("same")\nerror("Error: here")')}${"<br>".repeat(100)}`,
  );
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const log = element.getByRole("log");
  await expect(log.locator('[data-level="error"]')).toBeAttached();
  expect(fetched).toEqual([]);
  await log.focus();
  await page.keyboard.press("ControlOrMeta+f");
  const field = element.getByTestId("console-search");
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleName("Search in the console of hello.luau");
  expect(fetched.length).toBeGreaterThan(0);
  const scrolled = await page.evaluate(() => scrollY);

  await field.fill("line 5");
  const count = element.getByTestId("search-count");
  await expect(count).toHaveText("1 of 11");
  const current = log.locator("[data-found]");
  await expect(current).toHaveText("line 5");
  expect(await marked(page, "zp-found")).toHaveLength(11);
  await page.keyboard.press("Enter");
  await expect(count).toHaveText("2 of 11");
  await expect(current).toHaveText("line 50");
  expect(await marked(page, "zp-found-current")).toEqual(["line 5"]);
  // The log scrolls, and nothing around it.
  const inSight = (): Promise<boolean> =>
    current.evaluate((line) => {
      const [place, view] = [line.getBoundingClientRect(), line.parentElement?.getBoundingClientRect()];
      return view !== undefined && place.top >= view.top && place.bottom <= view.bottom;
    });
  expect(await inSight()).toBe(true);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(count).toHaveText("11 of 11");
  await expect(current).toHaveText("line 59");
  await field.fill("line 7");
  // From where it is, on over the end.
  await expect(current).toHaveText("line 7");
  expect(await inSight()).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  await isAccessible(page, "searching", { within: "zone-playground" });

  // Over borders of colours, in any case of letters; signs mean themselves.
  await field.fill("LINE, IN TWO COLOURS (1.5 ×)");
  await expect(count).toHaveText("1 of 1");
  await expect.poll(() => marked(page, "zp-found-current")).toEqual(["Line, in two colours (1.5 ×)"]);
  // What is said for screen readers, and counts, are no text of the program.
  await field.fill("2 times");
  await expect(count).toHaveText("Nothing found");
  await field.fill("error: hello");
  await expect(count).toHaveText("Nothing found");
  await field.fill("same");
  await expect(count).toHaveText("1 of 1");
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(log).toBeFocused();
  await expect(current).toHaveCount(0);
  expect(await marked(page, "zp-found")).toEqual([]);
});

test("what comes while one searches is counted, and what goes is not", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(
    page,
    site,
    helloElement('print("found one")\nzone.console.onInput(function(line) print("found " .. line) end)\nfunction zone.update() end'),
  );
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByTestId("console-input")).toBeVisible();
  await choose(element, "Search");
  const field = element.getByTestId("console-search");
  await field.fill("found");
  const count = element.getByTestId("search-count");
  await expect(count).toHaveText("1 of 1");
  await element.getByTestId("console-input").fill("two");
  await element.getByTestId("console-input").press("Enter");
  await expect(count).toHaveText("1 of 2");
  await field.press("Enter");
  await expect(count).toHaveText("2 of 2");
  await element.getByTestId("clear").click();
  await expect(element.getByRole("log").locator("[data-level]")).toHaveCount(0);
  await expect(count).toHaveText("Nothing found");
  await element.getByTestId("console-input").fill("three");
  await element.getByTestId("console-input").press("Enter");
  await expect(count).toHaveText("Found: 1");
});

test("a console is copied, saved and cleared, in Russian too", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('for i = 1, 700 do print("line " .. i) end\nprint("\\27[31mred\\27[0m, кириллица 🎈")', 'lang="ru"'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toContainText("кириллица");
  // All that the log holds, and not only what is in the tree.
  await choose(element, "Скопировать всё");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^line 1\nline 2\n[^]*\nred, кириллица 🎈$/);
  await expect(element.getByText("Скопировано", { exact: true })).toBeAttached();
  const saved = page.waitForEvent("download");
  await choose(element, "Сохранить в файл");
  const file = await saved;
  expect(file.suggestedFilename()).toBe("hello.log.txt");
  expect(await readFile(await file.path(), "utf8")).toMatch(/^line 1\n[^]*line 700\nred, кириллица 🎈\n$/);
  await element.getByRole("button", { name: "Очистить консоль hello.luau" }).click();
  await expect(element.getByRole("log").locator("[data-level]")).toHaveCount(0);
});

test("all of it can be reached with the keyboard", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('print("one")'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("one");
  await element.getByTestId("clear").focus();
  await page.keyboard.press("Tab");
  await expect(element.getByRole("button", { name: "Console menu of hello.luau" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(element.getByRole("menuitem", { name: "Search" })).toBeFocused();
  await isAccessible(page, "the menu", { within: "zone-playground" });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("one");
  await expect(element.getByRole("button", { name: "Console menu of hello.luau" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(element.getByRole("log")).toHaveText("");
});

test("two elements search each by itself", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('print("a a a")', 'id="one"') + helloElement('print("b b")', 'id="two"'));
  for (const [id, letter, count] of [
    ["one", "a", "1 of 3"],
    ["two", "b", "1 of 2"],
  ] as const) {
    const element = page.locator(`#${id}`);
    await element.getByTestId("run").click();
    await expect(element.getByRole("log")).toContainText(letter);
    await choose(element, "Search");
    await element.getByTestId("console-search").fill(letter);
    await expect(element.getByTestId("search-count")).toHaveText(count);
  }
  expect(await marked(page, "zp-found")).toEqual(["a", "a", "a", "b", "b"]);
  await page.locator("#one").getByTestId("console-search").press("Escape");
  expect(await marked(page, "zp-found")).toEqual(["b", "b"]);
  // An element that is taken away leaves no marks.
  await page.locator("#two").evaluate((node) => node.remove());
  await expect.poll(() => marked(page, "zp-found")).toEqual([]);
});

test("a search that cannot be fetched says so, and can be tried again", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('print("one")'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("one");
  await page.route(SEARCH_PARTS, (route) => route.fulfill({ status: 503 }));
  await choose(element, "Search");
  await expect(element.getByTestId("problem")).toBeVisible();
  await expect(element.getByTestId("console-search")).toHaveCount(0);
  // The console goes on.
  await element.getByTestId("run").click();
  await expect(element.getByRole("log").locator("[data-level]")).toHaveCount(3);
  await page.unroute(SEARCH_PARTS);
  await choose(element, "Search");
  await expect(element.getByTestId("console-search")).toBeFocused();
  await expect(element.getByTestId("problem")).toHaveCount(0);
});

test("a frame of another site copies and saves", async ({ page, site, open, violations: _violations }) => {
  site.pages.set("/lessons/framed.luau", 'print("from a frame")');
  await openLesson(
    page,
    site,
    `<textarea aria-label="paste here"></textarea><iframe title="framed" width="600" height="400" src="${open.url}embed/?src=${encodeURIComponent(`${site.origin}/lessons/framed.luau`)}"></iframe>`,
  );
  const element = page.frameLocator("iframe").locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("from a frame");
  await choose(element, "Copy all");
  await expect(element.getByText("Copied", { exact: true })).toBeAttached();
  // The copying itself has taken the focus for a moment.
  await expect(element.getByTestId("console-menu").getByRole("button").first()).toBeFocused();
  const saved = page.waitForEvent("download");
  await choose(element, "Save as a file");
  expect((await saved).suggestedFilename()).toBe("framed.log.txt");
  const field = page.getByLabel("paste here");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(field).toHaveValue("from a frame");
});
