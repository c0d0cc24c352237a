import { CHECKER_LIMIT_MS, checkerIsReady, chooseCommand, markedErrors, markedWarnings } from "../support/checker.ts";
import { leaveText } from "../support/focus.ts";
import { expect, test } from "../support/test.ts";

test("an error of the VM is explained below itself and in the code, in the reader's language", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer('prnt("hello")\n');
  await server.is("failed");
  await server.shows(/server\.luau:1: attempt to call a nil value/, { level: "error" });
  await server.shows("`prnt` is nil, and nil cannot be called. Did you mean `print`?", { level: "notice" });
  await expect(page.getByTestId("line-error")).toContainText("Did you mean `print`?");
  await page.getByTestId("language").click();
  await server.shows("`prnt` — это nil, а вызвать nil нельзя. Возможно, вы имели в виду `print`?", { level: "notice" });
  await expect(page.getByTestId("line-error")).toContainText("Возможно, вы имели в виду `print`?");
  await playground.paste("server.luau", "task.wait(1)\n");
  await server.run();
  await server.shows(/^`task\.wait` есть в других программах с Luau, а здесь — нет\. .*zone\.update\(dt\)/, { level: "notice" });
});

test("code that Luau cannot read is explained below the error, in the code and at the mark, in the reader's language", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", "local x = 1\nif x = 1 then\n\tprint(x)\nend\n");
  const mark = markedErrors(page).filter({ hasText: /^=$/ });
  await expect(mark).toHaveCount(1);
  await mark.hover();
  await expect(page.locator("zp-editor .cm-tooltip-hover")).toContainText("Two values are compared with `==`");
  const server = playground.program("server.luau");
  await server.run();
  await server.is("failed");
  await server.shows("Two values are compared with `==`", { level: "notice" });
  await expect(page.getByTestId("line-error")).toContainText("Two values are compared with `==`");
  await page.getByTestId("language").click();
  await server.shows("Сравнивают через `==`", { level: "notice" });
  await expect(page.getByTestId("line-error")).toContainText("Сравнивают через `==`");
  await page.mouse.move(0, 0);
  await mark.hover();
  await expect(page.locator("zp-editor .cm-tooltip-hover")).toContainText("Сравнивают через `==`");
});

test("a failure of the network is explained in the code, too, in the reader's language", async ({ playground }) => {
  const server = await playground.runServer('zone.socket.client.new():listen("127.0.0.1", 8099, print)\n');
  await server.is("failed");
  const message = playground.page.getByTestId("line-error");
  await expect(message).toContainText("Nothing listens there. Start the server first; check the address and the port.");
  await playground.page.getByTestId("language").click();
  await expect(message).toContainText("Там никто не слушает. Сначала запустите сервер; проверьте адрес и порт.");
});

test("an error that a script raises is its own, whatever it says", async ({ playground }) => {
  const server = await playground.runServer('error("attempt to call a nil value")\n');
  await server.is("failed");
  await server.shows("attempt to call a nil value", { level: "error" });
  await expect(server.lines(/./, "notice")).toHaveCount(0);
  await expect(playground.page.getByTestId("line-error")).toHaveText("attempt to call a nil value");
});

test("in a new project the mistakes of a first hour are underlined, with what to do about them", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await expect(markedErrors(page)).toHaveCount(0);
  await playground.paste(
    "client.luau",
    `local client = zone.socket.client.new()
client:listen("127.0.0.1", 8080, function(connection)
	connection:send("text")
	connection:onRecieve(print)
end)
client:listen(8080, "127.0.0.1", print)
client.listen("127.0.0.1", 8080, print)
task.wait(1)
`,
  );
  await expect(markedErrors(page).filter({ hasText: /^"text"$/ })).toHaveCount(1, { timeout: CHECKER_LIMIT_MS });
  await expect(markedErrors(page).filter({ hasText: "connection:onRecieve" })).toHaveCount(1);
  await expect(markedErrors(page).filter({ hasText: /^8080$/ })).not.toHaveCount(0);
  await expect(markedErrors(page).filter({ hasText: /^client.listen$/ })).toHaveCount(1);
  await expect(markedErrors(page).filter({ hasText: /^task$/ })).toHaveCount(1);
  await page.getByTestId("language").click();
  await chooseCommand(page, "Проблемы");
  const problems = page.getByTestId("problems");
  await expect(problems).toContainText("Сделайте из строки ByteStream: zone.byteStream.fromString(text)");
  await expect(problems).toContainText("Это метод: вызывайте его через двоеточие");
  await expect(problems).toContainText("Возможно, вы имели в виду onReceive?");
  await expect(problems).toContainText("task есть в других программах с Luau, а здесь — нет.");
});

