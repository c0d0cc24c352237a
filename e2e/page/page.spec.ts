import { leaveText } from "../support/focus.ts";
import { UPDATE } from "../support/luau.ts";
import { expect, test } from "../support/test.ts";

test("everything can be done with the keyboard alone", async ({ playground, spawn }) => {
  const { page } = playground;
  // The first stop leads straight to the code.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the editor" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Code of server.luau" })).toBeFocused();

  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type('print("typed by hand")');
  await page.keyboard.press("ControlOrMeta+Enter");
  const server = playground.program("server.luau");
  await server.shows("typed by hand");

  // Tab writes into the code; Escape, then Tab leaves it.
  await leaveText(page);
  await expect(page.getByRole("textbox", { name: "Code of server.luau" })).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");

  // From file to file with the arrows.
  await page.getByRole("tab", { name: "server.luau" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "client.luau" })).toBeFocused();
  await expect(page.getByRole("tab", { name: "client.luau" })).toHaveAttribute("aria-selected", "true");

  // A server is stopped from its console.
  await playground.paste("server.luau", `zone.socket.server.new():listen(8080, function() end)\nprint("listening")\n${UPDATE}`);
  await page.keyboard.press("ControlOrMeta+Enter");
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  await server.panel.getByRole("button", { name: "Stop server.luau" }).focus();
  await page.keyboard.press("Space");
  await server.is("stopped");
  nc.endInput();
  await nc.ends();
});

test("roles and names say what everything is, and states are announced", async ({ playground }) => {
  const { page } = playground;
  await expect(page.getByRole("button", { name: "Run all" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop all" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("tablist", { name: "Files" }).getByRole("tab")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Code" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Consoles" })).toBeVisible();
  await expect(page.getByRole("log", { name: "Output of client.luau" })).toBeAttached();

  const server = await playground.runServer('print("said")\nwarn("warned")\nerror("failed here")\n');
  await server.is("failed");
  await expect(page.getByRole("log", { name: "Output of server.luau" })).toContainText("said");
  await server.shows("Warning: warned", { level: "warn" });
  await server.shows("Error: server.luau:3: failed here", { level: "error" });
  await expect(page.getByRole("status").filter({ hasText: "server.luau: failed" })).toContainText("failed here");
});

test("a failed line is marked in the code until it is edited", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer("local first = 1\nlocal second = nil\nprint(second.field)\n");
  await server.is("failed");
  const mark = page.locator("zp-editor .cm-errorLine");
  await expect(mark).toHaveCount(1);
  await expect(mark).toHaveText("print(second.field)");
  await expect(page.getByTestId("line-error")).toContainText("attempt to index nil with 'field'");

  // From the other file the console's link leads back to the line.
  await playground.openFile("client.luau");
  await expect(mark).toHaveCount(0);
  await server.failure.getByRole("button").click();
  await expect(mark).toHaveText("print(second.field)");
  await expect(page.getByRole("textbox", { name: "Code of server.luau" })).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(" -- edited");
  await expect(mark).toHaveCount(0);
  await expect(page.getByTestId("line-error")).toHaveCount(0);
});

test("the page speaks English and Russian, changes at once, and remembers", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer("while true do end\n");
  await server.stop();
  await server.shows("was ended", { level: "notice" });
  await page.getByTestId("language").click();
  await expect(page.getByRole("button", { name: "Запустить все" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  // What the playground said before is said in the new language.
  await expect(server.lines(/was ended/)).toHaveCount(0);
  await server.shows("завершена. Функция zone.cleanup", { level: "notice" });
  await page.reload();
  await playground.isReady();
  await expect(page.getByRole("button", { name: "Запустить все" })).toBeVisible();
  await page.getByTestId("language").click();
  await expect(page.getByRole("button", { name: "Run all" })).toBeVisible();
});

test("a failure of the network is explained below its error, in the reader's language", async ({ playground }) => {
  const client = playground.program("client.luau");
  await playground.paste("client.luau", 'zone.socket.client.new():listen("127.0.0.1", 8099, function() end)\n');
  await client.run();
  await client.is("failed");
  await client.shows(/client\.luau:1: .*refused the connection/, { level: "error" });
  await client.shows("Nothing listens there. Start the server first", { level: "notice" });
  await playground.page.getByTestId("language").click();
  await client.shows("Там никто не слушает. Сначала запустите сервер", { level: "notice" });
});

test("light and dark follow the system until the reader chooses, and the choice stays", async ({ playground }) => {
  const { page } = playground;
  const lightness = (): Promise<number> =>
    page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      return red + green + blue;
    });
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await lightness();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await lightness()).toBeGreaterThan(dark);
  // System, light, dark.
  await page.getByTestId("theme").click();
  await page.getByTestId("theme").click();
  await expect.poll(lightness).toBe(dark);
  await page.reload();
  await playground.isReady();
  expect(await lightness()).toBe(dark);
});

test("work survives a reload", async ({ playground }) => {
  await playground.newFile("notes.luau", { isProgram: true });
  await playground.paste("notes.luau", 'print("kept")\n');
  await playground.page.reload();
  await playground.isReady();
  const notes = playground.program("notes.luau");
  await notes.run();
  await notes.shows("kept");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("code and consoles take turns, nothing runs out of the screen, and buttons can be hit", async ({ playground }) => {
    const { page } = playground;
    const overflow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    const server = playground.program("server.luau");
    await expect(page.getByRole("textbox", { name: "Code of server.luau" })).toBeVisible();
    await expect(server.panel).toBeHidden();

    await page.getByTestId("run-all").tap();
    // Running leads to the consoles.
    await expect(server.panel).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Code of server.luau" })).toBeHidden();
    await server.shows("Hello from client.luau!");
    expect(await overflow()).toBe(0);
    for (const button of await page.getByRole("button").all()) {
      const box = await button.boundingBox();
      if (box === null) continue;
      expect(box.x + box.width, await button.innerText()).toBeLessThanOrEqual(390);
      // WCAG 2.2, 2.5.8.
      expect(Math.min(box.width, box.height), (await button.getAttribute("aria-label")) ?? (await button.innerText())).toBeGreaterThanOrEqual(24);
    }
    await page.getByRole("tab", { name: "Code" }).tap();
    await expect(page.getByRole("textbox", { name: "Code of server.luau" })).toBeVisible();
    await page.getByTestId("stop-all").tap();
    await server.is("stopped");
  });
});
