import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows, leavePrintedOut, namedRows, openNetwork, runUnseen } from "../support/network-view.ts";
import { expect, test } from "../support/test.ts";

/** The head of somebody's lifeline. */
function lifeline(page: Page, kind: "program" | "machine" | "outside", name: string): Locator {
  return page.locator(`zp-ladder [data-lane="${kind} ${name}"]`);
}

test("nc and Python are lifelines outside of the page, and another machine of the room has its name", async ({ playground, spawn, openAnother }) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", echoServer(8080));
  await expect(ladderRows(page, "listen")).toBeVisible();
  await leavePrintedOut(page);
  const address = await playground.address();

  const nc = spawn("nc", "-N", address, 8080);
  nc.write("from nc\n");
  await nc.shows("from nc");
  nc.endInput();
  await nc.ends();
  const python = spawn("python3", fileURLToPath(new URL("../peers/line.py", import.meta.url)), address, 8080, "from Python");
  expect(await python.ends()).toBe("from Python\n");
  for (const line of ["from nc", "from Python"]) {
    const size = line.length + 1;
    await expect(namedRows(page, "bytes", new RegExp(`^127\\.0\\.0\\.1 to server\\.luau, ${size} bytes, “${line}\\\\n”, received$`))).toBeVisible();
    await expect(namedRows(page, "bytes", new RegExp(`^server\\.luau to 127\\.0\\.0\\.1, ${size} bytes, “${line}\\\\n”, arrived, line 7$`))).toBeVisible();
  }
  // Both connect, and both say that they send no more.
  await expect(namedRows(page, "connect", /^127\.0\.0\.1 to server\.luau, connects 127\.[\d.]+:8080, accepted$/)).toHaveCount(2);
  await expect(namedRows(page, "end", /^127\.0\.0\.1 to server\.luau, end of stream, received$/)).toHaveCount(2);
  await expect(lifeline(page, "outside", "127.0.0.1")).toContainText("outside the page");
  await expect(lifeline(page, "program", "server.luau")).toContainText(address);

  const neighbour = await openAnother();
  await neighbour.page.getByTestId("open-room").click();
  await neighbour.page.getByTestId("machine-name").fill("Анна");
  await neighbour.page.getByTestId("rename-machine").click();
  await expect(neighbour.page.getByTestId("room-machines").locator("[data-machine]").filter({ hasText: "Анна" })).toHaveCount(1);
  await neighbour.page.keyboard.press("Escape");
  await page.getByTestId("clear-network").click();
  const client = await neighbour.runClient(greetingClient(address, 8080, "from a neighbour"));
  await client.shows("received from a neighbour");
  await expect(namedRows(page, "connect", /^Анна to server\.luau, connects 127\.[\d.]+:8080, accepted$/)).toBeVisible();
  await expect(namedRows(page, "bytes", /^Анна to server\.luau, 17 bytes, “from a neighbour\\n”, received$/)).toBeVisible();
  await expect(namedRows(page, "bytes", /^server\.luau to Анна, 17 bytes, .*, arrived, line 7$/)).toBeVisible();
  await expect(lifeline(page, "machine", "Анна")).toContainText(await neighbour.address());

  // The other way: what is in that page is a machine of the room to this one, and the other way round.
  await openNetwork(neighbour.page);
  const here = neighbour.page;
  await expect(namedRows(here, "connect", /^client\.luau to [^,]+, connects 127\.[\d.]+:8080, accepted, line 4$/)).toBeVisible();
  await expect(here.locator(`zp-ladder [data-lane^="machine "]`)).toContainText(address);
});
