import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { echoServer, greetingClient } from "../support/luau.ts";
import { ladderRows, openNetwork } from "../support/network-view.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

const run = promisify(execFile);

/** Shows an exchange of two programs, and leaves it. */
async function talk(playground: PlaygroundPage, line: string): Promise<void> {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 8080, line));
  await client.shows(`received ${line}`);
  await openNetwork(playground.page);
  await expect(ladderRows(playground.page, "bytes").filter({ hasText: line })).toHaveCount(2);
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByTestId("capture-menu").getByRole("button").click();
  await page.locator(`zp-capture-menu [data-item="${item}"]`).click();
}

test("a capture is saved as a file that tshark reads, and opened again without running anything", async ({ playground, openAnother }, testInfo) => {
  const { page } = playground;
  await talk(playground, "hello there");
  const downloading = page.waitForEvent("download");
  await choose(page, "save-capture");
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^network-\d{4}(-\d\d){5}\.pcapng$/);
  const path = testInfo.outputPath("saved.pcapng");
  await download.saveAs(path);

  const fields = async (filter: string, ...names: string[]): Promise<string[]> => {
    const { stdout } = await run("tshark", ["-r", path, "-Y", filter, "-T", "fields", ...names.flatMap((name) => ["-e", name])]);
    return stdout.split("\n").filter((line) => line !== "");
  };
  const streams = new Set(await fields("tcp", "tcp.stream"));
  expect([...streams]).toEqual(["0"]);
  // Both directions carry the same line.
  expect(await fields("tcp.len > 0", "tcp.payload")).toEqual(Array(2).fill(Buffer.from("hello there\n").toString("hex")));
  expect(await fields("_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0", "frame.number")).toEqual([]);
  expect((await fields("frame.comment", "frame.comment")).join("\n")).toMatch(/client\.luau:\d+ → server\.luau:\d+/);

  const other = await openAnother("elsewhere");
  await openNetwork(other.page);
  await other.page.getByTestId("capture-file").setInputFiles(path);
  await expect(other.page.getByTestId("saved-banner")).toContainText("saved.pcapng");
  const sent = ladderRows(other.page, "bytes").filter({ hasText: "hello there\\n" });
  await expect(sent).toHaveCount(2);
  await expect(sent.first()).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 12 bytes, .*received, line \d+$/);
  await other.page.getByTestId("back-to-live").click();
  await expect(other.page.getByTestId("network-empty")).toBeVisible();
  await other.page.getByTestId("show-saved").click();
  await expect(sent).toHaveCount(2);
  // What runs now takes over.
  await other.page.getByTestId("run-all").click();
  await expect(other.page.getByTestId("saved-aside")).toBeVisible();
  await expect(ladderRows(other.page, "bytes").filter({ hasText: "You said" }).first()).toBeVisible();
  await other.page.getByTestId("close-banner").click();
  await expect(other.page.getByTestId("saved-aside")).toHaveCount(0);
});

test("what is no capture, is cut, or is too large is said, and what is shown stays", async ({ playground }, testInfo) => {
  const { page } = playground;
  await talk(playground, "still here");
  const downloading = page.waitForEvent("download");
  await choose(page, "save-capture");
  const whole = await readFile(await (await downloading).path());
  const fault = page.getByTestId("capture-fault");
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["text.pcapng", Buffer.from("hello, this is a text and no capture at all"), /not a capture/],
    ["empty.pcapng", new Uint8Array(), /not a capture/],
    ["cut.pcapng", whole.subarray(0, whole.length - 7), /end of the capture is missing/],
  ];
  for (const [name, bytes, text] of cases) {
    const path = testInfo.outputPath(name);
    await writeFile(path, bytes);
    await page.getByTestId("capture-file").setInputFiles(path);
    await expect(fault, name).toContainText(text);
    await expect(ladderRows(page, "bytes").filter({ hasText: "still here" })).toHaveCount(2);
    await page.getByTestId("close-banner").click();
    await expect(fault).toHaveCount(0);
  }
  const large = testInfo.outputPath("large.pcapng");
  await writeFile(large, Buffer.alloc(64 * 1024 * 1024 + 1));
  await page.getByTestId("capture-file").setInputFiles(large);
  await expect(fault).toContainText("at most 64 MB");
});
