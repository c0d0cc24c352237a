import { deflateSync } from "node:zlib";
import { CHECKER_LIMIT_MS, checkerIsReady, chooseCommand, markedErrors } from "../support/checker.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** Wrong in strict mode only: what is not strict lets a table have any key. */
const LOOSE = "local t = { a = 1 }\nprint(t.b)\n";

test("how strictly a project is checked is chosen by keyboard, changes the marks, and is kept with the project", async ({ playground, openContext }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("client.luau", LOOSE);
  await playground.paste("server.luau", "print(1)\n");
  await playground.openFile("client.luau");
  await chooseCommand(page, "Type checking…");
  const dialog = page.getByRole("dialog", { name: "Type checking" });
  const strict = dialog.getByRole("radio", { name: "Strict", exact: true });
  // So it is in a new project.
  await expect(strict).toBeChecked();
  await expect(strict).toBeFocused();
  await expect(strict).toHaveAccessibleDescription(/Luau infers every type/);
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: "Not strict" })).toBeChecked();
  await expect(markedErrors(page)).toHaveCount(0, { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.press("ArrowUp");
  await expect(dialog.getByRole("radio", { name: "Strict", exact: true })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(markedErrors(page)).not.toHaveCount(0, { timeout: CHECKER_LIMIT_MS });

  // It is in the link, whoever opens it.
  await page.getByTestId("share").click();
  const link = await page.getByTestId("long-link").inputValue();
  await page.keyboard.press("Escape");
  const other = new PlaygroundPage(await (await openContext()).newPage());
  await other.page.goto(link);
  await other.page.getByTestId("arrival-open").click();
  await other.isReady();
  await checkerIsReady(other);
  await other.openFile("client.luau");
  await expect(markedErrors(other.page)).not.toHaveCount(0, { timeout: CHECKER_LIMIT_MS });

  // It is in what the browser keeps.
  await page.reload();
  await playground.isReady();
  await checkerIsReady(playground);
  await playground.openFile("client.luau");
  await expect(markedErrors(page)).not.toHaveCount(0, { timeout: CHECKER_LIMIT_MS });
  await chooseCommand(page, "Type checking…");
  await expect(dialog.getByRole("radio", { name: "Strict", exact: true })).toBeChecked();
  await dialog.getByRole("radio", { name: "Off" }).check();
  await page.keyboard.press("Escape");
  await expect(markedErrors(page)).toHaveCount(0, { timeout: CHECKER_LIMIT_MS });
});

test("problems of all files are listed with code and place, and lead there", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.newFile("words.luau", { isProgram: false });
  await playground.paste("words.luau", '--!strict\nlocal words = {}\nlocal s = "привет 👩‍👩‍👧"; local number: number = "пять"\nreturn { words, s, number }\n');
  await playground.paste("server.luau", "--!strict\nlocal unused = 1\n");
  await playground.paste("client.luau", "print(1)\n");
  const count = page.getByTestId("problem-count");
  await expect(count).toHaveAccessibleName("1 error, 1 warning", { timeout: CHECKER_LIMIT_MS });
  await count.click();
  const problems = page.getByTestId("problems").getByRole("button");
  await expect(problems).toHaveCount(2);
  await expect(problems.nth(0)).toContainText("server.luau:2:7");
  await expect(problems.nth(0)).toContainText("LocalUnused");
  await expect(problems.nth(1)).toContainText("words.luau:3:53");
  await expect(problems.nth(1)).toContainText("TypeMismatch");
  await expect(problems.nth(1)).toContainText("Expected this to be 'number', but got 'string'");
  await problems.nth(1).click();
  await expect(page.locator('zp-file-tabs [data-file="words.luau"]')).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("zp-editor .cm-activeLine")).toContainText('local number: number = "пять"');
  // The list follows the code, and says so when it is empty.
  await playground.paste("words.luau", "return {}\n");
  await playground.paste("server.luau", "print(1)\n");
  await expect(count).toHaveCount(0, { timeout: CHECKER_LIMIT_MS });
  await page.getByTestId("language").click();
  await chooseCommand(page, "Проблемы во всех файлах…");
  await expect(page.getByTestId("no-problems")).toHaveText("В файлах этого проекта проблем нет.");
});

test("places are right in a file that came with other line ends than the editor's", async ({ playground }) => {
  const { page } = playground;
  const source = '--!strict\r\nlocal s = "привет"\r\n\r\n\r\nlocal number: number = "пять"\r\nprint(s, number)\r\n';
  const hash = `#share=v1.${deflateSync(JSON.stringify({ files: [{ name: "main.luau", source, program: true }] })).toString("base64url")}`;
  await page.goto(new URL(`/${hash}`, page.url()).href);
  await page.getByTestId("arrival-open").click();
  await playground.isReady();
  await checkerIsReady(playground);
  await expect(markedErrors(page)).toHaveText(['"пять"'], { timeout: CHECKER_LIMIT_MS });
  await page.getByTestId("problem-count").click();
  await expect(page.getByTestId("problems").getByRole("button")).toContainText("main.luau:5:24");
  await page.getByTestId("problems").getByRole("button").click();
  await expect(page.locator("zp-editor .cm-activeLine")).toHaveText('local number: number = "пять"');
  await page.keyboard.press("Home");
  for (let column = 0; column < "local nu".length; column++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+F12");
  await expect(page.getByTestId("references").getByRole("button")).toContainText(["main.luau:5", "main.luau:6print(s, number)"], { timeout: CHECKER_LIMIT_MS });
});
