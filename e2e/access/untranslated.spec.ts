import type { Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { foreignTexts } from "../support/foreign-texts.ts";
import { expect, test } from "../support/test.ts";

/** Words of the tests' own, and of Luau's compiler, which are not the page's to translate. */
const OWN_WORDS = [/Expected identifier when parsing variable name, got '='/g, /\be2e-[0-9a-f]{12}\b/g, /\bpc-\d+\b/g, /\bGreetings\b/g, /«(?:total|print)»/g];

/** Commands that open something, or change the page so that it can be seen; and how that shows. */
const OPENS: Readonly<Record<string, string>> = {
  "project.list": "dialog[open]",
  "project.examples": "dialog[open]",
  "project.share": "dialog[open]",
  "project.lessons": "dialog[open]",
  "project.new-file": "dialog[open]",
  "project.change-file": "dialog[open]",
  "project.check-mode": "dialog[open]",
  "edit.find": ".cm-search",
  "edit.rename": "dialog[open]",
  "edit.findReferences": "dialog[open]",
  "edit.line-exchange": "zp-network",
  "view.network": "zp-network",
  "project.save": "[data-testid=editor-notice]",
  "view.room": "dialog[open]",
  "view.problems": "dialog[open]",
  "view.merge-consoles": "[data-testid=merged-console]",
  "help.reference": "dialog[open]",
  "help.bridge": "dialog[open]",
  "help.shortcuts": "dialog[open]",
};

/** Commands that neither open nor change anything to look at. */
const SHOWS_NOTHING =
  /^(?:edit\.(?:format|toggleComment|goToDefinition|nextFault)|project\.(?:export|import|file-left|file-right)|run\..*|view\.(?:language|theme|hints))$/;

/** That nothing is left in English, and that axe finds nothing that keeps people from using it. */
async function isRussianAndAccessible(page: Page, state: string): Promise<void> {
  expect.soft(await foreignTexts(page, OWN_WORDS), `${state}: English`).toEqual([]);
  await isAccessibleInBothSchemes(page, state);
}

test.use({ locale: "ru-RU", contextOptions: { reducedMotion: "reduce" } });

test("the page, what its menu opens, and what it says when things go wrong are in Russian", async ({ playground, bridge }) => {
  test.setTimeout(180_000);
  const { page } = playground;
  await isRussianAndAccessible(page, "first visit");
  const menu = page.getByTestId("menu");
  await menu.getByRole("button").click();
  await isRussianAndAccessible(page, "menu");
  const items = await menu
    .getByRole("menuitem")
    .evaluateAll((buttons) => buttons.filter((button) => button.getAttribute("aria-disabled") !== "true").map((button) => button.dataset["item"] ?? ""));
  expect(items.length).toBeGreaterThan(15);
  await page.keyboard.press("Escape");
  await playground.paste("server.luau", "local total = 1\nprint(total)\n");
  for (const item of items) {
    if (SHOWS_NOTHING.test(item)) continue;
    // On the name `total`, which can be renamed and looked for.
    await page.locator("zp-editor .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    for (let step = 0; step < "local to".length; step += 1) await page.keyboard.press("ArrowRight");
    await menu.getByRole("button").click();
    await menu.locator(`[data-item="${item}"]`).click();
    const opened = OPENS[item];
    if (opened === undefined) throw new Error(`what does the command ${item} open?`);
    await expect(page.locator(opened).first()).toBeVisible();
    await expect(page.locator("zp-menu-button [role=menu]:popover-open")).toHaveCount(0);
    await isRussianAndAccessible(page, `after ${item}`);
    for (let depth = 0; depth < 3; depth += 1) await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("tab", { name: "Консоли" }).click();
  await playground.paste("server.luau", "local =\n");
  await expect(page.locator("zp-editor .cm-lintRange-error")).toHaveCount(1);
  await page.locator("zp-editor .cm-lintRange-error").hover();
  await expect(page.locator(".cm-tooltip")).toBeVisible();
  await playground.program("server.luau").run();
  await playground.program("server.luau").is("failed");
  await isRussianAndAccessible(page, "a failed program");
  await bridge.program.end();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", /reconnecting|lost/);
  await isRussianAndAccessible(page, "the bridge is gone");
});

test("shared links are spoken of in Russian", async ({ page, bridge, room }) => {
  const project = { title: "Greetings", files: [{ name: "main.luau", source: "print(1)\n", program: true }], room: `e2e-${"0".repeat(12)}` };
  await page.goto(`${bridge.roomUrl(room)}#share=v1.${deflateSync(JSON.stringify(project)).toString("base64url")}`);
  await expect(page.getByTestId("shared-arrival")).toBeVisible();
  await isRussianAndAccessible(page, "a shared project");
  for (const hash of ["#share=v1.AAAA", "#share=v9.AAAA", "#share="]) {
    await page.goto("about:blank");
    await page.goto(bridge.roomUrl(room) + hash);
    await expect(page.getByTestId("arrival-fault")).toBeVisible();
    await isRussianAndAccessible(page, `a broken link ${hash}`);
  }
  await page.goto("about:blank");
  await page.goto(`${bridge.url}s/aaaaaaaaaaaa`);
  await expect(page.getByTestId("arrival-fault")).toBeVisible();
  await isRussianAndAccessible(page, "a short link that nobody made");
});

test("the test finds what is left in English", async ({ playground }) => {
  const { page } = playground;
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.title = "Not translated";
    button.textContent = "Сохранить total";
    const host = document.createElement("div");
    host.attachShadow({ mode: "open" }).append(button);
    document.body.append(host);
  });
  expect(await foreignTexts(page)).toEqual(expect.arrayContaining(["Not translated", "Сохранить total"]));
});
