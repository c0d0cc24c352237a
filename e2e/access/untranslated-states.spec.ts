import type { Page } from "@playwright/test";
import { isAccessible } from "../support/axe.ts";
import { CHECKER_LIMIT_MS, checkerIsReady } from "../support/checker.ts";
import { foreignTexts } from "../support/foreign-texts.ts";
import { openLesson, test } from "../support/lesson-test.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect } from "../support/test.ts";
import { blockStorage } from "../support/storage.ts";

/** Names of rooms and machines, which are nobody's to translate. */
const NAMES = [/\be2e-[0-9a-f]{12}\b/g, /\bpc-\d+\b/g, /\bteacher(?:-\d+)?\b/g, /\blesson\b/g];

/** Milliseconds after which a completion that has not come is asked for again: longer than the type checker has for a question. */
const ASK_AGAIN_MS = 5_000;

async function isRussianAndAccessible(page: Page, state: string, within?: string): Promise<void> {
  expect.soft(await foreignTexts(page, NAMES), `${state}: English`).toEqual([]);
  await isAccessible(page, state, { within });
}

async function rename({ page }: PlaygroundPage, name: string): Promise<void> {
  await page.getByTestId("machine-name").fill(name);
  await page.getByTestId("rename-machine").click();
}

test.use({ locale: "ru-RU", contextOptions: { reducedMotion: "reduce" }, openOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

test("where the browser keeps nothing, the page says so in Russian", async ({ page, bridge, room }) => {
  await blockStorage(page);
  await new PlaygroundPage(page).open(bridge.roomUrl(room));
  await expect(page.getByTestId("library-notice")).toHaveAttribute("data-kind", "memory");
  await isRussianAndAccessible(page, "nothing is kept");
  await page.getByTestId("projects").click();
  await expect(page.getByTestId("projects-alone")).toBeVisible();
  await isRussianAndAccessible(page, "projects that are not kept");
});

test("work that can no longer be saved is spoken of in Russian", async ({ playground }) => {
  const { page } = playground;
  const notice = page.getByTestId("library-notice");
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await playground.paste("server.luau", "print(1)\n");
  await expect(notice).toHaveAttribute("data-kind", "failed");
  await isRussianAndAccessible(page, "a project that cannot be saved");
});

test("names that are taken, passwords that are too short or wrong, and a locked room are spoken of in Russian", async ({
  playground,
  openAnother,
  openContext,
  bridge,
  room,
}) => {
  await playground.page.getByTestId("open-room").click();
  await rename(playground, "teacher");
  await expect(playground.page.getByTestId("room-machines").getByRole("listitem").first()).toContainText("teacher");
  const neighbour = await openAnother();
  await neighbour.page.getByTestId("open-room").click();
  await rename(neighbour, "teacher");
  await expect(neighbour.page.getByTestId("use-proposal")).toBeVisible();
  await isRussianAndAccessible(neighbour.page, "a name that is taken");
  // A Latin "t" in a Cyrillic word.
  await rename(neighbour, "учиtель");
  await expect(neighbour.page.getByTestId("name-fault")).not.toBeEmpty();
  await isRussianAndAccessible(neighbour.page, "a name that cannot be");

  const { page } = playground;
  await page.getByTestId("new-password").fill("abc");
  await page.getByTestId("set-password").click();
  await expect(page.getByTestId("password-fault")).not.toBeEmpty();
  await isRussianAndAccessible(page, "a password that is too short");
  await page.getByTestId("new-password").fill("открой");
  await page.getByTestId("set-password").click();
  await expect(page.getByTestId("remove-password")).toBeVisible();
  await isRussianAndAccessible(page, "a room with a password");

  const guest = await (await openContext()).newPage();
  await guest.goto(bridge.roomUrl(room));
  await expect(guest.getByTestId("password")).toBeFocused();
  await isRussianAndAccessible(guest, "a locked room");
  await guest.getByTestId("password").fill("сезам");
  await guest.getByTestId("enter-room").click();
  await expect(guest.getByTestId("password-error")).not.toBeEmpty();
  await isRussianAndAccessible(guest, "a wrong password");
  await guest.keyboard.press("Escape");
  await expect(guest.getByTestId("ask-password")).toBeVisible();
  const program = new PlaygroundPage(guest).program("client.luau");
  await program.run();
  await program.shows("парол", { level: "notice" });
  await isRussianAndAccessible(guest, "a program in front of a locked room");
});

test("consoles, each and all in one, are Russian with a search, an input, a failure and a caught failure", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer('print("один")\nzone.console.onInput(function(line) error(line) end)\nfunction zone.update() end\n');
  await server.shows("один");
  await server.panel.getByRole("group", { name: "Консоль server.luau" }).focus();
  await page.keyboard.press("ControlOrMeta+f");
  await server.panel.getByTestId("console-search").fill("нет такого");
  await expect(server.panel.getByTestId("search-count")).not.toBeEmpty();
  await isRussianAndAccessible(page, "a search in a console");
  await page.keyboard.press("Escape");
  const client = await playground.runClient('print(pcall(function() zone.socket.client.new():listen("127.0.0.1", 9, print) end))\nerror("два")\n');
  await client.shows("Там никто не слушает", { level: "notice" });
  await client.is("failed");
  await isRussianAndAccessible(page, "a failed program");
  await page.getByTestId("merge-consoles").click();
  await expect(
    page
      .getByTestId("merged-console")
      .getByRole("log")
      .getByText(/Новый запуск|один/)
      .first(),
  ).toBeAttached();
  await isRussianAndAccessible(page, "all programs in one console");
});

test("what the editor knows of the code is told in Russian", async ({ playground }) => {
  const { page } = playground;
  await checkerIsReady(playground);
  await playground.paste("client.luau", "zone.socket");
  await page.keyboard.type(".up");
  const explanation = page.locator("zp-editor .cm-completionInfo");
  await expect(async () => {
    // Asked for again where a busy machine has let the question run out of its time.
    if (!(await explanation.isVisible())) await page.keyboard.press("Control+Space");
    await expect(explanation).toBeVisible({ timeout: ASK_AGAIN_MS });
  }).toPass({ timeout: CHECKER_LIMIT_MS });
  await isRussianAndAccessible(page, "a completion");
  await page.keyboard.press("Escape");
  await playground.paste("client.luau", "zone.socket.client.new():listen");
  await page.keyboard.type("(");
  await expect(page.locator("zp-editor .cm-signature")).toBeVisible({ timeout: CHECKER_LIMIT_MS });
  await isRussianAndAccessible(page, "the arguments of a call");
  await playground.paste("client.luau", "local unused = 1\nprint(zone.isHeadless)\nlocal text: string = 1\n");
  await page.locator("zp-editor .cm-line").getByText("isHeadless").hover();
  await expect(page.locator("zp-editor .cm-hover")).toBeVisible({ timeout: CHECKER_LIMIT_MS });
  await isRussianAndAccessible(page, "hover");
  await expect(page.locator("zp-editor .cm-lintRange").first()).toBeVisible({ timeout: CHECKER_LIMIT_MS });
  await page.locator("zp-editor .cm-lintRange").first().hover();
  await expect(page.locator("zp-editor .cm-tooltip-lint")).toBeVisible();
  await isRussianAndAccessible(page, "a warning in the code");
});

test("the element speaks Russian before it is clicked, running, failed, and in front of a locked room", async ({ page, site, open: _open, lockedRoom }) => {
  await openLesson(
    page,
    site,
    `<zone-playground id="one" lang="ru"><template data-name="main.luau">zone.console.onInput(function(line) error(line) end)\nfunction zone.update() end</template></zone-playground>
    <zone-playground id="two" lang="ru" room="${lockedRoom.name}"><template data-name="main.luau">print(1)</template></zone-playground>`,
  );
  await page.evaluate(() => {
    document.title = "Урок";
  });
  const one = page.locator("#one");
  await expect(one.getByTestId("run")).toBeVisible();
  await isRussianAndAccessible(page, "untouched", "zone-playground");
  await one.getByTestId("run").click();
  await expect(one.getByTestId("console-input")).toBeVisible();
  await isRussianAndAccessible(page, "running", "zone-playground");
  await one.getByTestId("console-menu").getByRole("button").first().click();
  await isRussianAndAccessible(page, "the menu of a console", "zone-playground");
  await page.getByRole("menuitem", { name: "Найти" }).click();
  await one.getByTestId("console-search").fill("нет такого");
  await expect(one.getByTestId("search-count")).not.toBeEmpty();
  await isRussianAndAccessible(page, "a search in a console", "zone-playground");
  await page.keyboard.press("Escape");
  await one.getByTestId("console-input").fill("слово");
  await one.getByTestId("console-input").press("Enter");
  await expect(one.getByRole("log").locator('[data-level="error"]')).toBeVisible();
  await isRussianAndAccessible(page, "failed", "zone-playground");
  const two = page.locator("#two");
  await two.getByTestId("run").click();
  await two.getByTestId("password").fill("другое");
  await two.getByTestId("enter-room").click();
  await expect(two.getByTestId("password-error")).not.toBeEmpty();
  await isRussianAndAccessible(page, "a locked room", "zone-playground");
});
