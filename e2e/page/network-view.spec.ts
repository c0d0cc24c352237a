import { PATIENCE_MS } from "../../scripts/patience.ts";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { foreignTexts } from "../support/foreign-texts.ts";
import { UPDATE } from "../support/luau.ts";
import { ladderRows, openNetwork } from "../support/network-view.ts";
import { isQuick, slownessOf } from "../support/quick-page.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Sends two at once and a long one that the window cuts; answers with numbers. */
const SERVER = `
local server = zone.socket.server.new()
local function greet(connection)
	connection:send(zone.byteStream.fromString("one"))
	connection:send(zone.byteStream.fromString("two"))
	connection:onReceive(function(data)
		print("heard " .. data:toString())
		local answer = zone.byteStream.new()
		answer:writeU16(513)
		connection:send(answer)
	end)
end
function zone.init()
	server:listen(8080, greet)
	print("listening")
end
${UPDATE}
function zone.cleanup()
	server:close()
end
`;

const CLIENT = `
local client = zone.socket.client.new()
function zone.init()
	client:listen("127.0.0.1", 8080, function(connection)
		connection:onReceive(function(data)
			print("got " .. data:length())
		end)
		connection:send(zone.byteStream.fromString("привет"))
	end)
end
${UPDATE}
function zone.cleanup()
	client:close()
end
`;

/** Words of the API and of TCP, escapes of a string, and names of rooms: the same in every language. */
const WORDS = [/\be2e-[0-9a-f]{12}\b/g, /\b(?:send|onReceive|update|SYN|ACK|FIN|RST)\b/g, /\\[rn0]/g, /\b0x0d0a\b/g];

test("the network view is empty, then live, and leads from an arrow to the lines of both scripts", async ({ playground, spawn }) => {
  const { page } = playground;
  await openNetwork(page);
  await expect(page.getByTestId("network-empty")).toContainText("appears here");
  await page.getByTestId("network-run").click();
  await expect(ladderRows(page, "bytes").filter({ hasText: "You said: Hello from client.luau!" })).toBeVisible();
  // What stands in the arrow's name is what a screen reader says.
  const hello = ladderRows(page, "bytes").filter({ hasText: "Hello from client.luau!\\n" }).first();
  await expect(hello).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 24 bytes, “Hello from client\.luau!\\n”, received, line \d+$/);
  await hello.click();
  const detail = page.getByTestId("network-detail");
  await expect(detail.getByTestId("hex")).toContainText("48 65 6c");
  await expect(detail.getByTestId("printed")).toContainText("Hello from client.luau!");
  await detail.getByTestId("open-line").filter({ hasText: "client.luau" }).click();
  await expect(page.locator('zp-file-tabs [data-file="client.luau"]')).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("zp-editor .cm-activeLine")).toContainText("connection:send(");
  await detail.getByTestId("open-line").filter({ hasText: "server.luau" }).click();
  await expect(page.locator("zp-editor .cm-activeLine")).toContainText("connection:onReceive(");

  const nc = spawn("nc", await playground.address(), 8080);
  await nc.shows("Hello, ");
  nc.write("good morning\n");
  await page.getByTestId("newest").click();
  await expect(ladderRows(page, "bytes").filter({ hasText: "good morning\\n" }).first()).toBeVisible();
  await expect(page.locator("zp-ladder [data-lane^=outside]")).toBeVisible();
  await nc.end();
  await expect(ladderRows(page, "end").first()).toBeVisible();
});

