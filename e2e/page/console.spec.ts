import { readFile } from "node:fs/promises";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { firstProgramWorker } from "../support/program-worker.ts";
import { expect, test } from "../support/test.ts";

/** One call into C that takes minutes, and that no limit of the VM can interrupt. */
const LONG_CALL = `
print("before")
function zone.update()
	string.find(string.rep("a", 2e7), string.rep("a", 1e6) .. "b", 1, true)
end
`;

test("output stays on Stop and on the next run, with a rule between, and can be cleared", async ({ playground }) => {
  const server = await playground.runServer('print("first")\nfunction zone.update() end\n');
  await server.shows("first");
  await server.stop();
  await server.is("stopped");
  await expect(server.lines("first")).toHaveCount(1);
  await playground.runServer('print("second")\n');
  await server.shows("second");
  expect(await server.log.locator("[data-level]").allTextContents()).toEqual(["first", expect.stringMatching(/^New run, /), "second"]);
  await server.panel.getByTestId("clear").click();
  await expect(server.log.locator("[data-level]")).toHaveCount(0);
});

test("equal lines in a row are one line with a count that goes up", async ({ playground }) => {
  const server = await playground.runServer(
    'for _ = 1, 100000 do print("again") end\nprint("over")\nlocal frames = 0\nfunction zone.update()\n\tframes += 1\n\tif frames <= 30 then print("tick") end\n\tif frames == 40 then print("end") end\nend\n',
  );
  await server.shows("end");
  expect(await server.allLines()).toEqual(["again (100,000 times)", "over", "tick (30 times)", "end"]);
  // The terminal counts in the same place.
  await expect.poll(() => server.panel.locator(".xterm-rows").innerText()).toMatch(/again ×100000\s+over\s+tick ×30\s+end/);
});

test("a console can be searched, copied and saved", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer('for i = 1, 30 do print("line " .. i) end\nprint("\\27[31mred\\27[0m, кириллица 🎈")\n');
  await server.shows("кириллица");
  await server.panel.getByRole("group", { name: "Console of server.luau" }).focus();
  await page.keyboard.press("ControlOrMeta+f");
  const field = server.panel.getByTestId("console-search");
  await expect(field).toBeFocused();
  await field.fill("line 1");
  const count = server.panel.getByTestId("search-count");
  await expect(count).toHaveText(/^\d+ of 11$/);
  const before = await count.textContent();
  await page.keyboard.press("Enter");
  await expect(count).not.toHaveText(before ?? "");
  await field.fill("nowhere");
  await expect(count).toHaveText("Nothing found");
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(server.panel.getByRole("group", { name: "Console of server.luau" })).toBeFocused();

  const menu = server.panel.getByTestId("console-menu");
  await menu.getByRole("button").first().click();
  await page.getByRole("menuitem", { name: "Copy all" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^line 1\nline 2\n[^]*\nred, кириллица 🎈$/);
  await menu.getByRole("button").first().click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("server.log.txt");
  expect(await readFile(await file.path(), "utf8")).toContain("line 30\nred, кириллица 🎈\n");
});

test("all programs in one console, in order, each line with its program's name", async ({ playground }) => {
  const { page } = playground;
  await playground.page.getByTestId("merge-consoles").click();
  await playground.runServer('print("from the server")\nfunction zone.update() end\n');
  const merged = page.getByTestId("merged-console").getByRole("log");
  await expect(merged.getByText("server.luau: from the server")).toBeAttached();
  await playground.runClient('print("from the client")\nerror("boom")\n');
  await expect(merged.getByText(/client\.luau: Error: client\.luau:2: boom/)).toBeAttached();
  const lines = await merged.locator("[data-level]").allTextContents();
  expect(lines.slice(0, 2)).toEqual(["server.luau: from the server", "client.luau: from the client"]);
  await expect
    .poll(() => page.getByTestId("merged-console").locator(".xterm-rows").innerText())
    .toMatch(/server\.luau\s+│ from the server\s+client\.luau\s+│ from the client/);
  // Each by itself again, with all that came meanwhile.
  await page.getByTestId("merge-consoles").click();
  await playground.program("server.luau").shows("from the server");
  await playground.program("client.luau").shows("boom", { level: "error" });
});

