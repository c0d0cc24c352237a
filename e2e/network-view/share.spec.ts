import { deflateSync } from "node:zlib";
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

/** Bytes as a project holds a capture. */
function packed(bytes: Uint8Array): string {
  return deflateSync(bytes).toString("base64url");
}

/** A link of version 2, as `docs/share-format.md` describes it, whose project holds this text as its capture. */
function linkWith(room: string, capture: string): string {
  const project = { files: [{ name: "main.luau", source: 'print("hello")\n', program: true }], capture };
  return `${room}#share=v2.${packed(Buffer.from(JSON.stringify(project)))}`;
}

test("a link whose capture is none, or is cut, opens with its files, and says why there is no exchange", async ({ playground, bridge, room, openContext }) => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["no capture", packed(Buffer.from("hello, this is a text")), /damaged and cannot be read/],
    ["of a newer version", packed(Buffer.from("ZCap\u0063", "latin1")), /made with a newer version/],
    ["cut", packed(Buffer.from([...Buffer.from("ZCap"), 1, 2, 1])), /end of the capture is missing/],
  ];
  for (const [what, capture, words] of cases) {
    const other = new PlaygroundPage(await (await openContext()).newPage());
    await other.page.goto(linkWith(bridge.roomUrl(room), capture));
    await other.page.getByTestId("arrival-open").click();
    await expect(other.page.getByTestId("capture-fault"), what).toContainText(words);
    await expect(other.page.locator("zp-editor .cm-content")).toContainText("hello");
    await expect(other.page.getByTestId("network-empty")).toBeVisible();
    await other.page.getByTestId("network-run").click();
    await expect(ladderRows(other.page, "printed").filter({ hasText: "hello" })).toBeVisible();
    expect(other.faults).toEqual([]);
    await other.page.close();
  }
  expect(playground.faults).toEqual([]);
});

test("where the browser's storage is full, a project with its capture can be looked at and run, and it is said that it is not kept", async ({
  playground,
  openContext,
}) => {
  const { page } = playground;
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "no room for this"));
  await client.shows("received no room for this");
  await page.getByTestId("share").click();
  await page.getByTestId("share-capture").check();
  await expect(page.getByTestId("share-capture-help")).toContainText(/takes \d+ KB/);
  const link = await page.getByTestId("long-link").inputValue();

  const other = new PlaygroundPage(await (await openContext()).newPage());
  // A real quota cannot be made that small: browsers round it up.
  await other.page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await other.page.goto(link);
  await other.page.getByTestId("arrival-open").click();
  await expect(ladderRows(other.page, "bytes").filter({ hasText: "no room for this" })).toHaveCount(2);
  await other.isReady();
  await other.page.getByTestId("run-all").click();
  await expect(other.page.getByTestId("saved-aside")).toBeVisible();
  // As soon as there is something to keep.
  await expect(other.page.getByTestId("library-notice")).toHaveAttribute("data-kind", "failed");
  await expect(ladderRows(other.page, "bytes").filter({ hasText: "no room for this" })).toHaveCount(2);
  expect(other.faults).toEqual([]);
});
