import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test as base } from "../support/test.ts";
import { blockStorage } from "../support/storage.ts";

/** Every test's bridge keeps its short links in a folder of its own. */
const test = base.extend<{ dataFolder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "e2e-data-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  bridgeOptions: async ({ dataFolder }, use) => use(["--data", dataFolder]),
  hasOwnBridge: true,
});

/** A link's hash around any JSON, packed by Node. */
function hashOf(project: unknown): string {
  return `#share=v1.${deflateSync(JSON.stringify(project)).toString("base64url")}`;
}

async function dialogLink(page: Page, testId: "long-link" | "short-link"): Promise<string> {
  return page.getByTestId(testId).inputValue();
}

/** The network of a room, as the address of one of its machines tells. */
function network(address: string): string {
  return address.split(".").slice(0, 3).join(".");
}

/** Every WebSocket that the page opens. */
function countSockets(page: Page): () => number {
  let sockets = 0;
  page.on("websocket", () => sockets++);
  return () => sockets;
}

const hello = {
  title: "Greetings",
  files: [
    { name: "main.luau", source: 'local words = require("./words")\nprint(words)\n', program: true },
    { name: "words.luau", source: 'return "shared words"\n' },
  ],
  open: "words.luau",
};

test("a link holds the project; opened elsewhere it shows what it is, runs nothing, joins nothing, and then runs", async ({
  playground,
  bridge,
  room,
  openContext,
}) => {
  const { page } = playground;
  await playground.newFile("words.luau", { isProgram: false });
  await playground.paste("words.luau", 'return "shared words"');
  await playground.paste("server.luau", 'print(require("./words"))');
  await page.getByTestId("share").click();
  const plain = await dialogLink(page, "long-link");
  expect(plain).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#share=v1\.[\w-]+$/);
  await page.getByTestId("share-room").check();
  const link = await dialogLink(page, "long-link");
  expect(link).not.toBe(plain);
  await page.getByTestId("copy-long-link").getByRole("button").click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const other = new PlaygroundPage(await (await openContext()).newPage());
  const sockets = countSockets(other.page);
  const sessions = (await bridge.health()).sessions;
  await other.page.goto(link);
  const panel = other.page.getByTestId("shared-arrival");
  await expect(panel).toContainText("words.luau");
  await expect(panel.getByText("server.luau", { exact: true })).toBeVisible();
  await expect(other.page.getByTestId("wants-room")).toContainText(room);
  // The sender meant it to be opened there: that is what Enter does.
  await expect(other.page.getByTestId("arrival-join")).toBeFocused();
  await panel.getByText("words.luau", { exact: true }).click();
  await expect(panel.getByText('return "shared words"')).toBeVisible();
  // Nothing has been joined and nothing runs; the reader has not been asked for long enough to tell.
  expect(sockets()).toBe(0);
  expect((await bridge.health()).sessions).toBe(sessions);
  await expect(other.page.locator("zp-console")).toHaveCount(0);

  await expect(other.page.getByTestId("arrival-join")).toHaveClass("primary");
  await expect(other.page.getByTestId("arrival-open")).toHaveText("Open without joining");
  await expect(other.page.getByTestId("arrival-open")).not.toHaveClass(/primary/);
  await other.page.getByTestId("arrival-open").click();
  await other.isReady();
  // In a room of its own, with the open file open; nothing runs by itself.
  expect(new URL(other.page.url()).pathname).toMatch(/^\/room\/[\w-]+\/$/);
  expect(other.page.url()).not.toContain(room);
  expect(new URL(other.page.url()).hash).toBe("");
  await expect(other.page.locator('zp-file-tabs [data-file="server.luau"]')).toHaveAttribute("aria-selected", "true");
  const server = other.program("server.luau");
  await server.is("stopped");
  await server.run();
  await server.shows("shared words");
  expect(other.faults).toEqual([]);
});

test("joining the room that a link names is the reader's choice", async ({ playground, room, openAnother }) => {
  const other = await openAnother("elsewhere");
  await other.page.goto(new URL(`/${hashOf({ ...hello, room })}`, other.page.url()).href);
  await expect(other.page.getByTestId("arrival-join")).toBeFocused();
  await other.page.keyboard.press("Enter");
  await other.isReady();
  expect(new URL(other.page.url()).pathname).toBe(`/room/${room}/`);
  await expect(other.page.locator('zp-file-tabs [data-file="words.luau"]')).toHaveAttribute("aria-selected", "true");
  // The two machines are in one LAN.
  expect(network(await other.address())).toBe(network(await playground.address()));
  await other.page.reload();
  await other.isReady();
  await expect(other.page.getByTestId("projects")).toContainText("Greetings");
});

