import type { Page } from "@playwright/test";
import { expect } from "../support/test.ts";
import { helloElement, openLesson, test } from "../support/lesson-test.ts";

/** Counts what the page compiles; its workers get modules that are compiled. */
async function countCompiling(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const count = { value: 0 };
    (globalThis as { compiled?: typeof count }).compiled = count;
    for (const name of ["compile", "compileStreaming", "instantiateStreaming"] as const) {
      const real = WebAssembly[name] as (...values: unknown[]) => Promise<unknown>;
      (WebAssembly as unknown as Record<string, unknown>)[name] = (...values: unknown[]) => {
        count.value++;
        return real.apply(WebAssembly, values);
      };
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { compiled: { value: number } }).compiled.value);
}

/** The two-file project that links in these tests hold. */
const FILES = [
  { name: "first.luau", source: 'print("from the first")\n', isProgram: true },
  { name: "second.luau", source: 'print("from the second")\n', isProgram: true },
];

test("five elements that run at once compile one VM, and fetch it once", async ({ page, site, open: _open, violations: _violations }) => {
  const compiled = await countCompiling(page);
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) fetched.push(request.url());
  });
  await openLesson(page, site, Array.from({ length: 5 }, (_, index) => helloElement(`print("element ${index}")`, `id="e${index}"`)).join(""));
  for (let index = 0; index < 5; index++) await page.locator(`#e${index}`).getByTestId("run").click();
  for (let index = 0; index < 5; index++) await expect(page.locator(`#e${index}`).getByRole("log")).toHaveText(`element ${index}`);
  expect(await compiled()).toBe(1);
  expect(fetched).toHaveLength(1);
});

test("an element below the fold stays light until it is nearly in sight", async ({ page, site, open: _open, violations: _violations }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await openLesson(page, site, `<pre>${"\n".repeat(400)}</pre>${helloElement("local coloured = 1")}`);
  const element = page.locator("zone-playground");
  await expect(element.locator(".static .t-keyword")).toHaveText("local");
  expect(loaded.filter((path) => path.startsWith("/assets/"))).toEqual([]);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(element.locator(".cm-content")).toContainText("local coloured");
  expect(loaded.filter((path) => path.startsWith("/assets/")).length).toBeGreaterThan(0);
});

test("a click wakes an element that waits for one, and puts the cursor into its code", async ({ page, site, open: _open, violations: _violations }) => {
  await openLesson(page, site, helloElement("print(1)", 'loading="click"'));
  const element = page.locator("zone-playground");
  await element.locator(".static").click();
  await expect(element.locator(".cm-content")).toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("-- mine\n");
  await expect(element.locator(".cm-content")).toContainText("-- mine");
});

