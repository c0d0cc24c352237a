import type { Frame, Page } from "@playwright/test";
import { test } from "./lesson-test.ts";
import { expect } from "./test.ts";

// Each test has the bridge of the one before and its browser context.
test.describe.configure({ mode: "serial" });

/** What a page of the bridge finds of earlier ones. */
async function found(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookie: document.cookie,
    clipboard: (await navigator.permissions.query({ name: "clipboard-read" as PermissionName })).state,
    location: (await navigator.permissions.query({ name: "geolocation" })).state,
  }));
}

/** The process of the bridge. */
let bridgeProcess: number | undefined;

const fresh = { local: [], session: [], databases: [], caches: [], cookie: "", clipboard: "granted", location: "denied" };

test("a test finds the browser as it was before the first", async ({ page, bridge }) => {
  await page.goto(`${bridge.url}healthz`);
  expect(await found(page)).toEqual(fresh);
  await page.evaluate(async () => {
    localStorage.setItem("left", "1");
    sessionStorage.setItem("left", "1");
    document.cookie = "left=1; max-age=1000";
    await caches.open("left");
    await new Promise((resolve, reject) => {
      const request = indexedDB.open("left", 1);
      request.addEventListener("upgradeneeded", () => request.result.createObjectStore("left"));
      request.addEventListener("success", resolve);
      request.addEventListener("error", reject);
    });
  });
  await page.context().grantPermissions(["geolocation"]);
  expect(await found(page)).toEqual({
    local: ["left"],
    session: ["left"],
    databases: ["left"],
    caches: ["left"],
    cookie: "left=1",
    clipboard: "granted",
    location: "granted",
  });
  bridgeProcess = bridge.program.pid;
});

test("and the next one does, too, with the same bridge", async ({ page, bridge }) => {
  expect(bridge.program.pid).toBe(bridgeProcess);
  await page.goto(`${bridge.url}healthz`);
  expect(
    page
      .context()
      .pages()
      .filter((each) => each.url() !== "http://127.0.0.1:9/"),
  ).toEqual([page]);
  expect(await found(page)).toEqual(fresh);
});

test("what a frame in a page of another site leaves, where the browser lets it,", async ({ page, site, open }) => {
  site.pages.set("/frame.html", `<!doctype html><iframe src="${open.url}embed/"></iframe>`);
  await page.goto(`${site.origin}/frame.html`);
  await expect.poll(() => page.frames()[1]?.url()).toBe(`${open.url}embed/`);
  await (page.frames()[1] as Frame)
    .evaluate(() => localStorage.setItem("left", "1"))
    .catch((error: unknown) => expect(String(error)).toContain("Access is denied"));
  bridgeProcess = open.program.pid;
});

test("is gone for the next test", async ({ page, open }) => {
  expect(open.program.pid).toBe(bridgeProcess);
  await page.goto(`${open.url}healthz`);
  expect(await found(page)).toEqual(fresh);
});
