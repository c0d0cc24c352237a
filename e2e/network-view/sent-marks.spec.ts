import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { ladderRows, openNetwork } from "../support/network-view.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test("lines that have sent bytes have a mark while the network is shown, which leads to what they sent, and moves no code", async ({ playground }) => {
  const { page } = playground;
  const marks = page.getByTestId("sent-mark");
  const firstLine = page.locator("zp-editor .cm-line").first();
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  await expect(marks).toHaveCount(0);
  const before = await firstLine.boundingBox();
  await openNetwork(page);
  const send = page.locator("zp-editor .cm-line").filter({ hasText: "connection:send(" });
  await expect(marks).toHaveCount(await send.count());
  await expect(marks.first()).toHaveAccessibleName("Line 12 has sent bytes: show them");
  expect(await firstLine.boundingBox()).toEqual(before);
  // Beside its line.
  const [mark, line] = await Promise.all([marks.first().boundingBox(), send.first().boundingBox()]);
  expect(Math.abs((mark?.y ?? 0) - (line?.y ?? 0))).toBeLessThan(4);
  expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThanOrEqual(line?.x ?? 0);
  await isAccessibleInBothSchemes(page, "marks", ["zp-app", "zp-editor"]);

  await marks.first().click();
  await expect(page.getByTestId("chip-place")).toContainText("server.luau:12");
  await expect(page.getByTestId("ladder")).toBeFocused();
  for (const row of await ladderRows(page).all()) await expect(row).toHaveAttribute("aria-label", /server\.luau to client\.luau, .*line 12$/);
  await page.getByTestId("chip-place").click();
  await expect(page.getByTestId("ladder")).toBeFocused();

  // It goes with its line, and has its number of before.
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Enter");
  await expect.poll(async () => Math.abs(((await marks.first().boundingBox())?.y ?? 0) - ((await send.first().boundingBox())?.y ?? 0))).toBeLessThan(4);
  await expect(marks.first()).toHaveAccessibleName("Line 12 has sent bytes: show them");
  await page.keyboard.press("ControlOrMeta+z");

  // Each file has its own, and without the network there are none.
  await playground.openFile("client.luau");
  await expect(marks.first()).toBeVisible();
  const inClient = await marks.evaluateAll((all) => all.map((each) => each.dataset["line"]));
  const lines = await page.locator("zp-editor .cm-line").allInnerTexts();
  expect(inClient.map((line) => lines[Number(line) - 1])).toEqual(inClient.map(() => expect.stringContaining(":send(")));
  await page.getByTestId("tab-consoles").click();
  await expect(marks).toHaveCount(0);
  await page.getByTestId("tab-network").click();
  await expect(marks.first()).toBeVisible();
  await page.getByTestId("clear-network").click();
  await expect(marks).toHaveCount(0);
});
