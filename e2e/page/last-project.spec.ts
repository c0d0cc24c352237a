import { PlaygroundPage } from "../support/playground-page.ts";
import { blockStorage } from "../support/storage.ts";
import { expect, test } from "../support/test.ts";

test.use({ hasOwnContext: true });

test("the site's address goes on with the project that was open last; a link to a room leads to what was worked on there", async ({
  page,
  bridge,
  room,
  openAnother,
}) => {
  const playground = new PlaygroundPage(page);
  const code = page.locator("zp-editor .cm-content");
  const work = async (address: string, source: string): Promise<void> => {
    await playground.open(address);
    await playground.paste("server.luau", source);
    await page.keyboard.press("ControlOrMeta+s");
    await expect(page.getByTestId("editor-notice")).toContainText("Saved");
  };
  await work(bridge.roomUrl(`${room}-a`), "print('first')");
  await work(bridge.roomUrl(`${room}-b`), "print('second')");
  await playground.open(bridge.url);
  await expect(code).toContainText("print('second')");
  // The address is that of a room, to be given to others.
  expect(new URL(page.url()).search).toBe("");
  await playground.open(bridge.roomUrl(`${room}-a`));
  await expect(code).toContainText("print('first')");
  // That one is the last now, in another tab too.
  const tab = new PlaygroundPage(await page.context().newPage());
  await tab.open(bridge.url);
  await expect(tab.page.locator("zp-editor .cm-content")).toContainText("print('first')");
  await expect(tab.page.getByTestId("welcome")).toHaveCount(0);
  // Where nothing was worked on yet, a link to a room leads to a beginning, and so does the site's address in another browser.
  await tab.open(bridge.roomUrl(`${room}-c`));
  await expect(tab.page.locator("zp-editor .cm-content")).toContainText("A chat server");
  const stranger = await openAnother();
  await stranger.open(bridge.url);
  await expect(stranger.page.locator("zp-editor .cm-content")).toContainText("A chat server");
});

test("where the browser keeps nothing, the site's address begins anew", async ({ page, bridge }) => {
  await blockStorage(page);
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.url);
  await playground.paste("server.luau", "print('gone')");
  page.on("dialog", (dialog) => void dialog.accept());
  await playground.open(bridge.url);
  await expect(page.locator("zp-editor .cm-content")).toContainText("A chat server");
});
