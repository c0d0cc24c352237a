import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { lessonFile as foreignLesson } from "../support/foreign-host.ts";
import { openLesson as openPage, test } from "../support/lesson-test.ts";
import { expect } from "../support/test.ts";

// In the middle of a change of colours, text may have the old one on a new ground.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const COURSE = "programs-that-talk";
const FIRST = `${COURSE}/first-program`;
const SERVER = `${COURSE}/a-server-waits`;

/** A file of a lesson, as it is in the course's folder. */
const lessonFile = (lesson: string, path: string): string => readFileSync(fileURLToPath(new URL(`../../lessons/${lesson}/${path}`, import.meta.url)), "utf8");

const text = (element: Locator): Locator => element.getByTestId("lesson-text");
const result = (element: Locator): Locator => element.getByTestId("check-result");

/** Pastes this into the editor in the place of all that is there. */
async function write(page: Page, element: Locator, source: string): Promise<void> {
  const content = element.locator(".cm-content");
  await content.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await content.evaluate((node, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, source);
}

/** Waits for the check that was begun. */
async function checked(element: Locator): Promise<void> {
  await expect(result(element)).toHaveAttribute("data-state", "done", { timeout: LONG_PATIENCE_MS });
}

/** Notes the element's events from now on, with what `error` and others say. */
async function noteEvents(element: Locator): Promise<() => Promise<[string, unknown][]>> {
  await element.evaluate((node) => {
    const events: unknown[] = [];
    (globalThis as { events?: unknown }).events = events;
    for (const type of ["lesson-opened", "step-passed", "lesson-passed", "error"])
      node.addEventListener(type, (event) => events.push([type, (event as CustomEvent).detail]));
  });
  return () => element.page().evaluate(() => (globalThis as unknown as { events: [string, unknown][] }).events);
}

for (const [locale, words] of [
  ["en-US", { check: "Check", run: "Run", passed: "Passed, and with it the whole lesson!", told: "The program has to print" }],
  ["ru-RU", { check: "Проверить", run: "Запустить", passed: "Пройдено, а с ним и весь урок!", told: "Программа должна" }],
] as const) {
  test.describe(`the example page in ${locale}`, () => {
    test.use({ locale });

    test("a lesson on another site is played through under the page's policy, and a reload goes on", async ({ page, site, open: _open, violations: _v }) => {
      await page.goto(`${site.origin}/lesson.html`);
      // The page says that it is English; this reader's own language is wanted here.
      await page.evaluate((lang) => document.documentElement.setAttribute("lang", lang), locale);
      const element = page.locator("zone-playground");
      await element.evaluate((node, lang) => node.setAttribute("lang", lang), locale);
      const events = await noteEvents(element);
      await expect(text(element)).toHaveAttribute("data-step", "hello");
      await expect(element.getByTestId("check")).toHaveText(words.check);
      await expect(element.getByTestId("run")).toHaveText(words.run);

      // The start fails, where it should, and is told what was expected.
      await element.getByTestId("check").click();
      await checked(element);
      await expect(result(element)).toHaveAttribute("data-passed", "false");
      await expect(result(element).locator('li[data-state="failed"]')).toHaveAttribute("data-step", "hello");
      await expect(element.getByTestId("check-message")).toContainText(words.told);
      await element.getByTestId("next-hint").click();
      await expect(element.getByTestId("hint")).toHaveCount(1);
      await isAccessibleInBothSchemes(page, "a check that failed", "zone-playground");

      // The solution, with the keys, from within the editor; then the questions.
      await write(page, element, lessonFile(FIRST, "solution/main.luau"));
      await element.locator('zp-lesson nav [data-step="clock"]').click();
      await element.locator(".cm-content").focus();
      await page.keyboard.press("ControlOrMeta+Shift+Enter");
      await expect(element.locator('zp-lesson nav [data-step="clock"]')).toHaveAttribute("data-passed", "true", { timeout: LONG_PATIENCE_MS });
      await checked(element);
      const steps = [...lessonFile(FIRST, "lesson.en.md").matchAll(/^::step\{#([\w-]+)/gm)].map(([, id = ""]) => id);
      await element.locator(`zp-lesson nav [data-step="${steps.at(-1) ?? ""}"]`).click();
      await element.getByTestId("check").click();
      await checked(element);
      await expect(result(element)).toHaveAttribute("data-passed", "true");
      await element.locator('zp-lesson nav [data-step="order"]').click();
      for (const choice of await element.locator("zp-lesson-question input").all()) {
        await choice.check();
        await element.getByTestId("answer").click();
        if (await element.locator("zp-lesson-question .right").isVisible()) break;
      }
      await element.locator('zp-lesson nav [data-step="predict"]').click();
      const answer = /```answer\n([^`]*)\n```/.exec(lessonFile(FIRST, "lesson.en.md"))?.[1] ?? "";
      await element.getByTestId("prediction").fill(answer);
      await element.getByTestId("answer").click();
      await expect(element.getByTestId("verdict")).toHaveClass("right");
      await isAccessibleInBothSchemes(page, "a lesson that is passed", "zone-playground");

      const told = await events();
      expect(
        told
          .filter(([type]) => type === "step-passed")
          .map(([, detail]) => (detail as { step: string }).step)
          .sort(),
      ).toEqual([...steps].sort());
      expect(told.filter(([type]) => type !== "step-passed")).toEqual([["lesson-passed", { lesson: FIRST }]]);
      expect(told[0]).toEqual(["step-passed", { lesson: FIRST, step: "hello" }]);
      await expect(page.locator("#passed")).toHaveText("the whole lesson");

      // Code, step and what was passed are there again, and nothing is told twice.
      await page.reload();
      await expect(text(element)).toHaveAttribute("data-step", "predict");
      await expect(element.locator(".cm-content")).toContainText("goodbye");
      await expect(page.locator("#passed")).toHaveText(steps.join(", "));
      const later = await noteEvents(element);
      await element.locator(`zp-lesson nav [data-step="${steps.at(-1) ?? ""}"]`).click();
      await element.getByTestId("check").click();
      await checked(element);
      await expect(element.locator("h3[role=status]")).toHaveText(locale === "en-US" ? words.passed : /.+/);
      expect(await later()).toEqual([]);
    });
  });
}

test("a mistake of two programs that talk gets its hint, and the solution passes", async ({ page, site, open: _open, violations: _v }) => {
  await openPage(page, site, `<zone-playground lesson="${SERVER}" step="welcome"></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(text(element)).toHaveAttribute("data-step", "welcome");
  await expect(element.getByRole("tab", { name: "client.luau" })).toBeVisible();
  await write(page, element, lessonFile(SERVER, "mistakes/no-line-break/server.luau"));
  await element.getByTestId("check").click();
  await checked(element);
  await expect(element.getByTestId("mistake-hint")).toHaveAttribute("data-mistake", "no-line-break");
  await write(page, element, lessonFile(SERVER, "solution/server.luau"));
  await element.getByTestId("check").click();
  await checked(element);
  await expect(result(element)).toHaveAttribute("data-passed", "true");
});

test("the text is there before the editor and the VM, and an element without a lesson loads nothing of it", async ({
  page,
  site,
  open: _open,
  violations: _v,
}) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\./, ".")));
  await openPage(page, site, `<zone-playground lesson="${FIRST}" loading="click"></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(text(element)).toContainText("print");
  expect(loaded.filter((path) => /runtime|\.wasm/.test(path))).toEqual([]);
  await element.locator(".static").click();
  await expect(element.locator(".cm-content")).toBeFocused();
  loaded.length = 0;
  await openPage(page, site, '<zone-playground><pre data-name="hello.luau">print(1)</pre></zone-playground>');
  await expect(element.locator(".cm-content")).toContainText("print(1)");
  expect(loaded.filter((path) => path.includes("lesson"))).toEqual([]);
});

test("attributes open another lesson, the next one follows, and without one the page's own code is back", async ({
  page,
  site,
  open: _open,
  violations: _v,
}) => {
  await openPage(page, site, `<zone-playground lesson="${FIRST}"><pre data-name="own.luau">print("own")</pre></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("Your first program");
  await write(page, element, "-- mine");
  const events = await noteEvents(element);
  await element.evaluate((node, lesson) => {
    node.setAttribute("lesson", lesson);
    node.setAttribute("step", "listen");
  }, SERVER);
  await expect(text(element)).toHaveAttribute("data-step", "listen");
  await expect(element.locator(".cm-content")).toContainText("The server");
  await element.evaluate((node) => node.setAttribute("step", "close"));
  await expect(text(element)).toHaveAttribute("data-step", "close");
  await element.getByTestId("next-lesson").click();
  await expect(element).toHaveAttribute("lesson", `${COURSE}/a-client-calls`);
  await expect(element).not.toHaveAttribute("step");
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), FIRST);
  await expect(element.locator(".cm-content")).toHaveText("-- mine");
  expect((await events()).map(([type, detail]) => [type, (detail as { lesson: string }).lesson])).toEqual([
    ["lesson-opened", SERVER],
    ["lesson-opened", `${COURSE}/a-client-calls`],
    ["lesson-opened", FIRST],
  ]);
  await element.evaluate((node) => node.removeAttribute("lesson"));
  await expect(text(element)).toHaveCount(0);
  await expect(element.locator(".cm-content")).toContainText('print("own")');
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toHaveText("own");
});