test("attributes choose the programs, the height, the colours, the language, and whether the code can be changed", async ({
  page,
  site,
  open: _open,
  violations: _violations,
}) => {
  const files = FILES.map(({ name, source }) => `<template data-name="${name}">${source}</template>`).join("");
  await openLesson(page, site, `<zone-playground programs="second" height="7rem" theme="dark" lang="ru" read-only>${files}</zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(element.getByTestId("run")).toHaveText("Запустить");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("from the second");
  await expect(element.locator('[data-program="first.luau"]')).toHaveCount(0);
  expect(await element.locator("#code").evaluate((node) => node.clientHeight)).toBe(7 * 16);
  await expect(element).toHaveCSS("color-scheme", "dark");
  await expect(element.locator(".cm-content")).toHaveAttribute("aria-readonly", "true");
  await element.locator(".cm-content").focus();
  await page.keyboard.type("x");
  await expect(element.locator(".cm-content")).toHaveText(/^print\("from the first"\)$/);
  // Attributes count at any time.
  await element.evaluate((node) => {
    node.setAttribute("programs", "first.luau second");
    node.setAttribute("height", "200");
    node.setAttribute("theme", "light");
    node.setAttribute("lang", "en");
    node.removeAttribute("read-only");
  });
  await expect(element.getByTestId("run")).toHaveText("Run all");
  await expect(element).toHaveCSS("color-scheme", "light");
  await element.getByTestId("run").click();
  await expect(element.locator('[data-program="first.luau"]').getByRole("log")).toHaveText("from the first");
  expect(await element.locator("#code").evaluate((node) => node.clientHeight)).toBe(200);
  await element.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await expect(element.locator(".cm-content")).toContainText("x");
});

test("a page with a small root font does not make the element's text small", async ({ page, site, open: _open, violations: _violations }) => {
  site.pages.set("/tenths.css", "html { font-size: 62.5%; }");
  await openLesson(page, site, `<link rel="stylesheet" href="/tenths.css">${helloElement("print(1)")}`);
  await expect(page.locator("html")).toHaveCSS("font-size", "10px");
  await expect(page.locator("zone-playground .cm-content")).toHaveCSS("font-size", "14px");
  await expect(page.getByTestId("run")).toHaveCSS("font-size", "14px");
});

test("files come from elsewhere, and one that does not is named", async ({ page, site, open: _open }) => {
  await page.addInitScript(() => {
    const errors: unknown[] = [];
    (globalThis as { errors?: unknown }).errors = errors;
    // Before the element is there; its events do not bubble, but can be caught on their way.
    document.addEventListener("error", (event) => errors.push((event as unknown as CustomEvent).detail), true);
  });
  site.pages.set("/lessons/one.luau", 'print("by address")');
  await openLesson(
    page,
    site,
    '<zone-playground id="good" src="/lessons/one.luau"></zone-playground><zone-playground id="bad" src="/lessons/none.luau"></zone-playground>',
  );
  await page.locator("#good").getByTestId("run").click();
  await expect(page.locator("#good").getByRole("log")).toHaveText("by address");
  await expect(page.locator("#bad").getByTestId("problem")).toContainText("/lessons/none.luau could not be loaded: HTTP 404");
  expect(await page.evaluate(() => (globalThis as unknown as { errors: unknown }).errors)).toEqual([
    { code: "file-not-loaded", message: expect.stringContaining("/lessons/none.luau") },
  ]);
});

test.describe(() => {
  // What the bridge holds is counted.
  test.use({ hasOwnBridge: true });

  test("stop, getFiles, setFiles, openFile, running and share work for the page", async ({ page, site, open, violations: _violations }) => {
    await openLesson(page, site, helloElement("function zone.update() end", 'room="lesson"'));
    const element = page.locator("zone-playground");
    const call = (method: string, ...values: unknown[]): Promise<unknown> =>
      element.evaluate((node, given) => (node as unknown as Record<string, (...all: unknown[]) => unknown>)[given.method]?.(...given.values), {
        method,
        values,
      });
    const running = (): Promise<unknown> => element.evaluate((node) => (node as unknown as { running: boolean }).running);
    expect(await running()).toBe(false);
    await call("run", "hello.luau");
    expect(await running()).toBe(true);
    await call("stop", "hello.luau");
    expect(await running()).toBe(false);
    await call("setFiles", FILES);
    await call("openFile", "second.luau");
    await expect(element.locator(".cm-content")).toContainText("from the second");
    expect(await call("getFiles")).toEqual(FILES);
    const link = String(await call("share"));
    // Opened, it holds the same, and nothing has run.
    await page.goto(link);
    await expect(page.getByTestId("shared-arrival")).toContainText("second.luau");
    await page.getByTestId("arrival-open").click();
    await expect(page.locator(".cm-content")).toContainText("from the second");
    expect((await open.health()).streams).toBe(0);
  });
});

test("a frame takes the same options", async ({ page, site, open, violations: _violations }) => {
  await openLesson(page, site, helloElement("print(1)"));
  const link = await page.locator("zone-playground").evaluate(async (node, files) => {
    const playground = node as unknown as { setFiles(files: unknown): void; openFile(name: string): void; share(): Promise<string> };
    playground.setFiles(files);
    playground.openFile("second.luau");
    return playground.share();
  }, FILES);
  const options = new URLSearchParams({ programs: "second", theme: "dark", lang: "ru", height: "150", room: "lesson", loading: "click", "read-only": "" });
  await openLesson(page, site, `<iframe title="framed" width="600" height="400" src="${open.url}embed/?${options.toString()}${new URL(link).hash}"></iframe>`);
  const element = page.frameLocator("iframe").locator("zone-playground");
  await expect(element.getByRole("tab", { name: "second.luau" })).toHaveAttribute("aria-selected", "true");
  await expect(element.locator(".static")).toContainText("from the second");
  await expect(element).toHaveCSS("color-scheme", "dark");
  expect(await element.locator("#code").evaluate((node) => node.clientHeight)).toBe(150);
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(new URL(socket.url()).pathname));
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("from the second");
  await expect(element.getByTestId("run")).toHaveText("Запустить");
  await expect(element.locator(".cm-content")).toHaveAttribute("aria-readonly", "true");
  expect(new Set(sockets)).toEqual(new Set(["/room/lesson/"]));
});

test("a frame takes its files from the site that it is in", async ({ page, site, open, violations: _violations }) => {
  site.pages.set("/lessons/framed.luau", 'print("by address, in a frame")');
  await openLesson(
    page,
    site,
    `<iframe title="framed" width="600" height="400" src="${open.url}embed/?src=${encodeURIComponent(`${site.origin}/lessons/framed.luau`)}"></iframe>`,
  );
  const element = page.frameLocator("iframe").locator("zone-playground");
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("by address, in a frame");
});

test("a frame whose link is cut says so", async ({ page, site, open, violations: _violations }) => {
  await openLesson(page, site, `<iframe title="framed" width="600" height="400" src="${open.url}embed/#share=v1.abc"></iframe>`);
  await expect(page.frameLocator("iframe").getByTestId("problem")).toContainText("The link with the code is damaged");
});