test("the console of all programs begins anew with another project", async ({ playground }) => {
  const { page } = playground;
  await page.getByTestId("merge-consoles").click();
  // What it prints while it stops is of the project before, too.
  await playground.runServer('print("before")\nfunction zone.update() end\nfunction zone.cleanup() print("the last word") end\n');
  const merged = page.getByTestId("merged-console").getByRole("log");
  await expect(merged.getByText("server.luau: before")).toBeAttached();
  await page.keyboard.press("Alt+e");
  await page.locator('zp-examples-dialog [data-example="echo"]').click();
  await expect(page.locator('zp-file-tabs [data-file="client.luau"]')).toBeVisible();
  await expect(merged.locator("[data-level]")).toHaveCount(0);
  await page.getByTestId("run-all").click();
  await expect(merged.getByText(/client\.luau: /).first()).toBeAttached();
  await expect(merged).not.toContainText("before");
  await expect(merged).not.toContainText("the last word");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("letters stand side by side in a console that was hidden when it came to be", async ({ playground }) => {
    const { page } = playground;
    await page.getByTestId("run-all").click();
    const { panel } = playground.program("server.luau");
    const row = panel.locator(".xterm-rows > div").filter({ hasText: "Listening on port" });
    await expect(row).toBeVisible();
    const spacing = await panel.locator(".xterm-rows").evaluate((rows) => Number.parseFloat(getComputedStyle(rows).letterSpacing) || 0);
    expect(Math.abs(spacing)).toBeLessThan(1);
  });
});

test("places in a print and in a stack are links to their lines", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer('print("see client.luau:3")\n');
  await server.shows("see client.luau:3");
  const row = server.panel.locator(".xterm-rows > div").filter({ hasText: "see client.luau:3" });
  const box = await row.getByText("client.luau:3").boundingBox();
  if (box === null) throw new Error("the line is not on the screen");
  // The terminal itself takes the pointer, and finds what is below it.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(server.panel.locator(".xterm-cursor-pointer")).toBeVisible();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator('zp-file-tabs [data-file="client.luau"]')).toHaveAttribute("aria-selected", "true");
});

test("a program that hangs in one long call is offered to be ended; its output and the work survive", async ({ playground }) => {
  const server = await playground.runServer(LONG_CALL);
  await server.shows("before");
  const notice = server.panel.getByTestId("unresponsive");
  await expect(notice).toBeVisible({ timeout: LONG_PATIENCE_MS });
  await playground.isAlive();
  await server.panel.getByTestId("end-now").click();
  await server.is("stopped");
  await expect(notice).toHaveCount(0);
  await server.shows("ended at once", { level: "notice" });
  await server.shows("before");
  await expect(playground.page.locator("zp-editor .cm-content")).toContainText("string.find");
  await playground.runServer('print("works again")\n');
  await server.shows("works again");
});

test("a worker that dies without a word is noticed", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer('print("alive")\nfunction zone.update() end\n');
  await server.shows("alive");
  await (await firstProgramWorker(page)).evaluate("self.close()");
  await server.is("failed");
  await server.shows("stopped unexpectedly", { level: "error" });
  await playground.runServer('print("works again")\n');
  await server.shows("works again");
});

test("the status bar shows what the programs use, and the versions", async ({ playground }) => {
  const { page } = playground;
  const usage = page.getByTestId("usage");
  await playground.runServer(
    "local server = zone.socket.server.new()\nserver:listen(8080, function(c) c:onReceive(function(d) c:send(d) end) end)\nfunction zone.update() zone.socket.update() end\n",
  );
  await playground.program("server.luau").is("running");
  await playground.runClient(
    'local client = zone.socket.client.new()\nclient:listen("127.0.0.1", 8080, function(c)\n\tc:send(zone.byteStream.fromString(string.rep("x", 2000)))\n\tlocal got = 0\n\tc:onReceive(function(d) got += #d if got == 2000 then print("echoed") end end)\nend)\nfunction zone.update() zone.socket.update() end\n',
  );
  await playground.program("client.luau").shows("echoed");
  await expect(usage.getByTestId("connections")).toHaveAttribute("data-value", "2");
  // Either program has sent 2,000 bytes to the other.
  await expect(usage.getByTestId("bytes-in")).toHaveAttribute("data-value", "4000");
  await expect(usage.getByTestId("bytes-out")).toHaveAttribute("data-value", "4000");
  expect(Number(await usage.getByTestId("memory").getAttribute("data-value"))).toBeGreaterThan(10_000);
  await expect(usage.getByTestId("frame-time")).toHaveText(/\d/);
  await expect(page.getByTestId("versions")).toHaveText(/Luau \d+\.\d+/);
  await page.getByTestId("stop-all").click();
  await expect(usage.getByTestId("connections")).toHaveAttribute("data-value", "0");
});
