import { filesIn } from "../support/course.ts";
import { openLesson } from "../support/lesson-actions.ts";
import { expect, test } from "../support/test.ts";

test("the solution is put in difference by difference, or looked at whole", async ({ playground }) => {
  const { page } = playground;
  await openLesson(playground, "a-server-waits", "listen");
  await page.getByTestId("way-out").click();
  await expect(page.getByTestId("next-difference")).toHaveAttribute("aria-pressed", "true");
  const lesson = page.locator("zp-lesson");
  const changed = lesson.locator(".diff :is(.added, .removed)");
  const next = await changed.count();
  await page.getByTestId("whole-solution").press("Enter");
  await expect(page.getByTestId("whole-solution")).toHaveAttribute("aria-pressed", "true");
  expect(await changed.count()).toBeGreaterThanOrEqual(next);
  await expect(page.getByTestId("put-difference")).toBeHidden();

  // Two places differ, so that one is left when the first is put in.
  const solution = filesIn("a-server-waits", "solution").get("server.luau") ?? "";
  const lines = solution.split("\n");
  await playground.paste("server.luau", ["-- mine", ...lines.slice(0, 1), ...lines.slice(2)].join("\n"));
  await page.getByTestId("next-difference").click();
  await expect(changed).toHaveText([/-- mine/]);
  await page.getByTestId("put-difference").press("Enter");
  await expect(changed).toHaveText([new RegExp(`\\+ .*${lines[1]?.replaceAll(/[^\w ]/g, ".") ?? ""}`)]);
  await page.getByTestId("put-difference").press("Enter");
  await expect(lesson.getByText("There is no difference.")).toBeVisible();
  await expect(page.locator("zp-editor .cm-content")).not.toContainText("-- mine");
});
