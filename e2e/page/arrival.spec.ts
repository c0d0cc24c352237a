import { deflateSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { headlessShellOptions } from "../../scripts/setup/browser.mjs";
import { CHROMIUM_FLAGS } from "../../scripts/setup/chromium-flags.mjs";
import { BridgeProcess } from "../support/bridge-process.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

test("a room's address opens as people write it, and whoever writes it otherwise is in the same room", async ({ page, bridge }) => {
  for (const path of ["room/%D0%A3%D1%80%D0%BE%D0%BA-7%D0%B1/", "Room/Urok-7B", "room/urok-7b/),"]) {
    await page.goto(`${bridge.url}${path}`);
    await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
    expect(new URL(page.url()).pathname).toBe("/room/urok-7b/");
  }
});

test("an address that leads nowhere says so in the reader's language, and offers the playground", async ({ bridge, browser, contextOptions }) => {
  const context = await browser.newContext({ ...contextOptions, locale: "ru-RU" });
  const page = await context.newPage();
  await page.goto(`${bridge.url}room/%E8%AF%BE/`);
  await expect(page.getByTestId("arrival-nowhere")).toContainText("Недопустимое имя комнаты");
  // Who follows the same link is offered the same room.
  const substitute = page.getByTestId("arrival-substitute");
  const offered = await substitute.textContent();
  await page.goto(`${bridge.url}ROOM/%E8%AF%BE/`);
  await expect(substitute).toHaveText(offered!);
  await substitute.click();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: 20_000 });
  expect(page.url()).toBe(offered);
  await page.goto(`${bridge.url}nothing`);
  await expect(page.getByTestId("arrival-nowhere")).toContainText("По этому адресу ничего нет");
  await page.getByTestId("arrival-go-on").click();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
  expect(new URL(page.url()).pathname).toMatch(/^\/room\/[a-z0-9-]+\/$/);
  await page.goto(`${bridge.url}s/ZZZZZZZZZZZZ/`);
  await expect(page.getByTestId("arrival-fault")).toContainText("Проект по этой ссылке не найден");
  await context.close();
});

test("a duplicated tab is a machine of its own over plain HTTP, too", async () => {
  const bridge = await BridgeProcess.start(["--public-host", "classroom.test"]);
  const browser = await chromium.launch({ ...headlessShellOptions(), args: [...CHROMIUM_FLAGS, "--host-resolver-rules=MAP classroom.test 127.0.0.1"] });
  try {
    const context = await browser.newContext();
    const first = new PlaygroundPage(await context.newPage());
    await first.open(`http://classroom.test:${bridge.port}/room/copies/`);
    expect(await first.page.evaluate(() => isSecureContext)).toBe(false);
    const opened = context.waitForEvent("page");
    // Copies the tab's store, as Duplicate tab does.
    await first.page.evaluate(() => void window.open(location.href));
    const second = new PlaygroundPage(await opened);
    await second.isReady();
    expect(await second.address()).not.toBe(await first.address());
    // A reload is the same machine.
    const before = await first.address();
    await first.page.reload();
    await first.isReady();
    expect(await first.address()).toBe(before);
    // And so is the tab that is opened when it was closed.
    await first.page.close();
    const next = new PlaygroundPage(await context.newPage());
    await next.open(`http://classroom.test:${bridge.port}/room/copies/`);
    expect(await next.address()).toBe(before);
    // The address is one that others can open.
    await next.page.getByTestId("open-room").click();
    await expect(next.page.getByTestId("room-machines")).toBeVisible();
    await expect(next.page.getByTestId("room-loopback")).toHaveCount(0);
  } finally {
    await browser.close();
    await bridge.program.end();
  }
});

test("with --room, the bridge's address and short links lead to that room, and a link to another room goes there", async ({ page }, testInfo) => {
  const bridge = await BridgeProcess.start(["--room", "Урок-7б", "--data", testInfo.outputPath("data")]);
  try {
    await page.goto(bridge.url);
    const state = page.getByTestId("bridge-state");
    await expect(state).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
    expect(new URL(page.url()).pathname).toBe("/room/urok-7b/");
    const project = { version: 1, project: { files: [{ name: "sent.luau", source: "print(1)", program: true }] } };
    const answer = await page.request.post(`${bridge.url}api/scripts`, { data: project });
    const { url } = (await answer.json()) as { url: string };
    await page.goto(new URL(url, bridge.url).href);
    await page.getByTestId("arrival-open").click();
    await expect(state).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
    expect(new URL(page.url()).pathname).toBe("/room/urok-7b/");
    // Who shared the room with the project is followed into it, and the reader knows of it before.
    const inRoom = await page.request.post(`${bridge.url}api/scripts`, { data: { ...project, project: { ...project.project, room: "urok-7b" } } });
    await page.goto(new URL(((await inRoom.json()) as { url: string }).url, bridge.url).href);
    await expect(page.getByTestId("wants-room")).toContainText("urok-7b");
    await expect(page.getByTestId("arrival-open")).toHaveCount(0);
    await page.getByTestId("arrival-join").click();
    await expect(state).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
    expect(new URL(page.url()).pathname).toBe("/room/urok-7b/");
    await page.goto(bridge.roomUrl("elsewhere"));
    await expect(state).toHaveAttribute("data-state", "connected", { timeout: LONG_PATIENCE_MS });
    expect(new URL(page.url()).pathname).toBe("/room/elsewhere/");
  } finally {
    await bridge.program.end();
  }
});

test("a link opens while another page holds the database and has left work in it", async ({ page, bridge, context }) => {
  await page.goto(`${bridge.url}room/holder/`);
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: 20_000 });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        localStorage.setItem(
          "zone-playground:unsaved:x",
          JSON.stringify({ id: "left", saveId: "x", revision: 1, files: [{ name: "left.luau", source: "", isProgram: true }] }),
        );
        const opening = indexedDB.open("zone-playground");
        opening.addEventListener("success", () => {
          const store = opening.result.transaction("projects", "readwrite").objectStore("projects");
          // A transaction that is never done keeps out all others.
          const goOn = (): void => store.get("nothing").addEventListener("success", goOn);
          goOn();
          resolve();
        });
      }),
  );
  const other = await context.newPage();
  const project = { title: "Sent", files: [{ name: "sent.luau", source: "print(1)", program: true }] };
  await other.goto(`${bridge.url}room/other/#share=v1.${deflateSync(JSON.stringify(project)).toString("base64url")}`);
  await other.getByTestId("arrival-open").click({ timeout: 15_000 });
  await expect(other.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: 15_000 });
  await expect(other.locator("zp-editor .cm-content")).toContainText("print(1)");
});
