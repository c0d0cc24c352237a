import type { Page } from "@playwright/test";
import { UPDATE } from "../support/luau.ts";
import { ladderRows, leavePrintedOut, namedRows, openDetail, openNetwork, runUnseen, tell } from "../support/network-view.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

/** Prints the length of what each call of onReceive has. */
const COUNTING = `
local server = zone.socket.server.new()
function zone.init()
	server:listen(8080, function(connection)
		connection:onReceive(function(data)
			print("heard " .. #data)
		end)
	end)
	print("open")
end
${UPDATE}`;
const RECEIVES = "server.luau:5";

/** Says so many things at once. */
function saying(...texts: readonly string[]): string {
  return `
local client = zone.socket.client.new()
function zone.init()
	client:listen("127.0.0.1", 8080, function(connection)
${texts.map((text) => `\t\tconnection:send(zone.byteStream.fromString("${text}"))`).join("\n")}
	end)
end
${UPDATE}`;
}

/** Sets what is done to what the client sends, and nothing else. */
async function setConditions(page: Page, values: Readonly<Record<string, number>>): Promise<void> {
  await page.getByTestId("open-conditions").click();
  const dialog = page.getByRole("dialog", { name: "Network conditions" });
  const clear = dialog.getByTestId("conditions-clear");
  if ((await clear.getAttribute("aria-disabled")) === "false") await clear.click();
  const panel = dialog.getByTestId("conditions-program").filter({ hasText: "client.luau" });
  const fields = panel.getByRole("group", { name: "What it sends" });
  if (!(await fields.isVisible())) await panel.getByTestId("conditions-values").click();
  for (const [name, value] of Object.entries(values)) {
    await fields.getByTestId(name).fill(String(value));
    await fields.getByTestId(name).press("Tab");
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

test("one send in three pieces, and two that came as one, between programs of the page", async ({ playground }) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", COUNTING);
  await expect(namedRows(page, "printed", /open/)).toBeVisible();
  // "мир!" has 7 bytes: a slice of three cuts the second letter. Each step lets one through.
  await setConditions(page, { sliceBytes: 3 });
  // The dialog has the same.
  const bar = page.locator("zp-time-bar[compact]");
  const pause = bar.getByTestId("pause-network");
  await pause.click();
  await runUnseen(playground, "client.luau", saying("мир!"));
  const step = bar.getByTestId("next-delivery");
  const held = bar.getByTestId("held");
  // The wish to connect, the client as the server is told of it, and the answer.
  for (const text of ["1 delivery waits", "2 deliveries wait"]) {
    await expect(held).toHaveText(text);
    await step.click();
  }
  await step.click();
  for (const [index, text] of [/7 bytes$/, /4 bytes$/, /1 byte$/].entries()) {
    await expect(held).toHaveText(text);
    await step.click();
    await expect(namedRows(page, "printed", /heard \d/)).toHaveCount(index + 1);
  }
  await pause.click();
  const line = 5;
  const parts = [
    namedRows(page, "bytes", new RegExp(`^client\\.luau to server\\.luau, 3 bytes, “м\\\\xd0”, part 1 of 3, received, line ${line}$`)),
    namedRows(page, "bytes", new RegExp(`^client\\.luau to server\\.luau, 3 bytes, “\\\\xb8р”, part 2 of 3, received, line ${line}$`)),
    namedRows(page, "bytes", new RegExp(`^client\\.luau to server\\.luau, 1 byte, “!”, part 3 of 3, received, line ${line}$`)),
  ];
  for (const part of parts) await expect(part).toBeVisible();
  // They are seen to belong together.
  await expect(page.locator("zp-ladder .bracket").first()).toBeAttached();
  for (const [index, part] of parts.entries()) {
    const detail = await openDetail(part);
    await expect(detail.locator(`[data-place="client.luau:${line}"]`)).toContainText("Sent by");
    await expect(detail.locator(`[data-place="${RECEIVES}"]`)).toContainText("Received in");
    // What was printed in that callback, and in no other.
    await expect(detail.getByTestId("printed")).toHaveText(`heard ${index === 2 ? 1 : 3}`);
    await expect(detail.getByTestId("place")).toContainText(`Part ${index + 1} of 3 of a send: 7 bytes`);
    await expect(detail.locator('[data-note="send-split"]')).toHaveCount(index === 0 ? 1 : 0);
    await expect(detail.getByTestId("cut-character")).toHaveCount(index === 2 ? 0 : 1);
    await detail.getByTestId("close-detail").click();
  }

  await page.getByTestId("clear-network").click();
  await setConditions(page, { glueMs: 300 });
  await runUnseen(playground, "client.luau", saying("ping", "pong!"));
  await leavePrintedOut(page);
  const glued = ["ping", "pong!"].map((text, index) =>
    namedRows(page, "bytes", new RegExp(`^client\\.luau to server\\.luau, ${text.length} bytes, “${text}”, 2 sends in one, received, line ${line + index}$`)),
  );
  for (const [index, row] of glued.entries()) {
    const detail = await openDetail(row);
    await expect(detail.locator(`[data-place="client.luau:${line + index}"]`)).toContainText("Sent by");
    await expect(detail.locator(`[data-place="${RECEIVES}"]`)).toContainText("Received in");
    await expect(detail.getByTestId("printed")).toHaveText("heard 9");
    await expect(detail.getByTestId("place")).toContainText("onReceive was called with 9 bytes");
    await expect(detail.locator('[data-note="sends-glued"]')).toHaveCount(index === 0 ? 1 : 0);
    await detail.getByTestId("close-detail").click();
  }
  await setConditions(page, {});
});

test("a peer that slices and glues: each arrival is an arrow, with the line that had it", async ({ playground, spawn }) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", COUNTING);
  await expect(namedRows(page, "printed", /open/)).toBeVisible();
  const peer = spawn("node", peerProgram("told"), await playground.address(), 8080);
  await peer.reports("connected");
  const rows = ladderRows(page, "bytes");
  for (const [index, text] of ["one ", "mes", "sage\n"].entries()) {
    tell(peer, { send: text });
    await expect(rows).toHaveCount(index + 1);
    await expect(rows.nth(index)).toHaveAttribute(
      "aria-label",
      new RegExp(`^127\\.[\\d.]+ to server\\.luau, ${text.length} bytes, “${text.trimEnd()}.*”, received$`),
    );
  }
  // A search finds what goes across them.
  await page.getByTestId("filter-text").fill("ONE MESSAGE");
  await expect(page.getByTestId("shown-count")).toHaveText(/^3 of /);
  await page.getByTestId("filter-text").fill("message\\n");
  await expect(page.getByTestId("shown-count")).toHaveText(/^2 of /);
  await page.getByTestId("filter-text").fill("");
  await expect(rows).toHaveCount(3);

  tell(peer, { glue: ["two\n", "three\n"] });
  await expect(rows).toHaveCount(4);
  await expect(namedRows(page, "bytes", /^127\.[\d.]+ to server\.luau, 10 bytes, “two\\nthree\\n”, received$/)).toBeVisible();
  for (const [index, size] of [4, 3, 5, 10].entries()) {
    const detail = await openDetail(rows.nth(index));
    await expect(detail.locator(`[data-place="${RECEIVES}"]`)).toContainText("Received in");
    await expect(detail.getByTestId("printed")).toHaveText(`heard ${size}`);
    await detail.getByTestId("close-detail").click();
  }
});