test("a link that is cut, damaged or from the future says so, and the reader's work is untouched", async ({ playground, bridge, room }) => {
  const { page } = playground;
  await playground.paste("server.luau", 'print("my work")');
  const good = hashOf(hello);
  const cases: [string, RegExp][] = [
    [good.slice(0, -20), /end of the link is missing/],
    [good.replace(/.{4}$/, "AAAA"), /changed on the way/],
    ["#share=v7.eNo", /newer version/],
    ["#share=hello", /no project in this link/],
    [hashOf({ files: [{ name: "../x.luau", source: "" }] }), /not a Playground project/],
    [`#share=v1.${deflateSync(Buffer.alloc(100_000_000)).toString("base64url")}`, /too large/],
  ];
  const entries = await page.evaluate(() => history.length);
  for (const [index, [hash, text]] of cases.entries()) {
    // As by pasting it into the address bar: the page is there already.
    await page.goto(bridge.roomUrl(room) + hash);
    await expect(page.getByTestId("arrival-fault")).toContainText(text);
    await page.getByTestId("arrival-go-on").click();
    await playground.isReady();
    expect(new URL(page.url()).hash).toBe("");
    // Following a link is a step of the reader's; the page adds none of its own.
    expect(await page.evaluate(() => history.length)).toBe(entries + index + 1);
  }
  await playground.openFile("server.luau");
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("my work")');
  await page.getByTestId("projects").click();
  await expect(page.getByTestId("open-project")).toHaveCount(1);
});

test("an opened link becomes a project beside the others, and cancelling opens nothing", async ({ playground, bridge, room }) => {
  const { page } = playground;
  await playground.paste("server.luau", 'print("my work")');
  await page.goto(bridge.roomUrl(room) + hashOf(hello));
  await page.getByTestId("arrival-cancel").click();
  await playground.isReady();
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("my work")');
  await page.goto(bridge.roomUrl(room) + hashOf(hello));
  await page.getByTestId("arrival-open").click();
  await playground.isReady();
  await page.getByTestId("projects").click();
  await expect(page.getByTestId("open-project")).toHaveCount(2);
  await page.getByTestId("open-project").filter({ hasText: "server.luau" }).click();
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("my work")');
  // Undo does not lead back into the other project.
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("my work")');
});

test("typing adds nothing to the browser's history and leaves the address alone", async ({ playground }) => {
  const { page } = playground;
  const before = await page.evaluate(() => [history.length, location.href]);
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.type('print("one")\nprint("two")\n');
  await page.getByTestId("share").click();
  await page.getByTestId("share-close").click();
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.type('print("three")\n');
  expect(await page.evaluate(() => [history.length, location.href])).toEqual(before);
});

test("a short link leads to the project, for a phone with a QR code; it outlives the bridge", async ({ playground, bridge, openContext, dataFolder }) => {
  const { page } = playground;
  await playground.paste("client.luau", 'print("by a short link")');
  await page.getByTestId("share").click();
  // Long links of an address that is nobody else's are of no use either.
  await expect(page.getByTestId("loopback-hint")).toBeVisible();
  await page.getByTestId("make-short").click();
  await expect(page.getByTestId("short-link")).toBeFocused();
  const link = await dialogLink(page, "short-link");
  expect(link).toMatch(/\/s\/[a-hjkmnp-z2-9]{12}$/);
  await expect(page.getByTestId("loopback-hint")).toBeVisible();
  await expect(page.getByTestId("qr").getByRole("img", { name: `QR code of the link ${link}` })).toBeVisible();
  await page.getByTestId("qr-large").click();
  await expect(page.getByTestId("qr-board").getByText(link)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("qr-board")).toBeHidden();
  await expect(page.getByTestId("short-link")).toBeVisible();

  expect(await readFile(join(dataFolder, "scripts", link.split("/").at(-1) ?? ""), "utf8")).toContain("by a short link");
  const other = new PlaygroundPage(await (await openContext()).newPage());
  await other.page.goto(link);
  await other.page.getByTestId("arrival-open").click();
  await other.isReady();
  expect(new URL(other.page.url()).pathname).toMatch(/^\/room\/[\w-]+\/$/);
  const client = other.program("client.luau");
  await client.run();
  await client.shows("by a short link");
  await other.page.goto(`${bridge.url}s/0123456789ab`);
  await expect(other.page.getByTestId("arrival-fault")).toContainText("no project under this link");
});

test("without the bridge the long link is still there", async ({ playground, bridge }) => {
  const { page } = playground;
  // An idle page fetches its dialogs ahead.
  await page.waitForFunction(() => customElements.get("zp-share-dialog") !== undefined);
  await bridge.program.end();
  await page.getByTestId("share").click();
  expect(await dialogLink(page, "long-link")).toContain("#share=v1.");
  await page.getByTestId("make-short").click();
  await expect(page.getByTestId("short-fault")).toContainText("The bridge is unreachable");
});

