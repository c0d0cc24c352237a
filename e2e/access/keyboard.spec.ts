import type { Page } from "@playwright/test";
import { faults, type Focus, focus, leaveText, MOST_STOPS, tabTo, typeAhead, walk } from "../support/focus.ts";
import { expect, test } from "../support/test.ts";

for (const { where, width, height, order } of [
  {
    where: "a wide window",
    width: 1280,
    height: 800,
    order: [
      "Skip to the editor",
      "Run all",
      "Share",
      "Menu",
      "server.luau",
      "Code of server.luau",
      "Width of the editor",
      "Run now",
      "Run server.luau",
      "Console of server.luau",
      "Console of client.luau",
      "Copy the link to this room",
    ],
  },
  {
    where: "a phone",
    width: 390,
    height: 844,
    order: ["Skip to the editor", "Run all", "Menu", "Run now", "Code", "server.luau", "Code of server.luau", "Copy the link to this room"],
  },
]) {
  test(`Tab leads through ${where} from top to bottom and back, every stop can be seen and has a name`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    const there = await walk(page);
    expect(there.flatMap(faults)).toEqual([]);
    const names = there.map(({ name }) => name);
    expect(names.filter((name) => order.includes(name)).filter((name, index, all) => all.indexOf(name) === index)).toEqual(order);
    const back = await walk(page, "Shift+Tab");
    expect(back.map(({ name }) => name).toReversed()).toEqual(names);
  });
}

test("from an example to a shared link without a mouse", async ({ playground }) => {
  const { page } = playground;
  await tabTo(page, "Menu");
  await page.keyboard.press("Enter");
  await typeAhead(page, "examp");
  await page.keyboard.press("Enter");
  const examples = page.getByRole("dialog", { name: "Examples" });
  await expect(examples).toBeVisible();
  await tabTo(page, /^Echo/);
  await page.keyboard.press("Enter");
  await expect(examples).toBeHidden();
  await expect(page.getByTestId("projects")).toContainText("Echo");

  await tabTo(page, "Code of server.luau");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type('print("written by hand")');
  // Tab is a character here until Escape.
  await page.keyboard.press("Tab");
  expect((await focus(page)).name).toBe("Code of server.luau");
  await leaveText(page);
  expect((await focus(page)).name).not.toBe("Code of server.luau");
  await page.keyboard.press("Shift+Tab");
  expect((await focus(page)).name).toBe("Code of server.luau");

  await page.keyboard.press("ControlOrMeta+Enter");
  const server = playground.program("server.luau");
  await server.is("running");
  await server.shows("written by hand");
  await tabTo(page, "Console of server.luau");
  await page.keyboard.press("ControlOrMeta+.");
  await server.is("stopped");
  await server.shows("written by hand");

  await page.keyboard.press("Alt+s");
  const share = page.getByRole("dialog", { name: "Share" });
  await expect(share).toBeVisible();
  await tabTo(page, "Copy the link");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("#share=v1.");
  await page.keyboard.press("Escape");
  await expect(share).toBeHidden();
  expect((await focus(page)).name).toBe("Console of server.luau");
});

/** Opens a dialog by its keys, or, where it has none, by the first letters of its command in the menu. Says what is to have the focus afterwards. */
async function openDialog(page: Page, { keys, command }: { readonly keys?: string; readonly command?: string }): Promise<string> {
  if (keys !== undefined) {
    await tabTo(page, "Run server.luau");
    await page.keyboard.press(keys);
    return "Run server.luau";
  }
  await tabTo(page, "Menu");
  await page.keyboard.press("Enter");
  await typeAhead(page, command ?? "");
  await page.keyboard.press("Enter");
  return "Menu";
}

/** The stops of the open dialog, once around. */
async function around(page: Page, key: "Tab" | "Shift+Tab"): Promise<Focus[]> {
  const stops: Focus[] = [];
  for (let at = await focus(page); !stops.some(({ path }) => path === at.path); at = await focus(page)) {
    // Between its last stop and its first the browser may have one of its own.
    if (at.tag !== "") stops.push(at);
    await page.keyboard.press(key);
    expect(stops.length).toBeLessThan(MOST_STOPS);
  }
  return stops;
}

for (const { ways, dialogs } of [
  {
    ways: "keys",
    dialogs: [
      { name: "Keyboard shortcuts", keys: "Shift+F1" },
      { name: "API reference", keys: "F1" },
      { name: "Projects", keys: "Alt+o" },
      { name: "Examples", keys: "Alt+e" },
      { name: "Share", keys: "Alt+s" },
      { name: "New file", keys: "Alt+n" },
    ],
  },
  {
    ways: "the menu",
    dialogs: [
      { name: /^Room /, command: "Who" },
      { name: "Problems", command: "Problems" },
      { name: "Type checking", command: "Type" },
      { name: /server\.luau/, command: "Rename" },
    ],
  },
]) {
  test(`the keyboard stays in each dialog that ${ways} open, sees where it is, and comes back`, async ({ playground }) => {
    const { page } = playground;
    for (const { name, ...way } of dialogs) {
      await test.step(String(name), async () => {
        const before = await openDialog(page, way);
        const dialog = page.getByRole("dialog", { name });
        await expect(dialog).toBeVisible();
        await expect.poll(async () => (await focus(page)).tag).not.toBe("");
        const there = await around(page, "Tab");
        expect(there.flatMap(faults)).toEqual([]);
        expect(there.map((stop) => stop.name)).toContain("Close");
        expect(there.map((stop) => stop.name)).not.toContain("Run all");
        const back = await around(page, "Shift+Tab");
        expect(back.map(({ path }) => path).toSorted()).toEqual(there.map(({ path }) => path).toSorted());
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
        expect((await focus(page)).name).toBe(before);
      });
    }
  });
}
