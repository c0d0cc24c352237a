import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { expect } from "../support/test.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";

/** One call into C that takes minutes, and that no limit of the VM can interrupt. */
const LONG_CALL = 'print("before")\nfunction zone.update()\n\tstring.find(string.rep("a", 2e7), string.rep("a", 1e6) .. "b", 1, true)\nend';

test.use({ colorScheme: "light" });

test("colours of a script are shown, and nothing else that it sends to a terminal", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('print("\\27[31mred\\27[0m plain \\27[1;38;2;255;255;0myellow\\27[0m")\nprint("\\27[2Jgone?")'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const lines = element.getByRole("log").locator("[data-level]");
  await expect(lines).toHaveText(["red plain yellow", "␛[2Jgone?"]);
  await expect(lines.getByText("red", { exact: true })).toHaveCSS("color", "rgb(179, 38, 30)");
  const yellow = lines.getByText("yellow", { exact: true });
  await expect(yellow).toHaveCSS("font-weight", "700");
  // Yellow itself could not be read on a light ground.
  expect(await yellow.evaluate(lightness)).toBeLessThanOrEqual(0.5);
  await element.evaluate((node) => node.setAttribute("theme", "dark"));
  expect(await yellow.evaluate(lightness)).toBeGreaterThanOrEqual(0.75);
  await element.evaluate((node) => node.removeAttribute("theme"));
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await yellow.evaluate(lightness)).toBeGreaterThanOrEqual(0.75);
});

/** How light a text is, 0 to 1, in the browser's own figures for `oklch`. */
function lightness(element: Element): number {
  return Number(/^oklch\(([\d.]+)/.exec(getComputedStyle(element).color)?.[1]);
}

test("a program that wants input has a field for it", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('zone.console.onInput(function(line) print("got " .. line) end)\nfunction zone.update() end'));
  const element = page.locator("zone-playground");
  const field = element.getByTestId("console-input");
  await element.getByTestId("run").click();
  await expect(field).toBeVisible();
  await expect(field).toHaveAccessibleName("Input for hello.luau");
  await field.fill("первая 🎈");
  await field.press("Enter");
  await expect(element.getByRole("log").locator('[data-level="print"]')).toHaveText("got первая 🎈");
  await expect(element.getByRole("log").locator('[data-level="input"]')).toContainText("первая 🎈");
  await field.press("ArrowUp");
  await expect(field).toHaveValue("первая 🎈");
  await element.getByTestId("stop").click();
  await expect(field).toHaveCount(0);
});

test("an error leads to its line, in whichever file it is", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(
    page,
    site,
    '<zone-playground><template data-name="main.luau">local words = require("./words")\nwords.say()</template><template data-name="words.luau" data-module>local words = {}\n\nfunction words.say()\n\terror("lost for words")\nend\n\nreturn words</template></zone-playground>',
  );
  const element = page.locator("zone-playground");
  const failure = element.evaluate(
    (node) => new Promise((resolve) => node.addEventListener("error", (event) => resolve((event as CustomEvent).detail), { once: true })),
  );
  await element.getByTestId("run").click();
  expect(await failure).toEqual({ code: "program-failed", program: "main.luau", message: "lost for words", file: "words.luau", line: 4 });
  const error = element.getByRole("log").locator('[data-level="error"]');
  await expect(error).toContainText("words.luau:4: lost for words");
  await error.getByRole("button", { name: "words.luau:4" }).first().click();
  await expect(element.getByRole("tab", { name: "words.luau" })).toHaveAttribute("aria-selected", "true");
  await expect(element.locator(".cm-content")).toBeFocused();
  await expect(element.locator(".cm-activeLine")).toContainText('error("lost for words")');
  await expect(element.locator(".cm-errorLine")).toContainText("lost for words");
  // With the keyboard, and from a line of the stack, back into the program.
  await error.getByRole("button", { name: "main.luau:2" }).focus();
  await page.keyboard.press("Enter");
  await expect(element.getByRole("tab", { name: "main.luau" })).toHaveAttribute("aria-selected", "true");
  await expect(element.locator(".cm-activeLine")).toContainText("words.say()");
  // What is no file of this element is no place to go to.
  await expect(error.getByRole("button", { name: /other/ })).toHaveCount(0);
});

test("equal lines in a row are one with a count that goes up", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(
    page,
    site,
    helloElement(
      'for _ = 1, 1000 do print("again") end\nprint("over")\nlocal frames = 0\nfunction zone.update()\n\tframes += 1\n\tif frames <= 30 then print("tick") end\n\tif frames == 40 then print("end") end\nend',
    ),
  );
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log").locator("[data-level]")).toHaveText(["again (1,000 times)", "over", "tick (30 times)", "end"]);
  await expect(element.locator("[data-repeats]").first()).toHaveAttribute("data-repeats", "1000");
});

test("of a flood the last lines stay, and it says that lines were skipped", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('for i = 1, 200000 do print(i) end\nprint("end")'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const log = element.getByRole("log");
  await expect(log.getByText("end", { exact: true })).toBeVisible({ timeout: LONG_PATIENCE_MS });
  await expect(log.locator('[data-level="notice"]').first()).toContainText("Output came faster than it can be shown");
  expect(await log.locator("[data-level]").count()).toBeLessThanOrEqual(600);
  // The reader is still at the end.
  expect(await log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight)).toBeLessThanOrEqual(4);
});

test("a program that hangs can be ended", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement(LONG_CALL));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toContainText("before");
  await element.getByTestId("end-now").click({ timeout: LONG_PATIENCE_MS });
  await expect(element.getByTestId("program-state")).toHaveAttribute("data-state", "stopped");
  await expect(element.getByRole("log")).toContainText("The program was ended at once");
});

test("syntax errors are underlined as one types", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('print("привет 🎈")'));
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("привет");
  await element.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type('local s = "🎈" oops');
  const underlined = element.locator(".cm-lintRange-error");
  await expect(underlined).toHaveText("oops");
  await page.keyboard.press("F8");
  await expect(element.locator(".cm-tooltip-lint, .cm-diagnostic").first()).toContainText(/oops|statement/);
  // The key has chosen the word.
  await page.keyboard.press("End");
  for (let index = 0; index < " oops".length; index++) await page.keyboard.press("Backspace");
  await expect(underlined).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(element.getByRole("log")).toHaveText("привет 🎈");
});

test("an error of the VM is explained below itself, in the page's language", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement('prnt("hello")\n', 'locale="ru"'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const log = element.getByRole("log");
  await expect(log.locator('[data-level="error"]')).toContainText("hello.luau:1: attempt to call a nil value");
  await expect(log.locator('[data-level="notice"]')).toContainText("Возможно, вы имели в виду `print`?");
});
