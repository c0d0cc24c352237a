import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { expect, test } from "../support/test.ts";

/** Milliseconds in which StyLua is fetched and has formatted, on a busy machine. */
const FORMAT_LIMIT_MS = LONG_PATIENCE_MS;

test("syntax errors are underlined while one types, in the right columns", async ({ playground }) => {
  const { page } = playground;
  const underlined = page.locator("zp-editor .cm-lintRange-error");
  await playground.paste("server.luau", "local имя = 1");
  // A letter that Luau does not know: the compiler counts it as bytes.
  await expect(underlined.first()).toHaveText("и");
  await playground.paste("server.luau", '\tprint("мир 🌍 é") oops)\nlocal fine = 1\n');
  await expect(underlined.first()).toHaveText("oops");
  await page.locator("zp-editor .cm-content").press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await expect(page.locator("zp-editor .cm-tooltip")).toContainText("Incomplete statement");
  await playground.paste("server.luau", 'print("мир 🌍")\n');
  await expect(underlined).toHaveCount(0);
});

test("a local is renamed everywhere that it means, and a name that is taken is refused", async ({ playground }) => {
  const { page } = playground;
  await playground.paste(
    "server.luau",
    'local count, other = 1, 2\nlocal function f(count) return count end\nprint(count, other, x.count, "count", `{count}`)\n',
  );
  const code = page.locator("zp-editor .cm-content");
  await code.press("ControlOrMeta+Home");
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("F2");
  const dialog = page.getByRole("dialog", { name: "Rename count" });
  const field = dialog.getByRole("textbox");
  await expect(field).toBeFocused();
  await field.fill("end");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("keyword");
  await field.fill("print");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("line 3");
  await field.fill("total");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.locator("zp-editor .cm-line")).toHaveText([
    "local total, other = 1, 2",
    "local function f(count) return count end",
    'print(total, other, x.count, "count", `{total}`)',
    "",
  ]);
  await expect(code).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator("zp-editor .cm-line").first()).toHaveText("local count, other = 1, 2");
});

test("a file is formatted as one step, the cursor stays, and a faulty one is left alone", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", "local x=1\nif x then print( 'here' )  end\n");
  const lines = page.locator("zp-editor .cm-line");
  await page.locator("zp-editor .cm-content").press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+Alt+F");
  await expect(page.getByTestId("editor-notice")).toHaveText("The file is formatted.", { timeout: FORMAT_LIMIT_MS });
  await expect(lines).toHaveText(["local x = 1", "if x then", '\tprint("here")', "end", ""]);
  // The cursor stood before "re".
  await page.keyboard.type("|");
  await expect(lines.nth(2)).toHaveText('\tprint("he|re")');
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(lines).toHaveText(["local x=1", "if x then print( 'here' )  end", ""]);

  await playground.paste("server.luau", "local x =\n\nlocal y = 2");
  await page.getByTestId("menu").getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("menuitem", { name: "Format the file" }).click();
  await expect(page.getByTestId("editor-notice")).toContainText("there is an error in line 3");
});

test("search and comments", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", "local a = 1\nlocal b = a\n");
  await page.keyboard.press("ControlOrMeta+f");
  await page.locator("zp-editor [name=search]").pressSequentially("local");
  await expect(page.locator("zp-editor .cm-searchMatch")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(page.locator("zp-editor .cm-content")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+/");
  await expect(page.locator("zp-editor .cm-line").first()).toHaveText("-- local a = 1");
  await page.keyboard.press("ControlOrMeta+/");
  await expect(page.locator("zp-editor .cm-line").first()).toHaveText("local a = 1");
});

test("files are moved with the keyboard, the menu and the mouse, and stay so", async ({ playground }) => {
  const { page } = playground;
  await playground.newFile("shared.luau", { isProgram: false });
  const tabs = page.locator("zp-file-tabs [data-file]");
  const order = (...names: string[]) => expect(tabs).toHaveText(names.map((name) => `${name}.luau`));
  await order("server", "client", "shared");
  // A module is told apart by more than its colour.
  await expect(tabs.nth(2).locator("svg")).toHaveClass("icon-module");
  await tabs.nth(2).focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await order("server", "shared", "client");
  await expect(tabs.nth(1)).toBeFocused();
  await page.getByTestId("menu").getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("menuitem", { name: "Move the open file left" }).click();
  await order("shared", "server", "client");

  const from = await tabs.nth(0).boundingBox();
  const to = await tabs.nth(2).boundingBox();
  if (from === null || to === null) throw new Error("the tabs are not shown");
  await page.mouse.move(from.x + from.width / 2, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width * 0.9, to.y + 10, { steps: 12 });
  await page.mouse.up();
  await order("server", "client", "shared");
  await page.keyboard.press("Tab");
  await tabs.nth(2).focus();
  await page.keyboard.press("Alt+Home");
  await order("shared", "server", "client");
  await page.reload();
  await playground.isReady();
  await order("shared", "server", "client");
});