test("typed fields, sends that came as one, and the connections", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(SERVER);
  await server.shows("listening");
  const client = await playground.runClient(CLIENT);
  await client.shows("got 2");
  await openNetwork(page);
  await expect(ladderRows(page, "bytes").filter({ hasText: "привет" })).toBeVisible();
  await expect(ladderRows(page, "listen")).toHaveAttribute("aria-label", /server\.luau: listens on [\d.]+:8080, line \d+/);
  await ladderRows(page, "bytes")
    .filter({ hasText: "\\x02" })
    .or(ladderRows(page, "bytes").filter({ hasText: "\\x01" }))
    .first()
    .click();
  await expect(page.getByTestId("fields-written")).toContainText("u16 = 513");
  await page.getByTestId("close-detail").click();

  await page.getByTestId("view-connections").click();
  const connections = page.getByTestId("connections").locator("tbody tr");
  await expect(connections).toHaveCount(2);
  await connections.first().getByRole("button").click();
  await expect(page.getByTestId("pressure-text")).toBeVisible();
  await page.getByTestId("show-connection").click();
  await expect(page.getByTestId("chip-connection")).toBeVisible();
  await page.getByTestId("chip-connection").click();
  await expect(page.getByTestId("shown-count")).toHaveText(/^\d+ events$/);
});

test("filters by who takes part, text and bytes, and by the line of the cursor", async ({ playground }) => {
  const { page } = playground;
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  await openNetwork(page);
  await page.getByTestId("filter-text").fill("YOU SAID");
  await expect(page.getByTestId("shown-count")).toHaveText(/^\d+ of \d+ events$/);
  for (const row of await ladderRows(page).all()) await expect(row).toContainText("You said");
  await page.getByTestId("filter-text").fill("0x210a");
  await expect(ladderRows(page).first()).toContainText("!\\n");
  await page.getByTestId("filter-text").fill("nobody says this");
  await expect(page.getByTestId("nothing-found")).toBeVisible();
  await page.getByTestId("show-all").click();
  await expect(ladderRows(page, "listen")).toBeAttached();
  await page.getByTestId("filter-printed").uncheck();
  await expect(ladderRows(page, "printed")).toHaveCount(0);
  await page.getByTestId("filter-printed").check();

  await playground.openFile("server.luau");
  await page.locator("zp-editor .cm-line").filter({ hasText: "connection:send(" }).click();
  await page.keyboard.press("Shift+Alt+w");
  await expect(page.getByTestId("chip-place")).toContainText("server.luau:12");
  // Once it is known what is shown.
  await expect(page.getByTestId("ladder")).toBeFocused();
  for (const row of await ladderRows(page).all()) await expect(row).toHaveAttribute("aria-label", /server\.luau to client\.luau, .*line 12$/);
});

test("the keyboard goes through the exchange and its detail, and never loses its place", async ({ playground }) => {
  const { page } = playground;
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  await page.keyboard.press("Alt+w");
  const list = page.getByTestId("ladder");
  await expect(list).toBeFocused();
  await page.keyboard.press("Home");
  const first = page.locator('zp-ladder [aria-selected="true"]');
  await expect(first).toHaveAttribute("aria-posinset", "1");
  await expect(list).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) ?? "");
  await page.keyboard.press("ArrowDown");
  await expect(first).toHaveAttribute("aria-posinset", "2");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("detail-headline")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("network-detail")).toHaveCount(0);
  await expect(list).toBeFocused();
  // More comes meanwhile.
  await page.getByTestId("stop-all").focus();
  await list.focus();
  await page.keyboard.press("End");
  await playground.page.evaluate(() => {});
  await expect(list).toBeFocused();
  await page.keyboard.press("Alt+w");
  await expect(page.getByTestId("tab-consoles")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("tab-network")).toBeFocused();
  await expect(page.locator("zp-network")).toBeVisible();
});

test("says what to do when nobody listens", async ({ playground }) => {
  const { page } = playground;
  await playground.runClient(CLIENT.replace("8080", "8099"));
  await openNetwork(page);
  const refused = ladderRows(page, "connect");
  await refused.click();
  await expect(page.getByTestId("notes")).toContainText("Nobody listens on 127.0.0.1:8099");
});

