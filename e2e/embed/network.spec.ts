import type { Locator, Page } from "@playwright/test";
import { openLesson, test } from "../support/lesson-test.ts";
import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows } from "../support/network-view.ts";
import { expect } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** An element with a server and a client that talk over a port. */
const talking = (attributes: string, port = 4000): string =>
  `<zone-playground ${attributes}><template data-name="server.luau">${echoServer(port)}</template><template data-name="client.luau">${greetingClient("127.0.0.1", port, "hello")}</template></zone-playground>`;

const networkTab = (element: Locator): Locator => element.getByRole("tab", { name: "Network" });

/** Files of the page's own that the browser asks for. */
function assetsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/assets/")) asked.push(pathname);
  });
  return asked;
}

test("the network is a tab beside the consoles, which shows what was recorded, goes on live, and leads to the lines", async ({
  page,
  site,
  open: _open,
  violations: _violations,
}) => {
  const asked = assetsOf(page);
  await openLesson(page, site, talking("network"));
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("server:listen(");
  expect(asked.filter((path) => path.includes("embed-network"))).toEqual([]);
  await element.getByTestId("run").click();
  await expect(element.locator('[data-program="client.luau"]').getByRole("log")).toContainText("received hello");
  expect(asked.filter((path) => path.includes("embed-network-view"))).toEqual([]);

  await networkTab(element).click();
  await expect(element.locator('zp-embed-console[data-program="client.luau"]')).toBeHidden();
  const hello = ladderRows(element, "bytes").filter({ hasText: "hello\\n" });
  await expect(hello.first()).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 6 bytes, “hello\\n”, received, line \d+$/);
  await expect(hello).toHaveCount(2);
  await hello.first().click();
  const detail = element.getByTestId("network-detail");
  await expect(detail.getByTestId("hex")).toContainText("68 65 6c");
  await detail.getByTestId("open-line").filter({ hasText: "client.luau" }).click();
  await expect(element.getByRole("tab", { name: "client.luau" })).toHaveAttribute("aria-selected", "true");
  await expect(element.locator(".cm-activeLine")).toContainText("connection:send(");
  await detail.getByTestId("open-line").filter({ hasText: "server.luau" }).click();
  await expect(element.locator(".cm-activeLine")).toContainText("connection:onReceive(");
  await detail.getByTestId("close-detail").click();

  // The client again, while one looks.
  await element.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await element.locator('[data-testid="run-one"][data-program="client.luau"]').click();
  await expect(ladderRows(element, "printed").filter({ hasText: "received hello" })).toHaveCount(2);
  await element.getByTestId("view-connections").click();
  await expect(element.getByTestId("connections").getByRole("row")).not.toHaveCount(0);
});
