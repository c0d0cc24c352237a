import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { openLesson, test } from "../support/lesson-test.ts";
import { expect } from "../support/test.ts";

/** Every colour, a count, a warning, a question and an error. */
const PROGRAM = `for code = 30, 37 do print("\\27[" .. code .. "mcolour\\27[0m \\27[" .. code + 60 .. "mbright\\27[0m \\27[" .. code + 10 .. "mground\\27[0m") end
print("\\27[38;2;255;255;0many\\27[0m \\27[38;5;17mof 256\\27[0m \\27[7minverse\\27[0m \\27[31;7mred\\27[0m \\27[2mdim\\27[0m")
for _ = 1, 3 do print("again") end
warn("careful")
zone.console.onInput(function(line) error(line) end)
function zone.update() end`;

test.use({ contextOptions: { reducedMotion: "reduce" }, openOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

test("axe finds nothing serious in consoles, faults and a locked room, in light and dark colours", async ({ page, site, open: _open, lockedRoom }) => {
  await openLesson(
    page,
    site,
    `<zone-playground id="one"><template data-name="main.luau">${PROGRAM}</template><template data-name="other.luau" data-module>return {</template></zone-playground>
    <zone-playground id="two" room="${lockedRoom.name}"><template data-name="main.luau">print(1)</template></zone-playground>`,
  );
  const one = page.locator("#one");
  await one.getByTestId("run").click();
  await expect(one.getByTestId("console-input")).toBeVisible();
  await isAccessibleInBothSchemes(page, "running", "zone-playground");
  await one.getByTestId("console-input").fill("wrong");
  await one.getByTestId("console-input").press("Enter");
  await expect(one.getByRole("log").locator('[data-level="error"]')).toBeVisible();
  await isAccessibleInBothSchemes(page, "failed", "zone-playground");
  await one.getByRole("tab", { name: "other.luau" }).click();
  await expect(one.locator(".cm-lintRange-error, .cm-lintPoint-error").first()).toBeAttached();
  const two = page.locator("#two");
  await two.getByTestId("run").click();
  await two.getByTestId("password").fill("other");
  await two.getByTestId("enter-room").click();
  await expect(two.getByTestId("password-error")).not.toBeEmpty();
  await isAccessibleInBothSchemes(page, "a fault underlined, and a locked room", "zone-playground");
});
