import type { PlaygroundPage } from "../support/playground-page.ts";
import { CHECKER_LIMIT_MS, checkerIsReady, chooseCommand, markedErrors, markedWarnings } from "../support/checker.ts";
import { expect, test } from "../support/test.ts";

/** Puts the cursor into a name. */
async function cursorIn({ page }: PlaygroundPage, name: string): Promise<void> {
  await page.locator("zp-editor .cm-line").getByText(name, { exact: true }).first().click();
}

test("a type error is underlined at its place, behind Cyrillic and emoji, with help in the reader's language", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("client.luau", '--!strict\nlocal имя = "x" -- не\nlocal привет = "👩‍👩‍👧"; local число: number = "пять"\nprint(привет, число)\n');
  await expect(markedErrors(page).first()).toBeVisible({ timeout: CHECKER_LIMIT_MS });
  await playground.paste("client.luau", '--!strict\nlocal s = "привет 👩‍👩‍👧 é"; local n: number = "пять"\nprint(s, n)\n');
  await expect(markedErrors(page)).toHaveText(['"пять"'], { timeout: CHECKER_LIMIT_MS });
  await markedErrors(page).hover();
  await expect(page.locator("zp-editor .cm-diagnostic")).toContainText("Expected this to be 'number', but got 'string'");
  await page.mouse.move(0, 0);
  await page.getByTestId("language").click();
  // The same mark, in the other language; a message that is open stays as it was.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await markedErrors(page).hover();
    await expect(page.locator("zp-editor .cm-diagnostic")).toContainText("Здесь ожидается значение другого типа", { timeout: 1_000 });
  }).toPass({ timeout: CHECKER_LIMIT_MS });
});

test("a mistake in another file is marked as soon as that file changes", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.newFile("lib.luau", { isProgram: false });
  await playground.paste("lib.luau", "--!strict\nreturn { twice = function(n: number): number return n * 2 end }\n");
  await playground.paste("client.luau", '--!strict\nlocal lib = require("./lib")\nlocal four: number = lib.twice(2)\nprint(four)\n');
  await expect(markedErrors(page)).toHaveCount(0);
  await playground.paste("lib.luau", "--!strict\nreturn { twice = function(n: number): string return tostring(n) end }\n");
  await playground.openFile("client.luau");
  await expect(markedErrors(page).first()).toHaveText("lib.twice(2)", { timeout: CHECKER_LIMIT_MS });
});

