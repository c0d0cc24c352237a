import type { Route } from "@playwright/test";
import { expect, test } from "../support/test.ts";

test.use({ hasOwnContext: true });

/** What is fetched for later, as `bench/src/page/first-run-files.ts` tells it. */
const FOR_LATER = /\/(?:analysis|luau-analysis|dialogs-|reference-|advice-|explanation-words-|foreign-globals-|link-|short-links-|typing-)/;

/** What moved without the reader's doing. */
interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly currentRect: DOMRectReadOnly; readonly previousRect: DOMRectReadOnly }[];
}

/** What the first Run needs, by what the names of the files begin with. */
const FIRST_RUN = ["main", "code-view", "terminal-view", "luau", "program-worker", "syntax-worker"];

for (const { locale, isRussian } of [
  { locale: "en-US", isRussian: false },
  { locale: "ru-RU", isRussian: true },
]) {
  test.describe(`a first visit in ${locale}`, () => {
    test.use({ locale });

    test("asks for all of the first Run before any of it is answered", async ({ page, bridge, room }) => {
      const expected = isRussian ? [...FIRST_RUN, "ru"] : FIRST_RUN;
      const held: Route[] = [];
      const asked = new Set<string>();
      let isHeld = true;
      await page.route(/\/assets\//, (route) => {
        asked.add(/\/([\w-]+)-[\w-]{8}\.\w+$/.exec(route.request().url())?.[1] ?? "");
        return isHeld ? void held.push(route) : route.continue();
      });
      await page.goto(bridge.roomUrl(room), { waitUntil: "commit" });
      // One that waited for another's answer would never come.
      await expect.poll(() => expected.filter((part) => !asked.has(part))).toEqual([]);
      expect(asked.has("ru")).toBe(isRussian);
      isHeld = false;
      await Promise.all(held.map((route) => route.continue()));
      await expect(page.locator("zp-editor .cm-content")).toBeVisible();
    });

    test("fetches nothing for the first Run but what the HTML asks for, and each file once", async ({ page, bridge, room }) => {
      await page.goto(bridge.roomUrl(room));
      await page.getByTestId("run-all").click();
      await expect(
        page
          .getByRole("log")
          .getByText(isRussian ? "Привет от client.luau" : "Hello from client.luau")
          .first(),
      ).toBeAttached();
      await expect(page.locator("zp-editor .cm-content")).toBeVisible();
      const { fetched, named } = await page.evaluate(() => ({
        // What comes out of a cache is none that was transferred.
        fetched: (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
          .filter(({ transferSize }) => transferSize > 0)
          .map(({ name }) => name),
        named: [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[href], script[src]")].map((element) =>
          "href" in element ? element.href : element.src,
        ),
      }));
      const files = fetched.filter((name) => name.includes("/assets/") && !FOR_LATER.test(name));
      for (const part of FIRST_RUN) expect(files.join(" ")).toContain(`/${part}-`);
      expect(files.filter((name) => !named.includes(name))).toEqual([]);
      expect(files.toSorted()).toEqual([...new Set(files)].toSorted());
      expect(files.some((name) => name.includes("/ru-"))).toBe(isRussian);
    });

    test("shows the page's frame in the reader's language while no script has come", async ({ page, bridge, room }) => {
      await page.route(/\.js$/, () => {
        // Never answered.
      });
      await page.goto(bridge.roomUrl(room), { waitUntil: "commit" });
      const words = isRussian ? ["Загружаю редактор…", "Загружаю консоль…"] : ["Loading the editor…", "Loading the console…"];
      for (const text of words) await expect(page.getByText(text)).toBeVisible();
      await expect(page.locator("#loading [lang]:visible")).toHaveCount(words.length);
      await expect(page.locator("html")).toHaveAttribute("lang", isRussian ? "ru" : "en");
      await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
      await expect(page.locator("zp-app")).toHaveCount(0);
    });
  });
}

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`at ${viewport.width} pixels nothing jumps when the page takes over`, async ({ page, bridge, room }) => {
    await page.setViewportSize(viewport);
    await page.addInitScript(() => {
      const shifts: string[] = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as Shift[]) {
          // In the page's foot words change their width when the bridge answers; its lines stay.
          if (entry.value >= 0.001 || entry.sources.some(({ currentRect }) => currentRect.top < innerHeight - 120))
            shifts.push(`${entry.value}: ${JSON.stringify(entry.sources)}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
      Object.assign(globalThis, { shifts });
    });
    const held: Route[] = [];
    await page.route(/\/main-.*\.js$/, (route) => void held.push(route));
    await page.goto(bridge.roomUrl(room), { waitUntil: "commit" });
    const box = (selector: string) => page.locator(selector).boundingBox();
    await expect(page.locator("#loading main")).toBeVisible();
    const before = { code: await box("#loading section >> nth=0"), mark: await box("#loading header img") };
    await Promise.all(held.map((route) => route.continue()));
    await expect(page.locator("zp-editor .cm-content")).toBeVisible();
    await expect(page.locator("#loading")).toHaveCount(0);
    const after = { code: await box("#code-pane"), mark: await box("zp-toolbar h1 img") };
    expect(after.mark).toEqual(before.mark);
    expect(after.code?.x).toBeCloseTo(before.code?.x ?? -1, 0);
    expect(after.code?.width).toBeCloseTo(before.code?.width ?? -1, 0);
    // On a phone the welcome and the tabs stand above the code, within what was its frame.
    if (viewport.width > 760) expect(after.code).toEqual(before.code);
    const shifts = await page.evaluate(() => (globalThis as unknown as { readonly shifts: readonly string[] }).shifts);
    expect(shifts).toEqual([]);
  });
}

test("a link's question is asked for with all the rest", async ({ page, bridge }) => {
  const asked: string[] = [];
  await page.route(/\/assets\//, (route) => {
    // Never answered.
    asked.push(route.request().url());
  });
  await page.goto(`${bridge.url}#share=none`, { waitUntil: "commit" });
  await expect(page.getByText("Opening the link…")).toBeVisible();
  await expect.poll(() => asked.join(" ")).toContain("/shared-arrival-");
  expect(asked.join(" ")).toContain("/short-links-");
});

test("a chosen language and theme count from the first paint on", async ({ page, bridge, room }) => {
  await page.addInitScript(() => {
    localStorage.setItem("zone-playground:locale", "ru");
    localStorage.setItem("zone-playground:theme", "dark");
  });
  await page.route(/\.js$/, () => {
    // Never answered.
  });
  await page.goto(bridge.roomUrl(room), { waitUntil: "commit" });
  await expect(page.getByText("Загружаю редактор…")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor)).toBe("rgb(15, 20, 24)");
});

test("a page whose script does not come says so, and loads with another try", async ({ page, bridge, room }) => {
  let isAway = true;
  await page.route(/\/main-.*\.js$/, (route) => (isAway ? route.abort() : route.continue()));
  await page.goto(bridge.roomUrl(room));
  await expect(page.getByRole("alert")).toContainText("The page could not be loaded. Check your connection and reload.");
  await expect(page.getByText("Loading the editor…")).toBeHidden();
  isAway = false;
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.locator("zp-editor .cm-content")).toBeVisible();
});