test("right code of a first hour has no errors in a new project, only hints at types that are missing", async ({ playground }) => {
  await checkerIsReady(playground);
  await playground.paste(
    "server.luau",
    `local clients = {}
local server = zone.socket.server.new()
local function say(client, text)
	client:send(zone.byteStream.fromString(text .. "\\n"))
end
server:listen(8080, function(connection)
	table.insert(clients, connection)
	connection:onReceive(function(data)
		for _, client in ipairs(clients) do
			say(client, data:toString())
		end
	end)
end)
local function factorial(n)
	if n == 0 then
		return 1
	end
	return n * factorial(n - 1)
end
print(factorial(5))
function zone.update(dt)
	zone.socket.update()
end
`,
  );
  await expect(markedWarnings(playground.page).filter({ hasText: "factorial" })).not.toHaveCount(0, { timeout: CHECKER_LIMIT_MS });
  await expect(markedErrors(playground.page)).toHaveCount(0);
});

test("Tab takes the chosen completion; without a list it indents, and after Escape it leaves the editor", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  const options = page.locator("zp-editor .cm-tooltip-autocomplete li");
  const lines = page.locator("zp-editor .cm-line");
  await playground.paste("client.luau", "zone");
  await page.keyboard.type(".socket.");
  await expect(options).toContainText(["client", "server", "update"], { timeout: CHECKER_LIMIT_MS });
  await page.keyboard.type("up");
  await expect(options).toHaveCount(1);
  // A list takes no key for as long as nobody can have seen it.
  await page.waitForTimeout(200);
  await page.keyboard.press("Tab");
  await expect(lines).toHaveText(["zone.socket.update()"]);
  await expect(options).toHaveCount(0);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Code of client.luau" })).toBeFocused();
  expect(await lines.nth(1).evaluate((line) => line.textContent)).toBe("\t");
  // An open list takes an Escape for itself.
  await page.keyboard.type("zone.");
  await expect(options.first()).toBeVisible({ timeout: CHECKER_LIMIT_MS });
  await page.keyboard.press("Escape");
  await expect(options).toHaveCount(0);
  await leaveText(page);
  await expect(page.getByRole("textbox", { name: "Code of client.luau" })).not.toBeFocused();
});

for (const width of [1280, 390]) {
  test(`a message in the code is read whole at ${width} pixels, however long the code's lines are`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height: 800 });
    if (width < 500) await page.locator("#tab-code").click();
    await playground.paste("server.luau", `-- ${"long ".repeat(100)}\nlocal connection: any = nil\nconnection:send(zone.byteStream.fromString("hello"))\n`);
    await page.keyboard.press("ControlOrMeta+Enter");
    if (width < 500) await page.locator("#tab-code").click();
    const message = page.getByTestId("line-error").locator("> div");
    await expect(message).toContainText("if connection then");
    const scroller = page.locator("zp-editor .cm-scroller");
    for (const left of [0, 1_000]) {
      await scroller.evaluate((node, x) => node.scrollTo({ left: x }), left);
      await expect(async () => {
        const [box, space] = [await message.boundingBox(), await scroller.boundingBox()];
        if (box === null || space === null) throw new Error("the message is not shown");
        expect(box.x).toBeGreaterThanOrEqual(space.x);
        expect(box.x + box.width).toBeLessThanOrEqual(space.x + space.width + 1);
        expect(await message.evaluate((node) => node.scrollWidth > node.clientWidth)).toBe(false);
      }).toPass();
    }
  });
}
