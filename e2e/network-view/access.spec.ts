import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { rounds } from "../../scripts/rounds.ts";
import { isAccessible, isAccessibleInBothSchemes } from "../support/axe.ts";
import { faults, focus, tabTo, walk } from "../support/focus.ts";
import { foreignTexts } from "../support/foreign-texts.ts";
import { chooseOfMenu, ladderRows, openNetwork } from "../support/network-view.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Where the tab is. */
const TAB = ["zp-app", "zp-output-pane", "zp-network"] as const;

/** Words of the API, of TCP and of file formats, names of rooms and of this test's files: the same in every language. */
const WORDS = [
  /\bsaved\.pcapng\b|\.pcapng\b|\.pcap\b/g,
  /\be2e-[0-9a-f]{12}\b/g,
  /\b(?:send|onReceive|update|SYN|ACK|FIN|RST|Wireshark|Ethernet|loopback|pcapng|pcap)\b/g,
  /\\[rn0]/g,
  /\b0x0d0a\b/g,
];

/** States that are like another but for a text: they are looked at where everything is. */
const ALIKE = new Set(rounds({ short: ["nothing found", "aside"], full: [] }));

/** Runs the starter project, and saves what it said. */
async function saveOne(playground: PlaygroundPage, path: string): Promise<void> {
  const { page } = playground;
  await openNetwork(page);
  await page.getByTestId("network-run").click();
  await expect(ladderRows(page, "bytes").nth(2)).toBeVisible();
  const downloading = page.waitForEvent("download");
  await chooseOfMenu(page, "save-capture");
  await (await downloading).saveAs(path);
}

/** Runs over all states that captures add to the tab, and has each looked at. */
async function states(page: Page, path: string, look: (state: string) => Promise<void>): Promise<void> {
  await page.getByTestId("capture-menu").getByRole("button").click();
  await look("menu");
  await page.keyboard.press("Escape");
  const broken = `${path}.broken.pcapng`;
  await writeFile(broken, (await readFile(path)).subarray(0, 200));
  await page.getByTestId("capture-file").setInputFiles(broken);
  await expect(page.getByTestId("capture-fault")).toBeVisible();
  await look("fault");
  await page.getByTestId("capture-fault").getByTestId("close-banner").click();
  await page.getByTestId("capture-file").setInputFiles(path);
  await expect(page.getByTestId("saved-banner")).toBeVisible();
  await look("opened");
  await page.getByTestId("filter-text").fill("nobody says this");
  await expect(page.getByTestId("nothing-found")).toBeVisible();
  await look("nothing found");
  await page.getByTestId("show-all").click();
  await page.getByTestId("view-connections").click();
  await page.getByTestId("connections").getByRole("button").first().click();
  await look("connections");
  await page.getByTestId("show-connection").click();
  await expect(page.getByTestId("chip-connection")).toBeVisible();
  await ladderRows(page, "bytes").first().click();
  await look("filtered, with a detail");
  await page.getByTestId("close-detail").click();
  await page.getByTestId("back-to-live").click();
  await expect(page.getByTestId("saved-aside")).toBeVisible();
  await look("aside");
}

test("what captures add is accessible in light, dark and forced colours", async ({ playground }, testInfo) => {
  const { page } = playground;
  const path = testInfo.outputPath("saved.pcapng");
  await saveOne(playground, path);
  await states(page, path, async (state) => {
    if (ALIKE.has(state)) return;
    await isAccessibleInBothSchemes(page, state, TAB);
    await page.emulateMedia({ forcedColors: "active" });
    await isAccessible(page, `${state}, forced colours`, { within: TAB, rules: ["color-contrast"] });
    await page.emulateMedia({ forcedColors: null });
  });
  await page.getByTestId("share").click();
  await page.getByTestId("share-capture").check();
  await expect(page.getByTestId("share-capture-help")).toContainText(/takes \d+ KB/);
  await isAccessibleInBothSchemes(page, "share dialog", ["zp-app", "zp-share-dialog"]);
});

