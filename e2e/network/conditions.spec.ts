import { echoServer, greetingClient, UPDATE } from "../support/luau.ts";
import { expect, test } from "../support/test.ts";

/** Opens what sets the conditions, and gives the program's part of it. */
async function openConditions(page: import("@playwright/test").Page): Promise<void> {
  await page.getByTestId("menu").click();
  await page.getByRole("menuitem", { name: "Network conditions…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

test("a pause holds what programs send and receive, a step lets one through, and nothing is lost", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  await page.keyboard.press("Alt+p");
  await expect(page.getByTestId("network-chip")).toHaveText("Network paused");
  await expect(page.getByTestId("held")).toHaveText("Nothing is waiting yet.");
  const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "hello"));
  const held = page.getByTestId("held");
  await expect(held).toHaveText("1 delivery waits");
  const step = page.getByTestId("next-delivery");
  await expect(step).toHaveAttribute("aria-disabled", "false");
  // The wish to connect, the client as the server is told of it, and the answer.
  await step.click();
  await expect(held).toHaveText("2 deliveries wait");
  await step.click();
  await step.click();
  await server.shows("joined ");
  await client.shows("connected to ");
  await expect(held).toHaveText("1 delivery waits, 6 bytes");
  expect(await client.times("received")).toBe(0);
  // One step takes bytes all the way from program to program.
  await page.keyboard.press("Alt+.");
  await expect(held).toHaveText("1 delivery waits, 6 bytes");
  await page.keyboard.press("Alt+.");
  await client.shows("received hello");
  await expect(held).toHaveText("Nothing is waiting yet.");

  await page.getByTestId("pause-network").click();
  await expect(page.getByTestId("network-chip")).toBeHidden();
  await client.stop();
  await server.shows("left ");
});

test("a program that is stopped during a pause leaves nothing open, and nc has had everything", async ({ playground, spawn }) => {
  const { page } = playground;
  const server = await playground.runServer(`
    zone.socket.server.new():listen(8080, function(connection)
      connection:onReceive(function(data)
        connection:send(zone.byteStream.fromString("last words"))
        print("sent")
      end)
    end)
    print("listening")
    ${UPDATE}
  `);
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("one\n");
  await nc.shows("last words");
  await page.keyboard.press("Alt+p");
  await expect(page.getByTestId("held")).toHaveText("Nothing is waiting yet.");
  nc.write("two\n");
  await expect(page.getByTestId("held")).toHaveText("1 delivery waits, 4 bytes");
  await page.keyboard.press("Alt+.");
  await expect.poll(() => server.times("sent")).toBe(2);
  await expect(page.getByTestId("held")).toHaveText("1 delivery waits, 10 bytes");
  await server.stop();
  await server.is("stopped");
  await nc.shows("last wordslast words");
  nc.endInput();
  await nc.ends();
  await expect(page.getByTestId("held")).toHaveText("Nothing is waiting yet.");
});

test("one byte at a time is seen by a script, and another continent by nc", async ({ playground, spawn }) => {
  const { page } = playground;
  const server = await playground.runServer(`
    zone.socket.server.new():listen(8080, function(connection)
      local pieces, letters = 0, ""
      connection:onReceive(function(data)
        pieces += 1
        letters ..= data:toString()
        if letters == "hello" then print("pieces", pieces) connection:send(zone.byteStream.fromString("thanks")) end
      end)
    end)
    print("listening")
    ${UPDATE}
  `);
  await server.shows("listening");
  await openConditions(page);
  await page.getByTestId("preset").first().selectOption({ label: "One byte at a time" });
  await page.getByTestId("conditions-done").click();
  await expect(page.getByTestId("network-chip")).toHaveText("Network conditions on");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("hello");
  // A frame that takes longer than a slice's gap may find two at once.
  const line = await server.shows("pieces");
  expect(Number(/\d+/.exec(line)?.[0])).toBeGreaterThanOrEqual(4);
  await nc.shows("thanks");

  await openConditions(page);
  await page.getByTestId("preset-all").selectOption({ label: "Another continent" });
  await page.getByTestId("conditions-done").click();
  const second = spawn("nc", await playground.address(), 8080);
  const begun = Date.now();
  second.write("hello");
  await second.shows("thanks");
  // 90 ms to be announced and to arrive, and 90 ms for the answer.
  expect(Date.now() - begun).toBeGreaterThanOrEqual(180);

  await page.getByTestId("network-chip").click();
  await page.getByTestId("conditions-clear").click();
  await page.getByTestId("conditions-done").click();
  await expect(page.getByTestId("network-chip")).toBeHidden();
});

test("conditions hold for runs to come, and are gone after a reload; a reset ends connections", async ({ playground, spawn }) => {
  const { page } = playground;
  await openConditions(page);
  const panel = page.getByTestId("conditions-program").first();
  await panel.getByTestId("conditions-values").click();
  const delay = panel.getByTestId("delayMs").first();
  await delay.fill("99999");
  await delay.press("Tab");
  await expect(delay).toHaveAttribute("aria-invalid", "true");
  await expect(panel).toContainText("Enter a whole number from 0 to 10,000.");
  await delay.fill("400");
  await delay.press("Tab");
  await expect(delay).toHaveAttribute("aria-invalid", "false");
  await page.getByTestId("conditions-done").click();

  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  const begun = Date.now();
  nc.write("echo\n");
  await nc.shows("echo");
  expect(Date.now() - begun).toBeGreaterThanOrEqual(400);
  await openConditions(page);
  await panel.getByTestId("conditions-reset").click();
  await page.getByTestId("conditions-done").click();
  await server.shows("left ");
  await nc.ends();

  await page.reload();
  await playground.isReady();
  await expect(page.getByTestId("network-chip")).toBeHidden();
});