test("20,000 events: no task is long while they come, scroll or are searched, and only those in sight are elements", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(`
local server = zone.socket.server.new()
function zone.init()
	server:listen(8080, function(connection)
		connection:onReceive(function() end)
	end)
	print("listening")
end
${UPDATE}`);
  await server.shows("listening");
  const slowness = await slownessOf(page);
  // Until it is stopped: more than the ladder keeps.
  await playground.paste(
    "client.luau",
    `
local client = zone.socket.client.new()
local sent = 0
local connection: NetConnection? = nil
function zone.init()
	client:listen("127.0.0.1", 8080, function(new)
		connection = new
	end)
end
function zone.update()
	zone.socket.update()
	for _ = 1, 100 do
		if connection then
			sent += 1
			connection:send(zone.byteStream.fromString("line " .. sent .. "\\n"))
		end
	end
end`,
  );
  await openNetwork(page);
  await isQuick(page, slowness, "more than 20,000 sends come", async () => {
    if ((await playground.program("client.luau").state.getAttribute("data-state")) === "stopped") await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByTestId("shown-count")).toHaveText("20,000 events", { timeout: 3 * PATIENCE_MS });
  });
  expect(await ladderRows(page).count()).toBeLessThan(80);
  await page.getByTestId("stop-all").click();
  await expect(ladderRows(page, "program").filter({ hasText: "is over" }).first()).toBeVisible();
  await isQuick(page, slowness, "scrolling", async () => {
    await page.getByTestId("ladder").focus();
    await page.keyboard.press("Home");
    for (let step = 0; step < 10; step++) await page.keyboard.press("PageDown");
    await page.keyboard.press("End");
  });
  await isQuick(page, slowness, "searching", async () => {
    await page.getByTestId("filter-text").fill("nobody says this");
    await expect(page.getByTestId("shown-count")).toHaveText("0 of 20,000 events");
    await page.getByTestId("filter-text").fill("");
    await expect(page.getByTestId("shown-count")).toHaveText("20,000 events");
  });
});

test("axe finds nothing serious in the exchange, its detail and the connections", async ({ playground }) => {
  const { page } = playground;
  await openNetwork(page);
  await isAccessibleInBothSchemes(page, "empty");
  await page.getByTestId("network-run").click();
  await expect(ladderRows(page, "bytes").filter({ hasText: "You said" }).first()).toBeVisible();
  await isAccessibleInBothSchemes(page, "exchange");
  await ladderRows(page, "bytes").first().click();
  await isAccessibleInBothSchemes(page, "detail");
  await page.emulateMedia({ forcedColors: "active" });
  await isAccessibleInBothSchemes(page, "forced colours");
  await page.emulateMedia({ forcedColors: null, contrast: "more" });
  await isAccessibleInBothSchemes(page, "more contrast");
  await page.emulateMedia({ contrast: null });
  await page.getByTestId("view-connections").click();
  await page.getByTestId("connections").getByRole("button").first().click();
  await isAccessibleInBothSchemes(page, "connections");
});

test.describe("on a phone, in Russian", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: "ru-RU" });

  test("the network is a third tab, nothing is cut off, and nothing is left in English", async ({ playground }) => {
    const { page } = playground;
    await page.locator("#tab-network").click();
    await expect(page.getByTestId("network-empty")).toBeVisible();
    await page.getByTestId("network-run").click();
    await expect(ladderRows(page, "bytes").nth(2)).toBeVisible();
    expect(await foreignTexts(page, WORDS)).toEqual([]);
    await ladderRows(page, "bytes").first().click();
    await expect(page.getByTestId("network-detail")).toBeInViewport();
    expect(await foreignTexts(page, WORDS)).toEqual([]);
    await isAccessibleInBothSchemes(page, "phone");
    await page.getByTestId("close-detail").click();
    await page.getByTestId("view-connections").click();
    await page.getByTestId("connections").getByRole("button").first().click();
    expect(await foreignTexts(page, WORDS)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.locator("#tab-network").press("ArrowRight");
    await expect(page.locator("#tab-code")).toBeFocused();
  });
});
