import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows, openNetwork, runUnseen } from "../support/network-view.ts";
import { expect, test } from "../support/test.ts";

test("what a pause holds hangs in the ladder, and a step lets it go", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  await openNetwork(page);
  await page.getByTestId("pause-network").click();
  await expect(page.getByTestId("held")).toHaveText("Nothing is waiting yet.");
  await expect(ladderRows(page, "control").filter({ hasText: "Paused" }).first()).toBeVisible();
  await runUnseen(playground, "client.luau", greetingClient("127.0.0.1", 8080, "hello"));
  const step = page.getByTestId("next-delivery");
  const held = page.getByTestId("held");
  await expect(held).toHaveText("1 delivery waits");
  // It is one pause, though both programs tell of it.
  await expect(ladderRows(page, "control").filter({ hasText: "Paused" })).toHaveCount(1);
  // Asked, announced, answered.
  await step.click();
  await expect(held).toHaveText("2 deliveries wait");
  await step.click();
  await step.click();
  await expect(ladderRows(page, "printed").filter({ hasText: "connected to " })).toBeVisible();
  await expect(held).toHaveText("1 delivery waits, 6 bytes");
  const hello = ladderRows(page, "bytes").filter({ hasText: "hello\\n" });
  await expect(hello).toHaveCount(1);
  await expect(hello).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 6 bytes, “hello\\n”, held up/);
  await step.click();
  await expect(hello.first()).toHaveAttribute("aria-label", /received, line \d+$/);
  // The answer hangs now, until time goes on.
  await expect(hello).toHaveCount(2);
  await expect(hello.nth(1)).toHaveAttribute("aria-label", /^server\.luau to client\.luau, .*held up/);
  await expect(ladderRows(page, "control").filter({ hasText: "One delivery" }).first()).toBeVisible();
  await page.getByTestId("pause-network").click();
  await expect(ladderRows(page, "printed").filter({ hasText: "received hello" })).toBeVisible();
  await expect(hello.nth(1)).toHaveAttribute("aria-label", /received, line \d+$/);
  await expect(ladderRows(page, "control").filter({ hasText: "Goes on" })).toHaveCount(1);
});

test("the conditions are opened from the tab, and say so in the ladder", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  await openNetwork(page);
  await page.getByTestId("open-conditions").click();
  const dialog = page.getByRole("dialog", { name: "Network conditions" });
  await dialog.getByTestId("preset").first().selectOption("one-byte");
  await page.keyboard.press("Escape");
  await expect(ladderRows(page, "control").first()).toBeVisible();
  await runUnseen(playground, "client.luau", greetingClient("127.0.0.1", 8080, "abc"));
  await expect(ladderRows(page, "printed").filter({ hasText: /received .*c/ })).toBeVisible();
  // Each slice is an arrow of its own.
  await expect(ladderRows(page, "bytes").first()).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 1 byte, “a”/);
  await page.getByTestId("network-chip").click();
  await dialog.getByTestId("conditions-clear").click();
});