test.describe("on a phone, in Russian", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: "ru-RU" });

  test("what captures add fits, and nothing of it is left in English", async ({ playground }, testInfo) => {
    const { page } = playground;
    await page.locator("#tab-network").click();
    await page.getByTestId("network-run").click();
    await expect(ladderRows(page, "bytes").nth(2)).toBeVisible();
    const path = testInfo.outputPath("saved.pcapng");
    const downloading = page.waitForEvent("download");
    await chooseOfMenu(page, "save-capture");
    await (await downloading).saveAs(path);
    await states(page, path, async (state) => {
      expect.soft(await foreignTexts(page, WORDS), state).toEqual([]);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(390);
      if (state.startsWith("filtered")) await isAccessible(page, `${state}, phone`, { within: TAB });
    });
    await page.getByTestId("menu").click();
    await page.locator('[data-item="project.share"]').click();
    await page.getByTestId("share-capture").check();
    await expect(page.getByTestId("share-capture-help")).toContainText(/\d+ КБ/);
    expect(await foreignTexts(page, [...WORDS, /#share=\S*/g])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test("the keyboard alone saves a capture, opens it, filters, and leads back", async ({ playground }, testInfo) => {
  const { page } = playground;
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  await page.keyboard.press("Alt+w");
  await expect(page.getByTestId("ladder")).toBeFocused();
  // From here the menu is behind all of the page's stops, and before the list.
  await tabTo(page, "Save and open captures");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: /^Save capture/ })).toBeFocused();
  const downloading = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const path = testInfo.outputPath("saved.pcapng");
  await (await downloading).saveAs(path);
  await expect(page.getByTestId("capture-menu").getByRole("button")).toBeFocused();
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await (await choosing).setFiles(path);
  await expect(page.getByTestId("saved-banner")).toContainText("saved.pcapng");
  expect((await focus(page)).name, "the focus is not lost").not.toBe("");

  // Every stop of the tab with an opened capture can be seen, has a name, and comes in the order in which one sees them.
  await page.getByTestId("tab-network").focus();
  const stops = await walk(page);
  expect(stops.flatMap(faults)).toEqual([]);
  const order = [
    "Pause the network",
    "Conditions…",
    "Back to live",
    "Exchange",
    "Connections",
    "Save and open captures",
    "Who takes part",
    "Text or bytes, such as hello, \\r\\n or 0x0d0a",
    "Printed lines",
    "What happened on the network",
  ];
  const names = stops.map(({ name }) => name);
  expect(names.filter((name) => order.includes(name))).toEqual(order);

  await tabTo(page, /^Text or bytes/);
  await page.keyboard.type("you said");
  await expect(page.getByTestId("shown-count")).toHaveText(/ of /);
  await tabTo(page, "What happened on the network");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("detail-headline")).toBeFocused();
  await page.keyboard.press("Tab");
  expect((await focus(page)).name).toBe("Close");
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("open-line").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("zp-editor .cm-content")).toBeFocused();
  await expect(page.locator("zp-editor .cm-activeLine")).toContainText("connection:send(");

  await page.getByTestId("tab-network").focus();
  await tabTo(page, "Connections");
  await page.keyboard.press("Enter");
  await tabTo(page, /→/);
  await page.keyboard.press("Enter");
  await tabTo(page, "Show its exchange");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("ladder")).toBeFocused();
  await expect(page.getByTestId("chip-connection")).toBeVisible();
  await page.getByTestId("tab-network").focus();
  await tabTo(page, "Back to live");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("saved-aside")).toBeVisible();
  expect((await focus(page)).name, "the focus is not lost").not.toBe("");
  await tabTo(page, "Show it again");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("saved-banner")).toBeVisible();
  expect((await focus(page)).name, "the focus is not lost").not.toBe("");
});