test("setFiles and reset leave what the reader has written", async ({ page, site, open: _open, violations: _v }) => {
  await openPage(page, site, `<zone-playground lesson="${FIRST}"></zone-playground>`);
  const element = page.locator("zone-playground");
  const code = element.locator(".cm-content");
  await expect(code).toContainText("Your first program");
  await write(page, element, "-- mine");
  // What the reader wants to begin anew, undo brings back.
  await element.getByTestId("reset").click();
  await element.getByTestId("reset-yes").click();
  await expect(code).toContainText("Your first program");
  await code.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(code).toHaveText("-- mine");
  // What the page puts there is for this visit, and is checked.
  await element.evaluate((node) =>
    (node as unknown as { setFiles(files: unknown): void }).setFiles([{ name: "main.luau", source: 'print("hello, network")\n', isProgram: true }]),
  );
  await expect(code).toContainText("hello, network");
  await element.getByTestId("check").click();
  await checked(element);
  await expect(result(element)).toHaveAttribute("data-passed", "true");
  await page.reload();
  await expect(code).toHaveText("-- mine");
});

test("two elements with one lesson have the same code", async ({ page, site, open: _open, violations: _v }) => {
  await openPage(page, site, `<zone-playground id="one" lesson="${FIRST}"></zone-playground><zone-playground id="two" lesson="${FIRST}"></zone-playground>`);
  await expect(page.locator("#two .cm-content")).toContainText("Your first program");
  await write(page, page.locator("#one"), "-- from the first");
  await expect(page.locator("#two .cm-content")).toHaveText("-- from the first");
});

