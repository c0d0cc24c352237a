import { check, checkResult, openLesson, putFiles } from "../support/lesson-actions.ts";
import { ladderRows } from "../support/network-view.ts";
import { expect, test } from "../support/test.ts";

for (const { locale, examiner, button } of [
  { locale: "en-US", examiner: "examiner", button: "Show this exchange in Network" },
  { locale: "ru-RU", examiner: "проверяющий", button: "Показать этот обмен во вкладке «Сеть»" },
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("a check that failed shows the ladder of its connection, and leads to it in the network view", async ({ playground }) => {
      const { page } = playground;
      await openLesson(playground, "a-server-waits", "welcome");
      await putFiles(playground, "a-server-waits", "mistakes/no-line-break");
      await check(page);
      const exchange = page.locator("zp-lesson-exchange");
      await expect(exchange.locator(".lane-name")).toHaveText(["server.luau", examiner]);
      const rows = exchange.getByRole("option");
      await expect(rows).toHaveCount(3);
      await expect(exchange.locator('[data-kind="bytes"]')).toContainText("welcome, client 1");
      // The room has the examiner by the same name while it is there; by now it is gone.
      await expect(exchange.locator('[data-kind="bytes"]')).toHaveAttribute("aria-label", new RegExp(examiner));

      await exchange.getByRole("button", { name: button }).press("Enter");
      const network = page.locator("zp-network");
      await expect(network.getByTestId("chip-connection")).toContainText(`server.luau ⇄ ${examiner}`);
      await expect(network.getByTestId("chip-time")).toBeVisible();
      await expect(network.locator("zp-ladder").getByRole("option")).toHaveCount(3);
      await expect(network.getByTestId("ladder")).toBeFocused();
      // All of the step, and of what there was before.
      await network.getByTestId("chip-connection").click();
      const shown = network.locator("zp-ladder").getByRole("option");
      await expect.poll(() => shown.count()).toBeGreaterThan(3);
      const ofStep = await shown.count();
      await network.getByTestId("chip-time").click();
      await expect.poll(() => shown.count()).toBeGreaterThan(ofStep);
    });
  });
}

test("a row of the exchange is opened with the keyboard", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "a-server-waits", "welcome");
  await putFiles(playground, "a-server-waits", "mistakes/no-line-break");
  await check(page);
  await page.locator("zp-lesson-exchange").getByTestId("ladder").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator("zp-network").getByTestId("network-detail")).toContainText("server.luau → examiner: 17 bytes");
});

test("a failure that was seen on no connection shows what its step sent, or that it sent nothing", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "a-client-calls", "ask");
  await putFiles(playground, "a-client-calls", "mistakes/sends-a-text");
  await check(page);
  const exchange = page.locator("zp-lesson-exchange");
  await expect(exchange.locator(".lane-name")).toHaveText(["client.luau", "examiner"]);
  await expect(exchange.locator('[data-kind="program"]')).toHaveCount(2);

  await openLesson(playground, "first-program");
  await check(page);
  await expect(page.getByTestId("no-exchange")).toHaveText("Nothing went over the network in this step.");
  await expect(page.getByTestId("show-exchange")).toBeHidden();
});

test("a check runs without the reader's pause and conditions, says so, and gives them back", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "a-server-waits", "close");
  await putFiles(playground, "a-server-waits", "solution");
  await page.getByTestId("tab-network").click();
  const network = page.locator("zp-network");
  await page.getByTestId("open-conditions").click();
  const preset = page.getByTestId("preset").first();
  await preset.selectOption("other-continent");
  await page.getByTestId("conditions-done").click();
  const pause = page.locator("zp-network, zp-output-pane").getByTestId("pause-network");
  await pause.click();

  await page.getByTestId("check").click();
  await expect(page.getByTestId("without-conditions")).toContainText("do not hold while the check runs");
  await expect(page.locator("zp-output-pane").getByTestId("held")).toHaveText("Does not hold while a lesson is checked.");
  await expect(checkResult(page)).toHaveAttribute("data-state", "done");
  await expect(checkResult(page)).toHaveAttribute("data-passed", "true");
  await expect(page.getByTestId("without-conditions")).toContainText("They hold again now");
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("open-conditions").click();
  await expect(preset).toHaveValue("other-continent");
  await page.getByTestId("conditions-done").click();

  // Both hold again: nothing of a run goes through.
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(ladderRows(page, "listen").last()).toBeVisible();
  await expect(page.locator("zp-output-pane").getByTestId("held")).toContainText("Nothing is waiting yet.");
  await expect(network).toBeVisible();
});
