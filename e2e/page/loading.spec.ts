import type { Route } from "@playwright/test";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

test.use({ hasOwnContext: true });

const DIALOGS = /\/assets\/dialogs-/;

test("a dialog that is slow to come says so, and one that cannot be had says what to do", async ({ page, bridge, room }) => {
  const held: Route[] = [];
  let isAway = true;
  let isSlow = true;
  await page.route(DIALOGS, (route) => (isAway ? route.abort() : isSlow ? void held.push(route) : route.continue()));
  await new PlaygroundPage(page).open(bridge.roomUrl(room));
  await page.getByTestId("share").click();
  const fault = page.getByTestId("part-failed");
  await expect(fault).toContainText("Try again when it is back");
  await expect(fault).toHaveRole("alert");
  await page.getByTestId("part-dismiss").click();
  await expect(fault).toBeHidden();

  isAway = false;
  await page.getByTestId("projects").click();
  await expect(page.getByTestId("part-loading")).toHaveText("Loading this part of the page…");
  // What is fetched is imported then, out of the cache where nothing stands before it.
  isSlow = false;
  await Promise.all(held.map((route) => route.continue()));
  await expect(page.getByRole("dialog", { name: "Projects" })).toBeVisible();
  await expect(page.getByTestId("part-loading")).toBeHidden();
});

test("after a failure the same dialog comes with another try", async ({ page, bridge, room }) => {
  let isAway = true;
  await page.route(DIALOGS, (route) => (isAway ? route.abort() : route.continue()));
  await new PlaygroundPage(page).open(bridge.roomUrl(room));
  await page.keyboard.press("Shift+F1");
  await expect(page.getByTestId("part-failed")).toBeVisible();
  isAway = false;
  await page.getByTestId("part-retry").click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expect(page.getByTestId("part-failed")).toBeHidden();
});

test("a language whose texts cannot be had leaves the page as it speaks, and comes with another try", async ({ page, bridge, room }) => {
  let isAway = true;
  await page.route(/\/assets\/ru-/, (route) => (isAway ? route.abort() : route.continue()));
  await new PlaygroundPage(page).open(bridge.roomUrl(room));
  await page.getByTestId("language").click();
  await expect(page.getByTestId("part-failed")).toBeVisible();
  await expect(page.getByTestId("run-all")).toHaveText("Run all");
  isAway = false;
  await page.getByTestId("part-retry").click();
  await expect(page.getByTestId("run-all")).toHaveText("Запустить все");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
});

test("without the editor's script the code can still be read and run", async ({ page, bridge, room }) => {
  await page.route(/\/assets\/(?:code-view|terminal-view)-/, (route) => route.abort());
  await page.goto(bridge.roomUrl(room));
  await expect(page.getByTestId("part-failed")).toBeVisible();
  await expect(page.locator("zp-editor pre")).toContainText("zone.socket");
  await page.getByTestId("part-dismiss").click();
  await page.getByTestId("run-all").click();
  await expect(page.getByRole("log").getByText("Connected").first()).toBeAttached();
});