test("a lesson that is not there, and one that does not come, are told", async ({ page, site, open, violations: _v }) => {
  await openPage(page, site, '<zone-playground loading="click"></zone-playground>');
  const element = page.locator("zone-playground");
  const events = await noteEvents(element);
  await element.evaluate((node) => node.setAttribute("lesson", "programs-that-talk/no-such"));
  await expect(element.getByTestId("problem")).toContainText('the lesson "programs-that-talk/no-such"');
  await isAccessibleInBothSchemes(page, "an unknown lesson", "zone-playground");
  await page.route(`${open.url}assets/a-server-waits*`, (route) => route.abort());
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), SERVER);
  await expect(element.getByTestId("problem")).toContainText("could not be loaded");
  expect((await events()).map(([type, detail]) => [type, (detail as { code: string }).code])).toEqual([
    ["error", "lesson-unknown"],
    ["error", "lesson-not-loaded"],
  ]);
  // And one that does come is shown in its place.
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), FIRST);
  await expect(text(element)).toHaveAttribute("data-step", "hello");
  await expect(element.getByTestId("problem")).toHaveCount(0);
});

test("where the browser keeps nothing, a lesson works for the visit and says so", async ({ page, site, open: _open, violations: _v }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get: () => {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
  await openPage(page, site, `<zone-playground lesson="${FIRST}"></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(element.getByTestId("not-kept")).toBeVisible();
  await expect(element.locator(".cm-content")).toContainText("Your first program");
  await write(page, element, "-- mine");
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), SERVER);
  await expect(element.locator(".cm-content")).toContainText("The server");
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), FIRST);
  await expect(element.locator(".cm-content")).toHaveText("-- mine");
});

test("the playground opens the same lesson at the same step, with the code as it is", async ({ page, site, open: _open, violations: _v }) => {
  await openPage(page, site, `<zone-playground lesson="${SERVER}" step="number"></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("The server");
  const share = (): Promise<string> => element.evaluate((node) => (node as unknown as { share(): Promise<string> }).share());
  expect(new URL(await share()).hash).toBe(`#lesson=${SERVER}&step=number`);
  await write(page, element, "-- mine, from another site");
  const [tab] = await Promise.all([page.waitForEvent("popup"), element.getByTestId("open-playground").click()]);
  await tab.getByTestId("arrival-open").click();
  await expect(tab.getByTestId("lesson-text")).toHaveAttribute("data-step", "number");
  await expect(tab.locator("zp-editor .cm-content")).toHaveText("-- mine, from another site");
});

test("a frame takes a lesson, too", async ({ page, site, open, violations: _v }) => {
  await openPage(
    page,
    site,
    `<iframe title="framed" width="900" height="700" src="${open.url}embed/?lesson=${encodeURIComponent(SERVER)}&step=listen&lang=ru"></iframe>`,
  );
  const element = page.frameLocator("iframe").locator("zone-playground");
  await expect(text(element)).toHaveAttribute("data-step", "listen");
  await element.getByTestId("check").click();
  await checked(element);
  await expect(result(element).locator('li[data-state="failed"]')).toHaveAttribute("data-step", "listen");
});

test.describe(() => {
  test.use({ openOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

  test("a check in a locked room goes on once the password is there", async ({ page, site, open: _open, lockedRoom }) => {
    await openPage(page, site, `<zone-playground lesson="${FIRST}" room="${lockedRoom.name}"></zone-playground>`);
    const element = page.locator("zone-playground");
    await expect(element.locator(".cm-content")).toContainText("Your first program");
    await element.getByTestId("check").click();
    await element.getByTestId("password").fill(lockedRoom.password);
    await element.getByTestId("enter-room").click();
    await checked(element);
    await expect(result(element).locator('li[data-state="failed"]')).toHaveAttribute("data-step", "hello");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the text stands above the code, and the next step begins at its top", async ({ page, site, open: _open, violations: _v }) => {
    await page.goto(`${site.origin}/lesson.html`);
    const element = page.locator("zone-playground");
    await expect(element.locator(".cm-content")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const [lesson, code] = [await element.locator("zp-lesson").boundingBox(), await element.locator(".code").boundingBox()];
    expect(code?.y ?? 0).toBeGreaterThanOrEqual((lesson?.y ?? 0) + (lesson?.height ?? 0));
    expect(code?.height ?? 0).toBeGreaterThan(300);
    await isAccessibleInBothSchemes(page, "a lesson on a phone", "zone-playground");
    await element.getByTestId("next-step").click();
    await expect(element.locator("zp-lesson nav")).toBeInViewport({ ratio: 1 });
    await element.locator('zp-lesson nav [data-step="hello"]').click();
    await element.getByTestId("check").click();
    await checked(element);
    await expect(result(element)).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test("a lesson of the page's own site is opened by its address, without a question", async ({ page, site, open: _open, violations: _v }) => {
  site.pages.set("/say-it.lesson.json", foreignLesson());
  await openPage(page, site, `<zone-playground lesson="${site.origin}/say-it.lesson.json" step="say"></zone-playground>`);
  const element = page.locator("zone-playground");
  await expect(text(element)).toHaveAttribute("data-step", "say");
  await expect(element.getByTestId("lesson-origin")).toContainText(site.origin);
  await write(page, element, 'print("hello")');
  await element.getByTestId("check").click();
  await checked(element);
  await expect(result(element)).toHaveAttribute("data-passed", "true");
  await element.evaluate((node, lesson) => node.setAttribute("lesson", lesson), `${site.origin}/none.lesson.json`);
  await expect(element.getByTestId("problem")).toContainText("could not be loaded: There is no lesson at this address.");
});
