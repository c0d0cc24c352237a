import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows, openNetwork } from "../support/network-view.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

for (const kind of ["long", "short"] as const) {
  test(`a ${kind} link brings the capture, which is shown without a session with a bridge until the programs run`, async ({ playground, openContext }) => {
    const { page } = playground;
    await page.getByTestId("share").click();
    // Nothing has happened yet.
    await expect(page.getByTestId("long-link")).toBeVisible();
    await expect(page.getByTestId("share-capture")).toHaveCount(0);
    await page.getByTestId("share-close").click();
    const server = await playground.runServer(echoServer(8080));
    await server.shows("listening");
    const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "for the class"));
    await client.shows("received for the class");
    await page.getByTestId("share").click();
    const without = await page.getByTestId("long-link").inputValue();
    await page.getByTestId("share-capture").check();
    await expect(page.getByTestId("share-capture-help")).toContainText(/takes \d+ KB of the link/);
    expect(await page.getByTestId("long-link").inputValue()).not.toBe(without);
    if (kind === "short") await page.getByTestId("make-short").click();
    const link = await page.getByTestId(`${kind}-link`).inputValue();
    await page.getByTestId("share-close").click();

    const other = new PlaygroundPage(await (await openContext()).newPage());
    await other.page.routeWebSocket(/./, (socket) => socket.close());
    await other.page.goto(link);
    await expect(other.page.getByTestId("has-capture")).toBeVisible();
    await other.page.getByTestId("arrival-open").click();
    const sent = ladderRows(other.page, "bytes").filter({ hasText: "for the class" });
    await expect(sent).toHaveCount(2);
    await expect(other.page.getByTestId("saved-banner")).toContainText("when the project was shared");
    await expect(other.page.getByTestId("bridge-state")).not.toHaveAttribute("data-state", "connected");
    await sent.first().click();
    await other.page.getByTestId("open-line").filter({ hasText: "client.luau" }).click();
    await expect(other.page.locator("zp-editor .cm-activeLine")).toContainText("connection:send(");
    // A reload shows it again.
    await other.page.reload();
    await expect(sent).toHaveCount(2);
    expect(other.faults).toEqual([]);

    await other.page.unrouteAll();
    const third = new PlaygroundPage(await (await openContext()).newPage());
    await third.page.goto(link);
    await third.page.getByTestId("arrival-open").click();
    await third.isReady();
    await expect(third.page.getByTestId("saved-banner")).toBeVisible();
    await third.page.getByTestId("run-all").click();
    await expect(third.page.getByTestId("saved-aside")).toContainText("came with a capture");
    await third.page.getByTestId("show-saved").click();
    await expect(third.page.getByTestId("saved-banner")).toBeVisible();
    // It goes with the project no longer.
    await third.page.getByTestId("stop-all").click();
    await third.page.keyboard.press("ControlOrMeta+s");
    await third.page.reload();
    await third.isReady();
    await openNetwork(third.page);
    await expect(third.page.getByTestId("network-empty")).toBeVisible();
    expect(third.faults).toEqual([]);
  });
}