test("members, arguments and callbacks of zone are completed, with their documentation", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  const options = page.locator("zp-editor .cm-tooltip-autocomplete li");
  await playground.paste("client.luau", "local server = zone.socket.server.new()\n");
  await page.keyboard.type("zone.socket.");
  await expect(options).toContainText(["client", "server", "update"], { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.type("up");
  await expect(page.locator("zp-editor .cm-completionInfo")).toContainText("Handles everything that has happened", { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("server:listen(");
  await expect(page.locator("zp-editor .cm-signature strong")).toHaveText("port: number", { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.type("8080, ");
  await expect(page.locator("zp-editor .cm-signature strong")).toContainText("ip: ", { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.type("function(connection)\nconnection:");
  // The callback's parameter has its type from the definitions.
  await expect(options).toContainText(["close", "getIp"], { timeout: CHECKER_LIMIT_MS });
});

test("what can stand at the cursor is offered with its kind: locals, keywords, keys in strings, deprecated members", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  const options = page.locator("zp-editor .cm-tooltip-autocomplete li");
  const offers = async (before: string, typed: string, label: string, kind: string): Promise<void> => {
    await playground.paste("client.luau", before);
    await page.keyboard.type(typed);
    const option = options.filter({ has: page.locator(".cm-completionLabel").getByText(label, { exact: true }) });
    await expect(option.getByRole("img", { name: kind, exact: true })).toBeVisible({ timeout: CHECKER_LIMIT_MS });
    // Once for the list, once for the function's arguments, which may stand before the tabs.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  };
  await offers("local total = 1\nprint(", "tot", "total", "variable");
  await offers("", "whi", "while", "keyword");
  await offers("print(", "tostr", "tostring", "function");
  await offers("local client: ", "SocketCl", "SocketClient", "type");
  await offers('local t: { kind: "large" | "small" } = { kind = ', '"', "large", "value");
  await offers("local t = { width = 1 }\nprint(t", ".", "width", "property");
  await offers("print(table", ".", "insert", "method");
  await offers("print(table", ".", "getn", "method, deprecated");
  // Deprecated is struck out in the list and a warning in the code; missing is not offered, and an error.
  await playground.paste("client.luau", "print(table");
  await page.keyboard.type(".get");
  await expect(page.locator("zp-editor .cm-tooltip-autocomplete li.cm-deprecated")).toHaveText(/getn/, { timeout: CHECKER_LIMIT_MS });
  await expect(page.locator("zp-editor .cm-tooltip-autocomplete li.cm-deprecated .cm-completionLabel")).toHaveCSS("text-decoration-line", "line-through");
  await playground.paste("client.luau", "--!strict\nprint(table.getn({}), table.gone({}))\n");
  await expect(markedWarnings(page)).toHaveText(["table.getn"], { timeout: CHECKER_LIMIT_MS });
  await expect(markedErrors(page)).toHaveText(["table.gone"]);
});

test("documentation and kinds are in the reader's language", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await page.getByTestId("language").click();
  await expect(page.getByTestId("language")).toHaveText("EN");
  await playground.paste("client.luau", "zone.socket");
  await page.keyboard.type(".up");
  await expect(page.locator("zp-editor .cm-completionInfo")).toContainText("коллбэк", { timeout: CHECKER_LIMIT_MS });
  await expect(page.locator("zp-editor .cm-completionKind").first()).toHaveAccessibleName("метод");
  await page.keyboard.press("Escape");
  await playground.paste("client.luau", "zone.socket.client.new():listen");
  await page.keyboard.type("(");
  await expect(page.locator("zp-editor .cm-signature p")).toContainText(/[а-я]{3}/, { timeout: CHECKER_LIMIT_MS });
  await playground.paste("client.luau", "print(zone.isHeadless)\n");
  await page.locator("zp-editor .cm-line").getByText("isHeadless").hover();
  await expect(page.locator("zp-editor .cm-hover")).toContainText("без окна", { timeout: CHECKER_LIMIT_MS });
});

test("names of files are completed in require", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.newFile("lines.luau", { isProgram: false });
  await playground.paste("lines.luau", "return {}\n");
  await playground.paste("client.luau", "");
  await page.keyboard.type('local lines = require("./');
  await expect(page.locator("zp-editor .cm-tooltip-autocomplete li").filter({ hasText: "lines" })).toBeVisible({ timeout: CHECKER_LIMIT_MS });
});

test("hover tells type and documentation; the declaration and the references are found across files", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.newFile("lib.luau", { isProgram: false });
  await playground.paste("lib.luau", "local lib = {}\n-- Doubles a number.\nfunction lib.twice(n: number): number\n\treturn n * 2\nend\nreturn lib\n");
  await playground.paste("client.luau", 'local lib = require("./lib")\nprint(lib.twice(2), zone.isHeadless)\n');
  await page.locator("zp-editor .cm-line").filter({ hasText: "isHeadless" }).getByText("isHeadless").hover();
  await expect(page.locator("zp-editor .cm-hover")).toContainText("isHeadless: boolean", { timeout: CHECKER_LIMIT_MS });
  await expect(page.locator("zp-editor .cm-hover")).toContainText("Whether the program runs without an engine window");
  await expect(page.locator("zp-editor .cm-hover em")).toHaveText("engine");
  await page.mouse.move(0, 0);

  await cursorIn(playground, "twice");
  await page.keyboard.press("Shift+F12");
  const references = page.getByTestId("references").getByRole("button");
  await expect(references).toContainText(["client.luau:2", "lib.luau:3"], { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.press("Escape");
  await cursorIn(playground, "twice");
  await page.keyboard.press("F12");
  await expect(page.locator('zp-file-tabs [data-file="lib.luau"]')).toHaveAttribute("aria-selected", "true", { timeout: CHECKER_LIMIT_MS });
  await expect(page.locator("zp-editor .cm-activeLine")).toContainText("function lib.twice");
});

test("types are shown between the letters when the reader wants them", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("client.luau", "local server = zone.socket.server.new()\nfor index, word in { 'a' } do print(index, word, server) end\n");
  const hints = page.locator("zp-editor .cm-inlayHint");
  await expect(hints).toHaveCount(0);
  const toggle = (): Promise<void> => chooseCommand(page, "Show or hide types in the code");
  await toggle();
  await expect(hints).toHaveText([": SocketServer", ": number", ": string"], { timeout: CHECKER_LIMIT_MS });
  await toggle();
  await expect(hints).toHaveCount(0);
});