test("work is there again after a reload and after the tab's process has died", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", 'print("typed just now")');
  // At once: what is not saved yet is noted while the page goes away.
  await page.reload();
  await playground.isReady();
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("typed just now")');
  await page.keyboard.press("Escape");
  await playground.paste("server.luau", 'print("before the crash")');
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open("zone-playground");
          request.addEventListener("success", () => resolve(request.result));
        });
        return new Promise<string>((resolve) => {
          const request = database.transaction("projects").objectStore("projects").getAll();
          request.addEventListener("success", () => {
            resolve(JSON.stringify(request.result));
            database.close();
          });
        });
      }),
    )
    .toContain("before the crash");
  const url = page.url();
  const crashed = page.waitForEvent("crash");
  page.goto("chrome://crash").catch(() => {});
  await crashed;
  const again = new PlaygroundPage(await page.context().newPage());
  await again.open(url);
  await expect(again.page.locator("zp-editor .cm-content")).toHaveText('print("before the crash")');
});

test("projects are named, copied, deleted and brought back, exported and imported", async ({ playground, dataFolder }) => {
  const { page } = playground;
  await playground.paste("server.luau", 'print("exported")');
  await page.getByTestId("projects").click();
  await page.getByTestId("rename-project").click();
  await page.getByTestId("project-title").fill("Урок 1");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("projects")).toContainText("Урок 1");
  await page.getByTestId("duplicate-project").click();
  const rows = page.getByTestId("open-project");
  await expect(rows).toHaveText([/Урок 1/, /Урок 1/]);
  await page.getByTestId("delete-project").click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByTestId("undo-delete")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);

  const download = page.waitForEvent("download");
  await page.getByTestId("export-project").click();
  expect((await download).suggestedFilename()).toBe("Урок 1.zip");
  const path = join(dataFolder, "export.zip");
  await (await download).saveAs(path);
  await page.getByTestId("import-file").setInputFiles(path);
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("exported")');
  await page.getByTestId("projects").click();
  await expect(rows).toHaveCount(3);
  await writeFile(path, "no zip at all");
  await page.getByTestId("import-file").setInputFiles(path);
  await expect(page.getByRole("alert")).toContainText("not a zip archive");
  await page.getByTestId("new-project").click();
  await expect(page.getByTestId("projects")).toContainText("Untitled");
  // A new project is there again after a reload, although nobody has changed it.
  await page.reload();
  await playground.isReady();
  await expect(page.getByTestId("projects")).toContainText("Untitled");
});

test("two tabs of one project never overwrite each other", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", "print(1)");
  // The list is shown once everything is saved.
  await page.getByTestId("projects").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  const second = new PlaygroundPage(await page.context().newPage());
  await second.open(page.url());
  await expect(second.page.locator("zp-editor .cm-content")).toHaveText("print(1)");
  await second.page.locator("zp-editor .cm-content").focus();
  await second.page.keyboard.press("ControlOrMeta+End");
  await second.page.keyboard.type(" -- second");
  const notice = page.getByTestId("library-notice");
  await expect(notice).toHaveAttribute("data-kind", "newer");
  // The first tab goes on all the same: both are kept.
  await page.bringToFront();
  await page.locator("zp-editor .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" -- first");
  await expect(notice).toHaveAttribute("data-kind", "forked");
  await page.reload();
  await playground.isReady();
  await expect(page.locator("zp-editor .cm-content")).toHaveText("print(1) -- first");
  await second.page.reload();
  await second.isReady();
  await expect(second.page.locator("zp-editor .cm-content")).toHaveText("print(1) -- second");
});

test("where the browser keeps nothing, the page says so, works, and offers a file", async ({ bridge, room, page }) => {
  await blockStorage(page);
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  await expect(page.getByTestId("library-notice")).toHaveAttribute("data-kind", "memory");
  const server = await playground.runServer('print("still works")');
  await server.shows("still works");
  const download = page.waitForEvent("download");
  await page.getByTestId("notice-export").click();
  expect((await download).suggestedFilename()).toBe("zone-project.zip");
  // A link opens here as well, beside what there is.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.goto(bridge.roomUrl(room) + hashOf(hello));
  await page.getByTestId("arrival-open").click();
  await playground.isReady();
  await playground.program("main.luau").run();
  await playground.program("main.luau").shows("shared words");
  expect(playground.faults).toEqual([]);
});

test("work of the first version's localStorage is brought over", async ({ bridge, room, page }) => {
  await page.addInitScript((key) => {
    if (localStorage.getItem("brought") !== null) return;
    localStorage.setItem("brought", "1");
    localStorage.setItem(
      key,
      JSON.stringify({ format: 1, files: [{ name: "old.luau", source: 'print("from before")', isProgram: true }], active: "old.luau" }),
    );
  }, `zone-playground:project:${room}`);
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("from before")');
  await page.reload();
  await playground.isReady();
  await expect(page.locator("zp-editor .cm-content")).toHaveText('print("from before")');
});
